"""The tables. What stands here is, completely, what a database thief would get."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

INSTANT_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, kept as sortable text so that every database reads it alike."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write an aware moment; a naive one is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be kept")
        return value.astimezone(UTC).strftime(INSTANT_FORMAT)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002, ANN401
        """Read it back as aware UTC."""
        return (
            None if value is None else datetime.strptime(value, INSTANT_FORMAT).replace(tzinfo=UTC)
        )


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

policies = Table(
    "policies",
    metadata,
    Column("program", String(40), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("source", Text, nullable=False),
)

keysets = Table(
    "keysets",
    metadata,
    Column("program", String(40), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("root", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("statement", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", String(11), primary_key=True),
    Column("program", String(40), nullable=False, index=True),
    Column("stored_lookup", String(64), nullable=False, unique=True),
    Column("origin", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("policy_version", Integer, nullable=False),
    Column("keyset_version", Integer, nullable=False),
    Column("ruling", String(16)),
    Column("rule", String(80)),
    Column("code", String(60)),
    Column("ruled_under", Integer),
    Column("received_at", Instant, nullable=False, index=True),
    Column("contents_sha256", String(64), nullable=False, index=True),
    Column("calendar", JSON, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("looked_up", Boolean, nullable=False, default=False),
)

# A row without a report is an upload in progress: nobody sees it, and the sweep removes it.
envelopes = Table(
    "envelopes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("report", String(11), ForeignKey("reports.id"), index=True),
    Column("role", String(16), nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("stanzas", Integer, nullable=False),
    Column("payload_sha256", String(64), nullable=False),
    Column("staged_at", Instant, nullable=False),
    UniqueConstraint("report", "role"),
)

headers = Table(
    "headers",
    metadata,
    Column("envelope", String(32), ForeignKey("envelopes.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("keyset_version", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("added_at", Instant, nullable=False),
)

chunks = Table(
    "chunks",
    metadata,
    Column("envelope", String(32), ForeignKey("envelopes.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("report", String(11), ForeignKey("reports.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("name", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("data", JSON, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("act", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("data", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)
