"""Up to where each person has seen each board, and until when they may be taken to be there."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0012_looks"
down_revision = "0011_find"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("person_id", ID, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", app.db.Utc, nullable=False),
        sa.Column("here_until", app.db.Utc),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_look_person_id", "look", ["person_id"])


def downgrade() -> None:
    op.drop_table("look")
