"""Workshops as a space plans them, with their run-sheets."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0029_workshops"
down_revision = "0025_horizons"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "workshop",
        sa.Column("id", ID, nullable=False),
        sa.Column("space_id", ID, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("starts_at", Utc),
        sa.Column("booked", sa.Integer),
        sa.Column("board_id", ID),
        sa.Column("stage_id", ID),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("baseline", sa.Float),
        sa.Column("rehearses", ID),
        sa.Column("made_at", Utc, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("changed_at", Utc, nullable=False),
        sa.Column("archived_at", Utc),
        sa.PrimaryKeyConstraint("id", name="pk_workshop"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_workshop_space_id_space"),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_workshop_board_id_board"),
    )
    op.create_index("ix_workshop_board_id", "workshop", ["board_id"])
    op.create_index("ix_workshop_space_id_starts_at", "workshop", ["space_id", "starts_at"])
    op.create_table(
        "workshop_run",
        sa.Column("workshop_id", ID, nullable=False),
        sa.Column("phase_id", ID, nullable=False),
        sa.Column("step_id", ID, nullable=False),
        sa.Column("block_id", ID, nullable=False),
        sa.Column("block", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "phase_id", name="pk_workshop_run"),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name="fk_workshop_run_workshop_id_workshop",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("workshop_run")
    op.drop_table("workshop")
