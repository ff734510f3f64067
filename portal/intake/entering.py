"""A report that came by mail: entered by staff, with the time at which it really came."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from portal.cases.catalogue import Catalogue
from portal.cases.editions import editions
from portal.cases.kinds import REPORT
from portal.cases.program import Program
from portal.cases.report import MAIL, Report
from portal.cases.signer import Signer
from portal.cases.store import Store
from portal.errors import DeliveryRefused, KeysetOutdated, LookupTaken
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
        limit: Most bytes the files may have together.
    """

    catalogue: Catalogue
    store: Store
    signer: Signer
    limit: int

    def enter(
        self,
        sealed: Sequence[Sealed],
        *,
        program: str,
        received_at: datetime,
        by: str,
        now: datetime,
        keyset: int | None = None,
        exposed: bool = False,
        exploited: bool = False,
    ) -> Receipt:
        """Keep a report that staff sealed, with the promises and clocks of the day it came.

        Args:
            sealed: The age files, sealed on the machine of whoever enters it: a report and its
                files as a page makes them, or one that was sealed by hand.
            program: Slug.
            received_at: When it really came, aware.
            by: Who enters it: id of a member of staff, or who an operator says it was.
            now: Present time, aware.
            keyset: Version it was sealed to; None when nobody said.
            exposed: Whether the mail says that data lies open.
            exploited: Whether it says that somebody makes use of it.

        Raises:
            DeliveryRefused: Nothing was kept; the time is in the future or more than a year ago,
                a file is none that this program takes, or the keys have changed since.
            NoSuchProgram: None of that name is published.
            NoValidKeys: The program's keys have expired.
            StoreUnavailable: Nothing was kept.
        """
        _check_time(received_at, now)
        then = self._then(program, received_at, now)
        if keyset not in {None, then.valid_keyset.version}:
            raise _outdated()
        parcels = vet(sealed, keyset=then.valid_keyset, limit=self.limit)
        report = Report.opened(
            parcels,
            None,
            program=then,
            stored_lookup="",
            origin=MAIL,
            kind=REPORT,
            exposed=exposed,
            exploited=exploited,
            at=received_at,
        )
        report = replace(report, stored_lookup=_name(report))
        claims = claims_of(report, parcels, program=then)
        claims["received_at"] = received_at.isoformat()
        report = replace(report, receipt=self.signer.report_receipt(claims, now=now))
        kept = self.store.add(report, parcels, by=by, now=now)
        if _said(kept) != _said(report):
            raise LookupTaken(
                "This file was entered before, with another time or other ticks.",
                hint=f"Look at {kept.id}; if that is wrong, close it and seal the mail anew.",
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


def _said(report: Report) -> tuple[object, ...]:
    """Return what makes one entry the same as one before; a tick must not be lost in silence."""
    return (report.received_at, report.exposed, report.exploited)


def _outdated() -> KeysetOutdated:
    # A colleague who joined could not read it, and one who left could.
    return KeysetOutdated(
        "The program's keys have changed since this report was sealed.",
        hint="Send it once more; it is sealed to the new keys then.",
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
