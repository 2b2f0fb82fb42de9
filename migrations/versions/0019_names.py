"""Guests only say where they come from, and who reset a password is told to its owner."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0019_names"
down_revision = "0018_excluded_points"
branch_labels = None
depends_on = None

ID = sa.String(36)
BOUND = "role = 'guest' AND organisation_id IS NOT NULL"
NAME = "(SELECT organisation.name FROM organisation WHERE organisation.id = member.organisation_id)"


def upgrade() -> None:
    with op.batch_alter_table("member") as table:
        table.add_column(sa.Column("confirmed_for", ID))
        table.add_column(sa.Column("confirmed_by", ID))
        table.add_column(sa.Column("confirmed_at", Utc))
        table.create_foreign_key(
            "fk_member_confirmed_for_organisation", "organisation", ["confirmed_for"], ["id"]
        )
        table.create_foreign_key("fk_member_confirmed_by_person", "person", ["confirmed_by"], ["id"])
        table.drop_column("colour")
        table.add_column(sa.Column("moved", sa.Boolean, nullable=False, server_default=sa.false()))
    with op.batch_alter_table("letter") as table:
        table.add_column(sa.Column("by_hand", sa.Boolean, nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("made_by", ID))
        table.create_foreign_key("fk_letter_made_by_person", "person", ["made_by"], ["id"])
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("reset_at", Utc))
        table.add_column(sa.Column("reset_by", ID))
        table.create_foreign_key("fk_person_reset_by_person", "person", ["reset_by"], ["id"])
    op.execute(f"UPDATE member SET says = {NAME}, organisation_id = NULL WHERE {BOUND}")  # noqa: S608 - no words of others


def downgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.drop_constraint("fk_person_reset_by_person", type_="foreignkey")
        table.drop_column("reset_at")
        table.drop_column("reset_by")
    with op.batch_alter_table("letter") as table:
        table.drop_constraint("fk_letter_made_by_person", type_="foreignkey")
        table.drop_column("by_hand")
        table.drop_column("made_by")
    with op.batch_alter_table("member") as table:
        table.drop_constraint("fk_member_confirmed_for_organisation", type_="foreignkey")
        table.drop_constraint("fk_member_confirmed_by_person", type_="foreignkey")
        table.drop_column("confirmed_for")
        table.drop_column("confirmed_by")
        table.drop_column("confirmed_at")
        table.drop_column("moved")
        table.add_column(sa.Column("colour", sa.Integer))
