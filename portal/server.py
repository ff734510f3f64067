"""How gunicorn serves the portal: threads for slow uploads, and a log that names nobody."""

import socket
import struct
import sys

from gunicorn.glogging import Logger
from gunicorn.workers.gthread import TConn, ThreadWorker

PATIENCE = 20  # seconds a client may neither send nor take anything in the middle of a request


class QuietLogger(Logger):  # type: ignore[misc]
    """Says that a request failed, never whose it was or what stood in it.

    The library's own words name the sender's address and quote the request.
    """

    def warning(self, msg: str, *args: object, **kwargs: object) -> None:
        """Log a warning, unless it is about one sender's malformed request."""
        if msg.startswith("Invalid request"):
            super().warning("A request was not understood.")
        else:
            super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: object, **kwargs: object) -> None:  # noqa: ARG002
        """Log the kind of a failure; its message could quote a request."""
        kind = sys.exc_info()[0]
        super().error("A request failed: %s.", kind.__name__ if kind else "unknown")


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """A thread worker that does not wait for silent clients for good."""

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread, with a limit on each wait for its bytes."""
        bound(conn.sock, seconds=PATIENCE)
        super().enqueue_req(conn)


def bound(connection: socket.socket, *, seconds: float) -> None:
    """Limit each wait on a connection: for bytes to come, and for room for bytes to go.

    The kernel keeps this limit; Python's own is lifted whenever somebody asks for blocking.
    """
    whole, rest = divmod(seconds, 1)
    limit = struct.pack("ll", int(whole), int(rest * 1_000_000))
    for wait in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        connection.setsockopt(socket.SOL_SOCKET, wait, limit)


def words(*, bind: str, workers: int, threads: int) -> list[str]:
    """Return the command line that makes gunicorn serve the portal.

    Args:
        bind: Address and port.
        workers: Processes.
        threads: In each; most of them wait, for a slow sender or for the disk.
    """
    settings = {
        "--bind": bind,
        "--workers": workers,
        "--threads": threads,
        "--worker-class": "portal.server.PatientWorker",
        "--logger-class": "portal.server.QuietLogger",
        "--log-level": "warning",  # and no access log: addresses are nobody's business
        "--timeout": 60,
        "--graceful-timeout": 30,
        "--keep-alive": 15,
    }
    pairs = [str(word) for pair in settings.items() for word in pair]
    return [*pairs, "--no-control-socket", "wsgi:app"]
