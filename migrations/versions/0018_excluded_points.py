"""Values that a person left out of the limits of a series, with the reason; the value itself stays."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0018_excluded_points"
down_revision = "0017_recipes"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "excluded_point",
        sa.Column("id", ID, nullable=False),
        sa.Column("measure_id", ID, nullable=False),
        sa.Column("series_id", ID, nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", app.db.Utc, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("withdrawn_at", app.db.Utc),
        sa.Column("withdrawn_by", ID),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_excluded_point_measure_id_measure")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_excluded_point_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excluded_point")),
    )
    op.create_index(op.f("ix_excluded_point_measure_id"), "excluded_point", ["measure_id"])


def downgrade() -> None:
    op.drop_table("excluded_point")
