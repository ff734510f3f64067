"""What happened to a report, as staff read it: with names, and without reports they may not see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from portal.cases import choices
from portal.cases.events import Event, verified
from portal.cases.steps import STEPS
from portal.desk import directory, reasons
from portal.desk.approvals import Approval
from portal.desk.hiding import Hiding, without
from portal.desk.member import Member

# The timeline speaks to the reporter; where it says “you”, staff read this.
_FOR_STAFF: Final = {
    "received": "The report arrived",
    "opened": "Staff opened the report for the first time",
    "publication_agreed": "The reporter agreed to the publication",
    "publication_declined": "The reporter did not agree to the publication",
    "publication_countered": "The reporter proposed a date for publication",
    "publication_accepted": "Staff agreed to the date of the reporter",
    "publication_refused": "Staff did not agree to the date of the reporter",
    "data_held": "Staff noted that the reporter holds data",
    "data_deletion_asked": "Staff asked the reporter to delete the data they hold",
    "data_deleted": "The reporter confirmed that the data is gone",
    "credited": "Staff will name the reporter as they wish",
    "uncredited": "Staff will not name the reporter",
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
        hidden: Of the reports that the events name, those that the reader may not see.
    """

    names: Mapping[str, str]
    hidden: Mapping[str, str]

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
        hidden = Hiding(reader.roles.keys()).names(connection, carried)
        return cls(directory.names(connection, acted | decided), hidden)

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
            "data": without(event.data, self.hidden),
            "codes": choices.words(event.name, event.data),
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
            "data": without(approval.data, self.hidden),
            "codes": choices.words(approval.event, approval.data),
            "reason": reasons.words(approval.reason) if approval.reason else None,
            "asked_by": self.person(approval.asked_by),
            "asked_at": approval.asked_at.isoformat(),
            "decided_by": self.person(decided[0]) if decided[0] else None,
            "decided_at": decided[1].isoformat() if decided[1] else None,
            "granted": approval.granted,
        }

    def person(self, actor: str) -> dict[str, str | None]:
        """Return who acted, as `person` does."""
        return person(actor, self.names)
