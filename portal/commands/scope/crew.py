"""Several processes that work on numbered pieces, whose results come back in order.

Each process takes every so-many-th piece and writes what it made of it into a pipe of its own. A
process that is ahead waits at its pipe, so that memory stays the same however long the work is.
"""

import os
import signal
from collections.abc import Callable, Generator
from struct import Struct

from scope.errors import ScopeError

HEAD = Struct("<QQ")  # bytes of output that follow, and lines that were no targets
STEP = 1 << 16  # bytes a pipe holds

Work = Callable[[int], tuple[bytes, int]]


class WorkerLost(ScopeError):
    """A process ended before its work was done; ``code`` is ``worker-lost``."""

    code = "worker-lost"


def results(work: Work, pieces: int, processes: int) -> Generator[tuple[bytes, int], None, None]:
    """Yield what becomes of pieces 0, 1, 2 …, worked on side by side.

    Whoever stops listening ends the work. What a process has open is open in all of them.

    Args:
        work: Makes output and a count of a piece.
        pieces: How many there are.
        processes: How many work on them.

    Raises:
        WorkerLost: A process ended before its work was done.
    """
    crew: list[_Worker] = []
    try:
        for first in range(processes):
            crew.append(_Worker(work, range(first, pieces, processes), crew))
        for piece in range(pieces):
            yield crew[piece % processes].result()
        for worker in crew:
            worker.finish()
    finally:
        for worker in crew:
            worker.stop()


class _Worker:
    """One process, seen from the one that started it."""

    __slots__ = ("_pid", "_pipe")

    def __init__(self, work: Work, pieces: range, others: "list[_Worker]") -> None:
        self._pipe, writing = os.pipe()
        self._pid: int | None = os.fork()
        if self._pid:
            os.close(writing)
            return
        code = 1  # whatever happens in here, only one end of it is a success
        try:
            for each in others:
                os.close(each._pipe)  # noqa: SLF001 - the copies of this process's elders
            os.close(self._pipe)
            _labour(work, pieces, writing)
            code = 0
        except (BrokenPipeError, KeyboardInterrupt):
            pass
        finally:
            os._exit(code)  # nothing of the first process is written or tidied up twice

    def result(self) -> tuple[bytes, int]:
        """Wait for what became of the next piece."""
        size, count = HEAD.unpack(self._exactly(HEAD.size))
        return self._exactly(size), count

    def finish(self) -> None:
        """Wait for a process that has nothing more to do."""
        if self._wait() != 0:
            raise _lost()

    def stop(self) -> None:
        """End a process, whether it is done or not, and leave nothing of it behind."""
        os.close(self._pipe)
        if self._pid:
            os.kill(self._pid, signal.SIGTERM)
            self._wait()

    def _wait(self) -> int:
        """Return the exit code of the process when it has ended."""
        pid, self._pid = self._pid, None
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) if pid else 0

    def _exactly(self, size: int) -> bytes:
        """Read so many bytes."""
        pieces = []
        while size:
            piece = os.read(self._pipe, min(size, STEP))
            if not piece:
                raise _lost()
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)


def _labour(work: Work, pieces: range, writing: int) -> None:
    """Work on pieces and write down what becomes of them."""
    for piece in pieces:
        output, count = work(piece)
        left = memoryview(HEAD.pack(len(output), count) + output)
        while left:
            left = left[os.write(writing, left) :]


def _lost() -> WorkerLost:
    """Say that the output has an end missing."""
    return WorkerLost(
        "A process of the filter ended before its work was done; the output is not complete.",
        hint="Run it again with --jobs 1.",
    )
