"""What facilitators changed in minutes: each change with what stood before, so that it can be put back."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0036_minutes_changes"
down_revision = "0033_goal_owners"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "minutes_change",
        sa.Column("workshop_id", ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("did", sa.String(16), nullable=False),
        sa.Column("target", ID, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "number", name="pk_minutes_change"),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name="fk_minutes_change_workshop_id_workshop",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("minutes_change")
