"""Records: what a space agreed to keep, with their rows, ties, cards on boards and histories."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0015_records"
down_revision = "0014_screen_links"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    _records()
    _beside()


def _records() -> None:
    op.create_table(
        "record",
        sa.Column("id", ID, primary_key=True),
        sa.Column("space_id", ID, sa.ForeignKey("space.id"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("stands", sa.String(12), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("tender_id", ID, sa.ForeignKey("person.id")),
        sa.Column("offered_id", ID, sa.ForeignKey("person.id")),
        sa.Column("look_again", sa.Date),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("made_at", app.db.Utc, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("changed_at", app.db.Utc, nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        sa.Column("ending", sa.String(12)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("replaced_by", ID),
    )
    op.create_index("ix_record_tender_id", "record", ["tender_id"])
    op.create_index("ix_record_space_id_kind_stands", "record", ["space_id", "kind", "stands"])
    op.create_index("ix_record_space_id_look_again", "record", ["space_id", "look_again"])
    op.create_table(
        "record_row",
        sa.Column("id", ID, primary_key=True),
        sa.Column("record_id", ID, sa.ForeignKey("record.id"), nullable=False),
        sa.Column("list", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("organisation_id", ID),
        sa.Column("at", app.db.Utc, nullable=False),
        sa.Column("board_id", ID),
        sa.Column("card_id", ID),
        sa.Column("taken_by", ID),
        sa.Column("removed", sa.Boolean, nullable=False),
    )
    op.create_index("ix_record_row_record_id", "record_row", ["record_id"])


def _beside() -> None:
    op.create_table(
        "record_card",
        sa.Column("board_id", ID, sa.ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("card_id", ID, primary_key=True),
        sa.Column("record_id", ID, sa.ForeignKey("record.id"), nullable=False),
    )
    op.create_index("ix_record_card_record_id", "record_card", ["record_id"])
    op.create_table(
        "record_tie",
        sa.Column("id", ID, primary_key=True),
        sa.Column("space_id", ID, sa.ForeignKey("space.id"), nullable=False),
        sa.Column("a_kind", sa.String(10), nullable=False),
        sa.Column("a_id", ID, nullable=False),
        sa.Column("b_kind", sa.String(10), nullable=False),
        sa.Column("b_id", ID, nullable=False),
        sa.Column("means", sa.String(20), nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("at", app.db.Utc, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
    )
    for column in ("space_id", "a_id", "b_id"):
        op.create_index(f"ix_record_tie_{column}", "record_tie", [column])
    op.create_table(
        "record_change",
        sa.Column("record_id", ID, sa.ForeignKey("record.id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", app.db.Utc, nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("for_organisation", ID),
        sa.Column("op", sa.Text, nullable=False),
    )
    op.create_index("ix_record_change_by", "record_change", ["by"])


def downgrade() -> None:
    for table in ("record_change", "record_tie", "record_card", "record_row", "record"):
        op.drop_table(table)
