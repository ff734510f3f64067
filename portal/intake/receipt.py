"""The receipt: what was kept, when, and what the reporter may expect."""

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from portal.cases.envelope import Parcel
from portal.cases.program import Program
from portal.cases.prospects import plain
from portal.cases.report import Report
from portal.intake.ahead import on_receipt
from portal.intake.token import Token
from portal.policy.pack import Policy


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a delivery that is durably kept.

    Attributes:
        statement: The signed receipt; safe to show around, it names no token and no target.
        report: Name of the report.
        token: The token the server issued, on the path without script only.
        replayed: Whether the same delivery had been kept before.
    """

    statement: str
    report: str
    token: Token | None = field(repr=False)
    replayed: bool

    @property
    def claims(self) -> dict[str, Any]:
        """What the statement says; it is our own, and stays readable when the key has changed."""
        body = self.statement.split(".")[1]
        claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return claims


def claims_of(report: Report, parcels: Sequence[Parcel], *, program: Program) -> dict[str, Any]:
    """Return what the receipt states, ready to be signed."""
    verdict, keyset = report.verdict, program.valid_keyset
    return {
        "program": report.program,
        "report": report.id,
        "kind": report.kind,
        "exposed": report.exposed,
        "exploited": report.exploited,
        "origin": report.origin,
        "policy": {"version": program.policy_version, "sha256": program.policy.sha256},
        "keyset": {"version": keyset.version, "sha256": keyset.sha256},
        "verdict": verdict and asdict(verdict),
        "envelopes": [_facts(parcel) for parcel in parcels],
        "deadlines": _deadlines(report, program),
        "safe_harbour": _conditions(program.policy),
    }


def _facts(parcel: Parcel) -> dict[str, Any]:
    envelope = parcel.envelope
    return {
        "role": envelope.role,
        "length": envelope.length,
        "header_sha256": envelope.header_sha256,
        "payload_sha256": envelope.payload_sha256,
    }


def _conditions(policy: Policy) -> list[str] | None:
    """Return the ids of what the safe harbour depends on; None when the policy offers none."""
    harbour = policy.safe_harbour
    return None if harbour is None else [condition.id for condition in harbour.conditions]


def _deadlines(report: Report, program: Program) -> list[dict[str, Any]]:
    if not report.has_clocks:
        return []
    found = on_receipt(program.policy, report.calendar, at=report.received_at)
    return [plain(deadline) for deadline in found]
