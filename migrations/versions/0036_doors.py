"""What people say at the doors of a workshop: how many share a phone, and what would help them."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0036_doors"
down_revision = "0028_joined_by"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "shared_phone",
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("stage_id", ID, primary_key=True),
        sa.Column("person_id", ID, primary_key=True),
        sa.Column("people", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_need",
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("person_id", ID, primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("access_need")
    op.drop_table("shared_phone")
