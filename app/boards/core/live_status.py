"""What a card shows beside its words of what it stands for. Boards know its shape and no more. Pure."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

MOST_POINTS = 24
TOP = 100

Short = Annotated[str, Meta(max_length=60)]
Height = Annotated[int, Meta(ge=0, le=TOP)]


class Face(Struct, frozen=True, forbid_unknown_fields=True):
    """How it stands with a goal: a word, the latest value with its unit, and its line so far.

    `points` are heights from 0 to 100, the latest last. Without numbers `value` is empty and there are none.
    """

    goal: Annotated[str, Meta(pattern=r"^[0-9a-f-]{36}\Z")]
    word: Short
    value: Short = ""
    points: Annotated[tuple[Height, ...], Meta(max_length=MOST_POINTS)] = ()


def plain(face: Face) -> dict[str, Any]:
    """As it lies in an item's fields. Raises msgspec.ValidationError for what is no face."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(face))
    msgspec.convert(found, Face)
    return found


def read(fields: dict[str, Any]) -> Face | None:
    """The face among an item's fields; one of another shape, as of a later version of this, is none."""
    try:
        return msgspec.convert(fields.get("face"), Face | None)
    except msgspec.ValidationError:
        return None
