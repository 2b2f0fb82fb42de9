"""How far the log of each board is thinned out, which versions it has, and when clients were answered."""

import sqlalchemy as sa
from alembic import op

revision = "0025_horizons"
down_revision = "0023_find_records"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.add_column("board", sa.Column("thinned", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("client", sa.Column("at", sa.Float()))
    op.add_column("refusal", sa.Column("at", sa.Float()))
    op.create_table(
        "text_version",
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("item_id", ID, primary_key=True),
        sa.Column("field", sa.String(32), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("text_version")
    op.drop_column("refusal", "at")
    op.drop_column("client", "at")
    op.drop_column("board", "thinned")
