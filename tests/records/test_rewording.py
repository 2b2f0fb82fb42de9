"""Whoever rewords a record is named beside it, the words before are there, and others put them back."""

import sys
from collections import Counter
from datetime import timedelta

import pytest

from app.access import Actor, Code, Refused, Role
from app.db import new_id
from app.people.passwords import hash_password
from app.records.core import ops
from app.records.core.history import replay_past
from app.records.core.ops import NewTie
from app.records.core.past import Past
from app.records.core.wording import Before, can_go_back, reworded_by, reworded_lines, words_before
from app.spaces.space import Organisation, Participant, Standing
from app.spaces.space_people import SpacePeople
from tests.people.steps import PASSWORD
from tests.records.desk import Desk, desk_at
from tests.records.people import ABE, ANA, AT, BEN, GIL, Kept, row
from tests.workshops.conftest import text_of

GUS = Actor(Role.MEMBER, "gus", "south")


def refused(kept: Kept, by: Actor, op: ops.Op) -> Refused:
    with pytest.raises(Refused) as caught:
        kept.do(by, op)
    return caught.value


def test_words_that_others_changed_are_put_back_by_anybody_who_keeps_records() -> None:
    kept = Kept()
    kept.do(ANA, row("n", "ups_a", text="A bed is free"))
    kept.do(ANA, row("s", "steps_a", step="Say the likely day"))
    kept.do(BEN, ops.Write("North is to blame", {"pole_a": "Greed"}))
    kept.do(BEN, ops.EditRow("n", {"text": "A bed is sold"}))
    kept.do(BEN, ops.RemoveRow("n"))
    assert reworded_by(kept.past) == ["ben"]

    now = kept.do(ABE, ops.PutBack(4))
    assert (now.title, now.fields["pole_a"]) == ("Quick and slow", "Flow")
    assert reworded_by(kept.past) == [], "the words are their writer's again"
    assert refused(kept, ABE, ops.PutBack(6)).code is Code.CONFLICT, "of the line that was Ben's by then"
    back = kept.do(ABE, ops.PutBack(5)).row("n")
    assert back
    assert not back.removed
    assert (back.fields["text"], back.by, back.organisation) == ("A bed is free", "ana", "north")
    assert refused(kept, ABE, ops.PutBack(4)).code is Code.CONFLICT

    kept.do(BEN, ops.TakeRow("s"))
    for who in (ANA, ABE):
        assert refused(kept, who, ops.PutBack(len(kept.past))).code is Code.CONFLICT
    assert kept.now.row("s").taken == "ben"  # type: ignore[union-attr]
    assert refused(kept, GIL, ops.PutBack(5)).code is Code.NOT_ALLOWED
    assert kept.replayed() == kept.now


def test_signed_lines_states_days_and_what_was_a_draft_come_back_by_nobody_else() -> None:
    kept = Kept(draft=True)
    kept.do(ANA, ops.Write("Canary of a draft"))
    kept.do(ANA, ops.Write("What stands"))
    kept.do(ANA, ops.Stand())
    assert refused(kept, BEN, ops.PutBack(3)).code is Code.NOT_FOUND

    kept.do(ANA, ops.TakeOn())
    day = (AT + timedelta(days=9)).date()
    kept.do(ANA, ops.LookAgain(day))
    kept.do(BEN, row("e", "warnings_a", sign="People go home twice"))
    kept.do(BEN, ops.RemoveRow("e"))
    for revision in (6, 8):
        assert refused(kept, ABE, ops.PutBack(revision)).code is Code.CONFLICT
    assert kept.now.look_again == day

    kept.do(ANA, ops.HandBack())
    kept.do(BEN, ops.TakeOn())
    assert refused(kept, ANA, ops.PutBack(6)).code is Code.NOT_ALLOWED, "the day is Ben's to decide by now"


def test_the_words_before_a_change_are_those_that_it_took_from_others() -> None:
    kept = Kept()
    kept.do(ANA, row("n", "ups_a", text="A bed is free"))
    kept.do(BEN, ops.Write("Better", {"purpose": "Both"}))
    assert words_before(Past(kept.past), 3) == [Before("Title", "Quick and slow")]
    kept.do(BEN, ops.EditRow("n", {"text": "A bed is sold"}))
    assert words_before(Past(kept.past), 4) == [Before("A line", "A bed is free")]
    assert reworded_lines(kept.past)["n"].organisation == "north"
    kept.do(ANA, ops.RemoveRow("n"))
    assert words_before(Past(kept.past), 5) == [Before("A line", "A bed is sold")]


