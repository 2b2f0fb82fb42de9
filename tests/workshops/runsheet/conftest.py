"""Ana and Cleo lead a workshop that they plan; Bo is a member, Oli observes, Gus is a guest."""

import re
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
import pytest

from app.access import Role
from app.db import new_id
from app.workshops.runsheet.sheet import Sheet
from tests.spaces.conftest import Winter, home, winter
from tests.spaces.house import House, Person

__all__ = ["home", "winter"]


@dataclass
class Plan:
    home: House
    winter: Winter
    id: str
    oli: Person

    @property
    def base(self) -> str:
        return f"{self.winter.path}/workshops"

    @property
    def path(self) -> str:
        return f"{self.base}/{self.id}"

    async def sheet(self) -> Sheet:
        row = await self.home.value(f"SELECT sheet FROM workshop WHERE id = '{self.id}'")
        return msgspec.json.decode(row, type=Sheet)

    async def board(self) -> str:
        return str(await self.home.value(f"SELECT board_id FROM workshop WHERE id = '{self.id}'"))

    async def op(self, who: Person, do: str, **fields: Any) -> httpx.Response:
        return await who.post(f"{self.path}/ops", do=do, **fields)

    async def form(self, who: Person, step: str) -> dict[str, Any]:
        """The fields of the open form of a step, as a browser would send them again."""
        page = (await who.get(f"{self.path}?step={step}")).text
        form = page[page.index('name="do" value="set_step"') :]
        form = form[: form.index("</form>")]
        found: dict[str, Any] = {"do": "set_step"}
        found |= dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        found |= dict(re.findall(r'<input id="[^"]*" name="(\w+)" type="text" value="([^"]*)"', form))
        found |= dict(re.findall(r'<textarea id="[^"]*" name="(\w+)"[^>]*>\n([^<]*)</textarea>', form))
        for name, options in re.findall(
            r'<select id="[^"]*" name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL
        ):
            chosen = re.search(r'value="([^"]*)" selected', options)
            found[name] = chosen.group(1) if chosen else ""
        return found

    async def say(self, who: Person, path: str = "") -> str:
        answer = await who.get(self.path + path)
        assert answer.status_code == 200, answer.text
        return str(answer.text)


@pytest.fixture
async def plan(home: House, winter: Winter) -> Plan:
    oli = await home.person("Oli")
    await home.seat(winter.id, oli, winter.northfield, Role.OBSERVER)
    made = Plan(home, winter, new_id(), oli)
    team = [winter.ana.id, winter.cleo.id]
    answer = await winter.ana.post(
        f"{made.base}/new", **{"id": made.id, "from": "01_name_it", "title": "Name it", "team": team},
        purpose="So that people are home.", board="new", day="2026-12-05", time="10:00", booked="90",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    return made
