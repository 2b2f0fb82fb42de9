"""The people of a space are read once for many pages, and never as they are not."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.db import now
from app.people.tables import person as person_table
from app.spaces import actions, seats
from app.spaces.joining import join
from app.spaces.joining.join import Browser
from app.spaces.joining.join_codes import new_code
from app.spaces.rules import GuestForm
from app.spaces.tables import member
from tests.spaces.conftest import Winter
from tests.spaces.house import House
from tests.support.counted import counted
from tests.support.until import until

DAY = timedelta(days=1)


async def names(home: House, space: str) -> set[str]:
    return {one.name for one in await home.db.run_read(lambda tx: seats.people_of(tx, space))}


async def test_they_are_read_again_only_once_the_space_has_changed(home: House, winter: Winter) -> None:
    before = await names(home, winter.id)
    async with home.db.read() as tx:
        with counted() as asked:
            again = {one.name for one in await seats.people_of(tx, winter.id)}
    assert (again, len(asked)) == (before, 1)

    dee = await home.person("Dee Oak", "dee@example.org")
    await home.seat(winter.id, dee, winter.northfield)
    assert await names(home, winter.id) == before | {"Dee Oak"}


async def test_a_guest_who_joins_is_known_at_once_and_no_board_looks_again(
    home: House, winter: Winter
) -> None:
    before, code = await names(home, winter.id), await home.code(winter.id, winter.ana, now() + DAY)
    rights = await home.db.run_read(lambda tx: seats.rights_of(tx, winter.id))
    joined = await home.stranger().post(f"/join/{code.code}", name="Gus", organisation="Somewhere")

    assert joined.status_code == 303
    assert await names(home, winter.id) == before | {"Gus"}
    assert await home.db.run_read(lambda tx: seats.rights_of(tx, winter.id)) == rights


async def test_who_joins_rings_for_pages_and_who_cannot_does_not(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + DAY, max_uses=1)
    rung: list[tuple[str, int]] = []

    async def knock(typed: str) -> bool:
        guest, browser = GuestForm("Gus", "Somewhere", ""), Browser("a test")
        at = join.join(home.db, lambda *one: rung.append(one), typed, guest, None, browser)
        return await at is not None

    assert [await knock(typed) for typed in (code.code, code.code, new_code())] == [True, False, False]
    epoch = await home.db.run_read(lambda tx: seats.epoch_of(tx, winter.id))
    assert rung == [(seats.content_topic(winter.id), epoch)]


async def test_what_was_rolled_back_is_kept_by_nobody(home: House, winter: Winter) -> None:
    before = await names(home, winter.id)

    async def rename() -> None:
        async with home.db.write() as tx:
            renamed = update(person_table).where(person_table.c.id == winter.ana.id).values(name="Never Was")
            await tx.execute(renamed)
            await actions.touch_person(tx, winter.ana.id)
            assert "Never Was" in {one.name for one in await seats.people_of(tx, winter.id)}
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await rename()
    async with home.db.write() as tx:
        await actions.touch_person(tx, winter.ana.id)  # the epoch is what it was in the other

    assert await names(home, winter.id) == before


async def test_a_guest_whose_time_ends_is_a_former_one_though_nothing_was_changed(
    home: House, winter: Winter
) -> None:
    guest = winter.bo.id

    async def is_former() -> bool:
        people = await home.db.run_read(lambda tx: seats.people_by_id(tx, winter.id))
        return people[guest].former

    async with home.db.write() as tx:
        soon = now() + timedelta(seconds=0.6)
        await tx.execute(update(member).where(member.c.person_id == guest).values(expires_at=soon))
        await actions.touch_person(tx, guest)
    assert not await is_former()
    await until(is_former)
