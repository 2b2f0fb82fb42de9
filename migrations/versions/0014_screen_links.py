"""Links of projectors, and the quiet words of a running workshop."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0014_screen_links"
down_revision = "0013_ballots"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "quiet_word",
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("word", sa.String(16), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "screen_link",
        sa.Column("id", ID, primary_key=True),
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), nullable=False),
        sa.Column("stage_id", ID, nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("made_at", app.db.Utc, nullable=False),
        sa.Column("opened_at", app.db.Utc),
    )
    op.create_index("ix_screen_link_board_id", "screen_link", ["board_id"])


def downgrade() -> None:
    op.drop_table("screen_link")
    op.drop_table("quiet_word")
