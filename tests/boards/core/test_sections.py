"""What happens to a board when somebody adds, edits, moves or removes a section."""

from typing import Any

import pytest

from app.access import Code, Refused
from app.boards.core import ops as o
from app.boards.core.board import SECTIONS
from app.boards.core.sizes import FAR
from tests.boards.play import ANA, BEN, Play, uid

NEW = uid(900)


def refused(play: Play, op: o.Op, code: Code) -> None:
    with pytest.raises(Refused) as caught:
        play.act(ANA, op)
    assert caught.value.code is code


def frame(play: Play, id: str) -> tuple[float, ...]:
    return tuple(play.fields(id)[name] for name in ("x", "y", "w", "h"))


def test_a_new_section_holds_what_was_given_and_comes_last() -> None:
    play = Play()
    first = play.section()
    play.act(BEN, o.AddSection(NEW, "What hurts", "Whom?", "Ana waits", 10.0, 20.0, 600.0, 400.0))

    assert play.fields(NEW) == {
        "title": "What hurts",
        "prompt": "Whom?",
        "example": "Ana waits",
        "x": 10.0,
        "y": 20.0,
        "w": 600.0,
        "h": 400.0,
        "layout": "grid",
        "axis_left": "",
        "axis_right": "",
        "axis_top": "",
        "axis_bottom": "",
        "order": "a1",
    }
    assert play.turn(SECTIONS) == [first, NEW]
    assert play.item(NEW).shown == play.seq()


@pytest.mark.parametrize("name", ["x", "y", "w", "h"])
def test_a_frame_is_kept_within_reason(name: Any) -> None:
    least = {"x": -FAR, "y": -FAR, "w": 200.0, "h": 120.0}
    most = {"x": FAR, "y": FAR, "w": 8000.0, "h": 8000.0}
    play = Play()
    section = play.section()

    def given(value: float) -> dict[str, Any]:
        return {name: value}

    for asked, becomes in ((-1e9, least[name]), (1e9, most[name]), (333.33, 333.3)):
        play.act(BEN, o.MoveSection(section, **given(asked)))
        assert play.fields(section)[name] == becomes
        assert play.fields(play.section(**given(asked)))[name] == becomes
    refused(play, o.MoveSection(section, **given(float("nan"))), Code.INVALID)
    refused(play, o.AddSection(NEW, "Title", **given(float("nan"))), Code.INVALID)


def test_moving_a_section_changes_only_what_was_given() -> None:
    play = Play()
    section = play.section(x=1.0, y=2.0, w=300.0, h=400.0)
    play.act(BEN, o.MoveSection(section, y=50.0))

    assert frame(play, section) == (1.0, 50.0, 300.0, 400.0)


def test_a_section_is_put_first_or_after_another() -> None:
    play = Play()
    one, two, three = play.section(), play.section(), play.section()
    play.act(BEN, o.MoveSection(three, after=None))
    assert play.turn(SECTIONS) == [three, one, two]

    play.act(BEN, o.MoveSection(three, after=one))
    assert play.turn(SECTIONS) == [one, three, two]

    refused(play, o.MoveSection(three, after=play.card()), Code.NOT_FOUND)


def test_title_prompt_and_example_are_edited_apart() -> None:
    play = Play()
    section = play.section(title="Title", prompt="Prompt", example="Example")
    play.act(BEN, o.EditSection(section, prompt=""))
    play.act(BEN, o.EditSection(section, example="Another"))
    play.act(BEN, o.EditSection(section, title="Name"))

    fields = play.fields(section)
    assert (fields["title"], fields["prompt"], fields["example"]) == ("Name", "", "Another")


@pytest.mark.parametrize(("name", "most"), [("title", 200), ("prompt", 600), ("example", 600)])
def test_the_words_of_a_section_have_their_limits(name: str, most: int) -> None:
    play = Play()
    section = play.section()
    fits: dict[str, Any] = {name: "a" * most}
    play.act(ANA, o.EditSection(section, **fits))
    longer: dict[str, Any] = {name: "a" * (most + 1)}

    refused(play, o.EditSection(section, **longer), Code.TOO_LONG)
    refused(play, o.AddSection(NEW, **{"title": "Title", **longer}), Code.TOO_LONG)


def test_a_section_needs_a_title() -> None:
    play = Play()
    section = play.section()

    refused(play, o.AddSection(NEW, " "), Code.INVALID)
    refused(play, o.EditSection(section, title="\n"), Code.INVALID)


