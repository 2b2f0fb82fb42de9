"""Minutes of workshops, and who was there when their steps began."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0030_minutes"
down_revision = "0025_quotas"
branch_labels = None
depends_on = None

ID = sa.String(36)


def _workshop(table: str) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    return (
        sa.Column("workshop_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=f"fk_{table}_workshop_id_workshop", ondelete="CASCADE"
        ),
    )


def upgrade() -> None:
    op.create_table(
        "workshop_here",
        *_workshop("workshop_here"),
        sa.Column("person_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "person_id", name="pk_workshop_here"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "minutes_paragraph",
        *_workshop("minutes_paragraph"),
        sa.Column("block_id", ID, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "block_id", name="pk_minutes_paragraph"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "minutes_left_out",
        *_workshop("minutes_left_out"),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "item_id", name="pk_minutes_left_out"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "minutes_correction",
        sa.Column("id", ID, nullable=False),
        *_workshop("minutes_correction"),
        sa.Column("block_id", ID, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered_by", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_minutes_correction"),
    )
    op.create_index("ix_minutes_correction_workshop_id", "minutes_correction", ["workshop_id"])


def downgrade() -> None:
    op.drop_table("minutes_correction")
    op.drop_table("minutes_left_out")
    op.drop_table("minutes_paragraph")
    op.drop_table("workshop_here")
