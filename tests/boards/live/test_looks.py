"""Who has seen a board up to which deed, and who is there now, as every process can read it."""

from datetime import timedelta

from app.boards.live.looks import AGAIN, HERE_FOR, Looks
from app.boards.storage import look_store
from app.db import new_id, now
from tests.boards.conftest import Desk


async def seen(desk: Desk, person: str) -> int | None:
    async with desk.home.db.read() as tx:
        return (await look_store.seen(tx, person, [desk.id])).get(desk.id)


async def here(desk: Desk, after: timedelta = timedelta()) -> list[str]:
    async with desk.home.db.read() as tx:
        return (await look_store.here(tx, [desk.id], now() + after)).get(desk.id, [])


async def test_R2_who_follows_a_board_is_here_and_who_leaves_has_seen_what_was_there(desk: Desk) -> None:
    looks, ana, bo = Looks(desk.home.db), desk.winter.ana.id, desk.winter.bo.id
    await looks.write({(desk.id, ana): 3, (desk.id, bo): 3})
    both = await here(desk)
    await looks.write({(desk.id, ana): 3, (desk.id, bo): 7})
    await looks.write({(desk.id, ana): 9})

    assert sorted(both) == sorted([ana, bo])
    assert await here(desk) == [ana]
    assert await seen(desk, bo) == 7


async def test_R2_a_process_that_was_killed_is_believed_for_a_minute_at_most(desk: Desk) -> None:
    await Looks(desk.home.db).write({(desk.id, desk.winter.ana.id): 1})

    assert await here(desk, HERE_FOR - timedelta(seconds=2)) == [desk.winter.ana.id]
    assert await here(desk, HERE_FOR) == []
    assert AGAIN < HERE_FOR


async def test_a_page_that_showed_a_board_is_a_look_without_anybody_being_here(desk: Desk) -> None:
    looks, ana = Looks(desk.home.db), desk.winter.ana.id
    looks.glance(desk.id, ana, 5)
    await looks.write({})

    assert await seen(desk, ana) == 5
    assert await here(desk) == []


async def test_nothing_of_an_erased_person_or_of_a_board_that_is_gone_comes_back(desk: Desk) -> None:
    looks, ana, bo = Looks(desk.home.db), desk.winter.ana.id, desk.winter.bo.id
    await looks.write({(desk.id, bo): 1, (desk.id, ana): 1})
    await desk.winter.bo.post("/me/erase", sure="yes")
    assert await seen(desk, bo) is None
    await looks.write({(desk.id, ana): 2, (new_id(), ana): 1})

    assert await seen(desk, bo) is None
    assert await desk.home.count("look") == 1
    assert await here(desk) == [ana]


async def test_what_one_has_looked_at_is_in_ones_data(desk: Desk) -> None:
    looks = Looks(desk.home.db)
    looks.glance(desk.id, desk.winter.cleo.id, 0)
    await looks.write({})
    data = (await desk.winter.cleo.get("/me/data.json")).json()

    assert [one["title"] for one in data["boards"]] == ["Leaving well"]
    assert data["boards"][0]["last_looked_at"].startswith(str(now().year))
