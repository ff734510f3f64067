"""The bar that shows how far a long run has come."""

import io

from portal.commands.scope.progress import LONG, Progress


class Terminal(io.StringIO):
    """A screen that remembers what was drawn."""

    def isatty(self) -> bool:
        """Say that people look at it."""
        return True


def test_the_bar_is_drawn_at_most_so_often() -> None:
    """A terminal is written to ten times a second, and wiped at the end."""
    screen, times = Terminal(), iter([0.0, 0.0, 0.05, 0.11, 0.11])
    bar = Progress(screen, size=2 * LONG, now=lambda: next(times))
    for done in (0, LONG, 2 * LONG):
        bar.reached(done)
    bar.close()
    first, last, wiped = screen.getvalue().split("\r")[1:]
    assert (first[-5:], last[-5:], wiped) == ("  0 %", "100 %", "\x1b[K")


def test_nothing_is_drawn_where_nobody_looks() -> None:
    """Neither into a file nor for a short run."""
    quiet, short = io.StringIO(), Terminal()
    for screen, size in ((quiet, 2 * LONG), (short, LONG - 1)):
        bar = Progress(screen, size=size, now=lambda: 0.0)
        bar.reached(size)
        bar.close()
        assert screen.getvalue() == ""
