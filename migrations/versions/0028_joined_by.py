"""By which code a guest joined: once they are removed, whoever comes by that code waits to be let in."""

from alembic import op

revision = "0028_joined_by"
down_revision = "0027_together"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In words, as in the migration before it.
    op.execute("ALTER TABLE member ADD COLUMN code_id VARCHAR(36) REFERENCES join_code (id)")


def downgrade() -> None:
    with op.batch_alter_table("member") as table:
        table.drop_column("code_id")
