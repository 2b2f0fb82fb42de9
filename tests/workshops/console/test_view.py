"""What the console shows, and what it makes of the short form, from a board alone."""

import pytest
from msgspec import structs

from app.access import Refused, Role
from app.boards.core.stage import ops as s
from app.boards.outline.form_ops import read_op
from app.spaces.space import Participant
from app.workshops.console.next_phase import Kind, again, preview, values_of
from app.workshops.console.view import console, here
from tests.boards.core.stage.workshop import Workshop
from tests.boards.play import ANA, BEN, uid

CANARY = "a bed on the corridor"
ID = uid(700)


def test_W1_a_facilitator_has_numbers_of_private_notes_not_even_their_own_words() -> None:
    play = Workshop()
    phase = play.ask()
    play.note(BEN, phase, CANARY)
    play.note(ANA, phase, CANARY)
    seen = console(play.board)

    assert CANARY not in repr(seen)
    assert seen.unrevealed == 2


def test_what_was_not_revealed_stays_a_number_of_its_phase() -> None:
    play = Workshop()
    first = play.ask()
    play.note(BEN, first, CANARY)
    second = play.ask()
    seen = console(play.board)

    assert [(one.phase.id, one.unrevealed, one.is_now) for one in seen.phases] == [
        (first, 1, False),
        (second, 0, True),
    ]
    assert CANARY not in repr(seen)


def test_phases_of_an_earlier_workshop_are_not_of_this_one() -> None:
    play = Workshop()
    play.ask()
    play.lead(s.EndStage(play.stage.id))
    play.act(ANA, s.OpenStage(uid(901), "Again"))

    assert console(play.board).phases == ()


def test_themes_without_notes_are_there_to_be_filled() -> None:
    play = Workshop()
    phase = play.ask()
    play.note(BEN, phase, "A note")
    play.lead(s.Reveal(phase))
    theme = play.theme(ANA, title="Empty")
    seen = console(play.board)

    assert [(one.id, one.title, one.notes) for one in seen.themes] == [(theme, "Empty", ())]
    assert seen.loose is not None
    assert [note.text for note in seen.loose.notes] == ["A note"]


@pytest.mark.parametrize("kind", ["ask", "read", "gather", "vote"])
def test_each_kind_with_its_own_settings_opens_a_phase(kind: Kind) -> None:
    play = Workshop()
    phase = play.ask()
    play.note(BEN, phase, "A note")
    play.lead(s.Reveal(phase))
    values = values_of(play.board, kind, {"prompt": "What now?"})
    seen = preview(play.board, kind, {**values, "prompt": "What now?"}, ID)
    op = read_op(seen.fields)
    assert isinstance(op, s.OpenPhase)
    play.lead(op)
    opened = play.phase(ID)

    assert opened.prompt == "What now?"
    assert (opened.write == "private") is (kind == "ask")
    assert opened.about == (() if kind == "ask" else (phase,))
    assert (opened.move == "facilitators") is (kind == "gather")
    assert opened.vote_open is (kind == "vote")


def test_settings_are_used_again_as_they_were() -> None:
    play = Workshop()
    vote = s.Vote("choice", options=("Yes", "No"))
    id = play.ask(write="off", vote=vote, minutes=2.5)
    kind, values = again(play.phase(id))
    seen = preview(play.board, kind, values, ID)
    op = read_op(seen.fields)

    assert kind == "vote"
    assert isinstance(op, s.OpenPhase)
    assert (op.prompt, op.vote, op.minutes, op.write) == ("What makes it hard?", vote, 2.5, "off")


def test_what_is_unfinished_is_said_before_anybody_is_moved() -> None:
    play = Workshop()
    phase = play.ask()
    play.note(BEN, phase, CANARY)
    said = preview(play.board, "ask", {"prompt": "Next?", "minutes": ""}, ID).unfinished

    assert said[0].startswith("1 note is not revealed.")
    assert "What is half typed stays on people’s phones and is kept." in said


@pytest.mark.parametrize("dots", ["", "many", "0", "-1", "21", "²", "9" * 400])
def test_dots_that_are_none_are_refused_in_a_sentence(dots: str) -> None:
    for name in ("dots", "most"):
        values = {"prompt": "Which?", "how": "dots", "dots": "3", "most": "1", name: dots}
        with pytest.raises(Refused) as refused:
            preview(Workshop().board, "vote", values, ID)
        assert refused.value.say == "Give the dots as whole numbers from 1 to 20."


@pytest.mark.parametrize(
    "given", [{"prompt": "  "}, {"prompt": "Q?", "minutes": "x"}, {"prompt": "Q?", "minutes": "0"}]
)
def test_a_form_that_cannot_be_is_refused_in_a_sentence(given: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        preview(Workshop().board, "ask", given, ID)
    assert refused.value.say.endswith(".")


def test_here_counts_by_organisation_and_names_only_who_is_away() -> None:
    ana = Participant("ana", "Ana", "n", "North", 1, Role.STEWARD, False)
    ben = Participant("ben", "Ben", "n", "North", 1, Role.MEMBER, False)
    cleo = structs.replace(ben, id="cleo", name="Cleo", organisation_name="South", colour=2)
    oli = structs.replace(ben, id="oli", name="Oli", role=Role.OBSERVER)
    gone = structs.replace(ben, id="gone", name="Gone", former=True)
    people = [ana, ben, cleo, oli, gone]
    stage = structs.replace(Workshop().stage, facilitators=("ana",))
    seen = here(people, {"ana", "ben", "oli"}, {"ana", "ben", "cleo", "oli", "gone"}, stage)

    assert (seen.people, seen.observers, seen.leading) == (1, 1, 1)
    assert seen.organisations == (("North", 1, 1),)
    assert seen.away == ("Cleo",)
    taking_part = structs.replace(stage, taking_part=("ana",))
    assert here(people, {"ana"}, {"ana"}, taking_part).people == 1
