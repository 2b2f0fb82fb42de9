"""How the index of find lies in the database. It is made of the items, and so is in no backup."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from app.boards.storage.tables import ID
from app.db import metadata

# Up to which deed a board is in the index.
find_board = Table(
    "find_board",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, nullable=False),
)

# A card or section that is not removed, with its folded words, each once. What it shows is asked of the item.
find_entry = Table(
    "find_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), nullable=False),
    Column("item_id", ID, nullable=False),
    Column("item", String(16), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("owner", ID, nullable=False),
    Column("section", ID, nullable=False),
    Column("draft", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    UniqueConstraint("board_id", "item_id"),
)

# What only one kind of database has, made by the migration: SQLite's FTS5 with its shadow tables, which
# triggers keep as `find_entry` is, and PostgreSQL's index over the same words.
NATIVE = ("find_words", "ix_find_entry_words")
