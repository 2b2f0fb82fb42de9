"""Fixed minutes without words that were taken out since. Pure."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec import structs

from app.boards.core.board import Board
from app.records.core.taken_out import Titles
from app.reports.minutes.content import Group, Minutes, Note, Part, RecordTitle

T = TypeVar("T", bound=RecordTitle)
GONE = "A record that is no longer here"


def without_taken_out(
    minutes: Minutes, board: Board, titles: Mapping[str, Titles], *, destroyed_only: bool = False
) -> Minutes:
    """Without words that were taken out since; with `destroyed_only` those gone for good."""

    def said(id: str, text: str) -> str:
        item = board.items.get(id)
        if item is None or "taken_out" not in item.fields or (destroyed_only and item.withheld):
            return text
        return str(item.fields["text"])

    def part(one: Part) -> Part:
        result = one.result
        if result:
            rows = tuple(structs.replace(row, text=said(row.id, row.text)) for row in result.rows)
            result = structs.replace(result, rows=rows)
        groups = [
            Group(group.title, tuple(Note(n.id, said(n.id, n.text), n.by) for n in group.notes))
            for group in one.groups
        ]
        return structs.replace(one, groups=tuple(groups), result=result)

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


def _title(title: str, known: Titles | None, destroyed_only: bool) -> str:
    """The title that a record had, as long as its history still holds it."""
    if known is None:
        return GONE
    still = known.ever if destroyed_only else known.shown
    return title if title in still else known.now
