"""What putting back does not reach: words of others, drafts, remarks, workshops, what was taken out."""

import pytest

from app.access import Actor, Code, Refused
from app.boards.core import ops as o
from app.boards.core.board import Board
from app.boards.core.sight import see, viewer_in
from app.boards.core.stage import ops as s
from app.boards.core.taking_back import Kept
from tests.boards.core.stage.workshop import Workshop
from tests.boards.play import ANA, BEN, GIL, OLA, SUE, Play
from tests.boards.pressing import op_of, press


def test_words_that_come_back_are_of_whoever_wrote_them_and_never_of_whoever_puts_them_back() -> None:
    at = Play()
    card, mine = at.card(ANA, "By Ana"), at.card(ANA, "Of Ana alone")
    at.act(SUE, o.EditCard(card, text="By Sue"))
    since = at.seq()
    for id in (card, mine):
        for word in range(20):  # more than an item remembers
            at.act(GIL, o.EditCard(id, text=f"Spoilt {word}"))

    press(at, since, BEN)
    back, own = (see(at.board, at.item(id), viewer_in(OLA.role)) for id in (card, mine))

    assert back is not None
    assert own is not None
    assert (back.fields["text"], back.fields["reworded"]) == ("By Sue", "sue")
    assert (own.fields["text"], "reworded" in own.fields) == ("Of Ana alone", False)


def test_what_others_wrote_in_or_on_what_the_guest_added_stays_and_is_said() -> None:
    at = Play()
    answered, reworded, plain = (at.card(GIL, text) for text in ("Answered", "Reworded", "Plain"))
    part = at.section(GIL, "Filled by others")
    inside = at.card(BEN, "In it", section=part)
    at.comment(ANA, answered, "A good point")
    at.act(ANA, o.EditCard(reworded, text="Put better"))

    kept = press(at)

    assert kept == dict.fromkeys((answered, reworded, part), Kept.SINCE)
    assert at.item(plain).removed is not None
    assert at.fields(inside)["section"] == part


def test_no_draft_tells_by_what_stays_that_it_is_there() -> None:
    at = Play()
    part, card = at.section(GIL, "Emptied"), at.card(GIL, "Linked in secret")
    draft = at.draft(ANA, section=part)
    at.link(ANA, draft, card)

    assert press(at) == {}
    assert at.item(part).removed is not None
    assert at.item(draft).removed is None


def test_what_a_guest_wrote_before_they_showed_it_does_not_come_back() -> None:
    at = Play()
    card = at.draft(GIL, "For myself")
    since = at.seq()
    at.act(GIL, o.EditCard(card, text="For everybody"))
    at.act(GIL, o.PublishCard(card))

    press(at, since)

    assert at.fields(card)["text"] == "For everybody"
    assert "For myself" not in [version.text for version in at.item(card).versions]


def test_drafts_of_others_come_back_with_their_section_and_those_of_the_guest_stay() -> None:
    at = Play()
    part = at.section(title="Ours")
    hers, theirs = at.draft(ANA, section=part), at.draft(GIL, section=part)
    since = at.seq()
    at.act(GIL, o.RemoveSection(part))
    left = dict(at.fields(theirs))

    press(at, since, BEN)

    assert at.fields(hers)["section"] == part
    assert at.fields(theirs) == left


def test_only_deeds_of_the_named_person_count_whatever_else_is_asked_for() -> None:
    at = Play()
    card = at.card(ANA, "Of Ana")
    at.act(ANA, o.RemoveCard(card))
    op = o.TakeBack("act", "gil", tuple(at.inverses), (card,))

    with pytest.raises(Refused) as refused:
        at.act(BEN, op)

    assert refused.value.code is Code.NOT_FOUND
    assert at.item(card).removed is not None


@pytest.mark.parametrize("who", [GIL, OLA])
def test_guests_and_observers_put_nothing_back(who: Actor) -> None:
    at = Play()
    card = at.card(ANA)
    at.act(GIL, o.RemoveCard(card))

    with pytest.raises(Refused) as refused:
        at.act(who, op_of(at))

    assert refused.value.code is Code.NOT_ALLOWED
    assert isinstance(at.board, Board)


def test_a_remark_that_a_guest_withdrew_or_reworded_stays_so_and_what_they_added_goes() -> None:
    at = Play()
    card = at.card(ANA)
    withdrawn, reworded = at.comment(GIL, card, "Withdrawn"), at.comment(GIL, card, "Too harsh")
    since = at.seq()
    at.act(GIL, o.RemoveComment(withdrawn))
    at.act(GIL, o.EditComment(reworded, text="Kinder"))
    added = at.comment(GIL, card, "One of a hundred")

    assert press(at, since) == {}
    assert at.item(withdrawn).removed is not None
    assert at.fields(reworded)["text"] == "Kinder"
    assert at.item(added).removed is not None


