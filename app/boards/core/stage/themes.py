"""Gathering notes into themes. A note keeps its own place: a theme is what it belongs to besides."""

from msgspec import structs

from app.access import Code, Refused
from app.boards.core import order
from app.boards.core.board import THEMES, Item
from app.boards.core.cards import check_addable
from app.boards.core.changeset import Changeset
from app.boards.core.stage.ops import AddTheme, EditTheme, Gather, MergeThemes, RemoveTheme, Split
from app.boards.core.texts import required, write

MOST_THEMES, MOST_AT_ONCE = 200, 500


def add_theme(work: Changeset, op: AddTheme) -> None:
    """Raises invalid, too_long, not_found, full."""
    check_addable(work, op.id)
    if len(work.board.order.get(THEMES, ())) >= MOST_THEMES:
        raise Refused(Code.FULL, f"This board holds {MOST_THEMES} themes, and cannot hold more.")
    title = required(work, "title", op.title, "theme")
    section = work.visible(op.section, "section").id if op.section else None
    fields = {"title": title, "section": section, "order": order.last(work.board, THEMES)}
    work.add(op.id, "theme", fields, shown=True)
    if op.cards:
        _put_into(work, op.cards, op.id)


def edit_theme(work: Changeset, op: EditTheme) -> None:
    theme = work.visible(op.id, "theme")
    write(work, theme, "title", required(work, "title", op.title, "theme"))


def gather(work: Changeset, op: Gather) -> None:
    """Raises not_found where the theme is gone, or all of the notes."""
    _put_into(work, op.cards, work.visible(op.id, "theme").id)


def split(work: Changeset, op: Split) -> None:
    """Raises not_found where the theme is gone, or none of the notes is in it."""
    theme = work.visible(op.id, "theme")
    inside = {card.id for card in _notes_in(work, theme.id)}
    _put_into(work, tuple(id for id in op.cards if id in inside), None)


def merge_themes(work: Changeset, op: MergeThemes) -> None:
    """Raises not_found, invalid."""
    theme, other = work.visible(op.id, "theme"), work.visible(op.other, "theme")
    if theme.id == other.id:
        raise Refused(Code.INVALID, "Choose two themes to join.")
    for card in _notes_in(work, other.id):
        _set_theme(work, card, theme.id)
    work.remove(other)


def remove_theme(work: Changeset, op: RemoveTheme) -> None:
    theme = work.visible(op.id, "theme")
    for card in _notes_in(work, theme.id):
        _set_theme(work, card, None)
    work.remove(theme)


def _put_into(work: Changeset, ids: tuple[str, ...], theme: str | None) -> None:
    if len(ids) > MOST_AT_ONCE:
        raise Refused(Code.TOO_LONG, f"At most {MOST_AT_ONCE} notes can be moved at once.")
    gone = 0
    for id in dict.fromkeys(ids):
        try:
            card = work.visible(id, "card")
        except Refused:
            gone += 1
            work.leave_out(id)
            continue
        if card.shown is not None:  # one's own private note is in no theme: others would see a gap
            _set_theme(work, card, theme)
    if gone == len(set(ids)):
        raise Refused(Code.NOT_FOUND, "These notes are no longer here.")


def _set_theme(work: Changeset, card: Item, theme: str | None) -> None:
    work.set(structs.replace(card, fields={"theme": None, **card.fields}), theme=theme)


def _notes_in(work: Changeset, theme: str) -> list[Item]:
    cards = (item for item in work.board.items.values() if item.item == "card" and item.removed is None)
    return [card for card in cards if card.fields.get("theme") == theme]
