"""A report that came by mail: entered by staff, with the time at which it really came."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import IO, Final

from portal.cases.catalogue import Catalogue
from portal.cases.editions import editions
from portal.cases.program import Program
from portal.cases.report import MAIL, Report
from portal.cases.signer import Signer
from portal.cases.store import Store
from portal.errors import DeliveryRefused, LookupTaken
from portal.intake.delivery import Sealed
from portal.intake.receipt import Receipt, claims_of
from portal.intake.vet import vet
from scope.formats.portico import Edition

OLDEST: Final = timedelta(days=365)  # further back, a date is a slip of the pen


@dataclass(frozen=True, slots=True)
class MailDesk:
    """Enters what came by mail.

    Attributes:
        catalogue: Knows which policy was in force when.
        store: Where it is kept.
        signer: Signs the receipt.
        limit: Most bytes the file may have.
    """

    catalogue: Catalogue
    store: Store
    signer: Signer
    limit: int

    def enter(
        self, source: IO[bytes], *, program: str, received_at: datetime, by: str, now: datetime
    ) -> Receipt:
        """Keep a report that staff sealed, with the promises and clocks of the day it came.

        Args:
            source: The age file, seekable, sealed on the machine of whoever enters it.
            program: Slug.
            received_at: When it really came, aware.
            by: Who enters it: id of a member of staff, or who an operator says it was.
            now: Present time, aware.

        Raises:
            DeliveryRefused: Nothing was kept; the time is in the future or more than a year ago,
                or the file is none that this program takes.
            NoSuchProgram: None of that name is published.
            NoValidKeys: The program's keys have expired.
            StoreUnavailable: Nothing was kept.
        """
        _check_time(received_at, now)
        then = self._then(program, received_at, now)
        parcels = vet([Sealed("sealed", source)], keyset=then.valid_keyset, limit=self.limit)
        report = Report.opened(
            parcels,
            None,
            program=then,
            stored_lookup="",
            origin=MAIL,
            kind="report",
            at=received_at,
        )
        report = replace(report, stored_lookup=_name(report))
        claims = claims_of(report, parcels, program=then)
        claims["received_at"] = received_at.isoformat()
        report = replace(report, receipt=self.signer.report_receipt(claims, now=now))
        kept = self.store.add(report, parcels, by=by, now=now)
        if kept.received_at != report.received_at:
            raise LookupTaken(
                "This file was entered before, with another time.",
                hint=f"Look at {kept.id}; if its time is wrong, close it and seal the mail anew.",
            )
        return Receipt(kept.receipt, report=kept.id, token=None, replayed=kept.id != report.id)

    def _then(self, slug: str, moment: datetime, now: datetime) -> Program:
        """Return the program with the policy of that moment, and the keys of today."""
        today = self.catalogue.program(slug, now=now)
        version = _in_force(editions(self.catalogue.database, slug), moment).version
        policy = self.catalogue.policy(slug, version)
        return replace(today, policy=policy, policy_version=version)


def _check_time(received_at: datetime, now: datetime) -> None:
    if not now - OLDEST <= received_at <= now:
        raise DeliveryRefused(
            "The time at which it came lies in the future, or more than a year ago.",
            hint="Give the time of the mail, with its zone: 2026-11-20T14:05+01:00.",
        )


def _in_force(published: Iterable[Edition], moment: datetime) -> Edition:
    """Return the newest version published by then; the first one, if that was earlier still."""
    versions = sorted(published, key=lambda one: one.version, reverse=True)
    return next(
        (one for one in versions if one.published and one.published <= moment), versions[-1]
    )


def _name(report: Report) -> str:
    """Return what stands in the place of a token: the same file gives the same, and no token does.

    A token's stored value is the hash of 32 bytes; this hashes a longer text.
    """
    text = f"portico/mail/v1\n{report.program}\n{report.contents_sha256}"
    return hashlib.sha256(text.encode("ascii")).hexdigest()
