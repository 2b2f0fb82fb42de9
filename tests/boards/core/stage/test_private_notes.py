"""What is written in a private phase: seen by its author alone until the reveal, by everyone after it."""

from typing import Any

import pytest

from app.access import Actor, Code, Refused
from app.boards.core import ops as o
from app.boards.core.board import Outside
from app.boards.core.stage import ops as s
from tests.boards.core.stage.workshop import STAGE, Workshop
from tests.boards.play import ANA, BEN, EVERYONE, GIL, OLA, SUE, assert_same, reloaded, uid


def refused(workshop: Workshop, who: Actor, op: o.Op | o.Undo) -> Refused:
    before = workshop.board
    with pytest.raises(Refused) as caught:
        workshop.act(who, op)
    assert workshop.board is before
    return caught.value


def test_W1_nobody_but_its_author_is_given_an_unrevealed_note() -> None:
    workshop = Workshop()
    phase = workshop.ask()
    note = workshop.note(GIL, phase, "My own words")

    assert [who.person for who in EVERYONE if note in workshop.seen_by(who)] == ["gil"]


def test_W1_no_phase_names_a_private_note_as_what_the_room_goes_on_with() -> None:
    workshop = Workshop()
    phase = workshop.ask()
    own = workshop.note(ANA, phase)
    assert refused(workshop, ANA, s.Hold(phase, own)).code is Code.NOT_FOUND
    workshop.lead(s.Reveal(phase))
    workshop.lead(s.Hold(phase, own))

    assert workshop.phase(phase).one == own


def test_a_reveal_shows_every_note_to_everyone_at_the_time_of_its_phase_in_random_order() -> None:
    orders = set()
    for chance in (b"one", b"two", b"three"):
        workshop = Workshop()
        phase = workshop.ask(sections=(workshop.home,))
        workshop.now += 60
        notes = [workshop.note(BEN, phase, f"Note {i}", section=workshop.home) for i in range(8)]
        workshop.outside = Outside(chance=chance)
        workshop.lead(s.Reveal(phase))
        orders.add(tuple(workshop.turn(workshop.home)))

        assert all(set(notes) <= set(workshop.seen_by(who)) for who in EVERYONE)
        assert {workshop.item(note).at for note in notes} == {workshop.phase(phase).opened}
        assert workshop.board.epoch == 1
        assert_same(workshop.board, reloaded(workshop.board))
    assert len(orders) == 3


def test_a_reveal_tells_no_earlier_words() -> None:
    workshop = Workshop()
    phase = workshop.ask()
    note = workshop.note(GIL, phase, "What I said first")
    workshop.act(GIL, o.EditCard(note, text="What I say now"))
    workshop.lead(s.Reveal(phase))

    assert [version.text for version in workshop.item(note).versions] == ["What I say now"]


def test_W3_no_undo_hides_a_revealed_note_from_those_who_have_read_it() -> None:
    workshop = Workshop()
    phase = workshop.ask()
    note = workshop.note(GIL, phase)
    change = workshop.lead(s.Reveal(phase))

    assert change.inverse == ()
    assert workshop.item(note).shown == workshop.board.seq


def test_W2_a_note_that_comes_after_moving_on_is_as_private_as_it_was_promised() -> None:
    workshop = Workshop()
    first = workshop.ask()
    workshop.ask(prompt="The next", write="shared")
    late = workshop.note(GIL, first, "Written offline")

    assert [who.person for who in EVERYONE if late in workshop.seen_by(who)] == ["gil"]


def test_W2_after_the_reveal_a_late_note_joins_the_others_at_once() -> None:
    workshop = Workshop()
    phase = workshop.ask()
    workshop.note(BEN, phase)
    workshop.lead(s.Reveal(phase))
    late = workshop.note(GIL, phase)

    assert late in workshop.seen_by(OLA)


def test_after_reopening_new_notes_are_private_and_revealed_ones_stay() -> None:
    workshop = Workshop()
    phase = workshop.ask()
    old = workshop.note(BEN, phase)
    workshop.lead(s.Reveal(phase))
    workshop.lead(s.ReopenPhase(phase, phase))
    new = workshop.note(GIL, phase)

    assert old in workshop.seen_by(OLA)
    assert [who.person for who in EVERYONE if new in workshop.seen_by(who)] == ["gil"]


def test_while_a_workshop_runs_people_answer_its_question_and_do_nothing_else() -> None:
    workshop = Workshop()
    card = workshop.card(ANA)
    phase = workshop.ask(sections=(workshop.home,))
    own = workshop.note(GIL, phase, section=workshop.home)
    workshop.act(GIL, o.EditCard(own, text="Better words"))

    for op in (
        o.AddCard(STAGE[:-1] + "f", "note", "Outside the question"),
        o.EditCard(card, text="Other words"),
        o.RemoveCard(card),
        o.MoveCard(own, section=None),
        o.AddSection(STAGE[:-1] + "f", "Mine"),
        s.Reveal(phase),
        s.OpenPhase(STAGE[:-1] + "f", phase, "Another"),
        s.AddFacilitator(STAGE, "gil"),
    ):
        assert refused(workshop, GIL, op).code is Code.NOT_ALLOWED


