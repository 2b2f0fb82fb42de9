"""What a phone shows of a workshop, by phase and by person: made of what `see` gives them."""

from msgspec import structs

from app.access import Actor, State
from app.boards.core.sight import viewer_in, viewer_of
from app.boards.core.stage import ops as s
from app.boards.core.stage.ops import Vote
from app.boards.core.stage.votes import Count
from app.workshops.phone.view import NOBODY, Own, Shown, own, shown
from tests.boards.core.stage.workshop import STAGE, Workshop
from tests.boards.play import ANA, BEN, GIL, OLA, Play, uid

CANARY = "only for its author"


def seen(play: Play, who: Actor = BEN) -> Shown:
    return shown(play.board, viewer_of(who, play.board))


def mine(play: Play, who: Actor = BEN, dots: dict[int, str] | None = None) -> Own:
    return own(play.board, who, dots or {})


def texts(view: Shown) -> list[str]:
    return [note.text for group in view.groups for note in group.notes]


def test_each_phase_is_of_one_kind() -> None:
    play = Workshop()
    kinds = [seen(Play()).kind, seen(play).kind]
    first = play.ask()
    play.note(BEN, first)
    kinds.append(seen(play).kind)
    play.lead(s.Reveal(first))
    kinds.append(seen(play).kind)
    vote = play.ask(write="off", vote=Vote("dots"), about=(first,))
    kinds.append(seen(play).kind)
    play.lead(s.CloseVote(vote))
    kinds.append(seen(play).kind)
    play.lead(s.EndStage(STAGE))
    kinds.append(seen(play).kind)

    assert kinds == ["none", "doors", "write", "read", "vote", "result", "ended"]


def test_W1_what_is_private_is_in_its_authors_own_part_alone() -> None:
    play = Workshop()
    phase = play.ask()
    note = play.note(BEN, phase, CANARY)

    assert [one.text for one in mine(play).notes] == [CANARY]
    assert mine(play).notes[0].private
    for who in (ANA, GIL, OLA):
        assert CANARY not in str(seen(play, who)) + str(mine(play, who))
        assert note not in str(seen(play, who)) + str(mine(play, who))
    assert texts(seen(play)) == [], "nor in the author's shared part: that is the same for everyone"
    assert CANARY not in str(shown(play.board, viewer_in(BEN.role)))


def test_notes_stand_by_theme_and_those_in_none_last() -> None:
    play = Workshop()
    phase = play.ask()
    one, two, three = [play.note(who, phase, f"Note of {who.person}") for who in (BEN, GIL, ANA)]
    play.lead(s.Reveal(phase))
    play.theme(ANA, two, title="Second thoughts")
    play.theme(ANA, title="Empty")
    groups = seen(play).groups

    assert [group.title for group in groups] == ["Second thoughts", ""]
    assert [note.id for note in groups[0].notes] == [two]
    assert {note.id for note in groups[1].notes} == {one, three}
    assert seen(play).count == 3


def test_a_phase_that_reads_shows_the_notes_that_it_is_about() -> None:
    play = Workshop()
    first = play.ask()
    play.note(BEN, first, "Shown")
    play.lead(s.Reveal(first))
    play.lead(s.ReopenPhase(first, first))
    play.note(BEN, first, CANARY)
    play.ask(write="off", about=(first,))

    assert texts(seen(play)) == ["Shown"]
    assert seen(play).kind == "read"
    assert not seen(play).writes


def test_people_may_write_and_choose_and_observers_may_neither() -> None:
    play = Workshop()
    play.ask()

    assert [(mine(play, who).writes, mine(play, who).casts) for who in (BEN, GIL, OLA)] == [
        (True, True),
        (True, True),
        (False, False),
    ]


def test_facilitators_have_dots_only_when_they_take_part() -> None:
    play = Workshop()
    play.ask(write="off", vote=Vote("choice", options=("Yes", "No")))
    assert (mine(play, ANA).casts, mine(play, ANA).leads) == (False, True)

    play.lead(s.TakePart(STAGE, True))
    assert mine(play, ANA).casts
    assert not mine(play).leads


