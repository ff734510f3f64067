"""Checking targets, with rule sets of the sizes that real programs have."""

import random
from pathlib import Path

from benchmarks.measure import Result, rate
from scope import Scope

SEED = 20261122
SIZES = (50, 1000)


def run(_folder: Path) -> list[Result]:
    """Measure whole verdicts, with their explanations."""
    results = []
    for size in SIZES:
        dice = random.Random(SEED)  # noqa: S311  (a repeatable list, not a secret)
        names = [f"host{dice.randrange(10**6)}.example{number % 90}.com" for number in range(size)]
        built = rate(lambda names=names: Scope.from_rules(include=names, exclude=[]), most=5)  # type: ignore[misc]
        scope = Scope.from_rules(include=names, exclude=[f"*.{name}" for name in names[::5]])
        targets = iter([f"https://{dice.choice(names)}/path" for _ in range(10**6 // size)] * 1000)
        checked = rate(lambda scope=scope, targets=targets: scope.check(next(targets)))  # type: ignore[misc]
        results += [
            Result(f"read {size} rules", built * size, "rules/s"),
            Result(f"check a URL against {size} rules", checked, "checks/s"),
        ]
    return results
