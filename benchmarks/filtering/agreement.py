"""Whether the tools say the same where they mean the same.

Most of what differs between the tools is decided, not measured: a name above a wildcard, an
included host inside an excluded wildcard, a look-alike. What is left when a list has none of these
must come out the same everywhere, or somebody is wrong.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.filtering import process
from benchmarks.filtering.bouts import Bout
from benchmarks.filtering.tools import Tool
from scope import Ruling, Scope

SHOWN = 3  # examples of a difference


@dataclass(frozen=True, slots=True)
class Difference:
    """How one tool's output differs from ours.

    Attributes:
        name: The tool.
        printed: How many lines it printed; None when it failed.
        only_theirs: Targets that it prints and we do not.
        only_ours: Targets that we print and it does not.
    """

    name: str
    printed: int | None
    only_theirs: tuple[str, ...] = ()
    only_ours: tuple[str, ...] = ()


def differences(bout: Bout, ours: Tool, others: Iterable[Tool], limit: float) -> list[Difference]:
    """Compare what the tools print for one list, without regard to order."""
    mine = _printed(bout, ours, limit)
    if mine is None:
        return [Difference(ours.name, None)]
    found = [Difference(ours.name, len(mine))]
    for tool in others:
        theirs = _printed(bout, tool, limit)
        if theirs is None:
            found.append(Difference(tool.name, None))
            continue
        one, other = set(mine), set(theirs)
        apart = tuple(sorted(other - one)), tuple(sorted(one - other))
        found.append(Difference(tool.name, len(theirs), *apart))
    return found


def undisputed(bout: Bout) -> Bout:
    """Return the bout with only such rules and targets as mean the same to every tool."""
    rules = bout.rules
    include = tuple(rule for rule in rules.include if _simple(rule) and _permits(rule))
    above = {name for rule in include for name in _above(rule)}
    exclude = tuple(
        rule for rule in rules.exclude if _simple(rule) and rule.removeprefix("*.") not in above
    )
    names = {rule[2:] for rule in (*include, *exclude) if rule.startswith("*.")}
    kept = bout.lines.with_name(f"{bout.lines.stem}-undisputed.txt")
    with bout.lines.open(encoding="ascii") as lines, kept.open("w", encoding="ascii") as file:
        count = sum(1 for line in lines if _fair(line, names) and file.write(line))
    name = f"{rules.name}-undisputed"
    return Bout(type(rules)(name, include, exclude), kept, count)


def _printed(bout: Bout, tool: Tool, limit: float) -> list[str] | None:
    """Return the lines that a tool prints; None when it fails or takes too long."""
    folder = bout.lines.parent / f"{bout.rules.name}-{tool.name.replace(' ', '-')}"
    folder.mkdir(exist_ok=True)
    output = Path(folder, "printed.txt")
    command = tool.prepare(bout.rules, folder, bout.lines)
    usage = process.run(command, bout.lines, limit=limit, output=output)
    if usage.code != 0:
        return None
    return output.read_text(encoding="utf-8", errors="surrogateescape").splitlines()


def _simple(rule: str) -> bool:
    """Tell whether a rule is a host or has its one star in front of whole labels."""
    return "*" not in rule.removeprefix("*.")


def _permits(rule: str) -> bool:
    """Tell whether a wildcard permits anything before somebody has confirmed it."""
    if "*" not in rule:
        return True
    return Scope.from_rules([rule]).check(rule.replace("*", "any")).ruling is Ruling.IN


def _above(rule: str) -> Iterator[str]:
    """Go through a rule's name and every name above it: exclusions there would hold the rule."""
    name = rule.removeprefix("*.")
    while name:
        yield name
        name = name.partition(".")[2]


def _fair(line: str, names: set[str]) -> bool:
    """Tell whether a target is a name that is no rule's apex and does not look like another."""
    host = line.strip().rpartition("://")[2].partition("/")[0].partition(":")[0]
    return (
        not host.replace(".", "").isdigit()
        and host not in names
        and not host.startswith("not")
        and not host.endswith(".evil.example")
    )
