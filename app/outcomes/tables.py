"""The tables of goals, measures, series and observed values. Numbers are stored to the digit.

`annotation_tables` has targets, new limits, annotations and stories, and the profile of a space.
"""

from decimal import Decimal

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

from app.db import Utc, metadata

ID = String(36)
TURNS = text("turns_with IS NOT NULL")


class Exact(TypeDecorator[Decimal]):
    """A decimal number as text: SQLite would make a float of it."""

    impl = String(40)
    cache_ok = True

    @property
    def python_type(self) -> type[Decimal]:
        return Decimal

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


goal = Table(
    "goal",
    metadata,
    Column("id", ID, primary_key=True),
    Column("space_id", ID, ForeignKey("space.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("aim", Text, nullable=False),
    Column("start", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("for_whom", Text, nullable=False),
    Column("by_when", Date),
    Column("person", Text, nullable=False),
    Column("theory", Text, nullable=False),
    Column("tender_id", ID, ForeignKey("person.id"), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("created_by", ID, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("changed_by", ID, nullable=False),  # who wrote the present words
    Column("archived_at", Utc),
)

# Which organisations own a goal, and which were asked to.
goal_organisation = Table(
    "goal_organisation",
    metadata,
    Column("goal_id", ID, ForeignKey("goal.id"), primary_key=True),
    Column("organisation_id", ID, ForeignKey("organisation.id"), primary_key=True),
    # "yes": it owns the goal. "asked" by whom, for which organisation and when; "no": who said it, and why.
    Column("answer", String(20), nullable=False, server_default="yes"),
    Column("by", ID),
    Column("by_organisation", ID),
    Column("at", Utc),
    Column("said", Text, nullable=False, server_default=""),
)

# The cards on boards that stand for a goal. Removing a card does not change the goal.
goal_card = Table(
    "goal_card",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("card_id", ID, primary_key=True),
    Column("goal_id", ID, ForeignKey("goal.id"), nullable=False, index=True),
)

driver = Table(
    "driver",
    metadata,
    Column("id", ID, primary_key=True),
    Column("goal_id", ID, ForeignKey("goal.id"), nullable=False, index=True),
    Column("level", String(20), nullable=False),
    Column("words", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("by", ID, nullable=False),  # who wrote the present words
    Column("removed_at", Utc),
)

driver_tie = Table(
    "driver_tie",
    metadata,
    Column("lower_id", ID, ForeignKey("driver.id", ondelete="CASCADE"), primary_key=True),
    Column("upper_id", ID, ForeignKey("driver.id", ondelete="CASCADE"), primary_key=True),
)

measure = Table(
    "measure",
    metadata,
    Column("id", ID, primary_key=True),
    Column("space_id", ID, ForeignKey("space.id"), nullable=False),
    Column("goal_id", ID, ForeignKey("goal.id"), nullable=False, index=True),
    Column("code", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("archived_at", Utc),
    UniqueConstraint("space_id", "code"),
)

# Every definition of a measure as JSON; `measure.version` is the number of the present one.
measure_version = Table(
    "measure_version",
    metadata,
    Column("measure_id", ID, ForeignKey("measure.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("definition", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
)

# `key` is a hash of organisation, area and breakdown, unique within the measure.
series = Table(
    "series",
    metadata,
    Column("id", ID, primary_key=True),
    Column("measure_id", ID, ForeignKey("measure.id"), nullable=False),
    Column("key", String(64), nullable=False),
    Column("organisation_id", ID, ForeignKey("organisation.id")),
    Column("area", Text, nullable=False),
    Column("area_name", Text, nullable=False),
    Column("breakdown", Text, nullable=False),
    UniqueConstraint("measure_id", "key"),
)

batch = Table(
    "batch",
    metadata,
    Column("id", ID, primary_key=True),
    Column("space_id", ID, ForeignKey("space.id"), nullable=False, index=True),
    Column("file_name", Text, nullable=False),
    Column("file_sha256", String(64), nullable=False),
    Column("layout", String(20), nullable=False),
    Column("mapping", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("same", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
    Column("undone_at", Utc),
    Column("undone_by", ID),
    Column("staged_for", ID, index=True),  # the upload that is still being written; none of it counts yet
)

# Uploaded files, compressed, with what was found in them; deleted once imported, or after two days.
# With an `organisation_id` they are the rows that an import had of it, and wait for it to confirm them.
upload = Table(
    "upload",
    metadata,
    Column("id", ID, primary_key=True),
    Column("space_id", ID, ForeignKey("space.id"), nullable=False, index=True),
    Column("by", ID, nullable=False),
    Column("at", Utc, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("look", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("refused", LargeBinary),  # the refused rows as a compressed CSV file
    Column("parsed", LargeBinary),  # the rows that the dry run parsed, for the import of the same mapping
    Column("organisation_id", ID, index=True),
    Column("batch_id", ID, index=True),
)

# The codes and other names by which files know an organisation of a space.
organisation_code = Table(
    "organisation_code",
    metadata,
    Column("space_id", ID, ForeignKey("space.id"), primary_key=True),
    Column("organisation_id", ID, ForeignKey("organisation.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
)

# What the columns of a kind of file mean, as JSON, for the next file with the same headings.
recipe = Table(
    "recipe",
    metadata,
    Column("id", ID, primary_key=True),
    Column("space_id", ID, ForeignKey("space.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("recipe", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
)

# Append-only: a correction is another revision. `current` marks the one that counts, but for undone imports.
observation = Table(
    "observation",
    metadata,
    Column("series_id", ID, ForeignKey("series.id"), primary_key=True),
    Column("start", Date, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("current", Boolean, nullable=False),
    Column("end", Date, nullable=False),
    Column("label", Text, nullable=False),
    Column("numerator", Exact),
    Column("denominator", Exact),
    Column("value", Exact),
    Column("typed", Exact),
    Column("low95", Exact),
    Column("high95", Exact),
    Column("status", String(20), nullable=False),
    Column("note", Text, nullable=False),
    Column("batch_id", ID, ForeignKey("batch.id"), index=True),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
    Column("turns_with", ID),  # the import that decides whether it counts, until `current` is set by that
    Index("ix_observation_turns_with", "turns_with", sqlite_where=TURNS, postgresql_where=TURNS),
    sqlite_with_rowid=False,
)

# The reading of a series, computed when its data last changed, as JSON: pages only show it.
reading = Table(
    "reading",
    metadata,
    Column("series_id", ID, ForeignKey("series.id"), primary_key=True),
    Column("found", Text, nullable=False),
    Column("engine", String(40), nullable=False),
    Column("at", Utc, nullable=False),
)
