"""The dots of an open vote, and the nonce without which nobody can say whose they are."""

import sqlalchemy as sa
from alembic import op

revision = "0013_ballots"
down_revision = "0012_looks"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "ballot",
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("phase_id", ID, primary_key=True),
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.Column("choice", sa.LargeBinary(64), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "phase_nonce",
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("phase_id", ID, primary_key=True),
        sa.Column("nonce", sa.LargeBinary(32), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("phase_nonce")
    op.drop_table("ballot")
