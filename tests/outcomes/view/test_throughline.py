from datetime import date

import pytest

from app.boards.core import ops as o
from app.boards.core.sight import Viewer
from app.outcomes.view.content import CardStep
from app.outcomes.view.throughline import longest, throughline
from tests.boards.play import ANA, BEN, OLA, Play, sees

COLOURS = {"ana": ("North", 1), "ben": ("South", 2)}


def names(person: str) -> tuple[str, int]:
    return COLOURS.get(person, ("", 12))


def told(play: Play, card: str, viewer: Viewer | None = None) -> tuple[CardStep, ...]:
    return throughline(play.board, "Leaving well", viewer or sees(OLA), card, names)


@pytest.fixture
def play() -> Play:
    return Play()


def test_the_links_are_followed_back_from_the_outcome_to_where_it_began(play: Play) -> None:
    problem = play.card(ANA, "Nobody owns it", kind="problem")
    dilemma = play.card(BEN, "Fast and slow", kind="dilemma")
    outcome = play.card(ANA, "Home in 2 days", kind="outcome")
    play.link(ANA, problem, dilemma, "leads_to")
    play.link(ANA, dilemma, outcome, "serves")

    steps = told(play, outcome)

    assert [step.text for step in steps] == ["Nobody owns it", "Fast and slow", "Home in 2 days"]
    assert [step.link for step in steps] == ["leads to", "serves", ""]
    assert [step.whose for step in steps] == ["North", "South", "North"]
    assert steps[0].when == date(2023, 11, 14)
    assert steps[0].word == "Problem"


def test_T9_a_step_whose_words_are_not_its_authors_says_whose_they_are(play: Play) -> None:
    outcome = play.card(ANA, "Home in 2 days", kind="outcome")
    play.act(BEN, o.EditCard(outcome, text="Home in 20 days"))
    reworded = told(play, outcome)[0]
    play.act(BEN, o.EditCard(outcome, text="Home in 2 days"))

    assert (reworded.text, reworded.whose) == ("Home in 20 days", "North, reworded by South")
    assert told(play, outcome)[0].whose == "North"


def test_what_is_built_on_comes_before_what_builds_on_it(play: Play) -> None:
    first, later = play.card(text="First"), play.card(text="Later", kind="outcome")
    play.link(ANA, later, first, "builds_on")

    assert [step.text for step in told(play, later)] == ["First", "Later"]
    assert told(play, later)[0].link == "built on by"


def test_the_longest_way_back_is_the_line_and_the_rest_stands_beside_it(play: Play) -> None:
    far, near, beside, end = (play.card(text=text) for text in ("Far", "Near", "Beside", "End"))
    play.link(ANA, far, near, "leads_to")
    play.link(ANA, near, end, "leads_to")
    play.link(ANA, beside, end, "challenges")

    steps = told(play, end)

    assert [step.text for step in steps] == ["Far", "Near", "End"]
    assert steps[-1].also == ("Challenged by: Beside",)


def test_a_circle_of_links_comes_to_an_end(play: Play) -> None:
    one, two = play.card(text="One"), play.card(text="Two")
    play.link(ANA, one, two, "leads_to")
    play.link(ANA, two, one, "leads_to")

    assert [step.text for step in told(play, two)] == ["One", "Two"]


def test_drafts_and_removed_cards_are_in_nobody_elses_line(play: Play) -> None:
    draft = play.card(ANA, "Secret", draft=True)
    gone = play.card(ANA, "Gone")
    end = play.card(ANA, "End")
    play.link(ANA, draft, end, "leads_to")
    play.link(ANA, gone, end, "leads_to")
    play.act(ANA, o.RemoveCard(gone))

    assert [step.text for step in told(play, end)] == ["End"]
    assert [step.text for step in told(play, end, sees(ANA))] == ["Secret", "End"]
    assert told(play, draft) == ()
    assert told(play, gone) == ()


def test_of_several_boards_the_line_that_tells_most_is_told(play: Play) -> None:
    one, two = play.card(text="One"), play.card(text="Two")
    play.link(ANA, one, two, "leads_to")

    assert longest([told(play, one), told(play, two), ()]) == told(play, two)
    assert longest([]) == ()
