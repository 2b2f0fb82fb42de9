"""What the projector shows: the same for the whole room, and never a private thing. Pure."""

from msgspec import Struct

from app.access import Role
from app.boards.core.board import Board
from app.boards.core.sight import viewer_in
from app.workshops.phone.notes import Group, Note
from app.workshops.phone.things import Thing
from app.workshops.phone.view import Shown, shown

A_PAGE = 12  # notes at most
# How notes lie in letters of 32 px: characters of a line, and in px what a note, a line and a title take.
COLUMNS, A_LINE = 3, 31
AROUND, LINE, HEADING = 44, 42, 84
HIGH = 690
QUESTION = 240  # letters that leave the code to join in sight, at 60 px and more; the phones have all of it


class Wall(Struct, frozen=True):
    """What is on the wall: of the notes one page, `number` of `pages`."""

    shown: Shown
    page: tuple[Group, ...] = ()
    number: int = 0
    pages: int = 1
    fits: int = QUESTION

    @property
    def totals(self) -> tuple[Thing, ...]:
        """The totals that fit on a wall, those with most first."""
        return self.shown.things[:5]

    @property
    def most(self) -> int:
        return max([thing.dots or 0 for thing in self.shown.things] or [0])


def wall(board: Board) -> Wall:
    """As a screen sees it: it owns nothing and wears no hat."""
    everyone = shown(board, viewer_in(Role.SCREEN))
    pages = pages_of(everyone)
    asked = everyone.stage.page if everyone.stage else 0
    number = min(asked, len(pages) - 1)
    return Wall(everyone, pages[number], number, len(pages))


def pages_of(everyone: Shown) -> list[tuple[Group, ...]]:
    """The notes in pages, at least one: a large theme goes on over the next."""
    pages: list[tuple[Group, ...]] = [()]
    for group in everyone.groups:
        for note in group.notes:
            longer = _with(pages[-1], group, note)
            if pages[-1] and not _fits(longer):
                pages.append(_with((), group, note))
            else:
                pages[-1] = longer
    return pages


def _with(page: tuple[Group, ...], group: Group, note: Note) -> tuple[Group, ...]:
    if not page or page[-1].id != group.id:
        return (*page, Group(group.id, group.title, (note,)))
    return (*page[:-1], Group(group.id, group.title, (*page[-1].notes, note)))


def _fits(page: tuple[Group, ...]) -> bool:
    """Whether there are few enough notes, and all of them are on a wall that is 1920 wide and 1080 high."""
    if sum(len(group.notes) for group in page) > A_PAGE:
        return False
    titles = HEADING * len(page) if len(page) > 1 or page[0].id else 0
    return titles + sum(_height(group.notes) for group in page) <= HIGH


def _height(notes: tuple[Note, ...]) -> int:
    lines = [sum(1 + len(line) // A_LINE for line in note.text.split("\n")) for note in notes]
    rows = [max(lines[at : at + COLUMNS]) for at in range(0, len(lines), COLUMNS)]
    return sum(AROUND + LINE * row for row in rows)
