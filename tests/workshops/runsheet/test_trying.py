"""Trying a workshop with pretend people: a copy to lead, marked everywhere, of which nothing stays."""

import re
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from app.boards.core.stage.read import notes_of
from app.boards.retention.horizon_job import forget_usage_of_what_is_gone
from app.db import metadata, new_id, now
from app.main import services
from app.rehearse.workshop import try_out
from app.workshops.runsheet import store
from tests.spaces.house import House, Person
from tests.support.until import until
from tests.workshops.runsheet.conftest import Plan
from tests.workshops.runsheet.walking import Console

MARK = "Trying out: these people are pretend."
FAST = 120.0
PLACES = ("", "/boards", "/people", "/workshops", "/records", "/log", "/find?q=pretend", "/outcomes/reports")
OF_THE_MOMENT = r'value="[^"]*"|"made_at":[^,]*|[\w-]{43,}|"seen_at":[^,}]*'
STAYS = {"space": ("epoch", "content"), "find_board": ("board_id",), "usage": ("id", "hour", "bytes")}


@pytest.fixture
def fast(home: House) -> House:
    services(home.app).try_outs.speed = FAST
    return home


async def rows(home: House) -> dict[str, Counter[Any]]:
    """All there is, but for counters, what a job fills, and when somebody was last seen."""
    found = {}
    async with home.db.read() as tx:
        for table in metadata.sorted_tables:
            if table.name in ("find_entry", "find_board", "usage", "login"):
                continue
            columns = [one for one in table.c if one.name not in STAYS.get(table.name, ())]
            found[table.name] = Counter(tuple(row) for row in await tx.execute(select(*columns)))
    return found


async def begin(plan: Plan, who: Person) -> Console:
    answer = await who.post(f"{plan.path}/try")
    assert answer.status_code == 303, answer.text
    board = re.fullmatch(r"/boards/([0-9a-f-]{36})/console", answer.headers["location"])
    assert board
    return Console(plan, who, board[1])


async def seen(plan: Plan, *people: Person) -> set[str]:
    """The lines that they are shown of their spaces, of this one, and of their account."""
    found = set()
    for who in people:
        for path in ("/", "/me", *(f"{plan.winter.path}{place}" for place in PLACES)):
            answer = await who.get(path)
            assert answer.status_code == 200, path
            found |= {f"{path}: {re.sub(OF_THE_MOMENT, '', line)}" for line in answer.text.splitlines()}
    return found


async def test_a_facilitator_leads_a_copy_with_pretend_people_and_nothing_of_it_stays(
    plan: Plan, fast: House
) -> None:
    ana, bo = plan.winter.ana, plan.winter.bo
    before, looks = await rows(fast), await seen(plan, ana, bo)
    console = await begin(plan, ana)
    steps = {step.title: step.id for step in (await plan.sheet()).steps()}

    page = await console.page()
    assert MARK in page
    assert "End the try-out" in page
    assert await seen(plan, ana, bo) == looks
    await console.on()
    copy = (await console.live()).space
    own = await services(fast.app).db.run_read(lambda tx: store.tried_in(tx, copy))
    assert own is not None
    await console.on(f"?step={own.sheet.blocks[3].steps[0].id}")
    phase = (await console.live()).items[(await console.live()).stage].fields["now"]

    async def have_written() -> bool:
        return len(notes_of(await console.live(), (phase,))) >= 10

    await until(have_written, 40, "they write")
    assert (await bo.get(f"/boards/{console.board_id}/take-part")).status_code == 404
    assert len(steps) > 20
    phone = await ana.get(f"/boards/{console.board_id}/take-part")
    assert MARK in phone.text
    assert "(pretend)" in (await ana.get(f"/spaces/{copy}/people")).text
    record = {"kind": "question", "title": "Who rings them?", "id": new_id(), "step": "draft"}
    assert (await ana.post(f"/spaces/{copy}/records/keep", **record)).status_code == 303

    ended = await ana.post(f"/spaces/{copy}/try-out/end")
    assert ended.headers["location"] == f"{plan.path}?done=try-ended"
    assert (await ana.get(f"/boards/{console.board_id}/console")).status_code == 404
    await until(lambda: not services(fast.app).try_outs.running, 10, "nobody plays it any more")
    assert await rows(fast) == before
    assert await seen(plan, ana, bo) == looks


