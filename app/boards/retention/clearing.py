"""Which removed items are cleared away for good, and what the log keeps of them. Pure."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

import msgspec
from msgspec import Struct, structs

from app.boards.core.board import Board, Inverse
from app.boards.core.group_commit import OpResult

KEPT = timedelta(days=30)  # how long a removed item can be restored (rule T4)

_inverse = msgspec.json.Decoder(tuple[Inverse, ...])
_result = msgspec.json.Decoder(OpResult)


class LogEntry(Struct, frozen=True):
    """A deed in the log: its op, how to take it back, and its OpResult, each as JSON."""

    seq: int
    op: str
    inverse: str
    result: str


class Clearing(Struct, frozen=True):
    """What to clear from a board, as it was after deed `seq`: items, and log entries without their words."""

    board: str
    seq: int
    items: frozenset[str]
    entries: tuple[LogEntry, ...]


def overdue(removed: Mapping[str, int], done_at: Mapping[int, float], before: float) -> dict[str, int]:
    """Of items by the deed that removed them, those removed at `before` (unix seconds) or earlier.

    `done_at` has the time of each deed; where that is not known, the item stays.
    """
    return {id: seq for id, seq in removed.items() if seq in done_at and done_at[seq] <= before}


def with_attached(board: Board, removed: Mapping[str, int]) -> frozenset[str]:
    """The items still removed by those same deeds, with the links and comments attached to them."""
    items = (board.items.get(id) for id in removed)
    gone = {item.id for item in items if item is not None and item.removed == removed[item.id]}
    return frozenset(gone.union(*(board.attached.get(id, ()) for id in gone)))


def redacted(entry: LogEntry, gone: Collection[str]) -> LogEntry | None:
    """The entry without the words of the items `gone`; who did what and when is kept.

    None when it holds nothing of them.
    """
    op = _redacted_op(msgspec.json.decode(entry.op), gone)
    inverse = _inverse.decode(entry.inverse)
    kept = tuple(one for one in inverse if one.id not in gone)
    same = op is None and len(kept) == len(inverse)
    result = _result.decode(entry.result)
    if same and not any(result.left_out.get(id) for id in gone):
        return None
    result = structs.replace(result, left_out={i: "" if i in gone else w for i, w in result.left_out.items()})
    if result.conflict and result.conflict["id"] in gone:
        result = structs.replace(result, conflict=None)
    kept_op = entry.op if op is None else _text(op)
    return LogEntry(entry.seq, kept_op, _text(kept), _text(result))


def _redacted_op(op: dict[str, Any], gone: Collection[str]) -> dict[str, Any] | None:
    """What is kept of a stored op: its tag and id where its item is `gone`. None where all is kept."""
    if "parts" in op:
        parts = [_redacted_op(part, gone) for part in op["parts"]]
        if not any(parts):
            return None
        return {"do": op["do"], "parts": [new or old for new, old in zip(parts, op["parts"], strict=True)]}
    return {"do": op["do"], "id": op["id"]} if op.get("id") in gone else None


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
