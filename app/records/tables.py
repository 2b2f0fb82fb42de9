"""The tables of records. Histories only grow; rows and ties that were removed stay."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from app.db import Utc, metadata

ID = String(36)

record = Table(
    "record",
    metadata,
    Column("id", ID, primary_key=True),
    Column("space_id", ID, ForeignKey("space.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("fields", Text, nullable=False),  # JSON, as its kind has them
    Column("stands", String(12), nullable=False),
    Column("state", String(20), nullable=False),
    Column("tender_id", ID, ForeignKey("person.id"), index=True),
    Column("offered_id", ID, ForeignKey("person.id")),
    Column("look_again", Date),
    Column("audience", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("made_by", ID, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("changed_by", ID, nullable=False),
    Column("ending", String(12)),
    Column("reason", Text, nullable=False),
    Column("replaced_by", ID),
    # all that counting asks for, so that it reads no row; and the two orders of a register
    Index("ix_record_counted", "space_id", "kind", "stands", "audience", "made_by", "tender_id"),
    Index("ix_record_space_id_look_again", "space_id", "look_again", "changed_at", "id"),
    Index("ix_record_space_id_changed_at", "space_id", "changed_at", "id"),
)

record_row = Table(
    "record_row",
    metadata,
    Column("id", ID, primary_key=True),
    Column("record_id", ID, ForeignKey("record.id"), nullable=False, index=True),
    Column("list", String(20), nullable=False),
    Column("position", Integer, nullable=False),
    Column("fields", Text, nullable=False),  # JSON
    Column("by", ID, nullable=False),
    Column("organisation_id", ID),
    Column("at", Utc, nullable=False),
    Column("board_id", ID),
    Column("card_id", ID),
    Column("taken_by", ID),
    Column("removed", Boolean, nullable=False),
)

# The cards on boards that stand for a record. Removing a card does not change the record.
record_card = Table(
    "record_card",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("card_id", ID, primary_key=True),
    Column("record_id", ID, ForeignKey("record.id"), nullable=False, index=True),
)

record_tie = Table(
    "record_tie",
    metadata,
    Column("id", ID, primary_key=True),
    Column("space_id", ID, ForeignKey("space.id"), nullable=False, index=True),
    Column("a_kind", String(10), nullable=False),
    Column("a_id", ID, nullable=False, index=True),
    Column("b_kind", String(10), nullable=False),
    Column("b_id", ID, nullable=False, index=True),
    Column("means", String(20), nullable=False),
    Column("by", ID, nullable=False),
    Column("at", Utc, nullable=False),
    Column("removed", Boolean, nullable=False),
)

record_change = Table(
    "record_change",
    metadata,
    Column("record_id", ID, ForeignKey("record.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False, index=True),
    Column("for_organisation", ID),
    Column("op", Text, nullable=False),  # JSON: the deed
)

# Up to which change whoever keeps it true has seen it.
record_look = Table(
    "record_look",
    metadata,
    Column("record_id", ID, ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ID, primary_key=True, index=True),
    Column("revision", Integer, nullable=False),
)

# The words of each record as find compares them, in their order, and of which revision they are. Made of the
# records, and so in no backup.
find_record = Table(
    "find_record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ID, ForeignKey("record.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("words", Text, nullable=False),
)

# What only one kind of database has, as in the index of find for boards.
NATIVE = ("find_record_words", "ix_find_record_words")
