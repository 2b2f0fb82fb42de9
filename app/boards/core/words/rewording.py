"""Whose words a card shows: its author's, or those of whoever reworded it. Pure."""

from collections.abc import Mapping
from typing import Any

from app.boards.core.board import Item, TextVersion


def authored(item: Item, by: str, changed: Mapping[str, Any]) -> TextVersion | None:
    """The author's own words, to be kept while others' stand on the card; None where its words are theirs.

    They are kept apart from the newest few versions, so that nobody pushes them out by many small changes.
    A draft is its author's alone, and so is what an author writes over others' words.
    """
    if item.item != "card" or item.shown is None or "text" not in changed:
        return item.authored
    if by == item.owner or (item.authored and changed["text"] == item.authored.text):
        return None
    own = TextVersion("text", item.rev.get("text", item.born), item.owner, "", item.fields["text"])
    return item.authored or own


def reworded_by(item: Item) -> str | None:
    """Who put the words on a card that it shows, where that is not its author."""
    return texts(item)[-1].by if item.authored else None


def texts(item: Item) -> tuple[TextVersion, ...]:
    """The words that a card has had and still keeps, from its author's on, the oldest first.

    For whoever sees the card: all were written while everyone saw it, or are those it was first shown with.
    Its author's are empty where words of the card were taken out and put back since.
    """
    if item.authored is None:
        return ()
    later = (one for one in item.versions if one.field == "text" and one.seq > item.authored.seq)
    return (item.authored, *later)
