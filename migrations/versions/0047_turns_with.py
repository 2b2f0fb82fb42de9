"""Values that an import replaces or gives back: marked beforehand, they turn at once."""

import sqlalchemy as sa
from alembic import op

revision = "0047_turns_with"
down_revision = "0041_immunity_pages"
branch_labels = None
depends_on = None

INDEX = "ix_observation_turns_with"


def upgrade() -> None:
    op.add_column("observation", sa.Column("turns_with", sa.String(36)))
    marked = sa.text("turns_with IS NOT NULL")
    op.create_index(INDEX, "observation", ["turns_with"], sqlite_where=marked, postgresql_where=marked)


def downgrade() -> None:
    op.drop_index(INDEX, "observation")
    op.drop_column("observation", "turns_with")
