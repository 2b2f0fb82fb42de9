"""Imports that are written in parts, and count only once all of it is there."""

import sqlalchemy as sa
from alembic import op

revision = "0039_staged_imports"
down_revision = "0037_find_record_lexemes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("batch", sa.Column("staged_for", sa.String(36)))
    op.create_index(op.f("ix_batch_staged_for"), "batch", ["staged_for"])


def downgrade() -> None:
    op.drop_index(op.f("ix_batch_staged_for"), "batch")
    op.drop_column("batch", "staged_for")
