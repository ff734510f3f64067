"""A report as the server knows it: facts about ciphertext, never the content."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.cases.envelope import Envelope, Parcel
from portal.cases.kinds import QUESTION
from portal.cases.program import Program
from portal.policy.calendars import Calendar

# Crockford's alphabet: no letter that is mistaken for a digit when read over the telephone.
_ID_SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz"
BROWSER_TOKEN, SERVER_TOKEN, MAIL = "browser-token", "server-token", "mail"
_ID_LENGTH = 10  # 50 bits: a name for staff and receipts, not a secret


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verified scope receipt says about a target that the server no longer knows.

    Attributes:
        ruling: ``in``, ``out``, ``unknown``, ``partial`` or ``review``.
        rule: Id of the rule that decided; None when none did.
        code: Stable name of the reason.
        policy_version: The policy that ruled, which may be newer than the reporter's page.
    """

    ruling: str
    rule: str | None
    code: str
    policy_version: int


@dataclass(frozen=True, slots=True)
class Report:
    """One case.

    Attributes:
        id: Public name, random, two groups of five.
        stored_lookup: Hash of the token's lookup value; the token itself is never here.
        origin: `BROWSER_TOKEN` when the reporter's machine made the token, `SERVER_TOKEN` when the
            portal issued it on the path without script, `MAIL` when staff entered it: then there
            is no token.
        verdict: None when nothing was checked.
        calendar: The working days in force at its start, frozen.
        receipt: The signed receipt, byte for byte as first given.
        looked_up: Whether a status look-up has used the token.
        exposed: Whether the reporter ticked that data lies open.
        exploited: Whether they ticked that somebody makes use of it.
    """

    id: str
    program: str
    stored_lookup: str = field(repr=False)
    origin: str
    kind: str
    policy_version: int
    keyset_version: int
    verdict: Verdict | None
    received_at: datetime
    contents_sha256: str
    calendar: Mapping[str, Any]
    receipt: str = ""
    looked_up: bool = False
    exposed: bool = False
    exploited: bool = False

    @classmethod
    def opened(
        cls,
        parcels: Iterable[Parcel],
        verdict: Verdict | None,
        *,
        program: Program,
        stored_lookup: str,
        origin: str,
        kind: str,
        at: datetime,
        exposed: bool = False,
        exploited: bool = False,
    ) -> "Report":
        """Open a case for a delivery that was vetted; its receipt is signed next."""
        choice = program.policy.calendar
        start = at.astimezone(ZoneInfo(choice.zone)).date()
        return cls(
            id=new_id(),
            program=program.slug,
            stored_lookup=stored_lookup,
            origin=origin,
            kind=kind,
            policy_version=program.policy_version,
            keyset_version=program.valid_keyset.version,
            verdict=verdict,
            received_at=at,
            contents_sha256=contents_hash(parcel.envelope for parcel in parcels),
            calendar=Calendar.of(choice, start=start).frozen(),
            exposed=exposed,
            exploited=exploited,
        )

    @property
    def has_clocks(self) -> bool:
        """Whether the policy's promises run for it; a question starts no clock."""
        return self.kind != QUESTION


def new_id() -> str:
    """Return a fresh report name, for example ``7k2m9-qx4dw``."""
    symbols = "".join(secrets.choice(_ID_SYMBOLS) for _ in range(_ID_LENGTH))
    return f"{symbols[:5]}-{symbols[5:]}"


def contents_hash(envelopes: Iterable[Envelope]) -> str:
    """Return one hash over the payloads, in order: the same delivery has the same one."""
    joined = "\n".join(f"{one.role} {one.payload_sha256}" for one in envelopes)
    return hashlib.sha256(joined.encode("ascii")).hexdigest()
