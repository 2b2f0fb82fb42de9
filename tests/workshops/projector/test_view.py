"""What the projector shows, from a board alone."""

import pytest

from app.access import Actor
from app.boards.core import ops as o
from app.boards.core.stage import ops as s
from app.workshops.phone.notes import Group, Note
from app.workshops.phone.view import Shown
from app.workshops.projector.view import A_PAGE, pages_of, wall
from tests.boards.core.stage.workshop import STAGE, Workshop
from tests.boards.play import ANA, BEN

CANARY = "a bed on the corridor"


def notes(*texts: str) -> tuple[Note, ...]:
    return tuple(Note(str(i), text, "note", "ben", 1, False, False) for i, text in enumerate(texts))


def reading(*groups: Group) -> Shown:
    return Shown("read", False, groups=groups)


@pytest.mark.parametrize("who", [ANA, BEN])
def test_W1_no_private_note_is_on_the_wall_whosever_it_is(who: Actor) -> None:
    play = Workshop()
    phase = play.ask()
    play.note(who, phase, CANARY)
    assert CANARY not in repr(wall(play.board))
    play.lead(s.Reveal(phase))
    assert CANARY in repr(wall(play.board))


def test_a_draft_of_the_board_is_not_on_the_wall() -> None:
    play = Workshop()
    play.act(ANA, o.AddCard("11111111-1111-4111-8111-111111111111", "note", CANARY, draft=True))
    assert CANARY not in repr(wall(play.board))


def test_a_page_holds_at_most_twelve_notes() -> None:
    pages = pages_of(reading(Group("", "", notes(*["short"] * 30))))

    assert [sum(len(group.notes) for group in page) for page in pages] == [A_PAGE, A_PAGE, 6]


def test_long_notes_and_titles_of_themes_make_pages_shorter() -> None:
    long = "How is it that we share everything and know nothing of each other? " * 3
    of_themes = [
        Group(str(i), f"Theme {i}", notes(*["How is it that we share everything?"] * 4)) for i in range(4)
    ]

    assert len(pages_of(reading(Group("", "", notes(*[long] * 12))))) > 1
    assert all(len(page) < 4 for page in pages_of(reading(*of_themes)))


def test_nothing_is_lost_between_pages_and_a_note_too_long_for_one_has_its_own() -> None:
    texts = ["x" * 4000, "short", "y" * 2000, *["short"] * 20]
    pages = pages_of(reading(Group("", "", notes(*texts))))

    assert [note.text for page in pages for group in page for note in group.notes] == texts
    assert len(pages[0][0].notes) == 1


def test_there_is_a_page_where_there_is_nothing_to_read() -> None:
    assert pages_of(reading()) == [()]


def test_a_page_that_is_no_longer_there_shows_the_last_one() -> None:
    play = Workshop()
    phase = play.ask(write="shared")
    for i in range(13):
        play.note(BEN, phase, f"note {i}")
    play.lead(s.SetScreen(STAGE, page=7))
    seen = wall(play.board)

    assert (seen.number, seen.pages) == (1, 2)


def test_the_next_phase_begins_at_its_first_page() -> None:
    play = Workshop()
    play.ask(write="shared")
    play.lead(s.SetScreen(STAGE, page=3, code=False))
    assert (play.stage.page, play.stage.hides_code) == (3, True)
    play.ask()
    assert (play.stage.page, play.stage.hides_code) == (0, True)


@pytest.mark.parametrize(("asked", "page"), [(-4, 0), (10**9, 1000)])
def test_a_page_is_none_that_there_cannot_be(asked: int, page: int) -> None:
    play = Workshop()
    play.lead(s.SetScreen(STAGE, page=asked))

    assert play.stage.page == page
