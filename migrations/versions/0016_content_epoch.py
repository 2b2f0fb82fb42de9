"""How many of the changes of a space altered only what its pages show, and nobody's rights."""

import sqlalchemy as sa
from alembic import op

revision = "0016_content_epoch"
down_revision = "0015_records"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("space", sa.Column("content", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("space", "content")
