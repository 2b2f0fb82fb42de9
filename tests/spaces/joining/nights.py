"""Guests who joined by a code, the night in which their sign-in ends, and the morning after."""

from datetime import timedelta

import httpx
import pytest

from app.boards.library import store as library_store
from app.db import new_id, now
from app.spaces.space import JoinCode
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person

DAY = timedelta(days=1)


@pytest.fixture
async def code(home: House, winter: Winter) -> JoinCode:
    return await home.code(winter.id, winter.ana, now() + DAY)


@pytest.fixture
async def board(home: House, winter: Winter) -> str:
    board_id = new_id()
    async with home.db.write() as tx:
        await library_store.add(tx, board_id, winter.id, "Home", "blank", winter.ana.id, now())
    return board_id


async def guest(home: House, code: JoinCode, name: str = "Dee", **more: str) -> Person:
    """Somebody who has joined by the code."""
    person = home.stranger()
    answer = await person.post(f"/join/{code.code}", name=name, organisation="Pharmacy", **more)
    assert answer.status_code == 303
    person.id = str(await home.value(f"SELECT id FROM person WHERE name = '{name}'"))
    return person


async def night(home: House) -> None:
    """Thirteen hours in which the guests do nothing."""
    seen = f"{now() - timedelta(hours=13):%Y-%m-%d %H:%M:%S.%f}"
    guests = "SELECT id FROM person WHERE email IS NULL"
    await home.set(f"UPDATE login SET seen_at = '{seen}' WHERE person_id IN ({guests})")


async def ask(person: Person, winter: Winter) -> httpx.Response:
    """The answer to opening the space, followed to where it leads."""
    return await person.http.get(winter.path, follow_redirects=True)


def again(winter: Winter) -> str:
    return f"/join/again/{winter.id}"


def guest_cookie(person: Person) -> tuple[str, str]:
    return next((name, value) for name, value in person.http.cookies.items() if name.startswith("tl_guest_"))