async def test_one_is_tried_at_a_time_and_who_leads_it_can_end_it(plan: Plan, fast: House) -> None:
    ana, cleo, bo = plan.winter.ana, plan.winter.cleo, plan.winter.bo
    assert "Try it with pretend people" in await plan.say(ana)
    console = await begin(plan, ana)

    again = await cleo.post(f"{plan.path}/try")
    assert again.status_code == 422
    assert "being tried out just now" in again.text
    assert "Continue on the console" in await plan.say(ana)
    assert "is trying this out with pretend people" in await plan.say(cleo)
    assert "Continue on the console" not in await plan.say(cleo)
    for who in (bo, plan.oli):
        assert (await who.post(f"{plan.path}/try")).status_code == 403
        assert (await who.post(f"{plan.winter.path}/try-out/end")).status_code == 403

    copy = (await console.live()).space
    assert (
        await ana.post(f"/spaces/{copy}/workshops/{await workshop_in(fast, copy)}/try")
    ).status_code == 404
    assert (await cleo.post(f"{plan.winter.path}/try-out/end")).status_code == 303
    assert (await cleo.post(f"{plan.winter.path}/try-out/end")).status_code == 404
    await begin(plan, cleo)


async def workshop_in(home: House, space: str) -> str:
    return str(await home.value(f"SELECT id FROM workshop WHERE space_id = '{space}'"))


@pytest.mark.parametrize("bound", ["LONGEST", "AWAY_FOR"])
async def test_it_ends_by_itself_after_two_hours_and_when_nobody_leads_it(
    plan: Plan, fast: House, bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = await begin(plan, plan.winter.ana)
    (one,) = services(fast.app).try_outs.running.values()
    one.began = now() - getattr(try_out, bound) * 1.01
    async with fast.db.write() as tx:
        await tx.execute(metadata.tables["look"].delete())
    services(fast.app).rooms.looks._glances.clear()

    await until(lambda: not services(fast.app).try_outs.running, 20, "it has ended")

    assert (await plan.winter.ana.get(f"/boards/{console.board_id}/console")).status_code == 404


async def test_an_empty_run_sheet_and_a_busy_server_are_said(plan: Plan, fast: House) -> None:
    ana = plan.winter.ana
    trying = services(fast.app).try_outs
    trying.running |= {str(i): object() for i in range(try_out.AT_ONCE)}  # type: ignore[misc]
    busy = await ana.post(f"{plan.path}/try")
    trying.running.clear()
    for block in (await plan.sheet()).blocks:
        await plan.op(ana, "remove", id=block.id)
    empty = await ana.post(f"{plan.path}/try")

    assert (busy.status_code, empty.status_code) == (503, 422)
    assert "Several workshops are being tried out" in busy.text
    assert "nothing on the run-sheet" in empty.text
    for refused in (busy, empty):
        assert '<section class="panel plan-sheet"' in refused.text, "it is said on the run-sheet"


async def test_a_copy_is_in_no_download_and_what_is_counted_of_it_is_forgotten(
    plan: Plan, fast: House
) -> None:
    ana = plan.winter.ana
    console = await begin(plan, ana)
    await console.on()
    data = (await ana.get("/me/data.json")).text
    assert console.board_id not in data
    assert await plan.board() not in data or "trying it out" not in data
    quotas = services(fast.app).rooms.quotas
    copy = (await console.live()).space
    assert (await ana.post(f"/spaces/{copy}/try-out/end")).status_code == 303
    await until(lambda: not services(fast.app).try_outs.running, 10, "nobody plays it any more")

    await quotas.settle()  # after it is gone, as on a server that counts every few seconds
    assert await fast.value(f"SELECT count(*) FROM usage WHERE id = '{copy}'") > 0
    await forget_usage_of_what_is_gone(fast.db)

    assert await fast.value(f"SELECT count(*) FROM usage WHERE id = '{copy}'") == 0
    for what, table in (("person", "person"), ("board", "board"), ("space", "space")):
        left = f"SELECT count(*) FROM usage WHERE what = '{what}' AND id NOT IN (SELECT id FROM {table})"
        assert await fast.value(left) == 0
