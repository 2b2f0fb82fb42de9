"""The texts of an item as they were: which are remembered, for merging and for what a clash keeps. Pure."""

from typing import Any

from app.boards.core.board import Item, TextVersion
from app.boards.core.ops import TEXT_LIMITS

TEXTS = tuple(TEXT_LIMITS)  # fields in which two people's changes are merged
MAX_VERSIONS, MAX_KEPT = 16, 16_000  # of an item's earlier texts: how many, and how many characters in all


def first(fields: dict[str, Any], seq: int, by: str, client: str) -> tuple[TextVersion, ...]:
    """The texts that an item is made with, by deed `seq`."""
    return tuple(TextVersion(name, seq, by, client, fields[name]) for name in TEXTS if name in fields)


def newest(versions: tuple[TextVersion, ...]) -> tuple[TextVersion, ...]:
    """As many of the latest as are remembered."""
    kept = versions[-MAX_VERSIONS:]
    left = MAX_KEPT - sum([len(v.text) for v in kept])
    while left < 0 and len(kept) > 1:
        left += len(kept[0].text)
        kept = kept[1:]
    return kept


def own_words(item: Item, person: str) -> dict[str, str]:
    """By field, what the person last wrote of an item, as far as that is remembered."""
    written = (item.authored, *item.versions) if item.authored else item.versions
    return {one.field: one.text for one in written if one.by == person and one.text}
