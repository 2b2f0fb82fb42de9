"""The tables of private pages. Nothing points to them, and no other part of the product reads them."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from app.db import Utc, metadata

ID = String(36)

immunity_page = Table(
    "immunity_page",
    metadata,
    Column("id", ID, primary_key=True),
    Column("person_id", ID, ForeignKey("person.id"), nullable=False, index=True),
    Column("words", Text, nullable=False),  # JSON: by box
    Column("revision", Integer, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("removed_at", Utc, index=True),
    Column("handed", ID),
    Column("handed_at", Utc),
)

# What stood in a page before; `number` is the revision that it was.
immunity_version = Table(
    "immunity_version",
    metadata,
    Column("page_id", ID, ForeignKey("immunity_page.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("words", Text, nullable=False),
)
