"""Since when somebody who had a place for an organisation before is a guest."""

import sqlalchemy as sa
from alembic import op

revision = "0043_guest_since"
down_revision = "0047_turns_with"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("guest_since", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("member", "guest_since")
