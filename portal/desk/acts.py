"""The acts in the audit log, in plain words: one table for the page and for whoever reads it.

A test compares it with every act that the code writes down, both ways.

Not written down is what changes nothing for anybody else: looking at the queue or marking a report
as seen, naming a view of one's own, keeping a draft, and showing the passkey once more, which does
nothing by itself: the grave act that it was shown for is an entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from portal.cases.steps import STEPS

Theme = Literal["Reports", "Messages", "Decisions", "People", "Policies and keys"]


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of act.

    Attributes:
        theme: Under which it can be chosen.
        words: What comes after the name of who did it.
        account: Whether it is about somebody's account: for their own eyes, and those of admins.
    """

    theme: Theme
    words: str
    account: bool = False


ACTS: Final[Mapping[str, Act]] = {
    "report received": Act("Reports", "sent a report"),
    "report entered": Act("Reports", "entered a report that came another way"),
    "token issued again": Act("Reports", "sent the same file again and got a new token"),
    "file taken": Act("Reports", "fetched a sealed file"),
    "event opened": Act("Reports", "opened the report, as the first"),
    "opened again": Act("Reports", "opened the report"),
    "assigned": Act("Reports", "assigned the report"),
    "put on the quiet list": Act("Reports", "put the report on the quiet list"),
    "taken off the quiet list": Act("Reports", "took the report off the quiet list"),
    "note kept": Act("Reports", "kept a sealed note"),
    "tags kept": Act("Reports", "changed the sealed tags"),
    "header added": Act("Reports", "shared the report again, by a new header"),
    "memo header added": Act("Reports", "shared a note or tags again, by a new header"),
    "reports exported": Act("Reports", "exported reports"),
    "audit exported": Act("Reports", "exported a part of this log", account=True),
    "message received": Act("Messages", "sent a message to the staff"),
    "message sent": Act("Messages", "sent a message to the reporter"),
    "event acknowledged": Act("Decisions", "confirmed receipt"),
    "event assessed": Act("Decisions", "assessed the report"),
    "event accepted": Act("Decisions", "accepted the report"),
    "event declined": Act("Decisions", "declined the report"),
    "event duplicate": Act("Decisions", "linked the report to an earlier one"),
    "event fixing": Act("Decisions", "said that a fix is being made"),
    "event updated": Act("Decisions", "noted that work went on"),
    "event resolved": Act("Decisions", "said that the problem is fixed"),
    "event clock_paused": Act("Decisions", "stopped a clock"),
    "event clock_resumed": Act("Decisions", "let a clock go on"),
    "event publication_proposed": Act("Decisions", "proposed a date for publication"),
    "event publication_countered": Act("Decisions", "recorded the date that the reporter proposed"),
    "event publication_accepted": Act("Decisions", "agreed to the date of the reporter"),
    "event publication_refused": Act("Decisions", "did not agree to the date of the reporter"),
    "event publication_agreed": Act("Decisions", "recorded that the reporter agreed to publish"),
    "event publication_declined": Act("Decisions", "recorded that the reporter did not agree"),
    "event published": Act("Decisions", "said that it was published"),
    "event leaked": Act("Decisions", "said that it became public early"),
    "event data_held": Act("Decisions", "noted that the reporter holds data"),
    "event data_deletion_asked": Act("Decisions", "asked the reporter to delete their data"),
    "event data_deleted": Act("Decisions", "recorded that the reporter deleted their data"),
    "event exposure_noted": Act("Decisions", "noted that data was exposed"),
    "event aware": Act("Decisions", "set the moment of awareness"),
    "event measure_available": Act("Decisions", "set the moment a measure was available"),
    "event material": Act("Decisions", "set the moment it was found material"),
    "event notified": Act("Decisions", "noted that an authority was notified"),
    "event reportable": Act("Decisions", "decided whether to notify an authority"),
    "event shared_with": Act("Decisions", "passed the report on to somebody outside"),
    "event rewarded": Act("Decisions", "decided about a reward"),
    "event credited": Act("Decisions", "agreed to name the reporter"),
    "event uncredited": Act("Decisions", "took the name of the reporter out again"),
    "event withdrawn": Act("Decisions", "withdrew the report"),
    "event deletion_asked": Act("Decisions", "asked for the report to be deleted"),
    "event verified": Act("Decisions", "checked that the reporter signed what was asked"),
    "event closed": Act("Decisions", "closed the case"),
    "event deleted": Act("Decisions", "deleted the report"),
    "approval asked": Act("Decisions", "asked a second person to agree"),
    "approval granted": Act("Decisions", "agreed, as the second person"),
    "approval refused": Act("Decisions", "did not agree, as the second person"),
    "invited": Act("People", "made a link to the desk", account=True),
    "role changed": Act("People", "changed a role"),
    "left": Act("People", "let somebody go, or left", account=True),
    "passkey added": Act("People", "added a passkey", account=True),
    "passkey removed": Act("People", "removed a passkey", account=True),
    "passkey went back": Act("People", "used a passkey that counted backwards", account=True),
    "signed in": Act("People", "signed in", account=True),
    "signed out": Act("People", "signed out", account=True),
    "sessions ended": Act("People", "ended sessions", account=True),
    "desk key made": Act("People", "made a desk key", account=True),
    "desk keys ended": Act("People", "ended desk keys", account=True),
    "policy published": Act("Policies and keys", "published a policy"),
    "keyset published": Act("Policies and keys", "published a keyset"),
    "name published": Act("Reports", "put the reporter's name on the page of thanks"),
    "name taken out": Act("Reports", "took the reporter's name off the page of thanks"),
    "program paused": Act("Policies and keys", "paused the program: it takes no new reports"),
    "program closed": Act("Policies and keys", "closed the program to new reports"),
    "program open": Act("Policies and keys", "opened the program again"),
    "recovery drill": Act("Policies and keys", "tried the recovery key"),
}
ACCOUNT: Final = frozenset(name for name, act in ACTS.items() if act.account)

