"""Outcomes: goals, drivers, measures, what was observed of them, and reports that never change."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0004_outcomes"
down_revision = "0003_boards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("space_id", sa.String(length=36), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("layout", sa.String(length=20), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("undone_at", app.db.Utc(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_batch_space_id_space")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_space_id"), "batch", ["space_id"], unique=False)
    op.create_table(
        "goal",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("space_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.Text(), nullable=False),
        sa.Column("by_when", sa.Date(), nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("theory", sa.Text(), nullable=False),
        sa.Column("tender_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("changed_at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=False),
        sa.Column("archived_at", app.db.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_goal_space_id_space")),
        sa.ForeignKeyConstraint(["tender_id"], ["person.id"], name=op.f("fk_goal_tender_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index(op.f("ix_goal_space_id"), "goal", ["space_id"], unique=False)
    op.create_table(
        "driver",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("goal_id", sa.String(length=36), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("removed_at", app.db.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_driver_goal_id_goal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_driver")),
    )
    op.create_index(op.f("ix_driver_goal_id"), "driver", ["goal_id"], unique=False)
    op.create_table(
        "goal_card",
        sa.Column("board_id", sa.String(length=36), nullable=False),
        sa.Column("card_id", sa.String(length=36), nullable=False),
        sa.Column("goal_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["board.id"], name=op.f("fk_goal_card_board_id_board"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_card_goal_id_goal")),
        sa.PrimaryKeyConstraint("board_id", "card_id", name=op.f("pk_goal_card")),
    )
    op.create_index(op.f("ix_goal_card_goal_id"), "goal_card", ["goal_id"], unique=False)
    op.create_table(
        "goal_organisation",
        sa.Column("goal_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_organisation_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_goal_organisation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("goal_id", "organisation_id", name=op.f("pk_goal_organisation")),
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("space_id", sa.String(length=36), nullable=False),
        sa.Column("goal_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", app.db.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_measure_goal_id_goal")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_measure_space_id_space")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("space_id", "code", name=op.f("uq_measure_space_id_code")),
    )
    op.create_index(op.f("ix_measure_goal_id"), "measure", ["goal_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("space_id", sa.String(length=36), nullable=False),
        sa.Column("goal_id", sa.String(length=36), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("issued_at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=36), nullable=False),
        sa.Column("corrects_id", sa.String(length=36), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_report_goal_id_goal")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_report_space_id_space")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("space_id", "number", name=op.f("uq_report_space_id_number")),
    )
    op.create_index("ix_report_goal_id", "report", ["goal_id"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reminder")),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("space_id", sa.String(length=36), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("look", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_upload_space_id_space")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_space_id"), "upload", ["space_id"], unique=False)
    op.create_table(
        "annotation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("measure_id", sa.String(length=36), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("withdrawn_at", app.db.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_annotation_measure_id_measure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
    )
    op.create_index(op.f("ix_annotation_measure_id"), "annotation", ["measure_id"], unique=False)
    op.create_table(
        "commentary",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("measure_id", sa.String(length=36), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("approved_by", sa.String(length=36), nullable=True),
        sa.Column("approved_at", app.db.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_commentary_measure_id_measure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commentary")),
    )
    op.create_index(op.f("ix_commentary_measure_id"), "commentary", ["measure_id"], unique=False)
    op.create_table(
        "driver_tie",
        sa.Column("lower_id", sa.String(length=36), nullable=False),
        sa.Column("upper_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["lower_id"], ["driver.id"], name=op.f("fk_driver_tie_lower_id_driver"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["upper_id"], ["driver.id"], name=op.f("fk_driver_tie_upper_id_driver"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("lower_id", "upper_id", name=op.f("pk_driver_tie")),
    )
    op.create_table(
        "measure_version",
        sa.Column("measure_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_version_measure_id_measure")
        ),
        sa.PrimaryKeyConstraint("measure_id", "version", name=op.f("pk_measure_version")),
    )
    op.create_table(
        "reader_link",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("report_id", sa.String(length=36), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("expires_at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("withdrawn_at", app.db.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_reader_link_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_reader_link_token_sha256")),
    )
    op.create_index(op.f("ix_reader_link_report_id"), "reader_link", ["report_id"], unique=False)
    op.create_table(
        "rebase",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("measure_id", sa.String(length=36), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("withdrawn_at", app.db.Utc(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_rebase_measure_id_measure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rebase")),
    )
    op.create_index(op.f("ix_rebase_measure_id"), "rebase", ["measure_id"], unique=False)
    op.create_table(
        "series",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("measure_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("area_name", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_series_measure_id_measure")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_series_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("measure_id", "key", name=op.f("uq_series_measure_id_key")),
    )
    op.create_table(
        "target",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("measure_id", sa.String(length=36), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("comparator", sa.String(length=2), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("assures", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("withdrawn_at", app.db.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_target_measure_id_measure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    op.create_index(op.f("ix_target_measure_id"), "target", ["measure_id"], unique=False)
    op.create_table(
        "observation",
        sa.Column("series_id", sa.String(length=36), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("numerator", sa.String(40), nullable=True),
        sa.Column("denominator", sa.String(40), nullable=True),
        sa.Column("value", sa.String(40), nullable=True),
        sa.Column("typed", sa.String(40), nullable=True),
        sa.Column("low95", sa.String(40), nullable=True),
        sa.Column("high95", sa.String(40), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.String(length=36), nullable=True),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_observation_batch_id_batch")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_observation_series_id_series")),
        sa.PrimaryKeyConstraint("series_id", "start", "revision", name=op.f("pk_observation")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_observation_batch_id"), "observation", ["batch_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("series_id", sa.String(length=36), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("at", app.db.Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_reading_series_id_series")),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_reading")),
    )


def downgrade() -> None:
    for table in (
        "reading",
        "observation",
        "reminder",
        "upload",
        "target",
        "series",
        "rebase",
        "reader_link",
        "measure_version",
        "driver_tie",
        "commentary",
        "annotation",
        "report",
        "measure",
        "goal_organisation",
        "goal_card",
        "driver",
        "goal",
        "batch",
    ):
        op.drop_table(table)
