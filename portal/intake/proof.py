"""Reading a receipt back: what it proves, checked against this portal's own key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from portal.cases.signer import Signer
from portal.errors import StatementRefused
from portal.policy import statement

_KINDS = {
    statement.REPORT_RECEIPT: "report",
    statement.SCOPE_RECEIPT: "scope",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """A receipt that holds.

    Attributes:
        kind: ``report`` or ``scope``.
        claims: What was signed.
        signed_at: The server's clock at that moment.
    """

    kind: str
    claims: Mapping[str, Any]
    signed_at: datetime


def read(text: str, *, signer: Signer) -> Proof:
    """Check a receipt of this portal.

    Raises:
        StatementRefused: Forged, altered, from another portal, or not a receipt.
    """
    try:
        typ, claims = statement.verify_any(text, key=signer.key.public_key(), kinds=tuple(_KINDS))
    except StatementRefused as fault:
        raise StatementRefused(
            "This is not a receipt that this server signed, or it was changed since.",
            hint="Paste all of it, as it was sent. What another server signed is checked there.",
        ) from fault
    return Proof(_KINDS[typ], claims, datetime.fromtimestamp(claims["iat"], UTC))
