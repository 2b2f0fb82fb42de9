"""Running a workshop along its run-sheet: two presses a step, ahead or behind, and what ran stays."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest

from app.boards.core.stage.read import running_stage
from app.boards.live import actions
from app.db import Tx, new_id, now
from app.main import services
from app.reports.minutes import store as minutes
from app.reports.minutes.content import Minutes
from app.workshops.runsheet import needs_job, store
from app.workshops.runsheet.timing import Ran
from tests.support.until import somebody_waits, until
from tests.workshops.conftest import text_of
from tests.workshops.runsheet.conftest import Plan
from tests.workshops.runsheet.walking import Console, fields_of

WRITTEN = {"who is there": "workshop_here", "what ran": "workshop_run", "the minutes": "minutes_fixed"}


@pytest.fixture
async def console(plan: Plan) -> Console:
    assert (await plan.winter.ana.post(f"{plan.path}/open")).status_code == 303
    return Console(plan, plan.winter.ana, await plan.board())


async def _note(console: Console, text: str) -> None:
    board = await console.live()
    phase = board.items[board.items[board.stage].fields["now"]]
    sections = phase.fields.get("sections") or [""]
    fields = {"do": "add_card", "id": new_id(), "phase": phase.id, "kind": phase.fields["kinds"][0]}
    answer = await console.plan.winter.bo.post(
        f"/boards/{console.board_id}/take-part", text=text, section=sections[0], **fields
    )
    assert answer.status_code == 303, answer.text


@pytest.mark.timeout(240)
async def test_agenda_a_goes_from_welcome_to_close_in_two_presses_a_step(
    plan: Plan, console: Console
) -> None:
    steps = (await plan.sheet()).steps()
    asked = []
    for step in steps:
        asked.append(await console.on())
        board = await console.live()
        phase = board.items[board.items[board.stage].fields["now"]].fields
        if step.kind == "ask":
            assert phase["write"] == step.write
            assert len(phase.get("sections", ())) == len(step.sections)
            await _note(console, f"Note of {step.title}?")
        if step.title == "Reveal and read":
            titles = {one.fields["text"] for one in board.items.values() if one.item == "card" and one.shown}
            assert {"Note of Write alone?", "Note of One question a table?"} <= titles
            assert len(phase["about"]) == 2

    assert asked == [step.prompt for step in steps]
    page = text_of(await console.page())
    assert "Nobody holds this" in page
    assert "The run-sheet is done" in page
    assert "End the workshop now" in page
    assert "are ready to go on" in page, "the last step is for talking: nobody is asked to read"
    phone = text_of((await plan.winter.bo.get(f"/boards/{console.board_id}/take-part")).text)
    assert "I am ready to go on" in phone
    assert "nothing to read here yet" not in phone
    ended = await plan.winter.ana.post(console.path, do="end", id=(await console.live()).stage)
    assert ended.status_code == 303
    said = text_of(await plan.say(plan.winter.ana))
    assert "of 17" in said
    assert "Open the doors" not in said


async def test_the_first_press_says_what_is_unfinished_and_moves_nobody(plan: Plan, console: Console) -> None:
    wicked = (await plan.sheet()).blocks[3].steps
    await console.on(f"?step={wicked[0].id}")
    await _note(console, "How is it that we wait and hurry?")
    seen = text_of(await console.see(f"?step={wicked[2].id}"))

    assert "1 private note is shown to everybody first." in seen
    board = await console.live()
    assert board.items[board.items[board.stage].fields["now"]].fields["prompt"] == wicked[0].prompt
    assert not [one for one in board.items.values() if one.item == "card" and one.shown]


async def test_words_for_a_step_that_has_run_meanwhile_stay_in_a_form_and_go_on_as_a_new_step(
    plan: Plan, console: Console
) -> None:
    ana, step = plan.winter.ana, (await plan.sheet()).blocks[3].steps[0]
    form = await plan.form(ana, step.id)
    await console.on(f"?step={step.id}")
    form |= {"prompt": "Words that nobody may lose", "backstage": "Nor these", "block": form.get("block", "")}
    late = await ana.post(f"{plan.path}/ops", **form)
    assert late.status_code == 409
    page = text_of(late.text)
    assert "This step has run meanwhile, and what ran is never changed." in page
    assert "A new step" in page
    assert "Nor these" in page
    again = fields_of(late.text[late.text.index('class="plan-form"') - 200 :], 'class="plan-form"')
    assert again["do"] == "add_step"
    assert again["id"] != step.id
    assert (await ana.post(f"{plan.path}/ops", **again)).status_code == 303
    steps = (await plan.sheet()).blocks[3].steps
    assert steps[0] == step, "what ran stands as it did"
    assert steps[-1].prompt == "Words that nobody may lose"


async def test_of_two_who_press_at_once_one_moves_and_one_step_ran(plan: Plan, console: Console) -> None:
    other = Console(plan, plan.winter.cleo, console.board_id)
    mine, theirs = await console.see(), await other.see()
    answers = await asyncio.gather(console.move(mine), other.move(theirs))

    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert "The run-sheet is done" not in theirs
    assert "moved on already" in next(answer.text for answer in answers if answer.status_code == 422)
    page = await console.page()
    sheet = page[page.index('id="console-plan"') : page.index('id="console-past"')]
    assert sheet.count('class="is-now"') == 2  # the block and its step
    assert "passed over" not in page


@pytest.mark.parametrize("what", ["who is there", "what ran", "the minutes"])
async def test_what_two_write_down_at_the_same_moment_stands_once(plan: Plan, what: str) -> None:
    step = (await plan.sheet()).steps()[0]

    async def write_down(tx: Tx) -> None:
        if what == "who is there":
            await store.note_here(tx, plan.id, [plan.winter.ana.id, plan.winter.bo.id])
        elif what == "what ran":
            await store.add_run(tx, plan.id, Ran(step, "", "", "phase", now()))
        else:
            await minutes.fix(tx, plan.id, Minutes("Name it", "Winter", "", "", "", ()), now())

    async def second() -> None:
        async with plan.home.db.write() as tx:
            await write_down(tx)

    async with plan.home.db.write() as first:
        await write_down(first)
        other = asyncio.create_task(second())
        await until(lambda: somebody_waits(plan.home.db))
    await other

    assert await plan.home.count(WRITTEN[what]) == (2 if what == "who is there" else 1)


async def test_what_ran_is_never_rewritten_whatever_becomes_of_the_run_sheet(
    plan: Plan, console: Console
) -> None:
    step = (await plan.sheet()).steps()[0]
    prompt = await console.on()
    for do in ("remove", "leave_out", "cut", "up", "down"):
        answer = await plan.op(plan.winter.ana, do, id=step.id)
        assert answer.status_code == 409, do
        assert (await plan.winter.ana.post(f"{console.path}/plan", do=do, id=step.id)).status_code == 422
    form = {
        "do": "set_step",
        "id": step.id,
        "title": "Other",
        "minutes": "9",
        "prompt": "Other",
        "seen": "99",
    }
    assert (await plan.winter.ana.post(f"{plan.path}/ops", **form)).status_code == 409
    assert (await plan.sheet()).steps()[0] == step
    board = await console.live()
    assert board.items[board.items[board.stage].fields["now"]].fields["prompt"] == prompt


async def test_steps_are_left_out_lengthened_and_cut_from_the_console(plan: Plan, console: Console) -> None:
    steps = {step.title: step for step in (await plan.sheet()).steps()}
    await console.on()
    for do, title, more in (
        ("leave_out", "Polish the first one", {}),
        ("lengthen", "Vote", {"by": "1"}),
        ("cut", "What is tame?", {}),
    ):
        answer = await plan.winter.cleo.post(f"{console.path}/plan", do=do, id=steps[title].id, **more)
        assert answer.status_code == 303, answer.text

    after = {step.title: step for step in (await plan.sheet()).steps()}
    assert (after["Polish the first one"].left_out, after["What is tame?"].left_out) == (True, True)
    assert after["Vote"].minutes == 3
    page = text_of(await console.page())
    # 3 + 2 minutes less and 1 more, to within the minute in which the plan begins
    assert re.search(r"\b[345] minutes ahead", page), page


async def test_whoever_does_not_facilitate_neither_reads_nor_changes_the_run_sheet_there(
    plan: Plan, console: Console
) -> None:
    step = (await plan.sheet()).steps()[0]
    for who in (plan.winter.bo, plan.oli):
        assert (await who.post(f"{console.path}/plan", do="leave_out", id=step.id)).status_code == 403
        assert (await who.get(console.path)).status_code == 403
        phone = await who.get(f"/boards/{console.board_id}/take-part")
        assert step.backstage not in phone.text


async def test_going_back_goes_on_from_there(plan: Plan, console: Console) -> None:
    first, second, third = (await plan.sheet()).steps()[:3]
    await console.on()
    await console.on()
    board = await console.live()
    phases = sorted((one for one in board.items.values() if one.item == "phase"), key=lambda one: one.born)
    fields = {"do": "reopen_phase", "id": phases[0].id, "from": phases[1].id}
    assert (await plan.winter.ana.post(console.path, **fields)).status_code == 303

    page = await console.page()
    assert f'value="{third.id}"' in page  # what comes next was not opened yet
    assert third.prompt in page
    assert (first.id, second.id) != (third.id, third.id)


async def test_a_workshop_without_a_plan_has_the_form_as_before_and_minutes_too(plan: Plan) -> None:
    ana, bo, made, stage = plan.winter.ana, plan.winter.bo, new_id(), new_id()
    await ana.post(f"{plan.winter.path}/boards", title="Bare", template="blank", id=made)
    for _ in range(2):  # pressed twice it is one workshop
        await ana.post(f"/boards/{made}/workshop", id=stage, purpose="To see", authority="")
    console = Console(plan, ana, made)
    assert await plan.home.value(f"SELECT count(*) FROM workshop WHERE board_id = '{made}'") == 1
    page = await console.page()
    assert "What was asked and said, as it grows" in page
    assert "Whole run-sheet" not in page
    assert (await ana.post(f"{console.path}/plan", do="cut", id="x")).status_code == 422

    await bo.get(f"/boards/{made}/take-part")
    await services(plan.home.app).rooms.looks.write({})
    asked = {"prompt": "What makes it hard?", "minutes": "5"}
    seen = await ana.post(f"{console.path}/next", kind="ask", **asked)
    assert (await console.move(seen.text)).status_code == 303
    assert (await ana.post(console.path, do="end", id=stage)).status_code == 303
    minutes = text_of((await bo.get(f"{plan.base}/{stage}/minutes")).text)
    assert "What makes it hard?" in minutes
    assert "To see" in minutes
    assert "1 person: Northfield Trust 1." in minutes, "who was there, though nothing was written"
    assert "Nobody wrote here." in minutes
    listed = text_of((await bo.get(plan.base)).text)
    assert "Minutes of Bare" in listed
    assert " 0 minutes" not in listed


async def test_what_would_help_is_forgotten_a_day_after_the_booked_end_of_a_workshop_nobody_ends(
    plan: Plan,
) -> None:
    bo = plan.winter.bo
    assert (await plan.winter.ana.post(f"{plan.path}/open")).status_code == 303
    doors = f"/boards/{await plan.board()}/doors"
    assert (await bo.post(doors, do="need", need="A seat by the door")).status_code == 303
    booked_end = datetime(2026, 12, 5, 11, 30, tzinfo=UTC)
    said = now()

    async def left(at: datetime) -> int:
        await needs_job.forget_due(plan.home.db, at)
        return await plan.home.count("access_need")

    end = max(booked_end, said)
    assert await left(end + timedelta(hours=23)) == 1
    assert await left(end + timedelta(hours=25)) == 0


async def test_doors_that_open_late_are_led_by_the_whole_team(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as short:
        short.setattr(actions, "LONGEST_WAIT", 0)
        late = await plan.winter.ana.post(f"{plan.path}/open")
    board_id = await plan.board()

    async def leading() -> set[str]:
        stage = running_stage((await services(plan.home.app).rooms.open(board_id)).room.board)
        return set(stage.facilitators) if stage else set()

    async def whole_team() -> bool:
        return await leading() == {plan.winter.ana.id, plan.winter.cleo.id}

    await until(leading, why="they open though nobody waits")
    again = await plan.winter.ana.post(f"{plan.path}/open")

    assert (late.status_code, again.status_code) == (503, 303)
    await until(whole_team, why="all of the team facilitate")


async def test_a_step_whose_press_got_no_answer_is_opened_late_with_what_is_shown_first(
    plan: Plan, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    wicked = (await plan.sheet()).blocks[3].steps
    await console.on(f"?step={wicked[0].id}")
    await _note(console, "How is it that we wait and hurry?")
    seen = await console.see(f"?step={wicked[2].id}")
    with monkeypatch.context() as short:
        short.setattr(actions, "LONGEST_WAIT", 0)
        late = await console.move(seen)

    async def prompt() -> str:
        board = await console.live()
        return str(board.items[board.items[board.stage].fields["now"]].fields["prompt"])

    async def is_open() -> bool:
        return await prompt() == wicked[2].prompt

    assert late.status_code == 503
    await until(is_open, why="what was asked for with it is done too")
    assert [one for one in (await console.live()).items.values() if one.item == "card" and one.shown]