def test_undo_takes_no_note_back_where_its_author_could_not_remove_it() -> None:
    workshop = Workshop()
    phase = workshop.ask()
    note = workshop.note(GIL, phase)
    added = workshop.board.seq
    workshop.lead(s.Reveal(phase))
    workshop.ask(prompt="Read together", write="off", about=(phase,))

    for op in (o.RemoveCard(note), o.Undo(added)):
        assert refused(workshop, GIL, op).code is Code.NOT_ALLOWED


def test_facilitators_change_no_word_of_others_notes() -> None:
    workshop = Workshop()
    phase = workshop.ask()
    note = workshop.note(GIL, phase)
    assert refused(workshop, ANA, o.EditCard(note, text="Theirs")).code is Code.NOT_FOUND
    workshop.lead(s.Reveal(phase))

    assert refused(workshop, ANA, o.EditCard(note, text="Theirs")).code is Code.NOT_ALLOWED


def test_W2_facilitators_show_their_own_answer_no_earlier_than_all_others() -> None:
    workshop = Workshop()
    note = workshop.note(ANA, workshop.ask())
    with pytest.raises(Refused) as refused:
        workshop.act(ANA, o.PublishCard(note))

    assert refused.value.code is Code.NOT_ALLOWED
    assert note not in workshop.seen_by(BEN)


def test_what_is_typed_from_paper_is_nobodys_and_seen_by_nobody_before_the_reveal() -> None:
    workshop = Workshop()
    phase = workshop.ask()
    paper = workshop.note(ANA, phase, "By hand", paper=True)

    assert not [who for who in EVERYONE if paper in workshop.seen_by(who)]
    workshop.lead(s.Reveal(phase))
    fields = workshop.seen_by(OLA)[paper].fields
    assert (fields["by"], fields["paper"]) == ("", True)


def test_only_facilitators_type_from_paper() -> None:
    workshop = Workshop()
    phase = workshop.ask()

    op = o.AddCard(STAGE[:-1] + "f", "note", "x", phase=phase, paper=True)
    assert refused(workshop, GIL, op).code is Code.NOT_ALLOWED


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({"kinds": ("outcome",)}, {}),
        ({"question": True}, {"text": "No question"}),
        ({"write": "off"}, {}),
        ({"sections": "home"}, {}),
        ({}, {"draft": True}),
    ],
)
def test_a_note_that_does_not_answer_is_refused(given: dict[str, Any], note: dict[str, Any]) -> None:
    workshop = Workshop()
    if "sections" in given:
        given = {"sections": (workshop.home,)}
    phase = workshop.ask(**given)

    op = o.AddCard(
        STAGE[:-1] + "f", "note", note.get("text", "Words"), phase=phase, draft=note.get("draft", False)
    )
    assert refused(workshop, GIL, op).code in (Code.INVALID, Code.LOCKED, Code.NOT_ALLOWED)


def test_where_its_sections_are_removed_meanwhile_a_question_is_answered_outside_them() -> None:
    workshop = Workshop()
    phase = workshop.ask(sections=(workshop.home,))
    workshop.lead(o.RemoveSection(workshop.home))
    lost = o.AddCard(uid(700), "note", "In what is gone", workshop.home, phase=phase)

    assert refused(workshop, GIL, lost).code is Code.NOT_FOUND
    assert workshop.fields(workshop.note(GIL, phase))["section"] is None


@pytest.mark.parametrize("text", ["How so?", "¿Cómo?", 'They ask: "How?"', "怎么办？", "كيف؟"])
def test_a_question_may_be_asked_in_any_script(text: str) -> None:
    workshop = Workshop()
    phase = workshop.ask(question=True)

    assert workshop.note(GIL, phase, text) in workshop.seen_by(GIL)


def test_a_question_stays_one_when_it_is_reworded() -> None:
    workshop = Workshop()
    note = workshop.note(GIL, workshop.ask(question=True), "How so?")

    assert refused(workshop, GIL, o.EditCard(note, text="So it is")).code is Code.INVALID
    workshop.act(GIL, o.EditCard(note, text="Why so?"))
    assert workshop.fields(note)["text"] == "Why so?"


def test_a_steward_lets_somebody_facilitate_when_the_facilitators_have_left() -> None:
    workshop = Workshop()
    workshop.act(SUE, s.AddFacilitator(STAGE, "ben"))

    assert workshop.stage.facilitators == ("ana", "ben")


def test_T6_no_undo_takes_back_that_a_phase_was_opened() -> None:
    workshop = Workshop()
    workshop.ask()

    assert workshop.inverses[workshop.seq()] == ("ana", ())
