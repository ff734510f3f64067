"""What somebody wants to see of the queue: read once, from an address or from a saved view."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from portal.cases.kinds import KINDS
from portal.cases.queue import NOT_CHECKED
from portal.cases.steps import STATES
from portal.errors import QueueRefused

OPEN, ENDED, ANY = "open", "ended", "any"
ME, NOBODY = "me", "nobody"
RULINGS: Final[Mapping[str, str]] = {
    "in": "In scope",
    "out": "Out of scope",
    "unknown": "Not mentioned",
    "partial": "Partly in scope",
    "review": "It depends",
    NOT_CHECKED: "Not checked",
}
_YES = "yes"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_STAFF = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which reports of the queue are wanted; as it stands, all open ones that are not quiet.

    Attributes:
        state: `OPEN`, `ENDED`, `ANY`, or a key of `STATES`.
        ruling: A key of `RULINGS`.
        kind: A key of `KINDS`.
        urgent: Only those about data that lies open, or about something that is exploited.
        program: Only this one.
        overdue: Only those of which a promised date has passed.
        unread: Only those in which something happened that the person has not seen.
        assigned: `ME`, `NOBODY`, or the id of a member of staff.
        quiet: The quiet list instead of the queue.
    """

    state: str = OPEN
    ruling: str | None = None
    program: str | None = None
    overdue: bool = False
    unread: bool = False
    assigned: str | None = None
    quiet: bool = False
    kind: str | None = None
    urgent: bool = False

    @classmethod
    def parse(cls, given: Mapping[str, Any]) -> "Filters":
        """Read filters by their names; an empty value is no filter.

        Raises:
            QueueRefused: A name or a value that is none of ours: to leave it out would show more
                than was asked for.
        """
        values: dict[str, Any] = {}
        for name, text in given.items():
            if text in ("", None):
                continue
            allowed = _ALLOWED.get(name)
            if allowed is None or not isinstance(text, str) or not allowed(text):
                raise _unknown(name, text)
            values[name] = True if name in _FLAGS else text
        return cls(**values)

    @property
    def plain(self) -> dict[str, str]:
        """The filters by their names, as an address or a saved view holds them."""
        default = Filters()
        chosen = {name: getattr(self, name) for name in _ALLOWED}
        return {
            name: _YES if value is True else value
            for name, value in chosen.items()
            if value != getattr(default, name)
        }


_FLAGS = frozenset({"overdue", "unread", "quiet", "urgent"})
_ALLOWED: Final[Mapping[str, Callable[[str], bool]]] = {
    "state": lambda text: text in {OPEN, ENDED, ANY, *STATES},
    "ruling": lambda text: text in RULINGS,
    "program": lambda text: bool(_SLUG.fullmatch(text)),
    "overdue": lambda text: text == _YES,
    "unread": lambda text: text == _YES,
    "assigned": lambda text: text in {ME, NOBODY} or bool(_STAFF.fullmatch(text)),
    "quiet": lambda text: text == _YES,
    "kind": lambda text: text in KINDS,
    "urgent": lambda text: text == _YES,
}


def _unknown(name: str, text: object) -> QueueRefused:
    said = f"“{str(text)[:40]}” is no {name}" if name in _ALLOWED else f"“{name[:40]}” is no filter"
    return QueueRefused(
        f"{said} that the queue knows.", hint=f"The filters are {', '.join(_ALLOWED)}."
    )
