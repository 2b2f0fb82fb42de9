"""Looking again: who may, what is asked, what of it stands, and how dots stand beside each other."""

from datetime import date, timedelta

import pytest

from app.access import Actor, Refused
from app.records.core import ops, reviewing
from app.records.core.kinds import KINDS
from app.records.core.ops import Deed, NewRow
from app.records.core.record import REVIEWS
from app.records.core.rules import apply
from app.records.core.writing import Wrong
from tests.records.people import ABE, ANA, AT, BEN, DILEMMA, GIL, Kept

DAY = date(2027, 2, 14)
DOTS = {"ups_a": "9", "ups_b": "4", "downs_a": "17", "downs_b": "6"}


def review(id: str = "l1", on: date | None = DAY, **fields: str) -> ops.Review:
    return ops.Review(NewRow(id, REVIEWS, {"still": "yes", **fields}), on)


def held(look_again: date | None = None) -> Kept:
    return Kept(tend=True, look_again=look_again)


def test_only_who_keeps_it_true_looks_again_and_anybody_where_nobody_does() -> None:
    kept = held()
    for actor in (ABE, BEN, GIL):
        with pytest.raises(Refused):
            kept.do(actor, review())
    kept.do(ANA, review())
    kept.do(BEN, review("l2"), tender_left=True)
    free = Kept()
    free.do(BEN, review())

    with pytest.raises(Refused):
        free.do(GIL, review("l2"))
    assert [row.by for row in kept.now.of(REVIEWS)] == ["ana", "ben"]


def test_the_answers_are_signed_move_the_day_and_a_dilemma_that_is_held_is_reviewed() -> None:
    kept = held()
    kept.do(ANA, review(changed="Two families said no"))

    assert kept.now.state == "named"  # what is not held yet is not reviewed by looking at it
    for side in ("ups_a", "ups_b", "downs_a", "downs_b"):
        kept.do(ANA, ops.AddRow(NewRow(side, side, {"text": side})))
    kept.do(ANA, ops.SetState("mapped"))
    kept.do(ANA, ops.SetState("held"))
    kept.do(ANA, review("l2", still="no", on=None))

    assert kept.now.state == "reviewed"
    assert kept.now.look_again is None
    assert reviewing.doubted(kept.now)
    assert kept.replayed() == kept.now


def test_a_day_is_over_by_the_day_of_the_deed_and_what_was_done_without_one_stays_done() -> None:
    keep = ops.Keep(kind="dilemma", title="Quick and slow", fields=DILEMMA, look_again=AT.date())
    tomorrow = AT.date() + timedelta(days=1)

    assert apply(None, Deed(keep, ANA, AT, today=AT.date()), "r", "s").look_again == AT.date()
    assert apply(None, Deed(keep, ANA, AT + timedelta(days=9)), "r", "s").look_again == AT.date()
    with pytest.raises(Wrong) as told:
        apply(None, Deed(keep, ANA, AT, today=tomorrow), "r", "s")
    assert set(told.value.errors) == {"look_again"}


@pytest.mark.parametrize(
    ("fields", "on", "wrong"),
    [
        ({"still": ""}, DAY, "still"),
        ({"still": "perhaps"}, DAY, "still"),
        ({"still": "partly"}, DAY, "changed"),
        ({"changed": "x" * 601}, DAY, "changed"),
        ({}, date(2020, 1, 1), "on"),
        ({}, None, "on"),
        ({**DOTS, "ups_a": "many"}, DAY, "ups_a"),
        ({**DOTS, "ups_a": "-1"}, DAY, "ups_a"),
        ({**DOTS, "downs_b": "\u0663"}, DAY, "downs_b"),  # a digit, and no number that we could add up
        ({**DOTS, "ups_b": "99999"}, DAY, "ups_b"),
        ({"elsewhere": "1"}, DAY, "elsewhere"),
    ],
)
def test_what_does_not_fit_gets_a_sentence_beside_its_field_and_changes_nothing(
    fields: dict[str, str], on: date | None, wrong: str
) -> None:
    kept = held()
    with pytest.raises(Wrong) as told:
        kept.do(ANA, review(on=on, **fields))

    assert set(told.value.errors) == {wrong}
    assert kept.now.revision == 1


def test_nobody_gets_such_a_line_in_by_another_door_or_mends_it_afterwards() -> None:
    kept = held()
    with pytest.raises(Refused):
        kept.do(BEN, ops.AddRow(NewRow("l1", REVIEWS, {"still": "no"})))
    with pytest.raises(Refused):
        Kept(rows=(NewRow("l1", REVIEWS, {"still": "no"}),))
    kept.do(ANA, review())
    for op in (ops.EditRow("l1", {"still": "no"}), ops.RemoveRow("l1"), ops.TakeRow("l1")):
        for actor in (ANA, BEN):
            with pytest.raises(Refused):
                kept.do(actor, op)

    assert [row.fields["still"] for row in kept.now.of(REVIEWS)] == ["yes"]


def test_a_look_is_undone_whole_by_whoever_looked() -> None:
    kept = held(look_again=date(2026, 12, 1))
    kept.do(ANA, review())
    kept.do(ANA, ops.PutBack(2))

    assert kept.now.of(REVIEWS) == []
    assert kept.now.look_again == date(2026, 12, 1)


def test_the_spreads_stand_by_date_and_times_without_dots_are_left_out() -> None:
    kept, kind = held(), KINDS["dilemma"]
    kept.do(ANA, review("l1", DAY, **DOTS))
    kept.do(ANA, review("l2"))
    kept.do(ANA, review("l3", ups_a="12", downs_a="20"))
    first, last = reviewing.spreads(kind, kept.now)

    assert first.dots == (
        ("Flow, gained", 9),
        ("Choice, gained", 4),
        ("Choice, neglected", 17),
        ("Flow, neglected", 6),
    )
    assert (first.count, last.count) == (36, 32)


def test_a_draft_and_what_is_closed_are_not_looked_at_again() -> None:
    draft, closed = Kept(draft=True), held()
    closed.do(ANA, ops.Close("let_go", "Over"))  # type: ignore[arg-type]
    for kept, actor in ((draft, ANA), (closed, ANA)):
        with pytest.raises(Refused):
            kept.do(Actor(actor.role, actor.person, actor.organisation), review())
