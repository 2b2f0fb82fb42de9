"""The log of a space: what its stewards did, and what stood before; never changed once written."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0026_space_log"
down_revision = "0031_fixed_minutes"
branch_labels = None
depends_on = None

ID = sa.String(36)
ON_SQLITE = """
CREATE TRIGGER space_log_stays BEFORE UPDATE ON space_log BEGIN
    SELECT RAISE(ABORT, 'the log of a space is never changed');
END
"""
FUNCTION = """
CREATE FUNCTION space_log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of a space is never changed';
END $$
"""
ON_POSTGRESQL = """
CREATE TRIGGER space_log_stays BEFORE UPDATE ON space_log
    FOR EACH ROW EXECUTE FUNCTION space_log_stays()
"""


def upgrade() -> None:
    op.create_table(
        "space_log",
        sa.Column("space_id", ID, sa.ForeignKey("space.id"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", Utc, nullable=False),
        sa.Column("by_person", ID, sa.ForeignKey("person.id")),
        sa.Column("by_organisation", ID, sa.ForeignKey("organisation.id")),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(FUNCTION)
        op.execute(ON_POSTGRESQL)
    else:
        op.execute(ON_SQLITE)


def downgrade() -> None:
    op.drop_table("space_log")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION space_log_stays")
