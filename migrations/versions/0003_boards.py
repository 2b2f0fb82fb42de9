"""Boards: items as they are, the log of deeds, and what each client was answered."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0003_boards"
down_revision = "0002_spaces"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "board",
        sa.Column("id", ID, primary_key=True),
        sa.Column("space_id", ID, sa.ForeignKey("space.id"), nullable=False, index=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("floor", sa.Integer, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("template", sa.String(64), nullable=False),
        sa.Column("created_at", app.db.Utc, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("changed_at", app.db.Utc, nullable=False),
        sa.Column("archived_at", app.db.Utc),
    )
    op.create_table(
        "item",
        _of_board(),
        sa.Column("id", ID, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Index("ix_item_board_id_seq", "board_id", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deed",
        _of_board(),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("client", sa.String(64), nullable=False),
        sa.Column("n", sa.Integer),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("op", sa.Text, nullable=False),
        sa.Column("inverse", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Index("ix_deed_board_id_client_n", "board_id", "client", "n"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refusal",
        _of_board(),
        sa.Column("person_id", ID, primary_key=True),
        sa.Column("client", sa.String(64), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "client",
        _of_board(),
        sa.Column("person_id", ID, primary_key=True),
        sa.Column("client", sa.String(64), primary_key=True),
        sa.Column("last_n", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )


def _of_board() -> sa.Column:
    return sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), primary_key=True)


def downgrade() -> None:
    for table in ("client", "refusal", "deed", "item", "board"):
        op.drop_table(table)
