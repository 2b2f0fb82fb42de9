"""What the dry run of a file parsed, kept beside it for its import."""

import sqlalchemy as sa
from alembic import op

revision = "0048_parsed_rows"
down_revision = "0043_guest_since"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("upload", sa.Column("parsed", sa.LargeBinary))


def downgrade() -> None:
    op.drop_column("upload", "parsed")
