"""Who owns a goal: an organisation that others name is asked first, and says yes or no for itself."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0033_goal_owners"
down_revision = "0039_staged_imports"
branch_labels = None
depends_on = None

TABLE, ID = "goal_organisation", sa.String(36)


def upgrade() -> None:
    # Whoever stands there already owns the goal. Added one by one: SQLite then makes no table anew.
    op.add_column(TABLE, sa.Column("answer", sa.String(20), nullable=False, server_default="yes"))
    op.add_column(TABLE, sa.Column("by", ID))
    op.add_column(TABLE, sa.Column("by_organisation", ID))
    op.add_column(TABLE, sa.Column("at", Utc))
    op.add_column(TABLE, sa.Column("said", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    op.execute("DELETE FROM goal_organisation WHERE answer <> 'yes'")
    with op.batch_alter_table(TABLE) as table:
        for name in ("said", "at", "by_organisation", "by", "answer"):
            table.drop_column(name)
