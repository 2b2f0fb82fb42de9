"""How boards lie in the database: the board, its items, its log, and what each client was answered."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    false,
    true,
)

from app.db import Utc, metadata

ID = String(36)

board = Table(
    "board",
    metadata,
    Column("id", ID, primary_key=True),
    Column("space_id", ID, ForeignKey("space.id"), nullable=False, index=True),
    Column("title", String(200), nullable=False),
    Column("seq", Integer, nullable=False, default=0),
    Column("floor", Integer, nullable=False, default=0),
    Column("epoch", Integer, nullable=False, default=0),
    Column("template", String(64), nullable=False, default="blank"),
    Column("created_at", Utc, nullable=False),
    Column("created_by", ID, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("archived_at", Utc),
    Column("set_up_locked", Boolean, nullable=False, server_default=false()),
    Column("members_set_up", Boolean, nullable=False, server_default=true()),
    Column("thinned", Integer, nullable=False, server_default="0"),  # up to which deed its log is thinned out
)

# The present state of each item, removed ones too until their tombstones are cleared away.
item = Table(
    "item",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("id", ID, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Index("ix_item_board_id_seq", "board_id", "seq"),
    sqlite_with_rowid=False,
)

# What was done, in order; `inverse` is how to take it back, `outcome` the OpResult. A form sends no `n`.
deed = Table(
    "deed",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("person_id", ID, nullable=False),
    Column("client", String(64), nullable=False),
    Column("n", Integer),
    Column("at", Float, nullable=False),
    Column("op", Text, nullable=False),
    Column("inverse", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Index("ix_deed_board_id_client_n", "board_id", "client", "n"),
    sqlite_with_rowid=False,
)

# The texts that the thinned part of a log still has the words of: which item's, by which deed, of whom, when.
text_version = Table(
    "text_version",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("item_id", ID, primary_key=True),
    Column("field", String(32), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("person_id", ID, nullable=False),
    Column("at", Float, nullable=False),
    sqlite_with_rowid=False,
)

# Ops that were refused: no deed, but an answer that must stay the same (rules C2, C3). `at`, in unix seconds,
# is empty where a version before stored them: then their time counts from when they are first found.
refusal = Table(
    "refusal",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ID, primary_key=True),
    Column("client", String(64), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("outcome", Text, nullable=False),
    Column("at", Float),
    sqlite_with_rowid=False,
)

client = Table(
    "client",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ID, primary_key=True),
    Column("client", String(64), primary_key=True),
    Column("last_n", Integer, nullable=False),
    Column("at", Float),  # when it was last answered; empty as in `refusal`
    sqlite_with_rowid=False,
)

# Up to which deed a person has seen a board, and until when they count as being there (rule R2).
look = Table(
    "look",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ID, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Column("here_until", Utc),
    Index("ix_look_person_id", "person_id"),
    sqlite_with_rowid=False,
)

# Bytes of ops that came in from a person, onto a board or into a space, by the hour (unix time in hours).
usage = Table(
    "usage",
    metadata,
    Column("what", String(8), primary_key=True),
    Column("id", ID, primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("bytes", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# One dot, or "I have finished": in whose name only the mark says, which nobody can make without the nonce
# and the server's secret. There is no time and no order (rule P5).
ballot = Table(
    "ballot",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("phase_id", ID, primary_key=True),
    Column("mark", String(64), primary_key=True),
    Column("slot", Integer, nullable=False),
    Column("choice", LargeBinary(64), nullable=False),  # sealed under the same key
    sqlite_with_rowid=False,
)

# Of the phase that takes ballots now. No backup has it, and closing destroys it.
phase_nonce = Table(
    "phase_nonce",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("phase_id", ID, primary_key=True),
    Column("nonce", LargeBinary(32), nullable=False),
    sqlite_with_rowid=False,
)

# What people tell the facilitators of a running workshop without words: kept as a mark and a word, so that
# one press counts once, and gone at its end.
quiet_word = Table(
    "quiet_word",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", String(64), primary_key=True),
    Column("word", String(16), nullable=False),
    sqlite_with_rowid=False,
)

# How many people share one phone in a workshop, where it is more than one: for the head-count alone.
shared_phone = Table(
    "shared_phone",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("stage_id", ID, primary_key=True),
    Column("person_id", ID, primary_key=True),
    Column("people", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What would help somebody to take part in a running workshop: for its facilitators, and gone at its end.
access_need = Table(
    "access_need",
    metadata,
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ID, primary_key=True),
    Column("words", Text, nullable=False),
    Column("at", Utc, nullable=False),
    sqlite_with_rowid=False,
)

# A projector of a workshop. Its link has one token until it is opened, then the browser's cookie another.
screen_link = Table(
    "screen_link",
    metadata,
    Column("id", ID, primary_key=True),
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("stage_id", ID, nullable=False),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("made_at", Utc, nullable=False),
    Column("opened_at", Utc),
)

# That somebody put back what another did, as one act of several deeds. `since` and `until` are the times
# (unix seconds) of what was put back, `last` the board's last deed by then; `undoes` is an act before.
put_back_act = Table(
    "put_back_act",
    metadata,
    Column("id", ID, primary_key=True),
    Column("board_id", ID, ForeignKey("board.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("by", ID, nullable=False),
    Column("person_id", ID, nullable=False),
    Column("since", Float, nullable=False),
    Column("until", Float, nullable=False),
    Column("last", Integer, nullable=False),
    Column("undoes", ID),
    Column("at", Float, nullable=False),
    Column("counts", Text),  # what was put back, as JSON; empty until all of it is
)
