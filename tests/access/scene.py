"""Everybody who might knock, and a space and board for them to knock at, as it was before each knock."""

import hashlib
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

from app.access import Actor, Role, State
from app.boards.library import store as library_store
from app.db import new_id, now
from app.records import store as records
from app.records.core.ops import Deed, Keep
from app.records.core.rules import apply
from app.spaces import member_store
from app.spaces.space import Membership
from tests.spaces.house import House, Person, house

# Wrong guesses are written down on purpose; who looked is noted a little later, by the clock, and what can be
# found is indexed when somebody looks for it. How much people write is counted a moment after they did.
UNCOUNTED = {"attempt", "alembic_version", "look", "record_look", "usage"}
INDEX = "find_"
FACILITATOR, SCREEN = "facilitator", "screen"


@dataclass
class Scene:
    home: House
    file: Path
    space: str
    board: str
    record: str
    watch: sqlite3.Connection  # which writes nothing itself, so that its data_version tells of others
    people: dict[str, Person] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    _printed: tuple[int, str] = (-1, "")
    _kept: int = -1

    def print(self) -> str:
        """A fingerprint of all that is stored, taken again only once somebody has written."""
        version = self._version()
        if self._printed[0] != version:
            self._printed = (version, hashlib.sha256(repr(self._rows()).encode()).hexdigest())
        return self._printed[1]

    def keep(self) -> None:
        with sqlite3.connect(self.file.with_suffix(".kept")) as kept:
            self.watch.backup(kept)
        self._kept = self._version()

    def put_back(self) -> None:
        """All as it was when it was kept; nothing to do where nobody has written since."""
        if self._version() != self._kept:
            with sqlite3.connect(self.file) as live, sqlite3.connect(self.file.with_suffix(".kept")) as kept:
                kept.backup(live)
            self._kept = self._version()

    def _version(self) -> int:
        version: int = self.watch.execute("PRAGMA data_version").fetchone()[0]
        return version

    def _rows(self) -> list[tuple[str, list[str]]]:
        tables = "SELECT name FROM sqlite_master WHERE type='table' ORDER BY name"
        names = [name for (name,) in self.watch.execute(tables).fetchall() if name not in UNCOUNTED]
        names = [name for name in names if not name.startswith(INDEX)]
        return [(n, sorted(map(repr, self.watch.execute(f"SELECT * FROM {n}").fetchall()))) for n in names]

    async def be(self, board: State, space: State) -> None:
        for table, id, state in (("board", self.board, board), ("space", self.space, space)):
            at = f"'{now():%Y-%m-%d %H:%M:%S.%f}'" if state is State.ARCHIVED else "NULL"
            await self.home.set(f"UPDATE {table} SET archived_at = {at} WHERE id = '{id}'")
        self.keep()


@asynccontextmanager
async def scene(database_url: str) -> AsyncIterator[Scene]:
    """A space of North and South, with a board; and a mirror of it that nobody of it belongs to."""
    async with house(database_url) as home:
        ana = await home.person("Ana")
        space = await home.space(ana, "North")
        north = str(await home.value("SELECT id FROM organisation"))
        south = await home.organisation(space, "South")
        board = new_id()
        async with home.db.write() as tx:
            await library_store.add(tx, board, space, "Leaving hospital well", "blank", ana.id, now())
        record = await _record(home, space, ana, north)
        file = Path(database_url.split("///")[1])
        watch = sqlite3.connect(file, isolation_level=None)
        found = Scene(home, file, space, board, record, watch)
        found.people["steward of North"], found.actors["steward of North"] = (
            ana,
            Actor(Role.STEWARD, ana.id, north),
        )
        for name, organisation, role in (
            ("member of North", north, Role.MEMBER),
            ("steward of South", south, Role.STEWARD),
            ("member of South", south, Role.MEMBER),
            ("observer", south, Role.OBSERVER),
            (FACILITATOR, south, Role.MEMBER),
        ):
            await _sit(found, name, organisation, role, Membership.ACTIVE)
        await _sit(found, "guest", None, Role.GUEST, Membership.ACTIVE)
        await _sit(found, "waiting guest", None, Role.GUEST, Membership.WAITING)
        await _sit(found, "former member", north, Role.MEMBER, Membership.FORMER)
        found.people["signed out"], found.actors["signed out"] = home.stranger(), Actor(Role.STRANGER)
        elsewhere = await home.person("Elsewhere")
        await home.space(elsewhere, "Elsewhere")
        found.people["steward elsewhere"] = elsewhere
        found.actors["steward elsewhere"] = Actor(Role.PERSON, elsewhere.id)
        await _begin_workshop(found)
        with closing(watch):
            yield found


async def _record(home: House, space: str, by: Person, organisation: str) -> str:
    """A record that stands and that nobody holds."""
    made, actor = new_id(), Actor(Role.STEWARD, by.id, organisation)
    deed = Deed(Keep("dilemma", "Quick and slow", {}), actor, now())
    async with home.db.write() as tx:
        await records.add(tx, apply(None, deed, made, space), deed)
    return made


async def _begin_workshop(found: Scene) -> None:
    """A workshop runs on the board, in its first phase; a projector shows it."""
    leads, board = found.people[FACILITATOR], f"/boards/{found.board}"
    answer = await leads.post(f"{board}/workshop", id=new_id(), purpose="Leaving well", authority="")
    assert answer.status_code == 303, answer.text
    phase = {"do": "open_phase", "id": new_id(), "from": "", "prompt": "What makes it hard?"}
    answer = await leads.post(f"{board}/console", **phase)
    assert answer.status_code == 303, answer.text
    link = re.findall(r"/present/[\w-]+", (await leads.post(f"{board}/console/screens")).text)[0]
    screen = found.people[SCREEN] = found.home.stranger()
    assert (await screen.post(link)).status_code == 303
    # On every other page a projector is nobody: its cookie is read at its own address alone.
    found.actors[SCREEN] = Actor(Role.STRANGER)


async def _sit(found: Scene, name: str, organisation: str | None, role: Role, membership: Membership) -> None:
    person = await found.home.person(name.replace(" ", "-"))
    async with found.home.db.write() as tx:
        await member_store.put(
            tx,
            found.space,
            person.id,
            role=role,
            membership=membership,
            organisation_id=organisation,
            says=None if organisation else "Somewhere",
            at=now(),
        )
    roles = {Membership.WAITING: Role.WAITING, Membership.FORMER: Role.FORMER}
    found.people[name] = person
    found.actors[name] = Actor(roles.get(membership, role), person.id, organisation)
