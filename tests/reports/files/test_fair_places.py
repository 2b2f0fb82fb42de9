"""Places for what takes long: one a person, spaces in turn."""

import asyncio

import pytest

from app.access import Refused
from app.limits.fair_places import MOST_OF_SPACE, Customer, Places
from app.main import services
from tests.reports.test_reports import goal
from tests.spaces.conftest import Winter
from tests.spaces.house import House
from tests.support.until import until

__all__ = ["goal"]


class Work:
    """Files that are made until the test says that all are done."""

    def __init__(self, at_once: int = 1) -> None:
        self.places = Places(at_once)
        self.order: list[Customer] = []
        self.done = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    async def ask(self, *customers: Customer) -> None:
        self.tasks += [asyncio.create_task(self._make(one)) for one in customers]
        await asyncio.sleep(0)

    async def finish(self) -> list[Customer]:
        self.done.set()
        await asyncio.gather(*self.tasks)
        return self.order

    async def _make(self, customer: Customer) -> None:
        async with self.places.place(customer):
            self.order.append(customer)
            await self.done.wait()


async def test_a_guest_who_asks_for_ten_files_has_one_made_and_one_waiting_and_keeps_nobody_waiting() -> None:
    work, dee, ana = Work(at_once=2), Customer("winter", "dee"), Customer("winter", "ana")
    await work.ask(dee, dee)
    for _ in range(8):
        with pytest.raises(Refused, match="yours is first in line"):
            async with work.places.place(dee):
                pass
    await work.ask(ana)

    assert work.order == [dee, ana]
    assert await work.finish() == [dee, ana, dee]


async def test_spaces_take_turns_and_whoever_waits_is_told_which_they_are() -> None:
    work = Work()
    winter = [Customer("winter", f"w{i}") for i in range(4)]
    summer = [Customer("summer", f"s{i}") for i in range(2)]
    await work.ask(*winter, *summer)

    with pytest.raises(Refused, match="yours is third in line"):
        async with work.places.place(winter[2]):
            pass
    assert await work.finish() == [winter[0], winter[1], summer[0], winter[2], summer[1], winter[3]]


async def test_the_line_of_a_space_is_short_and_that_of_another_is_its_own() -> None:
    work = Work()
    await work.ask(*[Customer("winter", f"w{i}") for i in range(MOST_OF_SPACE + 1)])
    with pytest.raises(Refused, match="Many people of this space"):
        async with work.places.place(Customer("winter", "late")):
            pass
    other = Customer("summer", "s")
    await work.ask(other)

    assert (await work.finish()).index(other) <= 2


async def test_whoever_goes_away_while_waiting_or_at_the_moment_of_their_turn_holds_no_place() -> None:
    work, ana, bo, cleo = Work(), *(Customer("winter", name) for name in ("ana", "bo", "cleo"))
    await work.ask(ana, bo, cleo)
    work.tasks[1].cancel()
    await asyncio.wait([work.tasks[1]])
    work.done.set()
    await asyncio.wait(work.tasks)

    assert work.order == [ana, cleo]
    await work.ask(bo)
    assert work.order == [ana, cleo, bo]


async def test_somebody_who_has_a_file_made_and_one_waiting_is_told_and_others_get_theirs(
    home: House, winter: Winter, goal: str
) -> None:
    path, places = f"{winter.path}/outcomes/{goal}/report/as", services(home.app).report_files.places
    async with places.place(Customer(winter.id, winter.bo.id)):
        waiting = asyncio.create_task(winter.bo.get(f"{path}/xlsx"))
        await until(lambda: bool(places._waiting))
        third = await winter.bo.get(f"{path}/docx")
        small, of_ana = await winter.bo.get(f"{path}/md"), await winter.ana.get(f"{path}/xlsx")
    second = await waiting

    assert third.status_code == 503
    assert "yours is first in line" in third.text
    assert [answer.status_code for answer in (small, of_ana, second)] == [200, 200, 200]
