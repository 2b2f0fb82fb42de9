"""Pages that one person writes alone: immunity to change."""

import sqlalchemy as sa
from alembic import op

from app.db import Utc

revision = "0041_immunity_pages"
down_revision = "0040_put_back_acts"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "immunity_page",
        sa.Column("id", ID, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("made_at", Utc, nullable=False),
        sa.Column("changed_at", Utc, nullable=False),
        sa.Column("removed_at", Utc),
        sa.Column("handed", ID),
        sa.Column("handed_at", Utc),
    )
    op.create_index(op.f("ix_immunity_page_person_id"), "immunity_page", ["person_id"])
    op.create_index(op.f("ix_immunity_page_removed_at"), "immunity_page", ["removed_at"])
    op.create_table(
        "immunity_version",
        sa.Column("page_id", ID, sa.ForeignKey("immunity_page.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", Utc, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("immunity_version")
    op.drop_table("immunity_page")
