"""What the log of a board keeps of a deed once the words of its items are destroyed. Pure."""

from collections.abc import Collection
from typing import Any

import msgspec
from msgspec import Struct, structs

from app.boards.core.board import Inverse
from app.boards.core.group_commit import OpResult

_inverse = msgspec.json.Decoder(tuple[Inverse, ...])
_result = msgspec.json.Decoder(OpResult)


class LogEntry(Struct, frozen=True):
    """A deed in the log: its op, how to take it back, and its OpResult, each as JSON."""

    seq: int
    op: str
    inverse: str
    result: str


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
