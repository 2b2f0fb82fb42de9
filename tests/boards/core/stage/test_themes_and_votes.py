"""Gathering notes into themes, voting on them, and what stands still meanwhile."""

import pytest

from app.access import Code, Refused
from app.boards.core import ops as o
from app.boards.core.board import Outside
from app.boards.core.stage import ops as s
from app.boards.core.stage import votes
from app.boards.core.stage.votes import Cast, Count, check_cast
from tests.boards.core.stage.test_private_notes import refused
from tests.boards.core.stage.workshop import STAGE, Workshop
from tests.boards.play import ANA, BEN, GIL, OLA, uid


def gathered() -> tuple[Workshop, str, list[str]]:
    """A workshop with three revealed notes; its first phase, and the notes."""
    workshop = Workshop()
    phase = workshop.ask(sections=(workshop.home,))
    notes = [workshop.note(who, phase, section=workshop.home) for who in (BEN, GIL, BEN)]
    workshop.lead(s.Reveal(phase))
    return workshop, phase, notes


def test_a_theme_takes_notes_and_gives_them_back_where_they_were() -> None:
    workshop, _, (one, two, _) = gathered()
    turn = workshop.turn(workshop.home)
    theme = workshop.theme(ANA, one, two)
    assert {workshop.fields(id)["theme"] for id in (one, two)} == {theme}
    workshop.lead(s.Split(theme, (one,)))

    assert workshop.fields(one)["theme"] is None
    assert workshop.turn(workshop.home) == turn


def test_themes_are_joined_and_removed() -> None:
    workshop, _, (one, two, three) = gathered()
    first, second = workshop.theme(ANA, one), workshop.theme(ANA, two, three)
    workshop.lead(s.MergeThemes(first, second))
    assert {workshop.fields(id)["theme"] for id in (one, two, three)} == {first}
    workshop.lead(s.RemoveTheme(first))

    assert {workshop.fields(id)["theme"] for id in (one, two, three)} == {None}
    workshop.undo(ANA)
    assert {workshop.fields(id)["theme"] for id in (one, two, three)} == {first}


def test_a_note_that_is_gone_meanwhile_is_left_out_and_said() -> None:
    workshop, _, (one, two, _) = gathered()
    theme = workshop.theme(ANA)
    workshop.act(BEN, o.RemoveCard(one))
    change = workshop.lead(s.Gather(theme, (one, two)))

    assert set(change.left_out) == {one}
    assert refused(workshop, ANA, s.Gather(theme, (one,))).code is Code.NOT_FOUND


@pytest.mark.parametrize(("move", "may"), [("nobody", False), ("facilitators", False), ("everyone", True)])
def test_whether_everyone_gathers_is_what_the_phase_says(move: s.Move, may: bool) -> None:
    workshop, phase, (one, *_) = gathered()
    workshop.ask(write="off", move=move, about=(phase,))
    op = s.AddTheme(uid(800), "A theme", cards=(one,))
    if may:
        assert workshop.act(GIL, op).touched
    else:
        assert refused(workshop, GIL, op).code is Code.NOT_ALLOWED


def voting(**vote: object) -> tuple[Workshop, str, list[str]]:
    workshop, phase, notes = gathered()
    workshop.theme(ANA, *notes[:2])
    id = workshop.ask(write="off", about=(phase,), vote=s.Vote("dots", **vote))  # type: ignore[arg-type]
    return workshop, id, notes


def test_votes_are_on_themes_and_on_notes_in_none() -> None:
    workshop, phase, notes = voting()
    themes = [item.id for item in workshop.board.items.values() if item.item == "theme"]

    assert workshop.phase(phase).things == (*themes, notes[2])


