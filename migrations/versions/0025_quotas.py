"""How much came in from each person, onto each board and into each space, by the hour."""

import sqlalchemy as sa
from alembic import op

revision = "0025_quotas"
down_revision = "0021_record_looks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "usage",
        sa.Column("what", sa.String(8), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("hour", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("usage")
