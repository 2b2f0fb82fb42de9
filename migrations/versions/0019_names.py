"""Guests only say where they come from, and who reset a password is told to its owner."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0019_names"
down_revision = "0018_excluded_points"
branch_labels = None
depends_on = None

BOUND = "role = 'guest' AND organisation_id IS NOT NULL"
NAME = "(SELECT organisation.name FROM organisation WHERE organisation.id = member.organisation_id)"


def upgrade() -> None:
    _add_key("member", "confirmed_for", "organisation")
    _add_key("member", "confirmed_by", "person")
    op.add_column("member", sa.Column("confirmed_at", Utc))
    op.drop_column("member", "colour")
    op.add_column("member", sa.Column("moved", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("letter", sa.Column("by_hand", sa.Boolean, nullable=False, server_default=sa.false()))
    _add_key("letter", "made_by", "person")
    op.add_column("person", sa.Column("reset_at", Utc))
    _add_key("person", "reset_by", "person")
    op.execute(f"UPDATE member SET says = {NAME}, organisation_id = NULL WHERE {BOUND}")  # noqa: S608 - no words of others


def _add_key(table: str, name: str, other: str) -> None:
    """In words: alembic would make the table anew on SQLite, which rows of others that point to it forbid."""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} VARCHAR(36) REFERENCES {other} (id)")


def downgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.drop_column("reset_at")
        table.drop_column("reset_by")
    with op.batch_alter_table("letter") as table:
        table.drop_column("by_hand")
        table.drop_column("made_by")
    with op.batch_alter_table("member") as table:
        table.drop_column("confirmed_for")
        table.drop_column("confirmed_by")
        table.drop_column("confirmed_at")
        table.drop_column("moved")
        table.add_column(sa.Column("colour", sa.Integer))
