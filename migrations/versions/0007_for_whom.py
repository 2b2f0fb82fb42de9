"""A link for readers says whom it is for, so that the right one can be closed."""

import sqlalchemy as sa
from alembic import op

revision = "0007_for_whom"
down_revision = "0006_ended_mailing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reader_link", sa.Column("for_whom", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("reader_link") as batch:
        batch.drop_column("for_whom")
