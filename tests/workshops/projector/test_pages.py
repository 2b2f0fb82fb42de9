"""The projector over HTTP: its link opens once, shows what the room may see, and ends."""

import re
from itertools import product

import pytest

from app.access import VIEWERS, Hat, Role
from app.boards.core.sight import Audience
from app.db import new_id
from app.main import services
from tests.spaces.house import Person
from tests.workshops.conftest import Stage, text_of

CANARY = "a bed on the corridor for nine days"


class Wall:
    """The machine that projects: a browser that nobody has signed in to."""

    def __init__(self, stage: Stage, machine: Person) -> None:
        self.stage, self.machine = stage, machine

    async def link(self) -> str:
        """A new link, as the console shows it: its path."""
        answer = await self.stage.winter.ana.post(f"{self.stage.desk.path}/console/screens")
        assert answer.status_code == 200, answer.text
        return re.findall(r"(/present/[\w-]+)", answer.text)[0]

    async def open(self) -> str:
        path = await self.link()
        assert "Show the workshop on this screen" in (await self.machine.get(path)).text
        answer = await self.machine.post(path)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/present"
        return path

    async def shows(self) -> str:
        answer = await self.machine.get("/present")
        assert answer.status_code == 200, answer.text
        return text_of(answer.text)


@pytest.fixture
async def wall(stage: Stage) -> Wall:
    return Wall(stage, stage.home.stranger())


async def test_the_link_opens_once_on_one_machine(wall: Wall) -> None:
    await wall.stage.begin()
    path = await wall.open()
    other = wall.stage.home.stranger()

    assert "So that people are home." in await wall.shows()
    assert (await other.get(path)).status_code == 404
    assert (await other.post(path)).status_code == 404
    assert (await other.get("/present")).status_code == 404


async def test_at_the_doors_it_says_for_which_board_the_code_is(wall: Wall) -> None:
    await wall.stage.begin()
    await wall.open()
    made = await wall.stage.winter.ana.post(f"{wall.stage.winter.path}/codes", days="1")
    assert made.status_code < 400
    assert "for “ Leaving well ”" in await wall.shows()


async def test_a_link_that_is_only_looked_at_still_opens(wall: Wall) -> None:
    await wall.stage.begin()
    path = await wall.link()
    await wall.stage.home.stranger().get(path)

    assert (await wall.machine.post(path)).status_code == 303


async def test_the_screen_is_let_in_nowhere_else(wall: Wall) -> None:
    await wall.stage.begin()
    await wall.open()
    board = wall.stage.desk.path
    for path in (board, f"{board}/outline", f"{board}/people", f"{board}/changes", f"{board}/console"):
        assert (await wall.machine.get(path)).status_code in (302, 303, 401), path


async def test_W1_it_shows_what_is_revealed_and_nothing_private(wall: Wall) -> None:
    await wall.stage.begin()
    await wall.open()
    phase = await wall.stage.ask("What makes it hard?", minutes=5)
    await wall.stage.wrote(wall.stage.winter.bo, phase, CANARY)
    shown = await wall.shows()
    assert "What makes it hard?" in shown
    assert "Private until we reveal." in shown
    assert CANARY not in (await wall.machine.get("/present")).text
    await wall.stage.reveal(phase)
    assert CANARY in await wall.shows()


async def test_the_join_code_stands_there_until_it_is_hidden(wall: Wall) -> None:
    id = await wall.stage.begin()
    await wall.stage.winter.ana.post(f"{wall.stage.winter.path}/codes", days="7")
    await wall.open()
    assert re.search(r"\b\w{3}-\w{3}-\w{3}\b", await wall.shows())
    await wall.stage.op(wall.stage.winter.ana, "set_screen", id=id, code=False)
    assert not re.search(r"\b\w{3}-\w{3}-\w{3}\b", await wall.shows())


async def test_notes_come_twelve_at_a_time_and_are_turned_from_the_console(wall: Wall) -> None:
    id = await wall.stage.begin()
    await wall.open()
    phase = await wall.stage.ask(write="shared")
    for i in range(13):
        await wall.stage.wrote(wall.stage.winter.bo, phase, f"note number {i:02}")
    first = await wall.shows()
    assert len(re.findall(r"note number", first)) == 12
    assert "Page 1 of 2" in first
    await wall.stage.op(wall.stage.winter.ana, "set_screen", id=id, page=1)
    second = await wall.shows()
    assert len(re.findall(r"note number", second)) == 1
    assert "Page 2 of 2" in second


async def test_a_withdrawn_link_shows_nothing(wall: Wall) -> None:
    await wall.stage.begin()
    await wall.open()
    console = (await wall.stage.winter.ana.get(f"{wall.stage.desk.path}/console")).text
    withdraw = re.findall(r'action="([^"]+/withdraw)"', console)[0]
    assert (await wall.stage.winter.ana.post(withdraw)).status_code == 303

    assert (await wall.machine.get("/present")).status_code == 404


async def test_after_the_workshop_it_says_so(wall: Wall) -> None:
    id = await wall.stage.begin()
    await wall.open()
    await wall.stage.op(wall.stage.winter.ana, "end", id=id)

    assert "The workshop has ended." in await wall.shows()


async def test_another_workshop_needs_another_link(wall: Wall) -> None:
    id = await wall.stage.begin()
    await wall.open()
    await wall.stage.op(wall.stage.winter.ana, "end", id=id)
    await wall.stage.begin("Another purpose")

    assert (await wall.machine.get("/present")).status_code == 404


async def test_without_a_workshop_there_is_no_link(wall: Wall) -> None:
    answer = await wall.stage.winter.ana.post(f"{wall.stage.desk.path}/console/screens")
    assert answer.status_code == 403
    assert (await wall.machine.get("/present/" + new_id())).status_code == 404


async def test_by_a_board_s_socket_no_person_is_drawn_the_projector_and_facilitators_alone_the_console(
    wall: Wall,
) -> None:
    await wall.stage.begin()
    rooms = services(wall.stage.home.app).rooms
    board = (await rooms.open(wall.stage.desk.id)).room.board
    drawn = {
        (role, hat, kind): await rooms.screens.draw(board, Audience(role, hat), kind)
        for role, hat, kind in product(VIEWERS, Hat, ("console", "projector"))
    }

    for (role, hat, kind), html in drawn.items():
        may = role is Role.SCREEN if kind == "projector" else hat is Hat.FACILITATOR
        assert bool(html) is may, (role, hat, kind)


async def test_of_a_long_question_the_wall_has_what_fits_in_large_letters_and_phones_all(wall: Wall) -> None:
    stage = wall.stage
    await stage.begin()
    await wall.open()
    prompt = "Who " + "waits for whom and why is that so " * 15 + "at last?"
    first = await stage.ask(prompt)

    words = await wall.shows()

    assert "The rest of the question is on your phone." in words
    assert prompt[:200] in words
    assert "at last?" not in words
    assert prompt in await stage.page(stage.winter.bo)

    await stage.ask("Who waits?", first)
    assert "The rest of the question" not in await wall.shows()
