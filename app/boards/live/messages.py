"""The messages of a board's socket: all that may come in and all that goes out, with their schema."""

from typing import Any, Literal

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType, field

from app.access import Refused
from app.boards.core.group_commit import OpResult
from app.boards.core.ops import Op
from app.boards.core.sight import View
from app.boards.core.stage.votes import Cast

VERSION = 1

Want = Literal["items", "parts", "news", "wall", "stage:phone", "stage:console", "stage:projector"]


class Incoming(Struct, frozen=True):
    """Any message from a client: one flat struct, `type` says which fields count."""

    type: Literal["hello", "op", "cast", "here", "ping"]
    v: int = VERSION
    client: str = ""
    from_: int = field(default=0, name="from")
    audience: str | None = None
    want: Want = "items"
    n: int | None = None
    op: Raw | UnsetType = UNSET
    base: int | None = None
    read: dict[str, str] | None = None
    undo_of: int | None = None
    x: float | None = None
    y: float | None = None
    on: str | None = None
    writing: bool = False
    phase: str = ""
    slot: int = 0
    choice: str | None = None


class PostedOp(Struct, frozen=True):
    """One op of a POST, as on the socket."""

    n: int | None = None
    op: Raw | UnsetType = UNSET
    base: int | None = None
    read: dict[str, str] | None = None
    undo_of: int | None = None


class Posted(Struct, frozen=True):
    """The body of POST /boards/{id}/ops: the same ops from a client without a socket (rule C9)."""

    client: str
    ops: list[PostedOp]
    from_: int | None = field(default=None, name="from")
    audience: str | None = None


class You(Struct, frozen=True):
    """The person whom the message is sent to; `may` are the tags of the ops that they are offered."""

    id: str
    name: str
    organisation: str
    role: str
    may: list[str]


class Rights(Struct, frozen=True, tag="you", tag_field="type"):
    """The tags of the ops that the person is offered now: a workshop on the board has changed them."""

    may: list[str]


class Conflict(Struct, frozen=True, tag="conflict", tag_field="type"):
    """Somebody has replaced your text: `yours` is kept with the item, `theirs` is shown now."""

    id: str
    field: str
    yours: str
    theirs: str


class Part(Struct, frozen=True):
    """Which of several messages this is: `i` from 1 to `of`."""

    i: int
    of: int


class Welcome(Struct, frozen=True, tag="welcome", tag_field="type"):
    """The answer to hello: the whole board, or what is new since the client's cursor."""

    conn: int
    you: You
    audience: str
    full: bool
    from_: int = field(name="from")
    to: int
    part: Part
    puts: Raw
    dels: list[str]
    last_n: int
    limits: dict[str, int]
    conflicts: list[Conflict] | UnsetType = UNSET  # since the client's cursor; in the last part
    waiting: bool | UnsetType = UNSET  # True while the server waits for its database


class Changes(Struct, frozen=True, tag="changes", tag_field="type"):
    """What changed between two deeds, as it is now."""

    from_: int = field(name="from")
    to: int
    puts: list[View]
    dels: list[str]
    acks: list[OpResult]
    audience: str | UnsetType = UNSET  # the client's from now on, where it is another
    conflicts: list[Conflict] | UnsetType = UNSET  # for those without a socket


class Parts(Struct, frozen=True, tag="parts", tag_field="type"):
    """Which parts of the outline changed, up to deed `to` (rule D13)."""

    to: int
    parts: list[str]


class PartCount(Struct, frozen=True):
    """How many cards a part of the outline has now, and the last deed on it."""

    id: str
    count: int
    latest: int


class NewsCard(Struct, frozen=True):
    """A card as the outline shows it: the part that it is in, and the card that it comes after ("": none)."""

    id: str
    part: str
    after: str
    html: str


class News(Struct, frozen=True, tag="news", tag_field="type"):
    """What changed of the outline, up to deed `to` (rule D15).

    `ask` are parts to ask for, null all of them. `cards` are NewsCards as JSON, deflated and in base64.
    """

    to: int
    ask: list[str] | None
    counts: list[PartCount]
    gone: list[str]
    cards: str


class StageScreen(Struct, frozen=True, tag="stage", tag_field="type"):
    """What everyone of the same audience and kind of screen is shown of a workshop, up to deed `to`.

    `now` is this server's clock, in unix seconds: a device's own clock counts for nothing.
    """

    to: int
    now: float
    html: str


class Pong(Struct, frozen=True, tag="pong", tag_field="type"):
    """The answer to ping: the client has everything up to deed `to`."""

    to: int


class Progress(Struct, frozen=True, tag="progress", tag_field="type"):
    """How far people are in a phase: how many there are, have finished, wrote something, have voted."""

    phase: str
    of: int
    finished: int
    wrote: int
    voted: int


class CastAnswer(Struct, frozen=True, tag="cast", tag_field="type", omit_defaults=True):
    """What became of a dot: placed, moved or taken back, or (`code`, `say`) why not."""

    phase: str
    slot: int
    code: str | None = None
    say: str | None = None


class Waiting(Struct, frozen=True, tag="waiting", tag_field="type"):
    """Whether the server has waited a while for its database: nothing is stored until that answers."""

    waiting: bool


class Bye(Struct, frozen=True, tag="bye", tag_field="type"):
    """Why the server closes the socket with `code`; `retry_after` in seconds."""

    code: int
    say: str
    retry_after: float | None = None


Stream = Welcome | Changes | Parts | News | StageScreen | Progress
Outgoing = Stream | Rights | Conflict | CastAnswer | Pong | Waiting | Bye


def cast_answer(cast: Cast, refused: Refused | None) -> CastAnswer:
    if refused is None:
        return CastAnswer(cast.phase, cast.slot)
    return CastAnswer(cast.phase, cast.slot, refused.code, refused.say)


def schema() -> dict[str, Any]:
    """JSON Schema of every message and op, from the types that read and write them."""
    (ops,), shared = msgspec.json.schema_components([Op], ref_template="#/$defs/{name}")
    types = [
        *(Incoming, Welcome, Changes, Parts, News, StageScreen, Rights, Conflict),
        *(Progress, CastAnswer, Pong, Waiting, Bye),
        NewsCard,  # no message: it comes packed in one
    ]
    refs, messages = msgspec.json.schema_components(
        types, ref_template="#/$defs/{name}", schema_hook=_any_json
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Throughline board messages",
        "op": ops,
        "incoming": refs[0],
        "outgoing": {"anyOf": refs[1:-1]},
        "$defs": {**messages, **shared},
    }


def _any_json(kind: type) -> dict[str, Any]:
    if kind is Raw:
        return {}
    raise NotImplementedError(kind)
