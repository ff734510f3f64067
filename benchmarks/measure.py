"""Measuring: the best of a few bounded runs, and what it is compared with."""

import time
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 3
LONGEST = 5.0  # seconds one run may take


@dataclass(frozen=True, slots=True)
class Result:
    """A rate, and how it compares with a yardstick of the same minute."""

    name: str
    rate: float
    unit: str
    yardstick: str = ""
    ratio: float | None = None

    def __str__(self) -> str:
        """Write it as a line of the table."""
        compared = f"{self.ratio:8.2f} x {self.yardstick}" if self.ratio is not None else ""
        return f"{self.name:<44}{self.rate:>12,.0f} {self.unit:<10}{compared}"


def rate(work: Callable[[], object], *, amount: float = 1.0, most: int = 2000) -> float:
    """Return how much of `amount` a second the work does: the best of a few runs.

    Args:
        work: One unit of work.
        amount: What one unit counts for, such as its megabytes.
        most: Units in one run, at most; a run also ends after a few seconds.
    """
    return max(_run(work, amount, most) for _ in range(RUNS))


def _run(work: Callable[[], object], amount: float, most: int) -> float:
    start, done = time.perf_counter(), 0
    while done < most and time.perf_counter() - start < LONGEST / RUNS:
        work()
        done += 1
    return done * amount / (time.perf_counter() - start)
