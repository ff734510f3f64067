"""Rows to values and back, for everything that belongs to a report."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from portal.cases.envelope import Envelope
from portal.cases.events import Event
from portal.cases.report import Report, Verdict
from portal.cases.tables import chunks, envelopes, events, headers, reports
from portal.errors import NoSuchReport


def report(row: RowMapping | Mapping[str, Any]) -> Report:
    """Read a row of `reports`."""
    values = dict(row)
    ruled = [values.pop(name) for name in ("ruling", "rule", "code", "ruled_under")]
    return Report(verdict=Verdict(*ruled) if ruled[0] else None, **values)


def report_by_lookup(connection: Connection, stored_lookup: str) -> Report | None:
    """Return the report filed under a hashed lookup value, if any."""
    wanted = select(reports).where(reports.c.stored_lookup == stored_lookup)
    row = connection.execute(wanted).mappings().first()
    return report(row) if row else None


def insert_report(connection: Connection, kept: Report) -> None:
    """Write a new report."""
    verdict = kept.verdict
    connection.execute(
        insert(reports).values(
            id=kept.id,
            program=kept.program,
            stored_lookup=kept.stored_lookup,
            origin=kept.origin,
            kind=kept.kind,
            policy_version=kept.policy_version,
            keyset_version=kept.keyset_version,
            ruling=verdict.ruling if verdict else None,
            rule=verdict.rule if verdict else None,
            code=verdict.code if verdict else None,
            ruled_under=verdict.policy_version if verdict else None,
            received_at=kept.received_at,
            contents_sha256=kept.contents_sha256,
            calendar=dict(kept.calendar),
            receipt=kept.receipt,
            looked_up=kept.looked_up,
            exposed=kept.exposed,
            exploited=kept.exploited,
        )
    )


def insert_envelope(
    connection: Connection, row_id: str, envelope: Envelope, report_id: str | None, now: datetime
) -> None:
    """Write an envelope; without a report it is an upload in progress."""
    connection.execute(
        insert(envelopes).values(
            id=row_id,
            report=report_id,
            role=envelope.role,
            length=envelope.length,
            stanzas=envelope.stanzas,
            payload_sha256=envelope.payload_sha256,
            staged_at=now,
        )
    )


def insert_header(
    connection: Connection, row_id: str, envelope: Envelope, keyset_version: int, now: datetime
) -> None:
    """Write the original header, version 1; later versions are added, never written over."""
    connection.execute(
        insert(headers).values(
            envelope=row_id,
            version=1,
            keyset_version=keyset_version,
            sha256=envelope.header_sha256,
            header=envelope.header,
            added_at=now,
        )
    )


def insert_chunk(connection: Connection, row_id: str, sequence: int, data: bytes) -> None:
    """Write one block of a payload."""
    connection.execute(insert(chunks).values(envelope=row_id, sequence=sequence, data=data))


def envelopes_of(connection: Connection, report_id: str) -> tuple[tuple[str, Envelope], ...]:
    """Return id and facts of a report's envelopes: the report itself, its files, the messages."""
    wanted = (
        select(envelopes, headers.c.header, headers.c.sha256.label("header_sha256"))
        .join(headers, headers.c.envelope == envelopes.c.id)
        .where(envelopes.c.report == report_id, headers.c.version == 1)
    )
    found = (
        (
            row.id,
            Envelope(
                role=row.role,
                length=row.length,
                stanzas=row.stanzas,
                header=row.header,
                header_sha256=row.header_sha256,
                payload_sha256=row.payload_sha256,
            ),
        )
        for row in connection.execute(wanted)
    )
    return tuple(sorted(found, key=lambda one: place(one[1].role)))


def place(role: str) -> tuple[int, bool]:
    """Return what sorts the roles of a report: itself, its files, then message by message."""
    words = role.split("-")
    number = int(words[1]) if words[0] == "message" else 0
    return (number, words[-1] in {"attachments", "files"})


def payloads_of(connection: Connection, report_id: str) -> dict[str, str]:
    """Return the payload hash of each envelope of a report, by role."""
    wanted = select(envelopes.c.role, envelopes.c.payload_sha256).where(
        envelopes.c.report == report_id
    )
    return {row.role: row.payload_sha256 for row in connection.execute(wanted)}


def require_kept(connection: Connection, report_id: str) -> None:
    """Make sure that a report still has its contents.

    Raises:
        NoSuchReport: It was deleted, or never was.
    """
    if not payloads_of(connection, report_id):
        raise NoSuchReport("This report was deleted.", hint="Nothing can be added to it any more.")


def insert_event(connection: Connection, report_id: str, sequence: int, event: Event) -> None:
    """Write an event; the sequence is its place in the report's history."""
    connection.execute(
        insert(events).values(
            report=report_id,
            sequence=sequence,
            name=event.name,
            at=event.at,
            actor=event.actor,
            data=dict(event.data),
        )
    )


def events_of(connection: Connection, report_id: str) -> tuple[Event, ...]:
    """Return a report's history, oldest first."""
    wanted = select(events).where(events.c.report == report_id).order_by(events.c.sequence)
    return tuple(
        Event(name=row.name, at=row.at, actor=row.actor, data=row.data)
        for row in connection.execute(wanted)
    )
