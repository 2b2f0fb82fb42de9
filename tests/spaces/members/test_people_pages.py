"""A space of hundreds: its people come fifty at a time, and by name."""

import re

from app.access import Role
from app.people import actions as accounts
from app.spaces import actions
from app.spaces.members.pages import PAGE, page_of_list
from app.spaces.space import Participant
from tests.spaces.conftest import Winter
from tests.spaces.house import House

MANY = PAGE + 5


async def _fill(home: House, winter: Winter) -> None:
    async with home.db.write() as tx:
        for i in range(MANY):
            person = await accounts.create_person(tx, f"Member {i:03}")
            await actions.seat_person(tx, winter.id, person, winter.northfield, Role.MEMBER)
        await actions.touch_person(tx, winter.ana.id)


def _named(page: str) -> list[str]:
    return re.findall(r"Member \d{3}(?=</bdi>)", page)


async def test_each_is_on_one_page_and_the_counts_are_of_all(home: House, winter: Winter) -> None:
    await _fill(home, winter)
    first = (await winter.cleo.get(f"{winter.path}/people")).text
    second = (await winter.cleo.get(f"{winter.path}/people?page=2")).text

    shown = set(_named(first)), set(_named(second))
    assert not shown[0] & shown[1]
    assert len(shown[0] | shown[1]) == MANY
    assert f"<small>{MANY + 2} people</small>" in first  # with Ana and Bo
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second


async def test_somebody_is_found_by_a_piece_of_their_name(home: House, winter: Winter) -> None:
    await _fill(home, winter)
    page = (await winter.cleo.get(f"{winter.path}/people?q=mEMBER+007")).text
    nobody = (await winter.cleo.get(f"{winter.path}/people?q=%3Cb%3E")).text

    assert set(_named(page)) == {"Member 007"}
    assert "Nobody here has" in nobody
    assert "&lt;b&gt;" in nobody


async def test_a_small_space_has_no_pages_and_nothing_to_look_for(winter: Winter) -> None:
    page = (await winter.ana.get(f"{winter.path}/people?page=9999999999&guest_page=-1")).text

    assert "Find somebody" not in page
    assert "Page 1" not in page


def test_a_page_that_is_not_there_is_the_nearest_one() -> None:
    people = [Participant(str(i), "", None, "", 0, Role.MEMBER, False) for i in range(MANY)]

    asked = ["", "0", "2", "3", "99999999999999", "٣", "x", "-1"]
    assert [page_of_list(people, one).number for one in asked] == [1, 1, 2, 2, 1, 1, 1, 1]
