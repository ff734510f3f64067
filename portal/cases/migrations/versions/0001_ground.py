"""The ground: policies, keysets, reports with envelopes and events, the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
    )
    op.create_table(
        "keysets",
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.String(length=27), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("program", "version", name=op.f("pk_keysets")),
    )
    op.create_table(
        "policies",
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.String(length=27), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("program", "version", name=op.f("pk_policies")),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.String(length=11), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("stored_lookup", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("keyset_version", sa.Integer(), nullable=False),
        sa.Column("ruling", sa.String(length=16), nullable=True),
        sa.Column("rule", sa.String(length=80), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("ruled_under", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.String(length=27), nullable=False),
        sa.Column("contents_sha256", sa.String(length=64), nullable=False),
        sa.Column("calendar", sa.JSON(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("looked_up", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("stored_lookup", name=op.f("uq_reports_stored_lookup")),
    )
    op.create_index(
        op.f("ix_reports_contents_sha256"), "reports", ["contents_sha256"], unique=False
    )
    op.create_index(op.f("ix_reports_program"), "reports", ["program"], unique=False)
    op.create_index(op.f("ix_reports_received_at"), "reports", ["received_at"], unique=False)
    op.create_table(
        "envelopes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("report", sa.String(length=11), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("stanzas", sa.Integer(), nullable=False),
        sa.Column("payload_sha256", sa.String(length=64), nullable=False),
        sa.Column("staged_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_envelopes_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envelopes")),
        sa.UniqueConstraint("report", "role", name=op.f("uq_envelopes_report_role")),
    )
    op.create_index(op.f("ix_envelopes_report"), "envelopes", ["report"], unique=False)
    op.create_table(
        "events",
        sa.Column("report", sa.String(length=11), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_events_report")),
        sa.PrimaryKeyConstraint("report", "sequence", name=op.f("pk_events")),
    )
    op.create_table(
        "chunks",
        sa.Column("envelope", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["envelope"], ["envelopes.id"], name=op.f("fk_chunks_envelope")),
        sa.PrimaryKeyConstraint("envelope", "sequence", name=op.f("pk_chunks")),
    )
    op.create_table(
        "headers",
        sa.Column("envelope", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("keyset_version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["envelope"], ["envelopes.id"], name=op.f("fk_headers_envelope")),
        sa.PrimaryKeyConstraint("envelope", "version", name=op.f("pk_headers")),
    )


def downgrade() -> None:

    op.drop_table("headers")
    op.drop_table("chunks")
    op.drop_table("events")
    op.drop_index(op.f("ix_envelopes_report"), table_name="envelopes")
    op.drop_table("envelopes")
    op.drop_index(op.f("ix_reports_received_at"), table_name="reports")
    op.drop_index(op.f("ix_reports_program"), table_name="reports")
    op.drop_index(op.f("ix_reports_contents_sha256"), table_name="reports")
    op.drop_table("reports")
    op.drop_table("policies")
    op.drop_table("keysets")
    op.drop_table("audit")
