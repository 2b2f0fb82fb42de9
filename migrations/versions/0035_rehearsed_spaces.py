"""Copies of spaces in which a workshop is tried with pretend people."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0035_rehearsed_spaces"
down_revision = "0036_doors"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("space", sa.Column("rehearses", sa.String(36)))
    op.add_column("space", sa.Column("rehearsed_until", Utc))
    op.create_index(op.f("ix_space_rehearses"), "space", ["rehearses"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_space_rehearses"), "space")
    op.drop_column("space", "rehearsed_until")
    op.drop_column("space", "rehearses")
