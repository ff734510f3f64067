"""What a strict reader stops at: the same for whoever lints rules and whoever relies on them."""

from collections.abc import Iterable, Iterator

from scope.lint import AS_USUAL, Lint, findings, worded
from scope.lint.grades import Grade
from scope.reading import read
from scope.reading.finding import Finding
from scope.reading.part import Reading
from scope.rule import Rule
from scope.settings import Settings

SILENT = "silent-exclusion"


def stops(
    include: Iterable[Rule], exclude: Iterable[Rule] = (), settings: Settings = AS_USUAL
) -> tuple[Lint, ...]:
    """Return the errors among some rules, and the exclusions that exclude nothing, prose or not.

    >>> [found.code for found in stops([Rule("a..shop.example")], [Rule("Denial of service")])]
    ['misspelt', 'silent-exclusion']

    Args:
        include: Rules that permit.
        exclude: Rules that forbid.
        settings: How the program wants them read.
    """
    found: list[Lint] = []
    for rules, permits in ((include, True), (exclude, False)):
        for rule in rules:
            reading = read(rule, settings)
            alone = findings.of_rule(rule, reading, permits=permits)
            said = worded(rule, (*alone, *_silent(reading, permits=permits)))
            found += (each for each in said if each.grade is Grade.ERROR)
    return tuple(found)


def _silent(reading: Reading, *, permits: bool) -> Iterator[Finding]:
    """Tell of an exclusion that excludes nothing."""
    if not permits and not reading.parts:
        yield Finding(SILENT)
