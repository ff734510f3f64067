"""An application that listens on 127.0.0.1, for commands and browsers that need an address."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

_SHUT = 0.02  # seconds until the server notices that it is to stop


class _Quiet(WSGIRequestHandler):
    """Serves without a line in the log."""

    def log(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def listening(app: Flask) -> Iterator[str]:
    """Serve an application in this process, on a free port; yields its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": _SHUT})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
