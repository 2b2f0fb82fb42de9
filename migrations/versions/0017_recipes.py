"""Recipes: what the columns of a kind of file mean, kept for the next one."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0017_recipes"
down_revision = "0016_content_epoch"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "recipe",
        sa.Column("id", ID, primary_key=True),
        sa.Column("space_id", ID, sa.ForeignKey("space.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("recipe", sa.Text, nullable=False),
        sa.Column("at", app.db.Utc, nullable=False),
        sa.Column("by", ID, nullable=False),
    )
    op.create_index("ix_recipe_space_id", "recipe", ["space_id"])


def downgrade() -> None:
    op.drop_table("recipe")
