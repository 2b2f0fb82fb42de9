"""How a space has its charts read, who gets which report by mail when, and the rows an import refuses."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0005_reading_and_mailing"
down_revision = "0004_outcomes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("upload", sa.Column("refused", sa.LargeBinary(), nullable=True))
    op.create_table(
        "chosen_profile",
        sa.Column("space_id", sa.String(length=36), nullable=False),
        sa.Column("profile", sa.String(length=40), nullable=False),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_chosen_profile_space_id_space")),
        sa.PrimaryKeyConstraint("space_id", name=op.f("pk_chosen_profile")),
    )
    op.create_table(
        "mailing",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("space_id", sa.String(length=36), nullable=False),
        sa.Column("goal_id", sa.String(length=36), nullable=True),
        sa.Column("every", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.Date(), nullable=False),
        sa.Column("sent_for", sa.Date(), nullable=False),
        sa.Column("sent_report_id", sa.String(length=36), nullable=True),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_mailing_space_id_space")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_mailing_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["sent_report_id"], ["report.id"], name=op.f("fk_mailing_sent_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
    )
    op.create_index(op.f("ix_mailing_space_id"), "mailing", ["space_id"], unique=False)
    op.create_index("ix_mailing_goal_id", "mailing", ["goal_id"], unique=False)
    op.create_table(
        "mailing_reader",
        sa.Column("mailing_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("stopped_at", app.db.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mailing_id"],
            ["mailing.id"],
            name=op.f("fk_mailing_reader_mailing_id_mailing"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mailing_reader_person_id_person")
        ),
        sa.PrimaryKeyConstraint("mailing_id", "person_id", name=op.f("pk_mailing_reader")),
    )


def downgrade() -> None:
    for table in ("mailing_reader", "mailing", "chosen_profile"):
        op.drop_table(table)
    op.drop_column("upload", "refused")
