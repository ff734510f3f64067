"""The filter in a minute, for `make bench`: no peers, invented rules, a hundred thousand lines."""

from pathlib import Path

from benchmarks.filtering import bouts, targets, tools
from benchmarks.filtering.bouts import Bout
from benchmarks.filtering.rules import SIZES, rule_set
from benchmarks.measure import Result

LINES = 100_000
ROUNDS = 3
LIMIT = 20.0  # seconds


def run(folder: Path) -> list[Result]:
    """Measure the whole command on each rule set, next to the least that a filter does."""
    results = []
    for name in SIZES:
        rules, lines = rule_set(name, None), folder / f"{name}.txt"
        targets.write(lines, rules, LINES)
        bout, entered = Bout(rules, lines, LINES), [tools.ours(), tools.lookup()]
        found = bouts.held(bout, entered, rounds=ROUNDS, limit=LIMIT)
        ours, least = found[tools.OURS].usage, found[tools.LOOKUP].usage
        assert ours
        assert least
        count = len(rules.include) + len(rules.exclude)
        speeds = LINES / ours.cpu, least.cpu / ours.cpu
        results.append(
            Result(f"filter, {count:,} rules", speeds[0], "lines/s", "look-up", speeds[1])
        )
    return results
