"""Tools taken in turn on the same list, each within a limit of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.filtering import process
from benchmarks.filtering.process import Command, Usage
from benchmarks.filtering.rules import RuleSet
from benchmarks.filtering.tools import Tool

PILOTS = (1_000, 20_000)  # lines that tell how long a list will take; more when it goes quickly
ONCE = 5.0  # seconds of processor time beyond which one run has to do
GRACE = 10.0  # by the clock, a run may take so many times its limit: the machine may be busy


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool took for a list.

    Attributes:
        usage: Medians of its runs; None when the tool failed.
        runs: How many there were.
        lines: Lines it was really given; ``usage`` is scaled up from them when they are fewer.
        scaled: Whether they were fewer.
    """

    usage: Usage | None
    runs: int = 0
    lines: int = 0
    scaled: bool = False


@dataclass(frozen=True, slots=True)
class Bout:
    """One rule set and one list of targets.

    Attributes:
        rules: The rules.
        lines: The file of targets, one a line.
        count: How many there are.
    """

    rules: RuleSet
    lines: Path
    count: int


def held(bout: Bout, tools: Iterable[Tool], *, rounds: int, limit: float) -> dict[str, Outcome]:
    """Run every tool in turn, round after round, and return what each took.

    Args:
        bout: The rules and the targets.
        tools: Who takes part.
        rounds: How often each quick tool runs; a slow one runs once.
        limit: Seconds of processor time that one run may take; a tool that needs longer gets the
            first lines only, and what it took for them is scaled up.
    """
    entrants = [_Entrant.of(tool, bout, limit) for tool in tools]
    for _ in range(rounds):
        for entrant in entrants:
            entrant.run(limit)
    return {entrant.name: entrant.outcome() for entrant in entrants}


def head(lines: Path, count: int) -> Path:
    """Write the first lines of a file to a file beside it."""
    part = lines.with_name(f"{lines.stem}-{count}.txt")
    if not part.exists():
        with lines.open("rb") as whole, part.open("wb") as file:
            file.writelines(islice(whole, count))
    return part


@dataclass(slots=True)
class _Entrant:
    """A tool in a bout: how many lines it gets, and what its runs took."""

    name: str
    command: Command
    given: Path
    lines: int
    count: int
    start: Usage
    usages: list[Usage]

    @classmethod
    def of(cls, tool: Tool, bout: Bout, limit: float) -> "_Entrant":
        """Find out with a few lines how many a tool can be given."""
        folder = bout.lines.parent / f"{bout.rules.name}-{tool.name.replace(' ', '-')}"
        folder.mkdir(exist_ok=True)
        one = head(bout.lines, 1)
        start = process.run(tool.prepare(bout.rules, folder, one), one, limit=GRACE * limit)
        lines = bout.count
        for pilot in PILOTS:
            few = head(bout.lines, pilot)
            took = process.run(tool.prepare(bout.rules, folder, few), few, limit=GRACE * limit)
            each = max(took.cpu - start.cpu, 1e-6) / pilot
            lines = max(PILOTS[0], min(bout.count, int((limit - start.cpu) / each)))
            if lines <= max(PILOTS):
                break
        given = bout.lines if lines >= bout.count else head(bout.lines, lines)
        command = tool.prepare(bout.rules, folder, given)
        return cls(tool.name, command, given, min(lines, bout.count), bout.count, start, [])

    def run(self, limit: float) -> None:
        """Run once more, unless one run was long enough."""
        if not self.usages or self.usages[-1].cpu < ONCE:
            self.usages.append(process.run(self.command, self.given, limit=GRACE * limit))

    def outcome(self) -> Outcome:
        """Return the medians of the runs, scaled to the whole list."""
        if any(usage.code != 0 for usage in self.usages):
            return Outcome(None, len(self.usages))
        found = _median(self.usages)
        scaled = self.lines < self.count
        if scaled:
            times = self.count / self.lines
            cpu = found.cpu + max(found.cpu - self.start.cpu, 0.0) * (times - 1)
            wall = found.wall + max(found.wall - self.start.wall, 0.0) * (times - 1)
            found = replace(found, cpu=cpu, wall=wall)
        return Outcome(found, len(self.usages), self.lines, scaled)


def _median(usages: Sequence[Usage]) -> Usage:
    """Return the middle of several runs, figure by figure."""
    figures = ([each.cpu, each.wall, each.mib] for each in usages)
    cpu, wall, mib = (median(column) for column in zip(*figures, strict=True))
    return Usage(cpu, wall, mib, 0)
