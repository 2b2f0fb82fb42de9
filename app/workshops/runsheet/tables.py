"""The tables of workshops as a space plans them: a row each, and which of its steps became which phase."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from app.db import Utc, metadata

ID = String(36)

workshop = Table(
    "workshop",
    metadata,
    Column("id", ID, primary_key=True),
    Column("space_id", ID, ForeignKey("space.id"), nullable=False),
    Column("title", String(200), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("place", String(200), nullable=False),
    Column("starts_at", Utc),
    Column("booked", Integer),  # minutes
    Column("board_id", ID, ForeignKey("board.id"), index=True),
    Column("stage_id", ID),  # of the stage that its doors opened
    Column("team", Text, nullable=False),  # JSON: ids of those who lead it
    Column("sheet", Text, nullable=False),  # JSON, as the run-sheet has it
    Column("revision", Integer, nullable=False),
    Column("baseline", Float),  # the minutes of its run-sheet when it began
    Column("rehearses", ID),  # the workshop that it is a copy of, to try that
    Column("made_at", Utc, nullable=False),
    Column("made_by", ID, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("archived_at", Utc),
    Index("ix_workshop_space_id_starts_at", "space_id", "starts_at"),
)

# A step that is to be opened as a phase: written before the phase is, so that it holds only where the board
# has that phase. The step is kept as it was then.
workshop_run = Table(
    "workshop_run",
    metadata,
    Column("workshop_id", ID, ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    Column("phase_id", ID, primary_key=True),
    Column("step_id", ID, nullable=False),
    Column("block_id", ID, nullable=False),
    Column("block", Text, nullable=False),
    Column("step", Text, nullable=False),  # JSON
    Column("at", Utc, nullable=False),
    sqlite_with_rowid=False,
)

# Who was there when a step began: what the minutes count.
workshop_here = Table(
    "workshop_here",
    metadata,
    Column("workshop_id", ID, ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ID, primary_key=True),
    sqlite_with_rowid=False,
)