def test_what_people_mend_of_their_own_words_is_neither_shown_nor_put_back_by_others() -> None:
    kept = Kept(title="Mrs Canary of bed 4")
    kept.do(ANA, ops.Write("Quick and slow", {"pole_a": "Mrs Canary"}))
    kept.do(ANA, ops.Write(fields={"pole_a": "Speed"}))
    kept.do(ANA, row("n", "ups_a", text="Mrs Canary"))
    kept.do(ANA, ops.EditRow("n", {"text": "A bed is free"}))
    kept.do(ANA, ops.RemoveRow("n"))

    past = Past(kept.past)
    assert [one.text for revision in range(2, 7) for one in words_before(past, revision)] == []
    for revision in range(2, 7):
        assert not can_go_back(past, revision, ABE)
        assert refused(kept, ABE, ops.PutBack(revision)).code is Code.CONFLICT
    assert kept.do(ANA, ops.PutBack(3)).fields["pole_a"] == "Mrs Canary", "it stays one's own to undo"


def test_words_come_back_from_before_all_that_one_person_made_of_them_and_not_over_anybody_elses() -> None:
    kept = Kept()
    kept.do(BEN, ops.Write("North is to blame", {"pole_a": "Greed"}))
    kept.do(BEN, ops.Write("North is much to blame"))
    kept.do(ABE, ops.Write(fields={"pole_a": "Pace"}))

    now = kept.do(ANA, ops.PutBack(2))
    assert (now.title, now.fields["pole_a"]) == ("Quick and slow", "Pace")
    kept.do(BEN, ops.Write("Mine again"))
    assert refused(kept, ANA, ops.PutBack(2)).code is Code.CONFLICT
    assert kept.do(ANA, ops.PutBack(6)).title == "Quick and slow"
    assert kept.replayed() == kept.now


def test_of_what_others_changed_nothing_is_emptied_and_no_line_or_connection_touched() -> None:
    kept = Kept()
    kept.do(BEN, ops.Write("Other", {"purpose": "Ben's own first words"}))
    now = kept.do(ABE, ops.PutBack(2))
    assert (now.title, now.fields["purpose"]) == ("Quick and slow", "Ben's own first words")

    kept.do(BEN, row("n", "ups_a", text="A bed is free"))
    kept.do(ANA, ops.AddTie(NewTie("t", "record", "r2", "rests_on")))
    kept.do(ANA, ops.RemoveTie("t"))
    kept.do(ANA, ops.AddTie(NewTie("u", "record", "r2", "rests_on")))
    kept.do(ANA, ops.RemoveRow("n"))
    kept.do(ABE, ops.RestoreRow("n"))
    for revision in (4, 5, 6, 7, 9):
        assert refused(kept, GUS, ops.PutBack(revision)).code is Code.CONFLICT
    assert [tie.id for tie in kept.now.tied("rests_on")] == ["u"]
    assert kept.now.of("ups_a"), "a line that was brought back is not taken away again"


def test_a_step_that_is_taken_on_has_its_words_put_back_and_stays_taken() -> None:
    kept = Kept()
    kept.do(ANA, row("s", "steps_a", step="Say the likely day"))
    kept.do(BEN, ops.EditRow("s", {"step": "Fire Ana"}))
    kept.do(BEN, ops.TakeRow("s"))

    step = kept.do(ABE, ops.PutBack(3)).row("s")
    assert step
    assert (step.fields["step"], step.by, step.taken) == ("Say the likely day", "ana", "ben")

    kept.do(ANA, ops.EditRow("s", {"step": "Say the day"}))
    kept.do(BEN, ops.LeaveRow("s"))
    step = kept.do(ANA, ops.PutBack(6)).row("s")
    assert step
    assert (step.fields["step"], step.taken) == ("Say the likely day", None)
    assert kept.replayed() == kept.now


def test_the_words_before_cost_the_same_for_each_change_however_long_a_history_is() -> None:
    def looks(lines: int) -> int:
        kept = Kept()
        for number in range(lines):
            kept.do(ANA, row(f"n{number}", "ups_a", text=f"Line {number}"))
        for number in range(lines):
            kept.do(BEN, ops.EditRow(f"n{number}", {"text": f"Sold {number}"}))
        return _calls(kept)

    few, many = looks(20), looks(40)
    assert many < 2.5 * few


def _calls(kept: Kept) -> int:
    """How many functions run to say of each change what stood before it, and whether it goes back."""
    counts = Counter[str]()
    sys.setprofile(lambda _frame, event, _arg: counts.update([event]))
    try:
        past = replay_past(kept.changes, "r1", "s1")
        gone = [one for one in range(2, len(past.records) + 1) if words_before(past, one)]
        assert all(can_go_back(past, one, ANA) for one in gone)
    finally:
        sys.setprofile(None)
    assert len(gone) == len(kept.now.rows)
    return counts["call"]


