"""A whole rule, read: the parts it names and what was noticed on the way.

A rule is kept whatever it says. One that no reading can turn into parts is inert: it decides
nothing and stays visible.
"""

from dataclasses import replace

from scope.reading import pattern
from scope.reading.cleaning import clean, redacted
from scope.reading.finding import Finding
from scope.reading.part import Reading, under
from scope.reading.reader import Reader
from scope.rule import Rule
from scope.settings import Settings

__all__ = ["LONGEST", "Reading", "read"]

LONGEST = 65_536  # characters of a rule that are read at all; the longest real one has 528


def read(rule: Rule, settings: Settings) -> Reading:
    """Return what a rule means, under its conditions; never raises, whatever the text.

    >>> len(read(Rule("*.shop.(fr|de)"), Settings()).parts)
    2
    >>> read(Rule("Our shops, obviously"), Settings()).findings
    (Finding(code='prose', detail=''),)
    """
    found = _read(rule, settings)
    if rule.condition is None:
        return found
    asked = rule.condition.conditions(apex=settings.wildcard_apex == "include")
    return replace(found, parts=under(asked, found.parts), hints=under(asked, found.hints))


def _read(rule: Rule, settings: Settings) -> Reading:
    """Return what the text of a rule means."""
    if parts := pattern.plain(rule.pattern, settings, confirmed=rule.confirmed):
        return Reading(parts)
    if len(rule.pattern) > LONGEST:
        return Reading((), (Finding("unreadable", "longer than 65,536 characters"),))
    if redacted(rule.pattern):
        return Reading((), (Finding("redacted"),))
    text, findings = clean(rule.pattern)
    found = Reader(settings, confirmed=rule.confirmed).read(text)
    return replace(found, findings=findings + found.findings)
