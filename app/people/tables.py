"""How people, their sign-ins and waiting mail lie in the database."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from app.db import Utc, metadata

ID = String(36)

# A guest is a person without an e-mail address. Of those erased little more than the id is left.
person = Table(
    "person",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("email", String(254), unique=True),
    Column("password_hash", String(200)),
    Column("verified_at", Utc),
    Column("demo", Boolean, nullable=False, default=False),
    Column("created_at", Utc, nullable=False),
    Column("erased_at", Utc),
    # When a link that was handed on set the password, and whose (None: an operator's): told until they know.
    Column("reset_at", Utc),
    Column("reset_by", ID, ForeignKey("person.id")),
)

# A sign-in on one device. Only the hash of its token is kept.
login = Table(
    "login",
    metadata,
    Column("id", ID, primary_key=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("person_id", ID, ForeignKey("person.id"), nullable=False, index=True),
    Column("device", String(120), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    # On a device that others use too: the browser keeps nothing.
    Column("shared", Boolean, nullable=False, default=False),
)

# A link that was sent or copied: to sign in, to choose a new password, to prove an address. Works once.
one_time_link = Table(
    "letter",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("person_id", ID, ForeignKey("person.id"), nullable=False, index=True),
    Column("purpose", String(16), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
    # Not sent to the person's address but handed on: by a steward, or (made_by None) by an operator.
    Column("by_hand", Boolean, nullable=False, default=False),
    Column("made_by", ID, ForeignKey("person.id")),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", ID, primary_key=True),
    Column("recipient", String(254), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("sent_at", Utc),
    Column("tries", Integer, nullable=False, default=0),
    Column("next_try_at", Utc),
)

# Failed attempts at signing in, by what was tried (a hash of the address typed, or where from).
attempt = Table(
    "attempt",
    metadata,
    Column("id", ID, primary_key=True),
    Column("what", String(64), nullable=False),
    Column("at", Utc, nullable=False),
    Index("ix_attempt_what_at", "what", "at"),
)
