"""How spaces lie in the database."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from app.db import Utc, metadata

space = Table(
    "space",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("agreement", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("content", Integer, nullable=False, server_default="0"),
    Column("created_at", Utc, nullable=False),
    Column("archived_at", Utc),
    # How long what no organisation can do alone waits for another.
    Column("waits_days", Integer, nullable=False, server_default="7"),
    # The space that this is a copy of, made to try a workshop there, and until when it is held: nobody is
    # shown it but who is in it, and then it is removed with all that is in it.
    Column("rehearses", String(36), index=True, unique=True),
    Column("rehearsed_until", Utc),
)

organisation = Table(
    "organisation",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
)

# An organisation's seat in a space. Organisations own the space together: nobody hosts it.
organisation_seat = Table(
    "organisation_seat",
    metadata,
    Column("space_id", ForeignKey("space.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Column("colour", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("proposed_by", ForeignKey("person.id")),
    Column("proposed_at", Utc, nullable=False),
    Column("joined_at", Utc),
    Column("ended_at", Utc),
    Column("paused_until", Utc),
)

member = Table(
    "member",
    metadata,
    Column("space_id", ForeignKey("space.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id")),
    # What a guest typed: it owns nothing and nobody has checked it, so it is no organisation here.
    Column("says", Text),
    # Whose people said that the guest is theirs, and which of them: a label that gives no right.
    Column("confirmed_for", ForeignKey("organisation.id")),
    Column("confirmed_by", ForeignKey("person.id")),
    Column("confirmed_at", Utc),
    Column("role", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("brings", Text, nullable=False),
    Column("joined_at", Utc, nullable=False),
    Column("expires_at", Utc),
    Column("left_at", Utc),
    Column("removed", Boolean, nullable=False),
    # By which a guest joined; of those before it was kept nobody knows.
    Column("code_id", ForeignKey("join_code.id")),
    # They had this place before for another organisation, or for none.
    Column("moved", Boolean, nullable=False, default=False),
    # Since when they are a guest, however often they came back; before it was kept, since they joined. Of who
    # became a member after that it stays: their time as a guest ended when they joined, at `joined_at`.
    Column("guest_since", Utc),
    Column("erased", Boolean, nullable=False),
    # A guest is paused once; by whose stewards, and until when. It stays after its time, as the once.
    Column("paused_until", Utc),
    Column("paused_by", ForeignKey("organisation.id")),
    Index(None, "person_id"),
)

join_code = Table(
    "join_code",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("space_id", ForeignKey("space.id"), nullable=False, index=True),
    Column("code", String(20), nullable=False, unique=True),
    Column("made_by", ForeignKey("person.id"), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("max_uses", Integer),
    Column("used", Integer, nullable=False),
    Column("waiting_room", Boolean, nullable=False),
    Column("withdrawn_at", Utc),
    Column("paused_until", Utc),
    Column("paused_by", ForeignKey("organisation.id")),
)

# By the token in a cookie a guest comes back in the same browser. Only its hash is kept.
return_token = Table(
    "return_token",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("space_id", ForeignKey("space.id"), nullable=False),
    Column("code_id", ForeignKey("join_code.id"), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("here_at", Utc, nullable=False),  # when the guest joined or last came back
    Column("ended_at", Utc),
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("space_id", ForeignKey("space.id"), nullable=False, index=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False),
    Column("role", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    # Empty once it is used or withdrawn: nobody needs it then.
    Column("email", Text, nullable=False),
    Column("invited_by", ForeignKey("person.id"), nullable=False, index=True),
    Column("invited_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
    Column("used_by", ForeignKey("person.id")),
    Column("withdrawn_at", Utc),
)

# What stewards did, in order: ids alone, so that names are drawn as they are when it is read. Rows are only
# added: the database refuses to change one.
space_log = Table(
    "space_log",
    metadata,
    Column("space_id", ForeignKey("space.id"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("by_person", ForeignKey("person.id")),
    Column("by_organisation", ForeignKey("organisation.id")),
    Column("act", String(40), nullable=False),
    Column("about", String(80), nullable=False),  # a kind and an id: "person:..."
    Column("before", Text, nullable=False),  # JSON
    Column("after", Text, nullable=False),  # JSON
)

# What no organisation can do alone, and which of them said yes or no to it.
waiting_act = Table(
    "waiting_act",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("space_id", ForeignKey("space.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("by_organisation", ForeignKey("organisation.id"), nullable=False),
    Column("by_person", ForeignKey("person.id"), nullable=False),
    Column("about", ForeignKey("organisation.id")),
    Column("fields", Text, nullable=False),  # JSON: what is to be, and what stood there then
    # Of the first steward of an organisation that is to be let in. Empty once it does not wait any more.
    Column("email", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("ended_at", Utc),
)

waiting_voice = Table(
    "waiting_voice",
    metadata,
    Column("act_id", ForeignKey("waiting_act.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("yes", Boolean, nullable=False),
    Column("at", Utc, nullable=False),
)
