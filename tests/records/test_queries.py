"""How often pages of records ask the database: not often, and no more for many records than for few."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.boards.library import store as library_store
from app.db import new_id, now
from tests.outcomes.given import a_goal
from tests.records.desk import Desk, desk_at
from tests.support.counted import counted

MOST = 23  # three of them begin a transaction


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with desk_at(sqlite_url) as made:
        yield made


async def asked(desk: Desk, path: str) -> list[str]:
    """The statements of one page that was asked for before: what processes keep of a space is known."""
    await desk.ana.get(path)
    with counted() as sent:
        assert (await desk.ana.get(path)).status_code == 200, path
    return sent


async def story(desk: Desk) -> str:
    """A dilemma of its own board that rests on an assumption, tested, for a goal; the dilemma's id."""
    board = new_id()
    async with desk.home.db.write() as tx:
        await library_store.add(tx, board, desk.space, "Another board", "blank", desk.ana.id, now())
    desk.board = board
    organisation = str(await desk.home.value("SELECT organisation_id FROM member WHERE role = 'steward'"))
    goal = await a_goal(desk.home.db, desk.space, desk.ana.id, organisation)
    note, card = await desk.card(desk.ben, "Nobody owns it"), await desk.card(desk.ben, "Quick and slow")
    await desk.link(desk.ben, note, card, "leads_to")
    dilemma = await desk.keep(desk.ana, "dilemma", "Quick and slow", card, goal=goal)
    more = {"from": dilemma, "means": "rests_on", "mine": "yes"}
    assumption = await desk.keep(desk.ana, "assumption", "They hear too late", goal=goal, **more)
    more = {"from": assumption, "means": "tests", "mine": ""}
    fields = {"field-do": "Ring", "field-threshold": "20 of 30"}
    await desk.keep(desk.ana, "test", "Ring them", await desk.card(desk.ana, "Ring"), **fields, **more)
    return dilemma


async def test_pages_of_records_ask_seldom_and_no_more_often_for_many_records(desk: Desk) -> None:
    id = await story(desk)
    pages = [f"{desk.base}/{id}", desk.base, f"{desk.base}?kind=assumption"]
    few = [await asked(desk, page) for page in pages]
    for _ in range(4):
        await story(desk)
    many = [await asked(desk, page) for page in pages]

    assert [len(one) for one in many] == [len(one) for one in few]
    assert [len(one) for one in many if len(one) > MOST] == []


async def test_those_that_are_found_are_looked_up_and_not_each_compared_with_all(postgres_url: str) -> None:
    """A list in a filter is gone through for every record: 10,000 that have one word took half a second."""
    sent: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        if statement.startswith("SELECT record.id") and "ANY (array" in statement:
            sent.append((statement, values))

    async with desk_at(postgres_url) as desk:
        one = await desk.keep(desk.ana, "assumption", "They hear too late")
        await desk.copies(one, [f"They hear too late {number}" for number in range(2_000)])
        await desk.home.set("ANALYZE")
        event.listen(Engine, "before_cursor_execute", note)
        try:
            await desk.ana.get(f"{desk.base}?q=late+ana&sort=title")
            ((statement, values),) = sent
            async with desk.home.db.read() as tx:
                plan = list((await tx.exec_driver_sql(f"EXPLAIN {statement}", values)).scalars())
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    assert any("InitPlan" in step for step in plan), plan
    assert [step for step in plan if "Filter" in step and "InitPlan" in step] == []
