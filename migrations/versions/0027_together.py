"""What no organisation can do alone waits for a second one; pauses of a code, a guest, an organisation."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0027_together"
down_revision = "0026_space_log"
branch_labels = None
depends_on = None

ID = sa.String(36)
PAUSED = ("member", "join_code")


def upgrade() -> None:
    with op.batch_alter_table("space") as table:
        table.add_column(sa.Column("waits_days", sa.Integer, nullable=False, server_default="7"))
    with op.batch_alter_table("organisation_seat") as table:
        table.add_column(sa.Column("ended_at", Utc))
        table.add_column(sa.Column("paused_until", Utc))
    for name in PAUSED:
        op.add_column(name, sa.Column("paused_until", Utc))
        # In words: SQLite adds a key to another table only so, without making the table anew, which rows of
        # others that point to it forbid.
        op.execute(f"ALTER TABLE {name} ADD COLUMN paused_by VARCHAR(36) REFERENCES organisation (id)")
    op.create_table(
        "waiting_act",
        sa.Column("id", ID, primary_key=True),
        sa.Column("space_id", ID, sa.ForeignKey("space.id"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("by_organisation", ID, sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("by_person", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("about", ID, sa.ForeignKey("organisation.id")),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("made_at", Utc, nullable=False),
        sa.Column("until", Utc, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("ended_at", Utc),
    )
    op.create_index("ix_waiting_act_space_id", "waiting_act", ["space_id"])
    op.create_table(
        "waiting_voice",
        sa.Column("act_id", ID, sa.ForeignKey("waiting_act.id"), primary_key=True),
        sa.Column("organisation_id", ID, sa.ForeignKey("organisation.id"), primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("yes", sa.Boolean, nullable=False),
        sa.Column("at", Utc, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("waiting_voice")
    op.drop_table("waiting_act")
    for name in PAUSED:
        with op.batch_alter_table(name) as table:
            table.drop_column("paused_by")
            table.drop_column("paused_until")
    with op.batch_alter_table("organisation_seat") as table:
        table.drop_column("paused_until")
        table.drop_column("ended_at")
    with op.batch_alter_table("space") as table:
        table.drop_column("waits_days")
