"""The set-up of a board can be locked, and members can be kept from changing it."""

import sqlalchemy as sa
from alembic import op

revision = "0010_set_up_locks"
down_revision = "0009_section_layout"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("board", sa.Column("set_up_locked", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("board", sa.Column("members_set_up", sa.Boolean, nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("board") as batch:
        batch.drop_column("members_set_up")
        batch.drop_column("set_up_locked")
