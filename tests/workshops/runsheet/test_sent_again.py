"""A workshop that is planned, brought in or described twice over is one, on one board."""

import asyncio

import pytest

from app.boards.live import actions as boards
from app.db import new_id
from app.main import services
from tests.workshops.runsheet.conftest import Plan


async def made(plan: Plan) -> tuple[int, int]:
    """How many workshops and boards there are."""
    return await plan.home.count("workshop"), await plan.home.count("board")


async def titles(plan: Plan, workshop: str) -> list[str]:
    """Of the sections on the board of a workshop; none before it has one."""
    found = await plan.home.values(f"SELECT board_id FROM workshop WHERE id = '{workshop}'")
    if not found:
        return []
    items = (await services(plan.home.app).rooms.open(found[0])).room.board.items.values()
    return sorted(str(one.fields["title"]) for one in items if one.item == "section")


async def test_a_plan_that_is_sent_twice_or_gets_no_answer_makes_one_workshop_on_one_board(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, before = plan.winter.ana, await made(plan)
    sent = {"id": new_id(), "from": "01_name_it", "title": "Once", "team": ana.id, "board": "new"}
    with monkeypatch.context() as short:
        short.setattr(boards, "LONGEST_WAIT", 0)
        late = await ana.post(f"{plan.base}/new", **sent)
    twice = await asyncio.gather(*(ana.post(f"{plan.base}/new", **sent) for _ in range(2)))

    assert late.status_code == 503
    assert {answer.headers["location"] for answer in twice} == {f"{plan.base}/{sent['id']}"}
    assert await titles(plan, str(sent["id"])) == await titles(plan, plan.id)
    assert await made(plan) == (before[0] + 1, before[1] + 1)


async def test_a_workshop_from_a_file_that_is_sent_twice_is_one(plan: Plan) -> None:
    ana, before = plan.winter.ana, await made(plan)
    data = (await ana.get(f"{plan.path}/run-sheet.json")).content
    fields = {"id": new_id(), "_csrf_token": ana.http.cookies["tl_csrf"]}
    files = {"file": ("sheet.json", data)}
    answers = [await ana.http.post(f"{plan.base}/import", data=fields, files=files) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await made(plan) == (before[0] + 1, before[1] + 1)


async def test_a_new_board_for_a_workshop_that_is_described_twice_is_one(plan: Plan) -> None:
    before = await made(plan)
    said = {"id": new_id(), "title": "Name it", "team": plan.winter.ana.id, "board": "new"}
    answers = await asyncio.gather(*(plan.winter.ana.post(f"{plan.path}/details", **said) for _ in range(2)))

    assert {answer.status_code for answer in answers} == {303}
    assert await made(plan) == (before[0], before[1] + 1)
