"""A space with people of two organisations and a board, and how they keep records in it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.access import Actor, Role
from app.boards.core.ops import AddCard, AddLink
from app.boards.library import store as library_store
from app.boards.live import actions as boards
from app.boards.live.rooms import Rooms
from app.db import new_id, now
from app.main import services
from app.records import store
from app.records.core.history import replay
from app.records.core.record import Record
from app.records.tables import find_record, record
from app.spaces import seats
from tests.spaces.house import House, Person, house
from tests.support.world import World, people

MANY = 60


@dataclass
class Desk:
    """A space of North (Ana, Abe) and South (Ben), with a board."""

    home: House
    space: str
    board: str
    ana: Person
    abe: Person
    ben: Person
    gus: Person

    @property
    def base(self) -> str:
        return f"/spaces/{self.space}/records"

    @property
    def rooms(self) -> Rooms:
        return services(self.home.app).rooms

    async def op(self, by: Person, op: object) -> str:
        async with self.home.db.read() as tx:
            people = {one.id: one for one in await seats.people_of(tx, self.space)}
        actor = Actor(people[by.id].role, by.id, people[by.id].organisation)
        answers = await boards.act(self.rooms, self.board, None, [boards.request(actor, op)])  # type: ignore[arg-type]
        assert answers[0].result
        return answers[0].result.say or ""

    async def card(self, by: Person, text: str, section: str | None = None) -> str:
        id = new_id()
        assert not await self.op(by, AddCard(id, "note", text, section))
        return id

    async def link(self, by: Person, start: str, end: str, means: str) -> None:
        assert not await self.op(by, AddLink(new_id(), start, end, means))

    async def keep(self, by: Person, kind: str, title: str, card: str = "", **more: str) -> str:
        """The id of a record that is kept at once."""
        page = await by.get(f"{self.base}/keep?kind={kind}&cards={f'{self.board}/{card}' if card else ''}")
        said = read_said(page.text)
        fields = {"cards": f"{self.board}/{card}" if card else "", "said": said, "kind": kind}
        given = {
            "title": title,
            "tender": "me",
            "look_again": "2090-02-14",
            "step": "stand",
            **fields,
            **more,
        }
        answer = await by.post(f"{self.base}/keep", **given)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].rpartition("/")[2]

    async def copies(self, id: str, titles: list[str]) -> None:
        """Records as this one but for their titles, found by its words; without a history."""
        async with self.home.db.write() as tx:
            one = (await tx.execute(select(record).where(record.c.id == id))).mappings().one()
            entry = (await tx.execute(select(find_record).where(find_record.c.record_id == id))).one()
            made = [{**one, "id": new_id(), "title": title} for title in titles]
            await tx.execute(insert(record), made)
            found = {"revision": entry.revision, "words": entry.words}
            await tx.execute(insert(find_record), [{"record_id": one["id"], **found} for one in made])

    async def do(self, who: Person, record: str, do: str, **fields: str) -> int:
        answer = await who.post(f"{self.base}/{record}/ops", do=do, **fields)
        return answer.status_code

    async def record(self, id: str) -> Record:
        """As it is stored; and its history gives the same."""
        async with self.home.db.read() as tx:
            found = await store.find(tx, self.space, id)
            history = await store.history(tx, id)
        assert found
        assert replay(history, id, self.space)[-1] == found
        return found

    async def face(self, card: str) -> dict[str, str]:
        live = await self.rooms.open(self.board)
        return live.room.board.items[card].fields.get("face") or {}


def read_said(page: str) -> str:
    """What a form of keeping holds, to tell whether its cards were reworded meanwhile."""
    said = re.search(r'name="said" value="([^"]*)"', page)
    assert said, page
    return said.group(1)


@asynccontextmanager
async def desk_at(url: str) -> AsyncIterator[Desk]:
    async with house(url) as home:
        ana, abe, ben, gus = [await home.person(name) for name in ("Ana", "Abe", "Ben", "Gus")]
        space = await home.space(ana, "North")
        north = str(await home.value("SELECT id FROM organisation"))
        south = await home.organisation(space, "South")
        await home.seat(space, abe, north)
        await home.seat(space, ben, south)
        await home.seat(space, gus, south, Role.OBSERVER)
        board = new_id()
        async with home.db.write() as tx:
            await library_store.add(tx, board, space, "Leaving well", "blank", ana.id, now())
        yield Desk(home, space, board, ana, abe, ben, gus)


@asynccontextmanager
async def crowd_at(url: str) -> AsyncIterator[Desk]:
    """The same, with Members 1 to 60 of North beside the others."""
    async with desk_at(url) as made:
        north = str(await made.home.value("SELECT id FROM organisation WHERE name = 'North'"))
        await people(url, World(made.space, made.board, {"North": north}), MANY)
        yield made
