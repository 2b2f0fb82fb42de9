"""Codes of organisations, and rows of a file that wait until their own organisation confirms them."""

import sqlalchemy as sa
from alembic import op

revision = "0032_organisation_codes"
down_revision = "0019_names"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "organisation_code",
        sa.Column("space_id", ID, sa.ForeignKey("space.id"), primary_key=True),
        sa.Column("organisation_id", ID, sa.ForeignKey("organisation.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("code", sa.Text, nullable=False),
    )
    for name in ("organisation_id", "batch_id"):
        op.add_column("upload", sa.Column(name, ID))
        op.create_index(op.f(f"ix_upload_{name}"), "upload", [name])


def downgrade() -> None:
    for name in ("organisation_id", "batch_id"):
        op.drop_index(op.f(f"ix_upload_{name}"), "upload")
        op.drop_column("upload", name)
    op.drop_table("organisation_code")