def test_words_that_were_taken_out_do_not_come_back() -> None:
    at = Play()
    card = at.card(ANA, "Personal data")
    since = at.seq()
    at.act(GIL, o.EditCard(card, text="More of it", kind="ask"))
    at.act(GIL, o.RemoveCard(card))
    at.act(SUE, o.RestoreCard(card))
    at.act(SUE, s.TakeOut(card))
    stood = at.fields(card)["text"]

    press(at, since)

    assert (at.fields(card)["text"], at.fields(card)["kind"]) == (stood, "note")
    assert "Personal data" not in str(at.item(card).fields)


def test_while_a_workshop_runs_only_facilitators_put_back_and_its_answers_stay() -> None:
    at = Workshop()
    card = at.card(ANA, "As it was")
    phase = at.ask(write="shared")
    answer = at.note(GIL, phase, "An answer")
    private = at.ask(write="private")
    secret = at.note(GIL, private, "For now mine alone")
    since = at.item(card).seq
    at.act(ANA, s.EndStage(at.stage.id))
    at.act(GIL, o.RemoveCard(card))
    at.act(ANA, s.ResumeStage(at.stage.id))
    before = at.item(secret)

    with pytest.raises(Refused) as refused:
        at.act(BEN, op_of(at, since))
    kept = press(at, since, ANA)

    assert refused.value.code is Code.NOT_ALLOWED
    assert at.item(card).removed is None
    assert kept == {answer: Kept.WORKSHOP}
    assert at.item(secret) == before


def test_while_a_vote_is_open_nothing_is_put_back() -> None:
    at = Workshop()
    card = at.card(ANA, "As it was")
    at.act(ANA, s.EndStage(at.stage.id))
    at.act(GIL, o.RemoveCard(card))
    at.act(ANA, s.ResumeStage(at.stage.id))
    at.ask(write="off", vote=s.Vote("choice", options=("Yes", "No")))

    with pytest.raises(Refused) as refused:
        at.act(ANA, op_of(at))

    assert refused.value.code is Code.LOCKED
    assert at.item(card).removed is not None


def test_answers_of_a_workshop_that_is_over_stay_and_what_the_guest_did_to_those_of_others_does_not() -> None:
    at = Workshop()
    phase = at.ask(write="shared")
    answer, hers = at.note(GIL, phase, "An answer"), at.note(ANA, phase, "Of Ana")
    withdrawn = at.note(GIL, phase, "Withdrawn")
    at.act(ANA, s.EndStage(at.stage.id))
    at.act(GIL, o.RemoveCard(hers))
    junk = at.card(GIL, "Not an answer")
    at.act(GIL, o.RemoveCard(withdrawn))

    kept = press(at)

    assert kept == {answer: Kept.WORKSHOP}
    assert [at.item(id).removed is None for id in (answer, hers, junk)] == [True, True, False]


def test_former_words_of_the_guest_on_their_own_card_do_not_come_back_in_their_name() -> None:
    at = Play()
    softened, gone = at.card(GIL, "X bullies us"), at.card(GIL, "X bullies us too")
    since = at.seq()
    at.act(GIL, o.EditCard(softened, text="We do not feel heard", kind="ask"))
    at.act(GIL, o.EditCard(gone, text="Nor do others"))
    at.act(GIL, o.RemoveCard(gone))

    press(at, since)

    assert at.fields(softened)["text"] == "We do not feel heard"
    assert at.fields(softened)["kind"] == "note"
    assert at.fields(gone)["text"] == "Nor do others"


def test_words_of_another_that_a_guest_wrote_over_on_their_own_card_come_back() -> None:
    at = Play()
    card = at.card(GIL, "X bullies us")
    at.act(SUE, o.EditCard(card, text="Put better by Sue"))
    since = at.seq()
    at.act(GIL, o.EditCard(card, text="X bullies us all"))

    press(at, since)

    assert at.fields(card)["text"] == "Put better by Sue"


def test_an_act_on_the_words_of_whoever_pressed_it_is_undone() -> None:
    at = Play()
    card = at.card(BEN, "As Ben wrote it")
    since = at.seq()
    at.act(GIL, o.EditCard(card, text="Spoilt"))
    press(at, since, BEN)
    back = at.seq()

    at.act(ANA, op_of(at, back - 1, "ben"))

    assert at.fields(card)["text"] == "Spoilt"
