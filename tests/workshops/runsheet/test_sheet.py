"""The run-sheet: what is done to it, when each part of it begins, and how it goes into a file and back."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from app.access import Refused
from app.boards.library import templates as layouts
from app.db import new_id
from app.spaces.calendar_file import OCTETS, Event, calendar_file
from app.workshops.runsheet import file_format, timing
from app.workshops.runsheet.edit import Meanwhile, Wrong, apply
from app.workshops.runsheet.file_format import RunSheetFile, pack, unpack
from app.workshops.runsheet.form import read_edit, read_step, values_of
from app.workshops.runsheet.ops import Cut, Edit, LeaveOut, Lengthen, Move, Remove, SetStep
from app.workshops.runsheet.sheet import Block, Sheet, Step, wrong_with
from app.workshops.runsheet.templates import run_sheets
from app.workshops.runsheet.timing import Ran

TEN = datetime(2026, 11, 21, 10, tzinfo=UTC)
MINUTES = st.floats(0.5, 240).map(lambda value: round(value * 2) / 2)


@st.composite
def sheets(draw: Any) -> Sheet:
    ids = count()
    blocks = []
    for n in range(draw(st.integers(1, 8))):
        steps = [
            Step(
                id=f"s{next(ids)}",
                title=draw(st.sampled_from(["Say", "Ask", "Überblick ?"])),
                minutes=draw(MINUTES),
                cut=draw(st.sampled_from([0, 1, 5, 300])) and 1.0,
                left_out=draw(st.booleans()) and n > 0,
            )
            for _ in range(draw(st.integers(1, 4)))
        ]
        blocks.append(Block(id=f"b{n}", title=f"Block {n}", steps=tuple(steps)))
    return Sheet(blocks=tuple(blocks))


def ids_of(sheet: Sheet) -> list[str]:
    return [step.id for step in sheet.steps()]


@given(sheets())
def test_each_part_begins_when_those_before_it_are_over_and_the_last_ends_with_the_whole(
    sheet: Sheet,
) -> None:
    course = timing.planned(sheet, TEN, None)

    assert course.ends == TEN + timedelta(minutes=sheet.minutes)
    at = TEN
    for step in (step for block in course.blocks for step in block.steps):
        assert step.start == at
        at += timedelta(minutes=0 if step.step.left_out else step.step.minutes)


@given(sheets(), st.data())
def test_moving_loses_nothing_and_up_undoes_down(sheet: Sheet, data: st.DataObject) -> None:
    block = data.draw(st.sampled_from(sheet.blocks))
    after = apply(sheet, Move(block.id, up=False), (), 2)

    assert sorted(ids_of(after)) == sorted(ids_of(sheet))
    if after != sheet:
        assert apply(after, Move(block.id, up=True), (), 3) == sheet


@given(sheets(), st.data())
def test_two_who_move_at_once_both_do_and_no_block_is_lost(sheet: Sheet, data: st.DataObject) -> None:
    moves = [Move(data.draw(st.sampled_from(sheet.blocks)).id, up=data.draw(st.booleans())) for _ in range(6)]
    after = sheet
    for revision, move in enumerate(moves, 2):
        after = apply(after, move, (), revision)

    assert {block.id: block for block in after.blocks} == {block.id: block for block in sheet.blocks}


@given(sheets(), st.data())
def test_what_ran_is_never_changed_whatever_is_done(sheet: Sheet, data: st.DataObject) -> None:
    order = [step.id for step in sheet.steps()]
    ran = set(order[: data.draw(st.integers(1, len(order)))])
    before = {id: sheet.step(id) for id in ran}
    id = data.draw(st.sampled_from([*order, *(block.id for block in sheet.blocks)]))
    every: list[Edit] = [Remove(id), Move(id, up=True), Move(id, up=False)]
    every += [LeaveOut(id, out=True), Lengthen(id, 5), Cut(id)]
    edit = data.draw(st.sampled_from(every))
    try:
        after = apply(sheet, edit, ran, 9)
    except Refused:
        return

    assert {id: after.step(id) for id in ran} == before
    assert [one for one in ids_of(after) if one in ran] == [one for one in order if one in ran]


@given(sheets(), st.integers(0, 5), st.integers(-300, 900))
def test_the_rest_is_timed_anew_and_late_is_what_the_end_has_moved(
    sheet: Sheet, steps: int, more: int
) -> None:
    live = [step for step in sheet.steps() if not step.left_out]
    ran, at = [], TEN
    for step in live[: min(steps + 1, len(live))]:
        ran.append(Ran(step, "", "", f"p-{step.id}", at))
        at += timedelta(minutes=step.minutes)
    last = ran[-1]
    now = last.at + timedelta(minutes=last.step.minutes, seconds=more)
    course = timing.running(sheet, ran, max(now, last.at), starts=TEN, baseline=sheet.minutes)

    rest = sum(step.minutes for step in live[len(ran) :])
    left = max(0.0, last.step.minutes * 60 - (max(now, last.at) - last.at).total_seconds())
    assert course.ends == max(now, last.at) + timedelta(seconds=left, minutes=rest)
    assert course.late == pytest.approx(max(0.0, float(more)), abs=0.01)
    assert (course.next.step if course.next else None) == (live[len(ran)] if rest else None)


def test_leaving_out_makes_up_for_what_was_lost() -> None:
    sheet = Sheet(blocks=(_block("a", 5), _block("b", 10, cut=3), _block("c", 4)))
    ran = [Ran(sheet.steps()[0], "a", "a", "p", TEN)]
    late = timing.running(sheet, ran, TEN + timedelta(minutes=8), starts=TEN, booked=19, baseline=19)
    assert (late.clock, late.over, [one.id for one in late.cuts]) == ("3 minutes behind", 180, ["b-step"])

    shorter = apply(sheet, Cut("b-step"), {"a-step"}, 2)
    caught_up = timing.running(shorter, ran, TEN + timedelta(minutes=8), starts=TEN, booked=19, baseline=19)
    assert (caught_up.clock, caught_up.over) == ("on time", 0)


def test_going_back_and_stepping_over_are_told_as_they_were() -> None:
    sheet = Sheet(blocks=(_block("a", 5), _block("b", 5), _block("c", 5), _block("d", 5)))
    first, third = sheet.steps()[0], sheet.steps()[2]
    ran = [Ran(first, "a", "a", "p1", TEN), Ran(third, "c", "c", "p3", TEN + timedelta(minutes=5))]

    def states(present: str) -> list[str]:
        course = timing.running(sheet, ran, TEN + timedelta(minutes=6), present=present)
        return [step.state for block in course.blocks for step in block.steps]

    assert states("p3") == ["done", "skipped", "now", "next"]
    assert states("p1") == ["now", "next", "done", "later"]


def test_before_anything_ran_a_late_beginning_moves_all_of_it() -> None:
    sheet = Sheet(blocks=(_block("a", 5), _block("b", 5)))
    course = timing.running(sheet, [], TEN + timedelta(minutes=4), starts=TEN, booked=10)

    assert (course.clock, course.over) == ("4 minutes behind", 240)
    assert course.next
    assert course.next.start == TEN + timedelta(minutes=4)
    assert timing.running(sheet, [], TEN - timedelta(minutes=15), starts=TEN).clock == "on time"


def test_words_that_somebody_else_changed_meanwhile_are_not_overwritten_unseen() -> None:
    sheet = Sheet(blocks=(_block("a", 5),))
    step = sheet.steps()[0]
    theirs = apply(sheet, SetStep(structs.replace(step, prompt="Theirs"), step.rev), (), 2)
    mine = structs.replace(step, prompt="Mine")

    with pytest.raises(Meanwhile) as told:
        apply(theirs, SetStep(mine, step.rev), (), 3)
    assert isinstance(told.value.now, Step)
    assert told.value.now.prompt == "Theirs"
    assert apply(theirs, SetStep(mine, told.value.now.rev), (), 3).steps()[0].prompt == "Mine"


@pytest.mark.parametrize("minutes", [0, -1, 0.25, 540, float("nan"), float("inf")])
def test_a_step_of_no_minutes_or_nine_hours_is_refused_in_a_sentence(minutes: float) -> None:
    step = Step(id="s", title="Say", minutes=minutes)

    assert wrong_with(step)["minutes"] == "Give between half a minute and 240 minutes."
    with pytest.raises(Wrong):
        apply(Sheet(blocks=(_block("a", 5),)), SetStep(structs.replace(step, id="a-step"), 0), (), 2)


def test_a_step_goes_through_its_form_and_stays_the_same() -> None:
    for file in run_sheets().values():
        for step in file.sheet.steps():
            assert read_step(values_of(step)) == structs.replace(step, rev=0)


def test_a_form_of_nonsense_is_refused_and_never_a_fault() -> None:
    for form in ({}, {"do": "explode"}, {"do": "set_step", "kind": "x", "minutes": "1"}, {"do": "lengthen"}):
        with pytest.raises((Refused, Wrong)):
            apply(Sheet(), read_edit(form), (), 2)
    with pytest.raises(Wrong) as told:
        read_step({"minutes": "ten", "dots": "many"})
    assert set(told.value.errors) == {"minutes", "dots"}


# -- files -------------------------------------------------------------------------------------------


def test_every_template_takes_the_minutes_that_its_page_says_and_fits_its_board() -> None:
    assert len(run_sheets()) == 17
    by_title = {file.title: file.sheet.minutes for file in run_sheets().values()}
    assert (by_title["Name it"], by_title["Try it together"]) == (90, 90)
    assert (by_title["Name it, in sixty minutes"], by_title["Try it together, in sixty minutes"]) == (60, 60)
    agenda = next(iter(run_sheets().values())).sheet
    assert [block.minutes for block in agenda.blocks] == [5, 8, 5, 17, 23, 10, 10, 4, 8]
    assert [block.cut for block in agenda.blocks] == [0, 0, 2, 3, 3, 10, 0, 4, 0]
    for file in run_sheets().values():
        assert file.board in (*layouts.layouts(), layouts.BLANK)
        assert not [wrong_with(step) for step in file.sheet.steps() if wrong_with(step)]


@given(sheets())
def test_a_run_sheet_goes_into_a_file_and_back(sheet: Sheet) -> None:
    back = unpack(pack(RunSheetFile("Winter", sheet)), new_id)
    bare = [structs.replace(step, id="", left_out=False) for step in sheet.steps()]

    assert [structs.replace(step, id="") for step in back.sheet.steps()] == bare
    assert [block.title for block in back.sheet.blocks] == [block.title for block in sheet.blocks]


@pytest.mark.parametrize(
    ("change", "say"),
    [
        (lambda f: f["blocks"][1]["steps"][0].update(minutes="five"), "minutes must be a number"),
        (lambda f: f["blocks"][1]["steps"][0].update(minutes=0), "minutes. Give between"),
        (lambda f: f["blocks"][1]["steps"][0].update(minutes=True), "minutes must be a number"),
        (lambda f: f["blocks"][1]["steps"][0].pop("minutes"), "minutes is missing"),
        (lambda f: f["blocks"][1]["steps"][0].update(kind="dance"), "kind must be one of tell, ask"),
        (lambda f: f["blocks"][1]["steps"][0].update(colour="red"), "nothing is called “colour”"),
        (lambda f: f["blocks"][1]["steps"][0].update(id="x"), "nothing is called “id”"),
        (lambda f: f["blocks"][1]["steps"][0].update({"\ud800x": 1}), "nothing is called “x”"),
        (lambda f: f["blocks"][1]["steps"][0].update(options=[1]), "options must be a list of texts"),
        (lambda f: f["blocks"][1]["steps"][0].update(dots=1e9), "dots must be a whole number"),
        (lambda f: f["blocks"][1].update(steps=[]), "steps is missing or empty"),
    ],
)
def test_a_broken_file_is_refused_with_its_block_and_field(change: Any, say: str) -> None:
    file = json.loads(pack(RunSheetFile("Winter", Sheet(blocks=(_block("a", 5), _block("Triage", 5))))))
    change(file)

    with pytest.raises(Refused) as told:
        unpack(json.dumps(file).encode(), new_id)
    assert told.value.say.startswith("Block 2, “Triage”")
    assert say in told.value.say


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_file_is_a_fault(data: bytes) -> None:
    with pytest.raises(Refused):
        unpack(data, new_id)
    shell = {"format": file_format.FORMAT, "version": 1, "title": "x", "blocks": [[data.hex()], None, {}]}
    with pytest.raises(Refused):
        unpack(json.dumps(shell).encode(), new_id)


@given(st.text(max_size=300))
def test_no_words_become_a_line_of_their_own_in_a_calendar(words: str) -> None:
    data = calendar_file(Event("1@x", 2, TEN, TEN, words, words, "https://x.example/1", 90, words))

    assert max(map(len, data.split(b"\r\n"))) <= OCTETS
    lines = data.replace(b"\r\n ", b"").decode().split("\r\n")
    named = dict(line.partition(":")[::2] for line in lines if line)
    assert (named["DTSTART"], named["DTEND"]) == ("20261121T100000Z", "20261121T113000Z")
    assert set(named) <= {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND"),
        *("SUMMARY", "LOCATION", "DESCRIPTION", "URL"),
    }


def _block(id: str, minutes: float, cut: float = 0) -> Block:
    return Block(id=id, title=id, steps=(Step(id=f"{id}-step", title=id, minutes=minutes, cut=cut),))