def test_W7_while_a_vote_is_open_words_and_themes_stand_still() -> None:
    workshop, phase, (one, _, three) = voting()
    theme = workshop.phase(phase).things[0]
    for who, op in (
        (BEN, o.EditCard(one, text="Other words")),
        (BEN, o.RemoveCard(three)),
        (ANA, s.EditTheme(theme, "Another title")),
        (ANA, s.Split(theme, (one,))),
        (ANA, s.Gather(theme, (three,))),
        (ANA, s.RemoveTheme(theme)),
        (ANA, o.Undo(theme_deed(workshop, theme))),
    ):
        assert refused(workshop, who, op).code in (Code.LOCKED, Code.NOT_ALLOWED), op


def test_W7_a_card_of_no_phase_that_lies_in_a_theme_stands_still_too() -> None:
    workshop, phase, (one, two, _) = gathered()
    card, other = workshop.card(ANA), workshop.card(ANA, "In no theme")
    theme = workshop.theme(ANA, one, two, card)
    workshop.lead(s.Gather(theme, (other,)))
    gathering = workshop.board.seq
    workshop.ask(write="off", about=(phase,), vote=s.Vote("dots"))

    for op in (o.EditCard(card, text="Other words"), o.RemoveCard(card), o.Undo(gathering)):
        assert refused(workshop, ANA, op).code is Code.LOCKED, op


def theme_deed(workshop: Workshop, theme: str) -> int:
    return workshop.item(theme).born


def test_closing_keeps_the_totals_in_the_order_of_the_things() -> None:
    workshop, phase, _ = voting()
    theme, note = workshop.phase(phase).things
    workshop.outside = Outside(counts={phase: Count({theme: 4, note: 1}, people=3)})
    workshop.lead(s.CloseVote(phase))
    now = workshop.phase(phase)

    assert not now.vote_open
    assert now.totals is not None
    assert [(total.id, total.dots) for total in now.totals.of] == [(theme, 4), (note, 1)]
    assert now.totals.people == 3
    assert refused(workshop, ANA, s.CloseVote(phase)).code is Code.LOCKED


def test_C8_answers_to_choose_from_hold_what_can_be_stored() -> None:
    workshop = Workshop()
    vote = s.Vote("choice", options=("Yes\x00", "No\ud800"))
    change = workshop.act(ANA, s.OpenPhase(uid(700), None, "Shall we?", write="off", vote=vote))

    assert workshop.phase(uid(700)).vote.options == ("Yes", "No")
    assert change.cleaned == ("vote",)
    nothing = s.Vote("choice", options=("Yes", "\x00"))
    assert refused(workshop, ANA, s.OpenPhase(uid(701), uid(700), "So?", vote=nothing)).code is Code.INVALID


def test_moving_on_closes_the_vote_too() -> None:
    workshop, phase, _ = voting()
    workshop.ask(prompt="The next")

    assert workshop.phase(phase).totals is not None


def test_a_choice_of_few_shows_no_numbers() -> None:
    workshop = Workshop()
    phase = workshop.ask(write="off", vote=s.Vote("choice", options=("Simple", "Complicated", "Complex")))
    workshop.outside = Outside(counts={phase: Count({"0": 4}, people=4)})
    workshop.lead(s.CloseVote(phase))

    totals = workshop.phase(phase).totals
    assert totals is not None
    assert (totals.too_few, totals.of, totals.people) == (True, (), 4)


def test_P7_an_organisation_is_told_only_where_it_and_its_complement_are_five() -> None:
    workshop = Workshop()
    phase = workshop.ask(write="off", vote=s.Vote("choice", options=("Yes", "No")))
    by = {"0": {"North": 5, "South": 9}, "1": {"North": 5, "South": 1}}
    count = Count({"0": 14, "1": 6}, 20, by, {"North": 10, "South": 10})
    totals = votes.totals_of(workshop.phase(phase), count)

    assert [total.by for total in totals.of] == [{"North": 5}, {}], (
        "North's five of six would tell of South's one"
    )


