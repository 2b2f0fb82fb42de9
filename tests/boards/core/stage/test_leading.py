"""Who leads a workshop, moving on, and its clock."""

from itertools import count
from typing import get_args

import pytest

from app.access import Code, Refused
from app.boards.core import ops as o
from app.boards.core.offered_ops import offered
from app.boards.core.stage import ops as s
from app.boards.core.stage.do import DO
from app.boards.core.stage.phases import MOST_ON_BOARD, MOST_PHASES
from tests.boards.core.stage.test_private_notes import refused
from tests.boards.core.stage.workshop import STAGE, Workshop
from tests.boards.play import ANA, BEN, GIL, OLA, Play, uid


def test_W8_of_two_who_move_on_at_once_one_moves_and_the_other_is_told() -> None:
    workshop = Workshop()
    workshop.act(ANA, s.AddFacilitator(STAGE, "ben"))
    workshop.ask()
    now = workshop.ask(BEN)

    late = refused(workshop, ANA, s.OpenPhase(uid(801), None, "Mine"))
    assert "moved on" in late.say
    assert workshop.stage.now == now


def test_W5_the_last_facilitator_cannot_give_up() -> None:
    workshop = Workshop()
    assert refused(workshop, ANA, s.GiveUp(STAGE)).code is Code.LOCKED
    workshop.act(ANA, s.AddFacilitator(STAGE, "ben"))
    workshop.act(ANA, s.GiveUp(STAGE))

    assert (workshop.stage.facilitators, workshop.stage.lead) == (("ben",), "ben")
    assert refused(workshop, ANA, s.TakeLead(STAGE)).code is Code.NOT_ALLOWED


@pytest.mark.parametrize("person", ["ola", "nobody"])
def test_who_cannot_write_here_cannot_facilitate(person: str) -> None:
    workshop = Workshop()

    assert refused(workshop, ANA, s.AddFacilitator(STAGE, person)).code is Code.NOT_FOUND


def test_the_lead_is_offered_and_taken() -> None:
    workshop = Workshop()
    workshop.act(ANA, s.AddFacilitator(STAGE, "ben"))
    workshop.act(ANA, s.OfferLead(STAGE, "ben"))
    assert workshop.stage.offered == "ben"
    workshop.act(BEN, s.TakeLead(STAGE))

    assert workshop.stage.lead == "ben"
    assert workshop.stage.offered is None


def test_the_clock_counts_from_the_servers_time_stops_and_goes_on() -> None:
    workshop = Workshop()
    workshop.ask(minutes=5)
    assert workshop.stage.ends_at == workshop.now + 300
    workshop.now += 60
    workshop.lead(s.SetClock(STAGE, running=False))
    assert workshop.stage.left == 240
    assert workshop.stage.ends_at is None
    workshop.now += 1000
    workshop.lead(s.SetClock(STAGE, add=60, running=True))

    assert workshop.stage.left is None
    assert workshop.stage.ends_at == workshop.now + 300


@pytest.mark.parametrize("left", [-5, 1e300, float("nan"), float("inf")])
def test_a_clock_never_shows_nonsense(left: float) -> None:
    workshop = Workshop()
    workshop.lead(s.SetClock(STAGE, left=left))

    assert 0 <= (workshop.stage.ends_at or 0) - workshop.now <= 12 * 3600


def test_once_it_has_ended_the_board_is_as_without_a_workshop_and_it_can_go_on() -> None:
    workshop = Workshop()
    workshop.ask()
    workshop.lead(s.EndStage(STAGE))
    card = workshop.card(GIL)
    workshop.act(ANA, s.ResumeStage(STAGE))

    assert refused(workshop, GIL, o.RemoveCard(card)).code is Code.NOT_ALLOWED


def test_a_second_workshop_waits_until_the_first_has_ended() -> None:
    workshop = Workshop()
    assert refused(workshop, ANA, s.OpenStage(uid(901))).code is Code.LOCKED
    workshop.lead(s.EndStage(STAGE))
    workshop.act(ANA, s.OpenStage(uid(901)))

    assert workshop.stage.id == uid(901)
    assert refused(workshop, ANA, s.ResumeStage(STAGE)).code is Code.NOT_FOUND


def test_who_begins_the_next_workshop_gets_no_hold_of_what_the_one_before_left_private() -> None:
    workshop = Workshop()
    phase = workshop.ask()
    note = workshop.note(GIL, phase, "For the facilitators of then")
    workshop.lead(s.EndStage(STAGE))
    workshop.act(BEN, s.OpenStage(uid(901)))

    for op in (s.Reveal(phase), s.ReopenPhase(phase, None), s.Hold(phase, None)):
        assert refused(workshop, BEN, op).code is Code.NOT_FOUND
    assert workshop.item(note).shown is None


