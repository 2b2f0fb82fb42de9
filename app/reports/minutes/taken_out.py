"""Fixed minutes without words that were taken out since. Pure."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec import structs

from app.boards.core.board import Board, Item
from app.boards.core.words.rewording import texts
from app.records.core.taken_out import Titles
from app.reports.minutes.content import Group, Minutes, Note, Part, RecordTitle, Row

T = TypeVar("T", bound=RecordTitle)
Said = TypeVar("Said", Note, Row)
GONE = "A record that is no longer here"
OUT = "Taken out. The words are no longer here."


def without_taken_out(
    minutes: Minutes, board: Board, titles: Mapping[str, Titles], *, destroyed_only: bool = False
) -> Minutes:
    """Without words that were taken out since; with `destroyed_only` those gone for good.

    What is taken out is marked as long as it is: a note that is gone from its board was cleared away in the
    course of time, which fixed minutes outlive, or was taken out before, and then its words go from them too.
    """

    def note(one: Note) -> Note:
        return _signed(one, board.items.get(one.id), destroyed_only)

    def part(one: Part) -> Part:
        result = one.result
        if result:
            result = structs.replace(
                result, rows=tuple(_said(row, board.items.get(row.id), destroyed_only) for row in result.rows)
            )
        groups = tuple(Group(group.title, tuple(map(note, group.notes))) for group in one.groups)
        return structs.replace(one, groups=groups, result=result)

    def named(records: tuple[T, ...]) -> tuple[T, ...]:
        known = ((one, titles.get(one.id)) for one in records)
        return tuple(structs.replace(one, title=_title(one.title, was, destroyed_only)) for one, was in known)

    return structs.replace(
        minutes,
        blocks=tuple(structs.replace(one, parts=tuple(map(part, one.parts))) for one in minutes.blocks),
        missing=named(minutes.missing),
        kept=named(minutes.kept),
        parked=named(minutes.parked),
    )


def _said(one: Said, item: Item | None, destroyed_only: bool) -> Said:
    if item is None:  # it may have been cleared away while its words were withheld
        return structs.replace(one, text=OUT) if one.taken_out else one
    out = "taken_out" in item.fields
    stays = not out or (destroyed_only and item.withheld)
    text = one.text if stays else str(item.fields["text"])
    return structs.replace(one, text=text, taken_out=out)


def _signed(one: Note, item: Item | None, destroyed_only: bool) -> Note:
    """A sentence of ours, in the place of words that were taken out, is signed by nobody else."""
    now = _said(one, item, destroyed_only)
    is_ours = now.taken_out and (item is None or now.text == item.fields["text"])
    return structs.replace(now, reworded="" if is_ours else now.reworded or _reworder(item, now.text))


def _reworder(item: Item | None, text: str) -> str:
    """Who put the words of a note on its card, where minutes that an older version fixed do not say it."""
    had = texts(item) if item else ()
    by = next((version.by for version in had if version.text == text), "")
    return "" if item and by == item.owner else by


def _title(title: str, known: Titles | None, destroyed_only: bool) -> str:
    """The title that a record had, as long as its history still holds it."""
    if known is None:
        return GONE
    still = known.ever if destroyed_only else known.shown
    return title if title in still else known.now