def test_the_cards_of_a_removed_section_stay_where_they_were_to_the_eye_and_come_last() -> None:
    play = Play()
    section = play.section(x=100.0, y=200.0, layout="free")
    one, two = play.card(section=section, x=1.0, y=2.0), play.card(section=section, x=3.0, y=4.0)
    play.act(ANA, o.MoveCard(two, after=None))
    outside = play.card()
    play.act(BEN, o.RemoveSection(section))

    assert play.turn(SECTIONS) == []
    assert play.turn() == [outside, two, one]
    assert (play.fields(one)["x"], play.fields(one)["y"]) == (101.0, 202.0)
    assert play.fields(two)["section"] is None


def test_P2_the_place_of_a_draft_that_leaves_a_removed_grid_tells_nothing_of_others_drafts() -> None:
    places = []
    for others in (0, 3):
        play = Play()
        section = play.section()
        play.card(BEN, section=section)
        for _ in range(others):
            play.draft(BEN, section=section)
        mine = play.draft(ANA, section=section)
        play.act(BEN, o.RemoveSection(section))
        places.append((play.fields(mine)["x"], play.fields(mine)["y"]))

    assert places == [(266.0, 12.0)] * 2


def test_P2_drafts_in_a_removed_section_go_out_with_it_in_their_turn_and_leave_no_trace() -> None:
    play = Play()
    section = play.section(x=100.0, y=200.0)
    first, second = play.draft(BEN, section=section), play.draft(BEN, section=section)
    play.act(BEN, o.MoveCard(second, after=None))
    elsewhere = play.draft(BEN)
    play.draft(ANA)
    shown = play.card(BEN, section=section)
    play.act(ANA, o.RemoveSection(section))

    assert [play.fields(id)["section"] for id in (first, second, elsewhere)] == [None] * 3
    assert play.fields(shown)["order"] == "a0"
    # after Ben's own draft outside (a0), not after Ana's
    assert [play.fields(id)["order"] for id in (second, first)] == ["a1", "a2"]


@pytest.mark.parametrize("layout", [o.GRID, o.FREE])
def test_a_removed_section_comes_back_in_its_turn_with_its_cards_in_theirs(layout: o.Layout) -> None:
    play = Play()
    one, two = play.section(x=100.0, y=50.0, layout=layout), play.section()
    cards = [play.card(section=one, text=text, x=24.0 * i, y=30.0) for i, text in enumerate("abc")]
    draft = play.draft(section=one)
    before = {id: play.fields(id) for id in (*cards, draft)}
    play.act(BEN, o.RemoveSection(one))
    play.act(BEN, o.RestoreSection(one))

    assert play.turn(SECTIONS) == [one, two]
    assert play.turn(one) == cards
    for id in (*cards, draft):
        assert play.fields(id)["section"] == one
        if layout == o.FREE:  # in a grid its place is its turn
            assert [play.fields(id)[name] for name in "xy"] == [before[id][name] for name in "xy"]
    assert play.act(BEN, o.RestoreSection(one)).touched == ()


def test_a_card_that_was_moved_since_its_section_was_removed_does_not_go_back_to_it() -> None:
    play = Play()
    one, two = play.section(), play.section()
    there, moved, there_again, gone = (play.card(section=one) for _ in range(4))
    play.act(BEN, o.RemoveSection(one))
    play.act(ANA, o.MoveCard(moved, section=two))
    play.act(ANA, o.MoveCard(there_again, section=two))
    play.act(ANA, o.MoveCard(there_again, section=None))
    play.act(ANA, o.RemoveCard(gone))
    play.act(BEN, o.RestoreSection(one))

    assert play.turn(one) == [there]
    assert play.turn(two) == [moved]
    assert play.fields(there_again)["section"] is None
    assert play.item(gone).removed


def test_a_section_that_was_taken_back_twice_still_comes_back_with_its_cards() -> None:
    play = Play()
    one = play.section()
    card = play.card(section=one)
    play.act(BEN, o.RemoveSection(one))
    play.act(BEN, o.RestoreSection(one))
    play.undo(BEN)
    assert play.fields(card)["section"] is None
    play.act(ANA, o.RestoreSection(one))

    assert play.turn(one) == [card]


def test_T6_to_take_back_a_new_section_leaves_what_others_put_into_it_on_the_board() -> None:
    play = Play()
    one = play.section(ANA)
    added = play.seq()
    card = play.card(BEN, section=one)
    play.undo(ANA, added)

    assert play.item(one).removed
    assert play.turn() == [card]
    assert play.fields(card)["section"] is None


def test_T7_a_section_that_comes_back_to_a_turn_that_is_taken_gets_a_new_one() -> None:
    play = Play()
    one = play.section()
    play.act(BEN, o.RemoveSection(one))
    two = play.section()
    play.act(BEN, o.RestoreSection(one))

    assert play.turn(SECTIONS) == [two, one]
    assert play.fields(one)["order"] != play.fields(two)["order"]
