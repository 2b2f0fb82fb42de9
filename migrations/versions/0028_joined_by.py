"""By which code a guest joined: once they are removed, whoever comes by that code waits to be let in."""

import sqlalchemy as sa
from alembic import op

revision = "0028_joined_by"
down_revision = "0027_together"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("member") as table:
        table.add_column(sa.Column("code_id", sa.String(36)))
        table.create_foreign_key("fk_member_code_id_join_code", "join_code", ["code_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("member") as table:
        table.drop_constraint("fk_member_code_id_join_code", type_="foreignkey")
        table.drop_column("code_id")
