"""The live status of a card: what it shows of what it stands for. Boards know only its shape. Pure."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

MOST_POINTS = 24
TOP = 100

Short = Annotated[str, Meta(max_length=60)]
Name = Annotated[str, Meta(max_length=200)]
Id = Annotated[str, Meta(pattern=r"^[0-9a-f-]{36}\Z")]
Sign = Literal["better", "worse", "higher", "lower", "expected"]
Height = Annotated[int, Meta(ge=0, le=TOP)]


class LiveStatus(Struct, frozen=True, forbid_unknown_fields=True):
    """How a goal is doing: a word, the latest value with its unit, and a small line of earlier ones.

    `points` are heights from 0 to 100, the latest last. Without numbers `value` is empty and there are none.
    `sign` is the one that its chart has at the latest point; unset while it is too early to say.

    Or the `record` that the card stands for: its `title` instead of the card's own words, what it is (`kind`,
    in a word), how it stands, and a `date` in words.
    """

    goal: Id | UnsetType = UNSET
    word: Short = ""
    value: Short = ""
    points: Annotated[tuple[Height, ...], Meta(max_length=MOST_POINTS)] = ()
    sign: Sign | UnsetType = UNSET
    record: Id | UnsetType = UNSET
    title: Name | UnsetType = UNSET
    kind: Short | UnsetType = UNSET
    date: Short | UnsetType = UNSET


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


def shown_in(fields: dict[str, Any], status_kind: str) -> LiveStatus | None:
    """What a card shows of what it stands for: a record on any kind of card, a goal on that kind alone."""
    status = status_in(fields)
    return status if status and (status.record or fields.get("kind") == status_kind) else None


def words_in(fields: dict[str, Any]) -> str:
    """The words of a card that people see: those of the record that it stands for, else its own."""
    record = record_in(fields)
    return str(record.title or fields["text"]) if record else str(fields["text"])


def record_in(fields: dict[str, Any]) -> LiveStatus | None:
    """The status of the record that a card stands for, whatever kind of card it is."""
    status = status_in(fields)
    return status if status is not None and status.record else None
