"""What may be done to a record, and what it then is."""

from datetime import timedelta

import pytest

from app.access import Actor, Code, Refused, Role
from app.records.core import ops
from app.records.core.ops import NewTie, Quote
from app.records.core.record import Ending, Stands
from tests.records.people import ABE, ANA, AT, BEN, GIL, OLA, Kept, row


def refused(kept: Kept, by: Actor, op: ops.Op, **more: bool) -> Refused:
    with pytest.raises(Refused) as caught:
        kept.do(by, op, **more)
    return caught.value


def test_a_draft_is_its_authors_alone_until_it_stands() -> None:
    kept = Kept(draft=True)

    assert refused(kept, BEN, ops.Write("Another")).code is Code.NOT_FOUND
    assert kept.do(ANA, ops.Stand()).stands is Stands.STANDING
    assert kept.do(BEN, ops.Write("Another")).title == "Another"


def test_members_mend_what_all_share_and_guests_and_observers_do_not() -> None:
    kept = Kept()

    assert kept.do(BEN, ops.Write(fields={"purpose": "People leave well"})).fields["purpose"]
    for who in (GIL, OLA):
        assert str(refused(kept, who, ops.Write("Mine"))) == "Only members and stewards can keep records."


def test_a_signed_line_is_its_writers_alone_even_within_their_organisation() -> None:
    kept = Kept()
    kept.do(BEN, row("w", "warnings_a", sign="More than 3 a week"))

    for who in (ANA, ABE, Actor(Role.MEMBER, "bo", "south")):
        assert refused(kept, who, ops.EditRow("w", {"sign": "Fine"})).code is Code.NOT_ALLOWED
        assert refused(kept, who, ops.RemoveRow("w")).code is Code.NOT_ALLOWED
    assert kept.do(BEN, ops.EditRow("w", {"sign": "More than 4"})).row("w").fields["sign"] == "More than 4"  # type: ignore[union-attr]


def test_a_note_of_a_shared_list_is_signed_by_whoever_wrote_its_present_words() -> None:
    kept = Kept()
    kept.do(BEN, row("n", "ups_a", text="A bed tonight"))
    kept.do(ANA, ops.EditRow("n", {"text": "A bed for the next person tonight"}))
    note = kept.now.row("n")

    assert note
    assert (note.by, note.organisation) == ("ana", "north")


def test_what_is_quoted_word_for_word_is_signed_by_its_writer_and_nothing_else() -> None:
    kept = Kept()
    quote = Quote("b", "c", "A bed tonight", "ben", "south", AT - timedelta(days=1))
    same = ops.AddRow(ops.NewRow("1", "ups_a", {"text": " A bed tonight\n"}, "b", "c"))
    other = ops.AddRow(ops.NewRow("2", "ups_a", {"text": "A bed, perhaps"}, "b", "c"))
    elsewhere = ops.AddRow(ops.NewRow("3", "ups_a", {"text": "A bed tonight"}, "b", "d"))
    for op in (same, other, elsewhere):
        kept.do(ANA, op, quote)

    assert [one.by for one in kept.now.rows] == ["ben", "ana", "ana"]
    assert [one.organisation for one in kept.now.rows] == ["south", "north", "north"]


def test_state_day_and_end_are_the_tenders_or_anybodys_where_nobody_holds_it() -> None:
    kept = Kept(kind="assumption", tend=True)
    op = ops.SetState("testing")

    assert str(refused(kept, BEN, op)) == "Only the person who keeps this true can decide this."
    assert kept.do(BEN, op, tender_left=True).state == "testing"
    kept.do(ANA, ops.HandBack())
    assert kept.do(BEN, ops.LookAgain((AT + timedelta(days=9)).date())).look_again


def test_a_life_goes_only_where_its_table_leads_and_says_what_is_missing() -> None:
    kept = Kept()

    assert "cannot become" in refused(kept, ANA, ops.SetState("held")).say
    assert refused(kept, ANA, ops.SetState("mapped")).say.startswith("Write first what we gain")
    for list_ in ("ups_a", "ups_b", "downs_a", "downs_b"):
        kept.do(ANA, row(list_, list_, text=list_))
    assert [kept.do(ANA, ops.SetState(to)).state for to in ("mapped", "held", "reviewed", "held")][
        -1
    ] == "held"


def test_who_is_asked_to_keep_it_true_answers_for_themselves() -> None:
    kept = Kept(offer="ben")

    assert kept.now.tender is None
    assert refused(kept, ABE, ops.Answer(yes=True)).code is Code.NOT_ALLOWED
    assert kept.do(BEN, ops.Answer(yes=True)).tender == "ben"
    assert refused(kept, ANA, ops.TakeOn()).code is Code.CONFLICT
    assert kept.do(ANA, ops.TakeOn(), tender_left=True).tender == "ana"


