"""The live status of a card: what it shows of the goal it is linked to. Boards know only its shape. Pure."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

MOST_POINTS = 24
TOP = 100

Short = Annotated[str, Meta(max_length=60)]
Sign = Literal["better", "worse", "higher", "lower", "expected"]
Height = Annotated[int, Meta(ge=0, le=TOP)]


class LiveStatus(Struct, frozen=True, forbid_unknown_fields=True):
    """How a goal is doing: a word, the latest value with its unit, and a small line of earlier ones.

    `points` are heights from 0 to 100, the latest last. Without numbers `value` is empty and there are none.
    `sign` is the one that its chart has at the latest point; unset while it is too early to say.
    """

    goal: Annotated[str, Meta(pattern=r"^[0-9a-f-]{36}\Z")]
    word: Short
    value: Short = ""
    points: Annotated[tuple[Height, ...], Meta(max_length=MOST_POINTS)] = ()
    sign: Sign | UnsetType = UNSET


def as_field(status: LiveStatus) -> dict[str, Any]:
    """As an item's field `face` holds it. Raises msgspec.ValidationError where a length or bound is wrong."""
    field: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(status))
    msgspec.convert(field, LiveStatus)
    return field


def status_in(fields: dict[str, Any]) -> LiveStatus | None:
    """The live status among an item's fields; None too for one that a later version shaped differently."""
    try:
        return msgspec.convert(fields.get("face"), LiveStatus | None)
    except msgspec.ValidationError:
        return None
