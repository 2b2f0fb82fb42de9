"""The boxes that stand for items that a newer version wrote and this one cannot read (rule S10)."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from app.boards.core import sizes
from app.boards.core.board import Item
from app.boards.core.changeset import NewerItem
from app.boards.core.kinds import CARD_KINDS
from app.boards.core.schema import defaults

WORDS = "Written by a newer version"
UNREADABLE = "unreadable"  # the kind of what nobody is shown
TEXTS = {
    "card": ("text", "order"),
    "section": ("title", "order"),
    "link": ("start", "end", "means"),
    "comment": ("card", "text"),
}


class _Envelope(Struct):
    """As much of an item as its place and its readers depend on."""

    item: str
    seq: int
    born: int
    owner: str
    at: float
    shown: int | None
    removed: int | None
    fields: dict[str, Any]


_envelope = msgspec.json.Decoder(_Envelope)


def is_readable(item: Item) -> bool:
    """Whether an item of a kind that we know holds what all of that kind hold."""
    return all(isinstance(item.fields.get(name), str) for name in TEXTS.get(item.item, ()))


def boxed(id: str, state: str | bytes) -> NewerItem:
    """A box in the place of a card or section, for those alone who would see it. All else is shown to nobody.

    Who may see a kind that we do not know, we cannot know: the default is nothing.
    """
    try:
        found = _envelope.decode(state)
    except msgspec.MsgspecError:
        return NewerItem(id, UNREADABLE, 0, 0, "", 0.0, {}, {})
    fields = _box_fields(found)
    kind = found.item if fields else UNREADABLE
    return NewerItem(
        id, kind, found.seq, found.born, found.owner, found.at, fields, {}, found.shown, found.removed
    )


def _box_fields(found: _Envelope) -> dict[str, Any]:
    """What a box of this kind shows; empty where there is no box for it."""
    given = found.fields
    place = {"x": _number(given, "x", 0), "y": _number(given, "y", 0), "order": _text(given, "order")}
    if not place["order"]:
        return {}
    if found.item == "card":
        kind, section = _text(given, "kind"), _text(given, "section") or None
        fields = {"kind": kind if kind in CARD_KINDS else "note", "text": WORDS, "section": section}
        return {**defaults("card"), **place, "w": _number(given, "w", sizes.CARD_W), **fields}
    if found.item == "section":
        size = {"w": _number(given, "w", sizes.SECTION_W), "h": _number(given, "h", sizes.SECTION_H)}
        return {**defaults("section"), **place, **size, "title": WORDS}
    return {}


def _number(given: Mapping[str, Any], name: str, otherwise: float) -> float:
    value = given.get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else otherwise


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""
