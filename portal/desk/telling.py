"""What happened to a report, as staff read it: with names, and without reports they may not see."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from portal.cases.events import STEPS, Event, verified
from portal.cases.tables import reports
from portal.desk import directory
from portal.desk.approvals import Approval
from portal.desk.member import Member, Role

# The timeline speaks to the reporter; where it says “you”, staff read this.
_FOR_STAFF: Final = {
    "received": "The report arrived",
    "opened": "Staff opened the report for the first time",
    "publication_agreed": "The reporter agreed to the publication",
    "publication_declined": "The reporter did not agree to the publication",
    "withdrawn": "The reporter withdrew the report",
    "deletion_asked": "The reporter asked for the report to be deleted",
    "verified": "Staff verified that this came from the reporter",
}


def label(name: str) -> str:
    """Return what staff read of an event of this name."""
    return _FOR_STAFF.get(name, STEPS[name].label)


def person(actor: str, names: Mapping[str, str]) -> dict[str, str | None]:
    """Return who acted: a member of staff with id and name, or a word without an id.

    Args:
        actor: An id of somebody of the staff, `reporter`, or whom an operator named.
        names: Of members of staff, by id.
    """
    name = names.get(actor)
    return {"id": actor, "name": name} if name else {"id": None, "name": actor}


@dataclass(frozen=True, slots=True)
class Teller:
    """Puts events and approvals into JSON-ready data for one reader.

    Attributes:
        names: Of members of staff, by id.
        readable: Of the reports that the events name, those that the reader may see.
    """

    names: Mapping[str, str]
    readable: Set[str]

    @classmethod
    def to(
        cls,
        reader: Member,
        connection: Connection,
        *,
        history: Iterable[Event] = (),
        approvals: Iterable[Approval] = (),
        people: Iterable[str] = (),
    ) -> "Teller":
        """Return a teller who knows all that these events and approvals name."""
        events, asked = tuple(history), tuple(approvals)
        acted = {*people, *(event.actor for event in events)}
        decided = {one for each in asked for one in (each.asked_by, each.decided_by) if one}
        carried = [each.data for each in events] + [each.data for each in asked]
        named = {str(data["of"]) for data in carried if "of" in data}
        return cls(
            directory.names(connection, acted | decided), _readable(connection, named, reader)
        )

    def event(self, number: int, history: Sequence[Event]) -> dict[str, Any]:
        """Return the event of this number, counted from 1.

        Its `hint` is true while only the bearer of a token has said so, and no member of staff has
        verified the signed message that says the same.
        """
        event = history[number - 1]
        return {
            "number": number,
            "name": event.name,
            "label": label(event.name),
            "at": event.at.isoformat(),
            "actor": self.person(event.actor),
            "data": self._data(event.data),
            "hint": event.hint and number not in verified(history),
        }

    def approval(self, approval: Approval) -> dict[str, Any]:
        """Return what was asked, and what a second person said."""
        decided = approval.decided_by, approval.decided_at
        return {
            "id": approval.id,
            "event": approval.event,
            "verb": STEPS[approval.event].verb,
            "label": label(approval.event),
            "data": self._data(approval.data),
            "asked_by": self.person(approval.asked_by),
            "asked_at": approval.asked_at.isoformat(),
            "decided_by": self.person(decided[0]) if decided[0] else None,
            "decided_at": decided[1].isoformat() if decided[1] else None,
            "granted": approval.granted,
        }

    def person(self, actor: str) -> dict[str, str | None]:
        """Return who acted, as `person` does."""
        return person(actor, self.names)

    def _data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out the name of a report in a program that is not the reader's."""
        hidden = "of" in data and data["of"] not in self.readable
        return {**data, "of": None} if hidden else dict(data)


def _readable(connection: Connection, named: Set[str], reader: Member) -> frozenset[str]:
    """Return those of the named reports that a reader may see."""
    if not named:  # to look for none of them, SQLite would read them all
        return frozenset()
    programs = [slug for slug in reader.roles if reader.may(Role.READER, slug)]
    theirs = select(reports.c.id).where(
        reports.c.id.in_(sorted(named)), reports.c.program.in_(programs)
    )
    return frozenset(connection.scalars(theirs))
