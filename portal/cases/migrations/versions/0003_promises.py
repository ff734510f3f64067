"""Kinds, urgency, reasons, states of programs, thanks; notes and tags are shared by header."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_LANE = ["program", "quiet", "ended"]
_ORDER = ["due_at", "received_at", "report"]


def upgrade() -> None:
    _state_programs()
    _know_kinds()
    op.add_column("memos", sa.Column("header", sa.LargeBinary(), nullable=True))
    op.add_column("memos", sa.Column("header_keyset", sa.Integer(), nullable=True))
    shared = ["report", "kind", "keyset_version", "header_keyset", "id"]
    op.create_index("ix_memos_shared", "memos", shared, unique=False)
    op.drop_index("ix_memos_report_kind", table_name="memos")
    op.add_column("approvals", sa.Column("reason", sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column("approvals", "reason")
    op.create_index("ix_memos_report_kind", "memos", ["report", "kind"], unique=False)
    op.drop_index("ix_memos_shared", table_name="memos")
    op.drop_column("memos", "header_keyset")
    op.drop_column("memos", "header")
    _forget_kinds()
    op.drop_table("thanks")
    op.drop_table("program_states")


def _state_programs() -> None:
    op.create_table(
        "program_states",
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("program", "sequence", name=op.f("pk_program_states")),
    )
    op.create_table(
        "thanks",
        sa.Column("report", sa.String(length=11), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_thanks_report")),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_thanks")),
    )
    op.create_index(op.f("ix_thanks_program"), "thanks", ["program"], unique=False)


def _know_kinds() -> None:
    """All that came before was a report, with nothing ticked."""
    for name in ("exposed", "exploited"):
        op.add_column(
            "reports", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.add_column(
        "queue",
        sa.Column("kind", sa.String(length=16), server_default="report", nullable=False),
    )
    op.add_column("queue", sa.Column("urgency", sa.Integer(), server_default="1", nullable=False))
    _index_queue([*_LANE, "urgency"])
    op.create_index("ix_queue_kind", "queue", [*_LANE, "urgency", "kind", *_ORDER], unique=False)


def _forget_kinds() -> None:
    op.drop_index("ix_queue_kind", table_name="queue")
    _index_queue(_LANE)
    for table, name in (
        ("queue", "urgency"),
        ("queue", "kind"),
        ("reports", "exploited"),
        ("reports", "exposed"),
    ):
        op.drop_column(table, name)


def _index_queue(lane: list[str]) -> None:
    """Put the queue's indexes in order within other lanes."""
    op.drop_index("ix_queue_order", table_name="queue")
    op.create_index("ix_queue_order", "queue", [*lane, *_ORDER, "activity"], unique=False)
    for column in ("state", "ruling", "assigned"):
        op.drop_index(f"ix_queue_{column}", table_name="queue")
        op.create_index(f"ix_queue_{column}", "queue", [*lane, column, *_ORDER], unique=False)
