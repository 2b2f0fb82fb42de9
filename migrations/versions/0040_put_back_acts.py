"""Acts by which somebody put back what a guest did on a board."""

import sqlalchemy as sa
from alembic import op

revision = "0040_put_back_acts"
down_revision = "0036_minutes_changes"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "put_back_act",
        sa.Column("id", ID, primary_key=True),
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("since", sa.Float, nullable=False),
        sa.Column("until", sa.Float, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("undoes", ID),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("counts", sa.Text),
    )
    op.create_index(op.f("ix_put_back_act_board_id"), "put_back_act", ["board_id"])


def downgrade() -> None:
    op.drop_table("put_back_act")
