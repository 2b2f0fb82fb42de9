"""A mailing that was ended is kept, for those who had stopped it before."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0006_ended_mailing"
down_revision = "0005_reading_and_mailing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mailing", sa.Column("ended_at", Utc))


def downgrade() -> None:
    ended = "SELECT id FROM mailing WHERE ended_at IS NOT NULL"
    op.execute(f"DELETE FROM mailing_reader WHERE mailing_id IN ({ended})")  # noqa: S608 - no words of others
    op.execute("DELETE FROM mailing WHERE ended_at IS NOT NULL")
    with op.batch_alter_table("mailing") as batch:
        batch.drop_column("ended_at")