async def test_whoever_reworded_a_record_is_named_and_anybody_of_the_owners_puts_the_words_back(
    database_url: str,
) -> None:
    async with desk_at(database_url) as desk:
        await reword_and_put_back(desk)


async def test_the_history_tells_no_words_of_lines_that_do_not_stand_any_more(sqlite_url: str) -> None:
    async with desk_at(sqlite_url) as desk:
        poles = {"field-pole_a": "Flow", "field-pole_b": "Choice"}
        id = await desk.keep(desk.ana, "dilemma", "Mrs Canary of bed 4", **poles)
        await desk.ana.post(f"{desk.base}/{id}/edit", title="Quick and slow", seen="1")
        kept, gone = new_id(), new_id()
        for line in (kept, gone):
            words = {"field-text": "Mrs Canary"}
            await desk.do(desk.ana, id, "add_row", id=line, list="ups_a", **words)
        await desk.do(desk.ana, id, "edit_row", id=kept, **{"field-text": "A bed is free"})
        await desk.do(desk.ana, id, "remove_row", id=gone)

        page = text_of((await desk.gus.get(f"{desk.base}/{id}")).text)
        assert "Canary" not in page
        assert "Ana changed “A bed is free”" in page
        assert "Ana took away a line" in page


async def reword_and_put_back(desk: Desk) -> None:
    poles = {"field-pole_a": "Flow", "field-pole_b": "Choice"}
    id = await desk.keep(desk.ana, "dilemma", "Canary of a draft", step="draft", **poles)
    await desk.ana.post(f"{desk.base}/{id}/edit", title="Quick and slow", seen="1")
    await desk.do(desk.ana, id, "stand")
    line = new_id()
    await desk.do(desk.ana, id, "add_row", id=line, list="ups_a", **{"field-text": "A bed is free"})
    assert "Reworded by" not in (await desk.abe.get(f"{desk.base}/{id}")).text

    await desk.ben.post(f"{desk.base}/{id}/edit", title="North is to blame", seen="4")
    await desk.do(desk.ben, id, "edit_row", id=line, **{"field-text": "A bed is sold"})
    for who in (desk.abe, desk.gus):
        page = text_of((await who.get(f"{desk.base}/{id}")).text)
        assert "Reworded by Ben, South Words before" in page
        assert "Words before change 5 Title Quick and slow" in page
        assert "A bed is sold North , reworded by Ben, South" in page
        assert ("Restore these words change 5" in page) is (who is desk.abe)
        assert "Canary" not in page

    for revision in ("5", "6"):
        assert await desk.do(desk.abe, id, "put_back", revision=revision) == 303
    page = text_of((await desk.ben.get(f"{desk.base}/{id}")).text)
    assert (await desk.record(id)).title == "Quick and slow"
    assert "Abe put back what Ben changed" in page
    assert "Reworded by" not in page
    assert "A bed is free North" in page
    assert await desk.do(desk.ben, id, "put_back", revision="2") == 404


async def test_a_line_stays_signed_for_the_organisation_that_its_writer_has_left(sqlite_url: str) -> None:
    """Else North could invite who signed something for South, and it would be North's."""
    async with desk_at(sqlite_url) as desk:
        id = await desk.keep(desk.ana, "dilemma", "Quick", **{"field-pole_a": "A", "field-pole_b": "B"})
        warning = {"id": new_id(), "list": "warnings_a", "field-sign": "They ring twice"}
        assert await desk.do(desk.ben, id, "add_row", **warning) == 303
        north = str(await desk.home.value("SELECT organisation_id FROM member WHERE role = 'steward'"))
        await desk.home.seat(desk.space, desk.ben, north)

        page = (await desk.ana.get(f"{desk.base}/{id}")).text
        assert "<bdi>Ben, South</bdi>" in page
        assert "<bdi>Ben, North</bdi>" not in page

        secret = await hash_password(PASSWORD)
        await desk.home.set(f"UPDATE person SET password_hash = '{secret}' WHERE id = '{desk.ben.id}'")
        assert "You are erased" in (await desk.ben.post("/me/erase", sure="yes", password=PASSWORD)).text
        page = (await desk.ana.get(f"{desk.base}/{id}")).text
        assert "<bdi>Former participant of South</bdi>" in page
        assert "North, South" not in page


def test_a_name_that_holds_that_of_its_organisation_is_told_with_it() -> None:
    north = Organisation("n", "North", 1, Standing.JOINED)
    ben = Participant("ben", "Ben Northcote", "n", "North", 1, Role.MEMBER, former=False)
    people = SpacePeople([north], {"ben": ben}, None)  # type: ignore[arg-type]

    assert people.full_name("ben") == people.signed("ben", "n") == "Ben Northcote, North"
