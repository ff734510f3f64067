"""A line on the terminal that says how far a long run has come."""

from collections.abc import Callable

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from typing import TextIO

WIDTH = 30  # characters of the bar
PAUSE = 0.1  # seconds between two drawings: faster is no smoother
LONG = 1 << 24  # bytes of input from which on a run is long enough to watch


class Progress:
    r"""A bar on a terminal, drawn over itself; on anything else, nothing.

    >>> import io
    >>> class Terminal(io.StringIO):
    ...     isatty = lambda self: True
    >>> screen = Terminal()
    >>> bar = Progress(screen, size=2 * LONG, now=lambda: 0.0)
    >>> bar.reached(LONG)
    >>> screen.getvalue()
    '\r[###############...............]  50 %'
    """

    __slots__ = ("_drawn", "_now", "_size", "_stream")

    def __init__(self, stream: "TextIO", *, size: int, now: Callable[[], float]) -> None:
        """Prepare to draw.

        Args:
            stream: Where people look.
            size: Bytes of input; a short one is not worth a bar.
            now: Tells the time, in seconds from any start.
        """
        self._stream = stream if size >= LONG and stream.isatty() else None
        self._size = size
        self._now = now
        self._drawn = float("-inf")

    def reached(self, done: int) -> None:
        """Say how many bytes are done."""
        if self._stream is None or self._now() < self._drawn + PAUSE:
            return
        self._drawn = self._now()
        full = min(done, self._size) * WIDTH // self._size
        share = min(done, self._size) * 100 // self._size
        self._stream.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {share:3} %")
        self._stream.flush()

    def close(self) -> None:
        """Take the bar away."""
        if self._stream is not None and self._drawn != float("-inf"):
            self._stream.write("\r\x1b[K")
            self._stream.flush()
