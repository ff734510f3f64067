"""Taking in a delivery: the one way in, whoever brings it."""

from dataclasses import replace
from datetime import datetime

from portal.cases.program import Program
from portal.cases.report import Report, Verdict, contents_hash, new_id
from portal.cases.signer import Signer
from portal.cases.store import Store
from portal.errors import DeliveryRefused, LookupTaken, OutOfScope
from portal.intake.delivery import Delivery
from portal.intake.receipt import Receipt, claims_of
from portal.intake.token import Token
from portal.intake.vet import vet
from portal.policy.calendars import Calendar
from portal.policy.keyset import Keyset


def receive(
    delivery: Delivery,
    *,
    program: Program,
    store: Store,
    signer: Signer,
    limit: int,
    now: datetime,
) -> Receipt:
    """Take in one sealed delivery and say what the reporter may expect.

    The same delivery sent again gets the same receipt, byte for byte.

    Args:
        delivery: What arrived.
        program: The program as the reporter saw it: the policy and keyset versions of the delivery.
        store: Where it is kept.
        signer: Signs the receipt and recognises the scope receipt.
        limit: Most bytes all files may have together.
        now: Present time, aware.

    Raises:
        DeliveryRefused: Nothing was kept; its kinds say which rule was broken.
        StoreUnavailable: Nothing was kept.
    """
    keyset = _open_keyset(program)
    parcels = vet(delivery.sealed, keyset=keyset, limit=limit)
    verdict = signer.verdict(delivery.scope_receipt, program=program)
    _check_ruling(verdict, program)
    token = None if delivery.stored_lookup else Token.issue()
    report = Report(
        id=new_id(),
        program=program.slug,
        stored_lookup=token.stored if token else str(delivery.stored_lookup),
        origin="server-token" if token else "browser-token",
        kind=delivery.kind,
        policy_version=program.policy_version,
        keyset_version=keyset.version,
        verdict=verdict,
        received_at=now,
        contents_sha256=contents_hash(parcel.envelope for parcel in parcels),
        calendar=Calendar.of(program.policy.calendar, start=now.date()).frozen(),
    )
    if token and (earlier := _issued_before(report, store, now=now)):
        return Receipt(statement=earlier.receipt, report=earlier.id, token=token, replayed=True)
    claims = claims_of(report, parcels, program=program, keyset=keyset)
    report = replace(report, receipt=signer.report_receipt(claims, now=now))
    kept = store.add(report, parcels)
    if kept.contents_sha256 != report.contents_sha256 or kept.program != report.program:
        raise LookupTaken(
            "Another report was already filed under this token.",
            hint="Open the form in a new tab to get a new token; your text stays in this one.",
        )
    return Receipt(kept.receipt, report=kept.id, token=token, replayed=kept.id != report.id)


def _open_keyset(program: Program) -> Keyset:
    if program.keyset is None:
        raise DeliveryRefused(
            "This program's keys have expired, so nobody could be sure to open the report.",
            hint="Nothing is lost: keep the page open and try later, or write to the contact "
            "named on the policy page.",
        )
    return program.keyset


def _check_ruling(verdict: Verdict | None, program: Program) -> None:
    if verdict is None or verdict.ruling != "out":
        return
    rules = program.policy.scope_rules
    redirect = next((rule.redirect for rule in rules.exclude if rule.id == verdict.rule), None)
    if redirect is not None:
        raise OutOfScope(
            f"This belongs to {redirect.vendor}, so nothing was stored here.",
            hint=f"Report it there: {redirect.address}",
        )
    if rules.on_out == "refuse":
        raise OutOfScope(
            "The policy does not take reports about this target.",
            hint="The verdict beside the target says which rule decided, and why.",
        )


def _issued_before(report: Report, store: Store, *, now: datetime) -> Report | None:
    """Return the report this hand-sealed file became before, if it may get a fresh token."""
    earlier = store.sealed_by_hand(report.program, report.contents_sha256)
    if earlier is None or not store.reissue(earlier, report.stored_lookup, now=now):
        return None
    return earlier
