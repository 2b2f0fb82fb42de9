"""The tables of minutes: what facilitators wrote and left out, and corrections with their answers."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from app.db import Utc, metadata

ID = String(36)

minutes_paragraph = Table(
    "minutes_paragraph",
    metadata,
    Column("workshop_id", ID, ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    Column("block_id", ID, primary_key=True),
    Column("words", Text, nullable=False),
    Column("by", ID, nullable=False),
    Column("at", Utc, nullable=False),
    sqlite_with_rowid=False,
)

# Notes that the facilitators left out of the minutes: they stay on the board.
minutes_left_out = Table(
    "minutes_left_out",
    metadata,
    Column("workshop_id", ID, ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    Column("item_id", ID, primary_key=True),
    Column("by", ID, nullable=False),
    sqlite_with_rowid=False,
)

minutes_correction = Table(
    "minutes_correction",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workshop_id", ID, ForeignKey("workshop.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("block_id", String(36), nullable=False),
    Column("by", ID, nullable=False),
    Column("at", Utc, nullable=False),
    Column("words", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_by", ID, nullable=False),
)

# What facilitators changed in the draft, each with what stood before. Left-out notes stand as ids alone.
minutes_change = Table(
    "minutes_change",
    metadata,
    Column("workshop_id", ID, ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
    Column("did", String(16), nullable=False),
    Column("target", ID, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    sqlite_with_rowid=False,
)

# The minutes as they stand once the days for corrections are over: written once, all of it as JSON. Words
# that are destroyed on the board are destroyed here.
minutes_fixed = Table(
    "minutes_fixed",
    metadata,
    Column("workshop_id", ID, ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    Column("content", Text, nullable=False),
    Column("at", Utc, nullable=False),
)
