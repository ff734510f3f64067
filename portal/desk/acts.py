"""The acts in the audit log, in plain words: one table for the page and for whoever reads it.

A test compares it with every act that the code writes down, both ways.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Theme = Literal["Reports", "Messages", "Decisions", "People", "Policies and keys"]


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of act.

    Attributes:
        theme: Under which it can be chosen.
        words: What comes after the name of who did it.
        account: Whether it is about somebody's account, and of nobody else's business.
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
    "reports exported": Act("Reports", "exported reports"),
    "audit exported": Act("Reports", "exported a part of this log"),
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
    "event publication_proposed": Act("Decisions", "proposed a date for publication"),
    "event publication_agreed": Act("Decisions", "recorded that the reporter agreed to publish"),
    "event publication_declined": Act("Decisions", "recorded that the reporter did not agree"),
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
    "recovery drill": Act("Policies and keys", "tried the recovery key"),
}
ACCOUNT: Final = frozenset(name for name, act in ACTS.items() if act.account)

# What an entry carries beside, and how it is called. What is not named here is shown by its name.
DETAILS: Final[Mapping[str, str]] = {
    "act": "Act",
    "actor": "Person",
    "after": "After",
    "approval": "Approval",
    "approved_by": "Second person",
    "before": "Before",
    "by_link": "With a link",
    "count": "How many",
    "data": "With",
    "date": "Date",
    "desk_keys": "Desk keys",
    "envelopes": "Payloads",
    "event": "Event",
    "expected": "Expected by",
    "from": "Before",
    "header_sha256": "New header",
    "keyset": "Keyset",
    "message": "Message",
    "of": "Earlier report",
    "passkey": "Passkey",
    "passkeys": "Passkeys",
    "passkeys_removed": "Old passkeys shut out",
    "payload_sha256": "Payload",
    "program": "Program",
    "received_at": "Received",
    "reports": "Reports",
    "role": "File",
    "sessions": "Sessions",
    "sha256": "Hash",
    "since": "From",
    "subject": "About",
    "to": "Assigned to",
    "until": "To",
    "version": "Version",
}


def words(name: str) -> str:
    """Return an act in plain words; one that this version does not know, by its name."""
    known = ACTS.get(name)
    return known.words if known else name
