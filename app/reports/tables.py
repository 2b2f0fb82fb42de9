"""The database tables of reports, of the links of their readers, and of mailings."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.db import Utc, metadata
from app.outcomes.tables import ID

# Written when issued and never changed; a correction is a new report. `content` is JSON with all values.
report = Table(
    "report",
    metadata,
    Column("id", ID, primary_key=True),
    Column("space_id", ID, ForeignKey("space.id"), nullable=False),
    Column("goal_id", ID, ForeignKey("goal.id")),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("until", Date, nullable=False),
    Column("content", Text, nullable=False),
    Column("issued_at", Utc, nullable=False),
    Column("issued_by", ID, nullable=False),
    Column("corrects_id", ID),
    Column("because", Text, nullable=False),
    UniqueConstraint("space_id", "number"),
    Index("ix_report_goal_id", "goal_id"),
)

reader_link = Table(
    "reader_link",
    metadata,
    Column("id", ID, primary_key=True),
    Column("report_id", ID, ForeignKey("report.id"), nullable=False, index=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("made_by", ID, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("withdrawn_at", Utc),
    Column("for_whom", Text, nullable=False, server_default=""),
)

# A report (of a goal, or of all goals without one) is due on a day of each month or quarter.
# `asked_for` is the last such day whose report was asked for, `sent_for` the last whose report was sent.
mailing = Table(
    "mailing",
    metadata,
    Column("id", ID, primary_key=True),
    Column("space_id", ID, ForeignKey("space.id"), nullable=False, index=True),
    Column("goal_id", ID, ForeignKey("goal.id")),
    Column("every", String(20), nullable=False),
    Column("day", Integer, nullable=False),
    Column("asked_for", Date, nullable=False),
    Column("sent_for", Date, nullable=False),
    Column("sent_report_id", ID, ForeignKey("report.id")),
    Column("at", Utc, nullable=False),
    Column("by", ID, nullable=False),
    Column("ended_at", Utc),
    Index("ix_mailing_goal_id", "goal_id"),
)

# Who stopped the mails keeps this row, so that nobody puts them back. An ended mailing stays for that.
mailing_reader = Table(
    "mailing_reader",
    metadata,
    Column("mailing_id", ID, ForeignKey("mailing.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ID, ForeignKey("person.id"), primary_key=True),
    Column("stopped_at", Utc),
)
