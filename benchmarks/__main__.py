"""`make bench`: every measurement, one table. Ratios travel between machines, seconds do not."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import intake, queue, scope, sealing
from benchmarks.filtering import short
from benchmarks.measure import Result

ROOMS: dict[str, Callable[[Path], list[Result]]] = {
    "sealing": sealing.run,
    "scope": scope.run,
    "filter": short.run,  # `make bench-scope` has the whole of it, with every other tool
    "intake": intake.run,
    "queue": queue.run,
}


def main() -> None:
    """Run the rooms named on the command line, or all of them."""
    for name in sys.argv[1:] or ROOMS:
        print(f"\n{name}")
        with tempfile.TemporaryDirectory(prefix="portico-bench-") as folder:
            for result in ROOMS[name](Path(folder)):
                print(f"  {result}")


if __name__ == "__main__":
    main()