@pytest.mark.parametrize(
    ("who", "cast", "own", "code"),
    [
        (GIL, Cast("vote", 1, "thing"), {}, None),
        (GIL, Cast("vote", 3, "thing"), {1: "thing", 2: "thing"}, Code.FULL),
        (GIL, Cast("vote", 2, "thing"), {1: "thing", 2: "other"}, None),
        (GIL, Cast("vote", 4, "thing"), {}, Code.FULL),
        (GIL, Cast("vote", -1, "thing"), {}, Code.FULL),
        (GIL, Cast("vote", 1, "elsewhere"), {}, Code.NOT_FOUND),
        (GIL, Cast("vote", 1, None), {1: "thing"}, None),
        (GIL, Cast("vote", 0, "yes"), {}, None),
        (GIL, Cast("vote", 0, "no"), {}, Code.INVALID),
        (GIL, Cast("another", 1, "thing"), {}, Code.LOCKED),
        (OLA, Cast("vote", 1, "thing"), {}, Code.NOT_ALLOWED),
        (ANA, Cast("vote", 1, "thing"), {}, Code.NOT_ALLOWED),
    ],
)
def test_W6_a_dot_is_placed_only_where_it_may_be(
    who: object, cast: Cast, own: dict[int, str], code: Code | None
) -> None:
    workshop, phase, notes = voting(dots=3, most=2)
    names = {"vote": phase, "thing": notes[2], "other": workshop.phase(phase).things[0]}
    real = Cast(names.get(cast.phase, cast.phase), cast.slot, names.get(cast.choice or "", cast.choice))
    mine = {slot: names[choice] for slot, choice in own.items()}
    if code is None:
        check_cast(workshop.board, who, real, mine)  # type: ignore[arg-type]
        return
    with pytest.raises(Refused) as caught:
        check_cast(workshop.board, who, real, mine)  # type: ignore[arg-type]
    assert caught.value.code is code


def test_a_facilitator_who_takes_part_has_dots_like_everyone() -> None:
    workshop, phase, notes = voting()
    workshop.lead(s.TakePart(STAGE, takes_part=True))

    check_cast(workshop.board, ANA, Cast(phase, 1, notes[2]), {})


@pytest.mark.parametrize(("move", "may"), [("facilitators", False), ("everyone", True)])
def test_ones_own_gathering_is_taken_back_while_everyone_gathers(move: s.Move, may: bool) -> None:
    workshop, phase, (one, two, _) = gathered()
    workshop.ask(write="off", move="everyone", about=(phase,))
    theme = workshop.theme(GIL, one, two)
    made = workshop.seq()
    if not may:
        workshop.ask(write="off", move=move, about=(phase,))
        assert refused(workshop, GIL, o.Undo(made)).code is Code.NOT_ALLOWED
        return
    workshop.undo(GIL, made)
    assert workshop.item(theme).removed is not None
    assert {workshop.fields(id)["theme"] for id in (one, two)} == {None}


def test_taking_ones_gathering_back_leaves_what_others_have_gathered_since() -> None:
    workshop, phase, (one, two, _) = gathered()
    workshop.ask(write="off", move="everyone", about=(phase,))
    mine, theirs = workshop.theme(GIL), workshop.theme(BEN)
    workshop.act(GIL, s.Gather(mine, (one, two)))
    gathering = workshop.seq()
    workshop.act(BEN, s.Gather(theirs, (one,)))
    workshop.undo(GIL, gathering)

    assert workshop.fields(one)["theme"] == theirs
    assert workshop.fields(two)["theme"] is None


def test_while_everyone_gathers_no_undo_reaches_other_words() -> None:
    workshop, phase, _ = gathered()
    card = workshop.card(ANA, "Beside the workshop")
    workshop.act(ANA, o.EditCard(card, text="Other words"))
    edited = workshop.seq()
    workshop.lead(s.AddFacilitator(STAGE, str(BEN.person)))
    workshop.lead(s.GiveUp(STAGE))
    workshop.ask(BEN, write="off", move="everyone", about=(phase,))

    assert refused(workshop, ANA, o.Undo(edited)).code is Code.NOT_ALLOWED
