"""Words that should not stand there are taken out for everybody at once."""

import pytest

from app.access import Actor, Code, Role
from app.boards.core import ops as o
from app.boards.core.stage import ops as s
from tests.boards.core.stage.test_private_notes import refused
from tests.boards.core.stage.workshop import Workshop
from tests.boards.play import ANA, BEN, EVERYONE, GIL, SUE, assert_same, reloaded

NAMED = "Mrs Long of Hill Street"


def revealed() -> tuple[Workshop, str]:
    """A note of Ben's that names a person, read by everyone."""
    workshop = Workshop()
    phase = workshop.ask()
    note = workshop.note(BEN, phase, NAMED)
    workshop.lead(s.Reveal(phase))
    return workshop, note


def shown_to(workshop: Workshop, who: Actor, note: str) -> str:
    return str(workshop.seen_by(who)[note].fields)


@pytest.mark.parametrize(("who", "part"), [(ANA, "facilitator"), (SUE, "steward")])
def test_words_of_others_are_hidden_at_once_and_can_be_put_back(who: Actor, part: str) -> None:
    workshop, note = revealed()
    workshop.act(who, s.TakeOut(note, "named"))

    assert not any(NAMED in shown_to(workshop, one, note) for one in EVERYONE)
    fields = workshop.fields(note)
    assert fields["text"] == f"Taken out by a {part}: it named a person."
    assert (fields["taken_out"]["by"], fields["taken_out"]["as"]) == (who.person, part)
    assert workshop.item(note).versions == ()
    assert_same(workshop.board, reloaded(workshop.board))
    workshop.act(who, s.PutBack(note))
    assert workshop.fields(note)["text"] == NAMED
    assert "taken_out" not in workshop.fields(note)


def test_ones_own_words_are_destroyed_at_once() -> None:
    workshop, note = revealed()
    change = workshop.act(BEN, s.TakeOut(note))

    assert change.destroyed == (note,)
    assert workshop.item(note).withheld is None
    assert NAMED not in str(workshop.item(note))
    assert refused(workshop, BEN, s.PutBack(note)).code is Code.NOT_FOUND


def test_nobody_else_takes_words_out() -> None:
    workshop, note = revealed()

    assert refused(workshop, GIL, s.TakeOut(note)).code is Code.NOT_ALLOWED
    assert refused(workshop, GIL, s.TakeOut("00000000-0000-4000-8000-000000000000")).code is Code.NOT_FOUND


@pytest.mark.parametrize(("who", "may"), [(BEN, True), (SUE, False), (GIL, False)])
def test_the_author_or_another_organisation_agrees_to_destroy_them(who: Actor, may: bool) -> None:
    workshop, note = revealed()
    workshop.act(ANA, s.TakeOut(note, "named"))  # Ana and Sue are of one organisation, Gil of none
    if not may:
        assert refused(workshop, who, s.AgreeTakenOut(note)).code is Code.NOT_ALLOWED
        return
    assert workshop.act(who, s.AgreeTakenOut(note)).destroyed == (note,)
    assert NAMED not in str(workshop.item(note))


def test_after_seven_days_the_server_destroys_them() -> None:
    workshop, note = revealed()
    workshop.act(ANA, s.TakeOut(note, "named"))
    workshop.act(Actor(Role.JOB), s.DestroyWords(note))

    assert NAMED not in str(workshop.item(note))
    assert "facilitator" in workshop.fields(note)["text"]


def test_no_undo_and_no_other_words_come_in_their_place() -> None:
    workshop, note = revealed()
    workshop.act(BEN, o.EditCard(note, text="Better words"))
    edited = workshop.board.seq
    workshop.act(ANA, s.TakeOut(note, "hurtful"))

    assert refused(workshop, BEN, o.EditCard(note, text="Words again")).code is Code.LOCKED
    workshop.undo(BEN, edited)
    assert workshop.fields(note)["text"].startswith("Taken out")