def test_a_no_leaves_it_to_nobody() -> None:
    kept = Kept(offer="ben")
    now = kept.do(BEN, ops.Answer(yes=False))

    assert (now.tender, now.offered) == (None, None)


def test_nothing_is_closed_or_opened_without_a_reason_and_closed_is_closed() -> None:
    kept = Kept()

    assert refused(kept, ANA, ops.Close(Ending.LET_GO, " ")).say.startswith("Say why")
    assert refused(kept, ANA, ops.Close(Ending.REPLACED, "Better")).say == "Choose what replaces it."
    assert kept.do(ANA, ops.Close(Ending.LET_GO, "It is over")).stands is Stands.CLOSED
    assert refused(kept, ANA, ops.Write("Again")).code is Code.LOCKED
    assert refused(kept, ANA, ops.Open("")).say.startswith("Say why")
    assert kept.do(ANA, ops.Open("It came back")).stands is Stands.STANDING


def test_a_threshold_is_fixed_by_the_first_result_and_stays_so_when_that_is_removed() -> None:
    kept = Kept(kind="test")
    kept.do(ANA, ops.Write(fields={"threshold": "25 of 30"}))
    kept.do(BEN, row("r", "results", saw="31 of 40"))

    assert "fixed" in refused(kept, ANA, ops.Write(fields={"threshold": "5 of 30"})).say
    kept.do(BEN, ops.RemoveRow("r"))
    assert "fixed" in refused(kept, ANA, ops.Write(fields={"threshold": "5 of 30"})).say
    assert refused(kept, ANA, ops.PutBack(2)).code is Code.CONFLICT
    assert (
        kept.do(ANA, ops.Write(fields={"learned": "They want to hear early"})).fields["threshold"]
        == "25 of 30"
    )


def test_only_whoever_takes_a_step_on_is_named_with_it() -> None:
    kept = Kept()
    kept.do(ANA, row("s", "steps_a", step="Say the likely day"))
    kept.do(ANA, row("n", "ups_a", text="A bed"))

    assert kept.do(BEN, ops.TakeRow("s")).row("s").taken == "ben"  # type: ignore[union-attr]
    assert refused(kept, ANA, ops.LeaveRow("s")).code is Code.NOT_ALLOWED
    assert refused(kept, ANA, ops.TakeRow("s")).code is Code.CONFLICT
    assert refused(kept, ANA, ops.TakeRow("n")).code is Code.INVALID
    assert kept.do(BEN, ops.LeaveRow("s")).row("s").taken is None  # type: ignore[union-attr]


def test_ones_own_change_is_put_back_where_nobody_has_changed_it_since() -> None:
    kept = Kept()
    kept.do(ANA, ops.Write("Better title", {"purpose": "Both", "fear": "Neither"}))
    kept.do(BEN, ops.Write(fields={"fear": "A night on a trolley"}))

    assert refused(kept, GIL, ops.PutBack(2)).code is Code.NOT_ALLOWED
    now = kept.do(ANA, ops.PutBack(2))
    assert (now.title, now.fields["purpose"], now.fields["fear"]) == (
        "Quick and slow",
        "",
        "A night on a trolley",
    )
    assert refused(kept, ANA, ops.PutBack(2)).code is Code.CONFLICT


def test_a_tie_says_what_it_means_once() -> None:
    kept = Kept()
    tie = NewTie("t", "record", "other", "rests_on")
    kept.do(ANA, ops.AddTie(tie))

    assert refused(kept, ANA, ops.AddTie(tie)).code is Code.DUPLICATE
    assert refused(kept, ANA, ops.AddTie(NewTie("u", "record", "r1", "led_to"))).code is Code.INVALID
    assert refused(kept, ANA, ops.AddTie(NewTie("u", "goal", "g", "led_to"))).code is Code.INVALID
    assert kept.do(BEN, ops.RemoveTie("t")).tied("rests_on") == []


def test_words_that_do_not_fit_get_a_sentence_each_and_change_nothing() -> None:
    kept = Kept()
    wrong = refused(kept, ANA, ops.Write("", {"pole_a": "x" * 61, "nothing": "x"}))

    assert wrong.errors == {  # type: ignore[attr-defined]
        "title": "Write a few words here.",
        "pole_a": "This can be at most 60 characters long; it has 61.",
        "nothing": "There is no such field.",
    }
    assert len(kept.past) == 1


def test_what_a_later_version_wrote_is_left_alone() -> None:
    kept = Kept()
    kept.past[-1] = type(kept.now)(
        **{**{f: getattr(kept.now, f) for f in kept.now.__struct_fields__}, "version": 9}
    )

    assert refused(kept, ANA, ops.Write("x")).code is Code.UNAVAILABLE
