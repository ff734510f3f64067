"""The desk: staff, passkeys, sessions, the queue, the thread, memos, approvals."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_LINKS = sa.text("name = 'duplicate'")


def upgrade() -> None:
    op.create_index(
        "ix_events_duplicate",
        "events",
        ["report"],
        unique=False,
        sqlite_where=_LINKS,
        postgresql_where=_LINKS,
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("left_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_name")),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("report", sa.String(length=11), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.Column("decided_by", sa.String(length=16), nullable=True),
        sa.Column("decided_at", sa.String(length=27), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_approvals_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_approvals_decided_by")),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_approvals_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approvals_report"), ["report"], unique=False)

    op.create_table(
        "challenges",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("staff", sa.String(length=16), nullable=True),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_challenges_staff")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_challenges")),
    )
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenges_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "desk_keys",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("staff", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.Column("used_at", sa.String(length=27), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_desk_keys_staff")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_desk_keys")),
    )
    with op.batch_alter_table("desk_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_keys_staff"), ["staff"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("staff", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.Column("used_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_invitations_staff")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_invitations")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_staff"), ["staff"], unique=False)

    op.create_table(
        "memos",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("report", sa.String(length=11), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("staff", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("keyset_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_memos_report")),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_memos_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memos")),
    )
    with op.batch_alter_table("memos", schema=None) as batch_op:
        batch_op.create_index("ix_memos_report_kind", ["report", "kind"], unique=False)

    op.create_table(
        "messages",
        sa.Column("report", sa.String(length=11), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("keyset_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_messages_report")),
        sa.PrimaryKeyConstraint("report", "sequence", name=op.f("pk_messages")),
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.String(length=1366), nullable=False),
        sa.Column("staff", sa.String(length=16), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("used_at", sa.String(length=27), nullable=True),
        sa.Column("removed_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_passkeys_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
    )
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkeys_staff"), ["staff"], unique=False)

    op.create_table(
        "queue",
        sa.Column("report", sa.String(length=11), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("ruling", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("received_at", sa.String(length=27), nullable=False),
        sa.Column("activity", sa.Integer(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("assigned", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["assigned"], ["staff.id"], name=op.f("fk_queue_assigned")),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_queue_report")),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_queue")),
    )
    with op.batch_alter_table("queue", schema=None) as batch_op:
        lane, order = ["program", "quiet", "ended"], ["due_at", "received_at", "report"]
        batch_op.create_index("ix_queue_order", [*lane, *order, "activity"], unique=False)
        for column in ("state", "ruling", "assigned"):
            batch_op.create_index(f"ix_queue_{column}", [*lane, column, *order], unique=False)

    op.create_table(
        "saved_views",
        sa.Column("staff", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_saved_views_staff")),
        sa.PrimaryKeyConstraint("staff", "name", name=op.f("pk_saved_views")),
    )
    op.create_table(
        "seen",
        sa.Column("staff", sa.String(length=16), nullable=False),
        sa.Column("report", sa.String(length=11), nullable=False),
        sa.Column("activity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_seen_report")),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_seen_staff")),
        sa.PrimaryKeyConstraint("staff", "report", name=op.f("pk_seen")),
    )
    op.create_table(
        "staff_roles",
        sa.Column("staff", sa.String(length=16), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_staff_roles_staff")),
        sa.PrimaryKeyConstraint("staff", "program", name=op.f("pk_staff_roles")),
    )
    op.create_table(
        "sessions",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("staff", sa.String(length=16), nullable=False),
        sa.Column("passkey", sa.String(length=1366), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("seen_at", sa.String(length=27), nullable=False),
        sa.Column("confirmed_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["passkey"], ["passkeys.id"], name=op.f("fk_sessions_passkey")),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name=op.f("fk_sessions_staff")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_staff"), ["staff"], unique=False)

    with op.batch_alter_table("envelopes", schema=None) as batch_op:
        batch_op.alter_column(
            "role",
            existing_type=sa.VARCHAR(length=16),
            type_=sa.String(length=40),
            existing_nullable=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("envelopes", schema=None) as batch_op:
        batch_op.alter_column(
            "role",
            existing_type=sa.String(length=40),
            type_=sa.VARCHAR(length=16),
            existing_nullable=False,
        )

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_staff"))

    op.drop_table("sessions")
    op.drop_table("staff_roles")
    op.drop_table("seen")
    op.drop_table("saved_views")
    with op.batch_alter_table("queue", schema=None) as batch_op:
        for name in ("assigned", "ruling", "state", "order"):
            batch_op.drop_index(f"ix_queue_{name}")

    op.drop_table("queue")
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkeys_staff"))

    op.drop_table("passkeys")
    op.drop_table("messages")
    with op.batch_alter_table("memos", schema=None) as batch_op:
        batch_op.drop_index("ix_memos_report_kind")

    op.drop_table("memos")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_staff"))

    op.drop_table("invitations")
    with op.batch_alter_table("desk_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_keys_staff"))

    op.drop_table("desk_keys")
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenges_expires_at"))

    op.drop_table("challenges")
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approvals_report"))

    op.drop_table("approvals")
    op.drop_table("staff")
    op.drop_index("ix_events_duplicate", "events")
