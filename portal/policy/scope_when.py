"""The condition of a rule in a pack: what must be known of a target before the rule applies."""

from collections.abc import Mapping
from typing import Final

from portal.policy.reading import Table
from scope import ScopeError, When

LISTS: Final = ("resolves_to", "not_resolves_to", "cname", "tag")
DAYS: Final = ("from", "until")


def read(table: Table) -> When | None:
    """Read ``when = { … }``, or return None when the rule has none.

    Each key that cannot be read is a fault of its own, and so is a condition that asks for nothing.
    """
    inner = table.table("when")
    if inner is None:
        return None
    with inner:
        given = {**_lists(inner), **_days(inner)}
        if not given:
            inner.note(None, "This condition asks for nothing.", "Take it out.")
        return _checked(inner, given)


def _lists(table: Table) -> Mapping[str, object]:
    """Read the keys that hold texts, one of them or a list."""
    given: dict[str, object] = {}
    for key in LISTS:
        if table.holds_text(key):
            given[key] = (table.line(key),)
        elif table.has(key):
            given[key] = table.lines(key)
    return given


def _days(table: Table) -> Mapping[str, object]:
    """Read the keys that hold a day."""
    return {key: day for key in DAYS if (day := table.day(key))}


def _checked(table: Table, given: Mapping[str, object]) -> When | None:
    """Read the condition key by key, so that each fault stands at its own."""
    sound: dict[str, object] = {}
    for key, value in given.items():
        try:
            When.read({key: value})
            sound[key] = value
        except ScopeError as error:
            table.note(key, error.message, error.hint)
    return When.read(sound) if sound else None