def test_once_it_has_ended_nothing_is_revealed_before_it_goes_on() -> None:
    workshop = Workshop()
    phase = workshop.ask()
    workshop.note(GIL, phase)
    workshop.lead(s.EndStage(STAGE))

    assert refused(workshop, ANA, s.Reveal(phase)).code is Code.NOT_FOUND
    workshop.lead(s.ResumeStage(STAGE))
    assert workshop.lead(s.Reveal(phase)).touched


def test_guests_begin_no_workshop() -> None:
    play = Play()
    with pytest.raises(Refused) as caught:
        play.act(GIL, s.OpenStage(STAGE))

    assert caught.value.code is Code.NOT_ALLOWED


def test_what_is_offered_follows_the_phase() -> None:
    workshop = Workshop()
    before = set(offered(GIL, workshop.board, workshop.board.state))
    workshop.ask(move="everyone")
    writing = set(offered(GIL, workshop.board, workshop.board.state))

    assert before == {"batch", "undo", "take_out", "put_back", "agree_taken_out"}
    assert {"add_card", "edit_card", "gather"} <= writing
    assert not {"add_section", "move_card", "reveal"} & writing
    assert {"reveal", "move_card", "add_section"} <= set(offered(ANA, workshop.board, workshop.board.state))
    assert not offered(OLA, workshop.board, workshop.board.state)


def test_at_the_end_what_was_said_not_to_be_kept_is_destroyed() -> None:
    workshop = Workshop()
    check_in = workshop.ask(prompt="How are you?", kept=False, write="shared")
    said = workshop.note(GIL, check_in, "Tired, since my mother is ill")
    regretted = workshop.note(GIL, check_in, "My mother again")
    workshop.act(GIL, o.RemoveCard(regretted))
    kept = workshop.note(GIL, workshop.ask(write="shared"), "What makes it hard")
    change = workshop.lead(s.EndStage(STAGE))

    assert set(change.destroyed) == {said, regretted}, "what was removed could be restored for a month"
    for note in (said, regretted):
        assert "mother" not in str(workshop.item(note))
        assert workshop.fields(note)["text"] == "Not kept, as was said."
    assert workshop.fields(kept)["text"] == "What makes it hard"


def test_a_late_note_of_what_is_not_kept_is_refused_once_all_is_over() -> None:
    workshop = Workshop()
    check_in = workshop.ask(prompt="How are you?", kept=False)
    workshop.lead(s.EndStage(STAGE))

    late = o.AddCard(uid(802), "note", "Written offline", phase=check_in)
    assert refused(workshop, GIL, late).code is Code.LOCKED


def test_a_workshop_that_has_ended_uses_up_none_of_the_parts_of_the_next() -> None:
    workshop = Workshop()
    for _ in range(MOST_PHASES):
        workshop.ask(write="off")
    assert refused(workshop, ANA, s.OpenPhase(uid(90_003), workshop.stage.now, "One more?")).code is Code.FULL
    workshop.lead(s.EndStage(STAGE))
    workshop.act(BEN, s.OpenStage(uid(90_004), "The next one"))
    phase = workshop.ask(BEN)

    assert workshop.stage.now == phase


def test_a_board_takes_no_more_parts_than_it_can_hold() -> None:
    workshop = Workshop()
    workshop.ids = count(10_000)
    for number in range(MOST_ON_BOARD // MOST_PHASES):
        for _ in range(MOST_PHASES):
            workshop.ask(write="off")
        workshop.lead(s.EndStage(workshop.stage.id))
        workshop.act(ANA, s.OpenStage(uid(90_010 + number), "The next one"))
    refusal = refused(workshop, ANA, s.OpenPhase(uid(90_003), None, "One more?"))

    assert refusal.code is Code.FULL
    assert "Use another board" in refusal.say


def test_W8_the_stage_says_who_moved_on_or_back_last() -> None:
    workshop = Workshop()
    first = workshop.ask()
    workshop.lead(s.AddFacilitator(STAGE, str(BEN.person)))
    second = workshop.ask(BEN)
    assert workshop.stage.moved == BEN.person
    workshop.lead(s.ReopenPhase(first, second))
    assert workshop.stage.moved == ANA.person


def test_each_op_of_a_workshop_has_a_function_that_does_it() -> None:
    every = {*get_args(s.StageOp), *get_args(s.ThemeOp), *get_args(s.TakenOutOp), s.DestroyWords}
    assert set(DO) == every
