"""Puts records down on a board: their boxes as sections, or several as cards of a map. Pure."""

from collections.abc import Collection, Mapping
from math import ceil
from uuid import UUID, uuid5

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.kinds import CARD_KINDS
from app.boards.core.layout import places
from app.boards.core.ops import MAX_PARTS, AddCard, AddSection, Batch, SingleOp
from app.boards.core.sizes import BESIDE, CARD_H, CARD_W, GAP, GUTTER, HEADING, TOP
from app.records.core.kind import Axes, Kind
from app.records.core.record import Record

BOX_W, BOX_H = 460.0, 320.0
COLUMN = CARD_W + GAP
UNDER = 2 * HEADING  # between two rows of boxes: the heading of the lower one has two lines of prompt
A_LINE, BESIDE_WORDS = 24, 80.0  # letters of a title on one line of a card, and how high the rest of it is
TALL = 8  # cards of a map on top of each other, before as many lie side by side
MOST_ON_MAP = 60  # records: with more nobody sees what comes first


class LaidOut(Struct, frozen=True):
    """The op that does it, which of its cards stands for which record, and what of the notes did not fit."""

    op: Batch
    cards: Mapping[str, str]
    left_out: int = 0

    @property
    def first(self) -> str:
        """The id of the first item: where to look."""
        return self.op.parts[0].id


def boxes(kind: Kind, record: Record, board: Board, seed: str) -> LaidOut:
    """A card that stands for the record, and under it two columns of sections with what stands in them.

    The ids come from `seed`, so that a form sent twice is the same op.
    """
    ids = Ids(seed)
    titles = kind.boxes(record)
    rows = (len(titles) + 1) // 2
    head = _height(record.title) + GAP + UNDER
    high = max(BOX_H, *(_box_height(notes) for notes in _notes(kind, record).values()))
    x, y = places.section_place(board, 2 * BOX_W + BESIDE, head + rows * (high + UNDER))
    face = AddCard(next(ids), record.kind if record.kind in CARD_KINDS else "note", record.title, x=x, y=y)
    parts: list[SingleOp] = [face]
    most = (MAX_PARTS - 1 - len(titles)) // max(1, len(titles))
    left_out = 0
    for at, (tag, title) in enumerate(titles):
        list_ = kind.row_list(tag)
        assert list_, tag  # noqa: S101 - a kind names lists that it has
        section = next(ids)
        column, row = at % 2, at // 2
        left, top = x + column * (BOX_W + BESIDE), y + head + row * (high + UNDER)
        parts.append(AddSection(section, title, list_.prompt, x=left, y=top, w=BOX_W, h=high))
        notes = _notes(kind, record)[tag]
        parts += [AddCard(next(ids), "note", text, section) for text in notes[:most]]
        left_out += len(notes[most:])
    return LaidOut(Batch(tuple(parts)), {face.id: record.id}, left_out)


def _notes(kind: Kind, record: Record) -> dict[str, list[str]]:
    """What stands in each of its boxes, in their order."""
    lists = [(tag, kind.row_list(tag)) for tag, _ in kind.boxes(record)]
    return {tag: [row.fields.get(one.first, "") for row in record.of(tag)] for tag, one in lists if one}


def _box_height(notes: list[str]) -> float:
    """About how high a box has to be for its notes, two in a row, so that it pushes nothing below it down."""
    heights = [40 + 20 * ceil(len(text) / A_LINE) for text in notes]
    return GUTTER + sum(max(heights[at : at + 2]) + GUTTER for at in range(0, len(heights), 2))


def on_map(
    axes: Axes, records: Collection[Record], resting: Mapping[str, int], board: Board, seed: str
) -> LaidOut:
    """A free section with the axes, and a card for each record: further up the more rests on it."""
    ids = Ids(seed)
    columns: list[list[Record]] = [[] for _ in range(axes.columns)]
    for record in sorted(records, key=lambda one: (-resting.get(one.id, 0), one.title))[:MOST_ON_MAP]:
        columns[axes.column(record)].append(record)
    most = max(resting.values(), default=0)
    lanes = [max(1, ceil(len(column) / TALL)) for column in columns]
    tallest = max(3, *(ceil(len(column) / beside) for column, beside in zip(columns, lanes, strict=True)))
    a_row = GAP + max((_height(one.title) for column in columns for one in column), default=CARD_H)
    w, h = sum(lanes) * COLUMN + GAP, tallest * a_row + 2 * TOP
    x, y = places.section_place(board, w, h)
    ends = {
        "axis_left": axes.left,
        "axis_right": axes.right,
        "axis_top": axes.top,
        "axis_bottom": axes.bottom,
    }
    section = AddSection(next(ids), axes.title, axes.prompt, x=x, y=y, w=w, h=h, layout="free", **ends)
    parts: list[SingleOp] = [section]
    cards = {}
    left = 0
    for column, beside in zip(columns, lanes, strict=True):
        tops = _tops(column[::beside], resting, most, tallest)
        for at, record in enumerate(column):
            kind = record.kind if record.kind in CARD_KINDS else "note"
            x, y = GAP + (left + at % beside) * COLUMN, TOP + tops[at // beside] * a_row
            card = AddCard(next(ids), kind, record.title, section.id, x=x, y=y)
            parts.append(card)
            cards[card.id] = record.id
        left += beside
    return LaidOut(Batch(tuple(parts)), cards, max(0, len(records) - MOST_ON_MAP))


def _height(title: str) -> float:
    """About how high the card of a record is, with its word and its day."""
    return max(CARD_H, BESIDE_WORDS + 20 * ceil(len(title) / A_LINE))


def _tops(column: list[Record], resting: Mapping[str, int], most: int, rows: int) -> list[int]:
    """The row of each, counted from the top: by how much rests on it, and never two in one."""
    tops: list[int] = []
    for at, record in enumerate(column):
        share = resting.get(record.id, 0) / most if most else 0.5
        wanted = round((1 - share) * (rows - 1))
        after = tops[-1] + 1 if tops else 0
        tops.append(min(max(wanted, after), rows - len(column) + at))
    return tops


class Ids:
    """Ids in turn that are the same each time for the same seed."""

    def __init__(self, seed: str) -> None:
        self._seed, self._next = UUID(seed), 0

    def __next__(self) -> str:
        self._next += 1
        return str(uuid5(self._seed, str(self._next)))
