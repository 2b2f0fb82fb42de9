"""Find never shows what `see` withholds: after any deeds it shows what the outline shows, no more."""

import random

import pytest

from app.access import Role
from tests.boards.conftest import Desk
from tests.find.looking import cards, found
from tests.spaces.house import Person

DEEDS = ("card", "draft", "edit", "publish", "remove", "restore", "retitle")


class Play:
    """Three people who do things at random; every text they write has a word of its own."""

    def __init__(self, desk: Desk, people: list[Person], seed: int) -> None:
        self.desk, self.people, self.rng = desk, people, random.Random(seed)
        self.canaries: list[str] = []
        self.owned: dict[str, Person] = {}
        self.sections: list[str] = []

    def canary(self) -> str:
        self.canaries.append(f"canary{len(self.canaries)}x{self.rng.randrange(10**6)}")
        return self.canaries[-1]

    async def step(self) -> None:
        who, deed = self.rng.choice(self.people), self.rng.choice(DEEDS)
        if deed in ("card", "draft") or not self.owned:
            section = self.rng.choice([*self.sections, ""])
            fields = {"section": section} if section else {}
            draft = {"draft": "true"} if deed == "draft" else {}
            self.owned[await self.desk.card(who, f"Some {self.canary()}", **fields, **draft)] = who
        elif deed == "retitle":
            if len(self.sections) < 3:
                self.sections.append(await self.desk.section(who, f"Part {self.canary()}"))
            else:
                section = self.rng.choice(self.sections)
                await self.desk.act(who, "edit_section", id=section, title=f"Part {self.canary()}")
        else:
            card = self.rng.choice(list(self.owned))
            text = {"text": f"Some {self.canary()}"} if deed == "edit" else {}
            await self.desk.act(self.owned[card], f"{deed}_card", id=card, **text)


@pytest.mark.parametrize("seed", range(2))
async def test_find_shows_of_every_word_ever_written_what_the_outline_shows(desk: Desk, seed: int) -> None:
    winter = desk.winter
    guest = await desk.home.person("Gus")
    await desk.home.seat(winter.id, guest, winter.northfield, Role.GUEST)
    play = Play(desk, [winter.ana, winter.cleo, guest], seed)

    for _ in range(3):
        for _ in range(12):
            await play.step()
        for who in play.people:
            outline = await desk.outline(who)
            for canary in play.canaries:
                shown = [card for card in _cards_in(outline) if canary in card]
                assert len(await cards(desk, who, canary)) == len(shown), canary


async def test_a_draft_crowds_nothing_out_and_counts_for_nobody_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.find.cards.MOST", 2)
    seen = {await desk.card(desk.winter.ana, "Beds") for _ in range(2)}
    for _ in range(5):
        await desk.card(desk.winter.bo, "Beds", draft="true")

    assert await cards(desk, desk.winter.ana, "beds") == seen
    assert (await found(desk, desk.winter.ana, "beds")).startswith("2 results Leaving")


async def test_somebody_who_has_left_finds_nothing_more(desk: Desk) -> None:
    await desk.card(desk.winter.ana, "Beds")
    assert len(await cards(desk, desk.winter.bo, "beds")) == 1

    await desk.winter.bo.post(f"{desk.winter.path}/leave")

    assert (await desk.winter.bo.get(f"{desk.winter.path}/find?q=beds")).status_code == 404


def _cards_in(outline: str) -> list[str]:
    """The cards of an outline, each with the title of its section, by which it is found too."""
    shown = []
    for part in outline.split('<section class="part"')[1:]:
        title, *rest = part.split('<li class="card')
        shown += [title.split("</h2>")[0] + one for one in rest]
    return shown