def test_own_dots_are_counted_by_thing_and_finishing_is_none_of_them() -> None:
    play = Workshop()
    play.ask(write="off", vote=Vote("choice", options=("Yes", "No")))
    view = mine(play, BEN, {0: "yes", 1: "1"})

    assert (view.finished, view.placed, view.on("1"), view.on("0")) == (True, 1, 1, 0)
    assert (NOBODY.finished, NOBODY.placed) == (False, 0)


def test_things_with_most_dots_come_first_once_the_vote_is_closed_and_no_number_before() -> None:
    play = Workshop()
    first = play.ask()
    few, many = play.note(BEN, first, "Few"), play.note(GIL, first, "Many")
    play.lead(s.Reveal(first))
    theme = play.theme(ANA, many, title="A theme")
    vote = play.ask(write="off", vote=Vote("dots"), about=(first,))
    assert [(thing.text, thing.notes, thing.dots) for thing in seen(play).things] == [
        ("A theme", 1, None),
        ("Few", 0, None),
    ]

    counts = {vote: Count({few: 5, theme: 2}, 3)}
    play.outside = structs.replace(play.outside, counts=counts)
    play.lead(s.CloseVote(vote))
    play.lead(s.Hold(vote, few))
    after = seen(play)
    assert [(thing.text, thing.dots) for thing in after.things] == [("Few", 5), ("A theme", 2)]
    assert after.held is not None
    assert after.held.text == "Few"


def test_the_answers_of_a_choice_stay_in_their_order() -> None:
    play = Workshop()
    vote = play.ask(write="off", vote=Vote("choice", options=("No", "Perhaps", "Yes")))
    counts = {vote: Count({"0": 1, "1": 2, "2": 4}, 7)}
    play.outside = structs.replace(play.outside, counts=counts)
    play.lead(s.CloseVote(vote))

    assert [(thing.text, thing.dots) for thing in seen(play).things] == [
        ("No", 1),
        ("Perhaps", 2),
        ("Yes", 4),
    ]


def test_the_box_is_drawn_again_only_for_what_it_depends_on() -> None:
    play = Workshop()
    phase = play.ask()
    before = seen(play).key
    play.note(BEN, phase)
    play.lead(s.SetClock(STAGE, left=60.0))
    assert seen(play).key == before

    play.lead(s.Reveal(phase))
    revealed = seen(play).key
    assert revealed != before
    play.board = structs.replace(play.board, state=State.ARCHIVED)
    assert seen(play).key != revealed
    assert not mine(play).writes


def test_all_of_an_audience_are_told_at_once_whether_they_write_and_vote() -> None:
    play = Workshop()
    told = []
    for given in ({"write": "off"}, {}, {"write": "off", "vote": Vote("choice", options=("Yes", "No"))}):
        phase = play.ask(**given)
        told.append([(seen(play, who).may_write, seen(play, who).may_cast) for who in (BEN, GIL, OLA, ANA)])
        assert all(
            (mine(play, who).writes, mine(play, who).casts) == said
            for who, said in zip((BEN, GIL, OLA), told[-1], strict=False)
        ), phase
    talking, writing, voting = told

    assert talking == [(False, True), (False, True), (False, False), (None, None)]
    assert writing == [(True, True), (True, True), (False, False), (None, None)]
    assert voting == [(False, True), (False, True), (False, False), (None, None)]


def test_who_only_looks_on_is_told_so_while_others_write_or_vote() -> None:
    play = Workshop()
    first = play.ask()
    play.note(BEN, first)
    assert [seen(play, who).looks_on for who in (BEN, OLA, ANA)] == [False, True, False]
    play.lead(s.Reveal(first))
    assert not seen(play, OLA).looks_on, "there is something to read"


def test_what_is_not_kept_is_said_beside_its_box_and_when_it_is_over() -> None:
    play = Workshop()
    play.ask()
    assert "not kept" not in str(seen(play).promise)
    play.ask(kept=False)
    assert "when the workshop ends it is destroyed" in str(seen(play).promise)
    play.lead(s.EndStage(STAGE))
    assert seen(play).forgets

    again = uid(901)
    play.act(ANA, s.OpenStage(again, "Once more"))
    play.ask()
    play.lead(s.EndStage(again))
    assert not seen(play).forgets, "that was another workshop"
