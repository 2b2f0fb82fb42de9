"""The tables of targets, new limits, annotations and stories of measures, of reminders, and of profiles."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, String, Table, Text

from app.db import Utc, metadata
from app.outcomes.tables import ID, Exact

target = Table(
    "target",
    metadata,
    Column("id", ID, primary_key=True),
    Column("measure_id", ID, ForeignKey("measure.id"), nullable=False, index=True),
    Column("value", Exact, nullable=False),
    Column("comparator", String(2), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("assures", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
    Column("withdrawn_at", Utc),
)

rebase = Table(
    "rebase",
    metadata,
    Column("id", ID, primary_key=True),
    Column("measure_id", ID, ForeignKey("measure.id"), nullable=False, index=True),
    Column("begins", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
    Column("withdrawn_at", Utc),
    Column("withdrawn_by", ID),
)

# A value that a person left out of the limits of its series; the value itself stays.
excluded_point = Table(
    "excluded_point",
    metadata,
    Column("id", ID, primary_key=True),
    Column("measure_id", ID, ForeignKey("measure.id"), nullable=False, index=True),
    Column("series_id", ID, ForeignKey("series.id"), nullable=False),
    Column("start", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
    Column("withdrawn_at", Utc),
    Column("withdrawn_by", ID),
)

annotation = Table(
    "annotation",
    metadata,
    Column("id", ID, primary_key=True),
    Column("measure_id", ID, ForeignKey("measure.id"), nullable=False, index=True),
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    Column("words", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
    Column("withdrawn_at", Utc),
)

commentary = Table(
    "commentary",
    metadata,
    Column("id", ID, primary_key=True),
    Column("measure_id", ID, ForeignKey("measure.id"), nullable=False, index=True),
    Column("until", Date, nullable=False),
    Column("story", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due", Date),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
    Column("approved_by", ID),
    Column("approved_at", Utc),
)

# When somebody last got a reminder that numbers are overdue.
reminder = Table(
    "reminder",
    metadata,
    Column("person_id", ID, ForeignKey("person.id"), primary_key=True),
    Column("at", Utc, nullable=False),
)

# The profile that a space has chosen instead of the default, by its name in `spc/profiles.py`.
chosen_profile = Table(
    "chosen_profile",
    metadata,
    Column("space_id", ID, ForeignKey("space.id"), primary_key=True),
    Column("profile", String(40), nullable=False),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
)
