"""The tables. What stands here is, completely, what a database thief would get."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
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

# Whether a program takes reports; without a row it does. Only ever added to.
program_states = Table(
    "program_states",
    metadata,
    Column("program", String(40), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("state", String(8), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String(80), nullable=False),
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
    # What the reporter ticked, so that staff open it first.
    Column("exposed", Boolean, nullable=False, default=False, server_default=false()),
    Column("exploited", Boolean, nullable=False, default=False, server_default=false()),
)

_LANE = ("program", "quiet", "ended", "urgency")
_ORDER = ("due_at", "received_at", "report")

# One row per report: what the queue sorts and filters by. It follows from the report, its events
# and its messages, and is written in the transaction that changes them.
queue = Table(
    "queue",
    metadata,
    Column("report", String(11), ForeignKey("reports.id"), primary_key=True),
    Column("program", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("ruling", String(16), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("activity", Integer, nullable=False),
    Column("quiet", Boolean, nullable=False),
    Column("assigned", String(16), ForeignKey("staff.id")),
    Column("kind", String(16), nullable=False, default="report", server_default="report"),
    Column("urgency", Integer, nullable=False, default=1, server_default="1"),
    # Every question to the queue names what makes a lane; what is due next comes in order.
    # What is unread is looked for in the index itself, which therefore holds the activity.
    Index("ix_queue_order", *_LANE, *_ORDER, "activity"),
    Index("ix_queue_state", *_LANE, "state", *_ORDER),
    Index("ix_queue_ruling", *_LANE, "ruling", *_ORDER),
    Index("ix_queue_assigned", *_LANE, "assigned", *_ORDER),
    Index("ix_queue_kind", *_LANE, "kind", *_ORDER),
)

# A row without a report is an upload in progress: nobody sees it, and the sweep removes it.
envelopes = Table(
    "envelopes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("report", String(11), ForeignKey("reports.id"), index=True),
    Column("role", String(40), nullable=False),
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

_LINKS = text("name = 'duplicate'")

events = Table(
    "events",
    metadata,
    Column("report", String(11), ForeignKey("reports.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("name", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("data", JSON, nullable=False),
    # Which reports were linked to another: few, and asked for whenever a report is looked at.
    Index("ix_events_duplicate", "report", sqlite_where=_LINKS, postgresql_where=_LINKS),
)

# The thread: one row per message; its age files are envelopes named after its number.
messages = Table(
    "messages",
    metadata,
    Column("report", String(11), ForeignKey("reports.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("author", String(16), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Column("keyset_version", Integer, nullable=False),
)

# Notes, tags and drafts of staff: sealed, so that the server sees neither words nor labels. What
# was kept first is never written over; a newer header stands beside it, with its keyset.
# Names that reporters wanted on a public page; nothing else of whose report it was is shown there.
thanks = Table(
    "thanks",
    metadata,
    Column("report", String(11), ForeignKey("reports.id"), primary_key=True),
    Column("program", String(40), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("at", Instant, nullable=False),
)

memos = Table(
    "memos",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("report", String(11), ForeignKey("reports.id"), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("staff", String(16), ForeignKey("staff.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("keyset_version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("header", LargeBinary),
    Column("header_keyset", Integer),
    # Who lacks which is counted in the index alone; the sealed texts would make it slow.
    Index("ix_memos_shared", "report", "kind", "keyset_version", "header_keyset", "id"),
)

# An act that takes two people, between the first and the second.
approvals = Table(
    "approvals",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("report", String(11), ForeignKey("reports.id"), nullable=False, index=True),
    Column("event", String(40), nullable=False),
    Column("data", JSON, nullable=False),
    Column("asked_by", String(16), ForeignKey("staff.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("decided_by", String(16), ForeignKey("staff.id")),
    Column("decided_at", Instant),
    Column("granted", Boolean),
    Column("reason", String(20)),
)

staff = Table(
    "staff",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("left_at", Instant),
)

staff_roles = Table(
    "staff_roles",
    metadata,
    Column("staff", String(16), ForeignKey("staff.id"), primary_key=True),
    Column("program", String(40), primary_key=True),
    Column("role", String(8), nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("staff", String(16), ForeignKey("staff.id"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", String(1366), primary_key=True),
    Column("staff", String(16), ForeignKey("staff.id"), nullable=False, index=True),
    Column("label", String(80), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("transports", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("removed_at", Instant),
)

# What a passkey was asked to sign; each can be answered once, for a few minutes.
challenges = Table(
    "challenges",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("purpose", String(8), nullable=False),
    Column("challenge", LargeBinary, nullable=False),
    Column("staff", String(16), ForeignKey("staff.id")),
    Column("expires_at", Instant, nullable=False, index=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("staff", String(16), ForeignKey("staff.id"), nullable=False, index=True),
    Column("passkey", String(1366), ForeignKey("passkeys.id"), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("confirmed_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

desk_keys = Table(
    "desk_keys",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("staff", String(16), ForeignKey("staff.id"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("ended_at", Instant),
)

# How far each person has read each report: the activity they have seen.
seen = Table(
    "seen",
    metadata,
    Column("staff", String(16), ForeignKey("staff.id"), primary_key=True),
    Column("report", String(11), ForeignKey("reports.id"), primary_key=True),
    Column("activity", Integer, nullable=False),
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("staff", String(16), ForeignKey("staff.id"), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("filters", JSON, nullable=False),
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
