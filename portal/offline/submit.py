"""Submitting from the command line: the same steps as in the browser, without trusting its script.

The program's keys are checked against the root seen before, the target goes out without its path
and query, everything else is sealed before a byte of it leaves, and the portal's receipt is checked
against what was sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import identities
from portal.cases.kinds import QUESTION
from portal.errors import OutOfScope, StatementRefused
from portal.intake.token import Token
from portal.offline import document, readiness, receipts, visible
from portal.offline.connection import Portal
from portal.offline.multipart import Form
from portal.offline.order import Order
from portal.offline.receipts import Proof
from portal.offline.seal import Sealed, seal_report
from portal.offline.sent_target import sent_target
from portal.policy import statement
from portal.policy.keyset import Keyset

BUILD = "portico-cli"
INVALID = "invalid"  # the one ruling that is not signed: there is no target to sign for
REPLY_KINDS: Mapping[str, str] = {"hybrid": "mlkem768x25519", "classic": "x25519"}


@dataclass(frozen=True, slots=True)
class Checked:
    """The portal's ruling on the target.

    Attributes:
        verdict: As the portal gave it; empty when it was not asked.
        receipt: Signed; None when the portal could not read the target, or was not asked.
        nonce: Base64url salt of the receipt; None likewise.
        policy: Version and SHA-256 of the policy that ruled.
    """

    verdict: Mapping[str, Any]
    receipt: str | None
    nonce: str | None
    policy: Mapping[str, Any]


def check(order: Order, *, portal: Portal, keyset: Keyset) -> Checked:
    """Ask the portal about the target, and check its signature on the answer.

    A target that cannot be cut down safely is not asked about, and a question has none; the verdict
    is then empty.

    Raises:
        DeliveryRefused: An answer is to no question about this target.
        OutOfScope: The target belongs to another organisation, whose address is in the hint.
        StatementRefused: The receipt does not fit the keyset, the target or the verdict.
        PortalRefused: See `Portal.ask`.
    """
    asked = sent_target(order.target, uses_paths=order.with_path)
    if order.kind == QUESTION:
        asked = None
    checked = _asked(asked or "", {}, order=order, portal=portal)
    if asked is None:  # asked about nothing, only to learn which policy is in force
        checked = Checked({}, None, None, checked.policy)
    if order.answers:  # a ruling without answers names every question there is
        readiness.check_answers(order.answers, asked=readiness.questions(checked.verdict))
        checked = _asked(asked or "", order.answers, order=order, portal=portal)
    if asked is not None:
        _require_own(checked, keyset)
        _require_taken(checked.verdict)
    return checked


def _asked(target: str, answers: Mapping[str, bool], *, order: Order, portal: Portal) -> Checked:
    answer = portal.ask(f"/{order.program}/scope", {"target": target, "answers": dict(answers)})
    return Checked(
        _object(answer.get("verdict")),
        answer.get("receipt"),
        answer.get("nonce"),
        _object(answer.get("policy")),
    )


def seal(
    order: Order, checked: Checked, *, keyset: Keyset, token: Token, folder: Path, now: datetime
) -> tuple[Sealed, ...]:
    """Seal what the reporter wrote to the keyset, and to the token if they want a copy.

    Raises:
        RecipientRefused: The keyset's recipients cannot be sealed to.
        ArchiveRefused: A file cannot be packed, or changed meanwhile.
    """
    reply = token.reply_identity(REPLY_KINDS[keyset.kind])
    recipient = str(identities.recipient_of(reply))
    signing = Ed25519PrivateKey.from_private_bytes(token.signing_seed).public_key()
    reporter = {"recipient": recipient, "signing_key": statement.key_text(signing)}
    # A command's words may hold bytes that are no text, and those could not be written.
    report = document.whole(_document(order, checked, keyset=keyset, reporter=reporter, now=now))
    to = [*keyset.recipients, *([recipient] if order.own_copy else [])]
    return seal_report(report, order.files, to=to, folder=folder, now=now)


def send(
    order: Order,
    checked: Checked,
    envelopes: Sequence[Sealed],
    *,
    portal: Portal,
    keyset: Keyset,
    token: Token,
) -> tuple[str, Proof]:
    """Send sealed files and return the portal's receipt, as text and checked.

    Raises:
        PortalRefused: The portal did not take the report.
        Unanswered: Whether it did is not known.
        StatementRefused: It answered with a receipt that is not for these files.
    """
    fields = {
        "lookup": token.lookup,
        "policy": str(checked.policy.get("version", "")),
        "keyset": str(keyset.version),
        "kind": order.kind,
        **{name: "yes" for name, ticked in _ticks(order).items() if ticked},
        "scope_receipt": checked.receipt or "",
        "reply": "yes" if order.own_copy else "no",
    }
    for each in envelopes:
        fields[f"{each.role}_length"] = str(each.length)
        fields[f"{each.role}_sha256"] = each.sha256
    form = Form(fields, {each.role: each.path for each in envelopes})
    receipt = portal.send(f"/{order.program}/report", form).get("receipt")
    text = receipt if isinstance(receipt, str) else ""
    proof = receipts.verify_by(text, keyset=keyset)
    sent = {
        each.role: {"header_sha256": each.header_sha256, "payload_sha256": each.payload_sha256}
        for each in envelopes
    }
    if not receipts.names_files(proof.claims, sent):
        raise _doubtful("The portal's receipt does not name the files that were sent.")
    ticked = [name for name, given in _ticks(order).items() if given]
    if not receipts.is_filed_as(proof.claims, kind=order.kind, ticked=ticked):
        raise _doubtful("The portal's receipt says another kind, or other ticks, than were sent.")
    return text, proof


def _document(
    order: Order,
    checked: Checked,
    *,
    keyset: Keyset,
    reporter: Mapping[str, str],
    now: datetime,
) -> dict[str, Any]:
    return {
        "format": document.FORMAT,
        "program": order.program,
        "policy": dict(checked.policy),
        "keyset": {"version": keyset.version, "root": keyset.fingerprint},
        "build": BUILD,
        "kind": order.kind,
        **_ticks(order),
        "target": {
            "text": order.target,
            "normalised": str(checked.verdict.get("target", "")),
            "nonce": checked.nonce,
            "verdict": dict(checked.verdict) or None,
            "answers": dict(order.answers),
            "receipt": checked.receipt,
        },
        "fields": dict(order.fields),
        "conduct": {"attested": list(order.attested), "used": list(order.used)},
        "reporter": dict(reporter),
        "attachments": None,
        "written_at": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _ticks(order: Order) -> dict[str, bool]:
    return {"exposed": order.exposed, "exploited": order.exploited}


def _require_own(checked: Checked, keyset: Keyset) -> None:
    """Make sure the portal signed what it said, about the target it ruled on."""
    if checked.receipt is None:
        if checked.verdict.get("ruling") == INVALID:
            return
        raise _doubtful("The portal gave a verdict without signing it.")
    claims = receipts.verify_by(str(checked.receipt), keyset=keyset).claims
    target = str(checked.verdict.get("target", ""))
    if not receipts.names_target(claims, nonce=checked.nonce, target=target):
        raise _doubtful("The portal's scope receipt is about another target.")
    said = {name: checked.verdict.get(name) for name in ("ruling", "code")}
    said |= {
        "rule": _object(checked.verdict.get("rule")).get("id"),
        "policy_version": checked.policy.get("version"),
    }
    if said != receipts.verdict_of(claims) or checked.policy != claims.get("policy"):
        raise _doubtful("The portal says one verdict and signs another.")


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _require_taken(verdict: Mapping[str, Any]) -> None:
    redirect = verdict.get("redirect")
    if verdict.get("ruling") == "out" and isinstance(redirect, dict):
        vendor, address = (
            visible.line(redirect.get("vendor")),
            visible.line(redirect.get("address")),
        )
        raise OutOfScope(
            f"This belongs to {vendor}, so nothing was sent.", hint=f"Report it there: {address}"
        )


def _doubtful(message: str) -> StatementRefused:
    return StatementRefused(message, hint="Do not rely on it, and tell the organisation.")