# What two people agree on: words that go on after those of an approval. What is not named here is
# told by its line in the timeline.
ASKED_FOR: Final[Mapping[str, str]] = {
    "opened": "to note that the report was opened",
    "acknowledged": "to confirm receipt",
    "assessed": "to assess the report",
    "accepted": "to accept the report",
    "declined": "to decline the report",
    "duplicate": "to link the report to an earlier one",
    "fixing": "to say that a fix is being made",
    "updated": "to note that work went on",
    "resolved": "to say that the problem is fixed",
    "publication_proposed": "to propose a date for publication",
    "publication_agreed": "to record that the reporter agreed to publish",
    "publication_declined": "to record that the reporter did not agree",
    "verified": "to record that the reporter signed what was asked",
    "closed": "to close the case",
}
_APPROVALS: Final[Mapping[str, str]] = {
    "approval asked": "asked a second person {asked}",
    "approval granted": "agreed, as the second person, {asked}",
    "approval refused": "refused, as the second person, {asked}",
}

# What an entry carries beside, and how it is called. What is not named here is shown by its name.
DETAILS: Final[Mapping[str, str]] = {
    "act": "Act",
    "actor": "Person",
    "after": "After",
    "answer": "Answer",
    "approval": "Approval",
    "approved_by": "Second person",
    "at": "When",
    "basis": "On the basis of",
    "before": "Before",
    "by_link": "With a link",
    "clock": "Clock",
    "count": "How many",
    "data": "With",
    "date": "Date",
    "desk_keys": "Desk keys",
    "despite_held": "Although data is held",
    "envelopes": "Payloads",
    "event": "Event",
    "expected": "Expected by",
    "factors": "Factors",
    "from": "Before",
    "header_sha256": "New header",
    "keyset": "Keyset",
    "memo": "Note or tags",
    "message": "Message",
    "of": "Earlier report",
    "passkey": "Passkey",
    "passkeys": "Passkeys",
    "passkeys_removed": "Old passkeys shut out",
    "payload_sha256": "Payload",
    "program": "Program",
    "reason": "Reason",
    "received_at": "Received",
    "regime": "Regime",
    "reports": "Reports",
    "role": "File",
    "sessions": "Sessions",
    "sha256": "Hash",
    "since": "From",
    "stage": "Stage",
    "subject": "About",
    "to": "Assigned to",
    "until": "To",
    "version": "Version",
    "why": "Only with the reason",
}


def words(name: str, data: Mapping[str, Any]) -> str:
    """Return an act in plain words; one that this version does not know, by its name.

    Args:
        name: As it stands in the entry.
        data: Of the entry; what two people agree on is named by it.
    """
    if name in _APPROVALS and data.get("event") in STEPS:
        return _APPROVALS[name].format(asked=_asked_for(data["event"]))
    known = ACTS.get(name)
    return known.words if known else name


def _asked_for(event: str) -> str:
    return ASKED_FOR.get(event) or f"to record “{STEPS[event].label}”"
