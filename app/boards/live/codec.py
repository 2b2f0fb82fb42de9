"""Reads and writes the messages of a board's socket, and says how much one may hold."""

import re
from typing import Any, Literal

import msgspec
from msgspec import UNSET, Raw, Struct

from app.access import Actor, Code, Refused
from app.boards.core.board import Board
from app.boards.core.cards import MAX_CARDS
from app.boards.core.delivery import Delta
from app.boards.core.group_commit import OpResult
from app.boards.core.offered_ops import offered
from app.boards.core.ops import MAX_PARTS, TEXT_LIMITS, Batch, Doing, Op, Undo
from app.boards.core.sight import View
from app.boards.core.text import lenient_json
from app.boards.live.messages import Incoming, Outgoing, PostedOp, You
from app.realtime.fanout import Frame

OP_BYTES, BATCH_BYTES = 16_384, 262_144  # of an op, or a part of a batch; of a batch
RATE, BURST = 20, 60  # ops a second a person, and how many at once
LIMITS = {
    "op": OP_BYTES,
    "batch": BATCH_BYTES,
    "parts": MAX_PARTS,
    "text": TEXT_LIMITS["text"],
    "cards": MAX_CARDS,
    "rate": RATE,
    "burst": BURST,
}
PART_BYTES = 48 * 1024  # about so much of a board in one message (rule D11)
CLIENT = re.compile(r"[!-~]{1,64}")

_incoming = msgspec.json.Decoder(Incoming)
_op = msgspec.json.Decoder(Op)
_encoder = msgspec.json.Encoder()
encode = _encoder.encode


def is_client(client: str) -> bool:
    """Whether this can be a client's id: 1 to 64 plain characters, which every database takes."""
    return CLIENT.fullmatch(client) is not None


def read(data: str | bytes) -> Incoming | Refused:
    """A message, or a Refused where it cannot be read."""
    try:
        return lenient_json.decode(_incoming, data)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return Refused(Code.INVALID, "That message could not be read.")


def read_op(message: Incoming | PostedOp) -> Op | Undo | Refused:
    """The op that a message asks for; a Refused as `decode_op` gives it."""
    if message.undo_of is not None:
        return Undo(message.undo_of)
    if message.op is UNSET:
        return Refused(Code.INVALID, "That message contains no request.")
    return decode_op(bytes(message.op))


def decode_op(raw: bytes) -> Op | Refused:
    """An op as JSON; a Refused where it is too large, or none that we know."""
    for size, most in _sizes(raw):
        if size > most:
            return Refused(Code.TOO_LONG, f"That is too large: {size} bytes, and at most {most} are allowed.")
    try:
        op: Op = _op.decode(raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        return Refused(Code.INVALID, f"That is not a message that a board understands: {_why(error)}.")
    return op


def count_parts(op: Doing | Refused) -> int:
    """How many ops an op counts as for the pace: a batch that may be done as many as it has parts."""
    return len(op.parts) if isinstance(op, Batch) and 0 < len(op.parts) <= MAX_PARTS else 1


def you(actor: Actor, name: str, organisation: str, board: Board) -> You:
    """The person as their own client shows them, with the ops they may do here now."""
    return You(actor.person or "", name, organisation, actor.role, offered(actor, board, board.state))


def frame(message: Outgoing | dict[str, Any]) -> Frame:
    return Frame(_encoder.encode(message))


def changes_head(start: int, to: int, news: Delta, audience: str | None = None) -> bytes:
    """The JSON of a `changes` up to its acks: what many share is encoded once (rule D8).

    `audience` is the name of the one that the client has from now on, where that is another.
    """
    puts, dels = _encoder.encode(news.puts), _encoder.encode(news.dels)
    head = b'{"type":"changes","from":%d,"to":%d,"puts":%s,"dels":%s' % (start, to, puts, dels)
    return head if audience is None else head + b',"audience":' + _encoder.encode(audience)


def changes_frame(head: bytes, acks: list[OpResult]) -> Frame:
    """A whole `changes`, from what `changes_head` made."""
    return Frame(head + b',"acks":' + _encoder.encode(acks) + b"}")


def in_parts(views: list[View]) -> list[bytes]:
    """Views as JSON arrays of at most about PART_BYTES each; at least one (rule D11)."""
    arrays: list[bytes] = []
    part: list[bytes] = []
    size = 0
    for view in views:
        text = _encoder.encode(view)
        if part and size + len(text) > PART_BYTES:
            arrays.append(b"[" + b",".join(part) + b"]")
            part, size = [], 0
        part.append(text)
        size += len(text) + 1
    arrays.append(b"[" + b",".join(part) + b"]")
    return arrays


def join_arrays(arrays: list[bytes]) -> bytes:
    """JSON arrays as one array."""
    return b"[" + b",".join(array[1:-1] for array in arrays if array != b"[]") + b"]"


class _Parts(Struct):
    """As much of a batch as its size depends on."""

    do: Literal["batch"]
    parts: list[Raw]


_parts = msgspec.json.Decoder(_Parts)


def _sizes(raw: bytes) -> list[tuple[int, int]]:
    """The bytes of an op and the most it may have; those of each part too, where it is a large batch."""
    if len(raw) <= OP_BYTES or len(raw) > BATCH_BYTES:
        return [(len(raw), OP_BYTES if len(raw) <= OP_BYTES else BATCH_BYTES)]
    try:
        parts = _parts.decode(raw).parts
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return [(len(raw), OP_BYTES)]
    return [(len(bytes(part)), OP_BYTES) for part in parts]


def _why(error: Exception) -> str:
    """What was wrong, without what the person wrote."""
    text = str(error).split(" - at ")[0]
    return text[:1].lower() + text[1:120] if isinstance(error, msgspec.ValidationError) else "it is not JSON"
