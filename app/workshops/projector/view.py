"""What the projector shows: the same for the whole room, and never a private thing. Pure."""

from msgspec import Struct

from app.access import Role
from app.boards.core.board import Board
from app.boards.core.sight import viewer_in
from app.workshops.phone.view import Group, Shown, Thing, shown

A_PAGE = 12  # notes at most
CHARACTERS = 1100  # of all notes of a page together, so that none needs letters under 32 px


class Wall(Struct, frozen=True):
    """What is on the wall: of the notes one page, `number` of `pages`."""

    shown: Shown
    page: tuple[Group, ...] = ()
    number: int = 0
    pages: int = 1

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
    pages: list[list[Group]] = [[]]
    room, words = A_PAGE, CHARACTERS
    for group in everyone.groups:
        for note in group.notes:
            if room < 1 or (words < len(note.text) and pages[-1]):
                pages.append([])
                room, words = A_PAGE, CHARACTERS
            if not pages[-1] or pages[-1][-1].id != group.id:
                pages[-1].append(Group(group.id, group.title, ()))
            last = pages[-1][-1]
            pages[-1][-1] = Group(last.id, last.title, (*last.notes, note))
            room, words = room - 1, words - len(note.text)
    return [tuple(page) for page in pages]
