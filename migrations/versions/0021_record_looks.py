"""Up to which change whoever keeps a record true has seen it."""

import sqlalchemy as sa
from alembic import op

revision = "0021_record_looks"
down_revision = "0029_workshops"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_look",
        sa.Column("record_id", sa.String(36), sa.ForeignKey("record.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "person_id"),
    )
    op.create_index("ix_record_look_person_id", "record_look", ["person_id"])


def downgrade() -> None:
    op.drop_table("record_look")
