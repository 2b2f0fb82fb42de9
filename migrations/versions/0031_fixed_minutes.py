"""Minutes as they stand once the days for corrections are over."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0031_fixed_minutes"
down_revision = "0030_minutes"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "minutes_fixed",
        sa.Column("workshop_id", ID, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", name="pk_minutes_fixed"),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name="fk_minutes_fixed_workshop_id_workshop",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("minutes_fixed")
