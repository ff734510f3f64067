"""Taking in a delivery: the one way in, whoever brings it."""

from dataclasses import replace
from datetime import datetime

from portal.cases import kinds
from portal.cases.program import Program
from portal.cases.program_states import OPEN
from portal.cases.report import BROWSER_TOKEN, SERVER_TOKEN, Report, Verdict
from portal.cases.signer import Signer
from portal.cases.store import Store
from portal.errors import DeliveryRefused, LookupTaken, OutOfScope
from portal.intake.delivery import Delivery
from portal.intake.receipt import Receipt, claims_of
from portal.intake.token import Token
from portal.intake.vet import vet


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
        NoValidKeys: The program's keys have expired.
        ProgramPaused, ProgramClosed: The program takes no new reports.
        StoreUnavailable: Nothing was kept.
    """
    _check_door(delivery, program, store)
    _check_kind(delivery, program)
    parcels = vet(delivery.sealed, keyset=program.valid_keyset, limit=limit)
    verdict = signer.verdict(delivery.scope_receipt, program=program)
    _check_ruling(verdict, program)
    token = None if delivery.stored_lookup else Token.issue()
    report = Report.opened(
        parcels,
        verdict,
        program=program,
        stored_lookup=token.stored if token else str(delivery.stored_lookup),
        origin=SERVER_TOKEN if token else BROWSER_TOKEN,
        kind=delivery.kind,
        exposed=delivery.exposed,
        exploited=delivery.exploited,
        at=now,
    )
    claims = claims_of(report, parcels, program=program)
    report = replace(report, receipt=signer.report_receipt(claims, now=now))
    kept = store.add(report, parcels)
    if _said(kept) != _said(report):
        raise LookupTaken(
            "Another report was already filed under this token.",
            hint="Open the form in a new tab to get a new token; your text stays in this one.",
        )
    return Receipt(kept.receipt, report=kept.id, token=token, replayed=kept.id != report.id)


def _check_door(delivery: Delivery, program: Program, store: Store) -> None:
    """Make sure that the program is open, or that this was kept while it was.

    Whoever lost the answer sends again, and must not be told that nothing was kept.
    """
    if program.state != OPEN:
        lookup = delivery.stored_lookup
        if lookup is None or store.filed_under(lookup) is None:
            program.require_open()


def _said(report: Report) -> tuple[object, ...]:
    """Return what makes a delivery the same as one before."""
    ticked = (report.exposed, report.exploited)
    return (report.program, report.contents_sha256, report.kind, *ticked)


def _check_kind(delivery: Delivery, program: Program) -> None:
    """Make sure that the policy takes such things; every policy takes full reports."""
    offered = {
        kinds.REPORT: True,
        kinds.QUICK: program.policy.reports.quick,
        kinds.QUESTION: program.policy.reports.questions,
    }
    if not offered[delivery.kind]:
        name = kinds.KINDS[delivery.kind].lower()
        raise DeliveryRefused(
            f"The policy of {program.name} does not take a {name}.",
            hint="Send it as a report; the form asks for what the policy needs.",
        )
    if delivery.kind == kinds.QUESTION and delivery.scope_receipt:
        raise DeliveryRefused(
            "A question is not ruled on, and this one came with a ruling.",
            hint="Send it as a report, or leave the scope receipt out.",
        )


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
