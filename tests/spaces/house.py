"""The whole product in this process, and people who use it by HTTP, each with a browser of their own."""

import asyncio
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from litestar import Litestar

from app import config as settings
from app.access import Role
from app.config import Config
from app.db import Database
from app.main import create_app, services
from app.people import actions as people
from app.spaces import actions
from app.spaces.joining import join
from app.spaces.space import JoinCode, SpaceDraft

BASE = "http://127.0.0.1:8000"
DRAFT = SpaceDraft("Winter Together", "So that people are home when they are ready.")


class Person:
    """Somebody with a browser: keeps cookies, sends the form token and the origin."""

    def __init__(self, app: Litestar, address: str = "127.0.0.1") -> None:
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, client=(address, 40000)),  # type: ignore[arg-type]
            base_url=BASE,
            headers={"Origin": BASE},
        )
        self.id = ""

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.http.get(path, headers=headers)

    async def say_yes(self, space: str) -> None:
        """Say yes, for one's organisation, to all that waits for it in a space."""
        for act in re.findall(r"/waiting/([0-9a-f-]{36})/yes", (await self.get(f"{space}/waiting")).text):
            await self.post(f"{space}/waiting/{act}/yes")

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        if "tl_csrf" not in self.http.cookies:
            await self.http.get("/join")
        return await self.http.post(path, data={"_csrf_token": self.http.cookies["tl_csrf"], **fields})


@dataclass
class House:
    """A running product and what a test wants to know of it."""

    app: Litestar
    db: Database
    config: Config
    rung: list[tuple[str, int]] = field(default_factory=list)

    def stranger(self, address: str = "127.0.0.1") -> Person:
        return Person(self.app, address)

    async def person(self, name: str, email: str | None = None) -> Person:
        """Somebody signed in, with an account."""
        async with self.db.write() as tx:
            person_id = await people.create_person(tx, name, email or f"{name.lower()}@example.org")
            token = await people.start_session(tx, person_id, "a test")
        person = self.stranger()
        person.id = person_id
        person.http.cookies.set("tl_session", token)
        return person

    async def space(
        self, steward: Person, organisation: str = "Northfield Trust", draft: SpaceDraft = DRAFT
    ) -> str:
        async with self.db.write() as tx:
            return await actions.create_space(tx, steward.id, draft, organisation)

    async def organisation(self, space_id: str, name: str) -> str:
        async with self.db.write() as tx:
            return await actions.add_organisation(tx, space_id, name)

    async def seat(
        self, space_id: str, person: Person, organisation_id: str, role: Role = Role.MEMBER
    ) -> None:
        async with self.db.write() as tx:
            await actions.seat_person(tx, space_id, person.id, organisation_id, role)
            await actions.touch_person(tx, person.id)  # as every door does that seats somebody

    async def code(self, space_id: str, by: Person, expires_at: Any, **terms: Any) -> JoinCode:
        async with self.db.write() as tx:
            return await join.add_code(tx, space_id, by.id, expires_at, **terms)

    async def count(self, table: str) -> int:
        async with self.db.read() as tx:
            return int((await tx.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar_one())

    async def value(self, sql: str) -> Any:
        async with self.db.read() as tx:
            return (await tx.exec_driver_sql(sql)).scalar_one()

    async def values(self, sql: str) -> list[Any]:
        """The first column of all rows."""
        async with self.db.read() as tx:
            return list((await tx.exec_driver_sql(sql)).scalars())

    async def set(self, sql: str) -> None:
        async with self.db.write() as tx:
            await tx.exec_driver_sql(sql)


# Apps that wait for their next house, by their settings: making one takes a quarter of a second.
_idle: dict[tuple[tuple[str, str], ...], list[Litestar]] = defaultdict(list)


@asynccontextmanager
async def house(database_url: str, **environ: str) -> AsyncIterator[House]:
    config = settings.read({"DATABASE_URL": database_url, **environ})
    idle = _idle[tuple(sorted(environ.items()))]
    app = idle.pop() if idle else create_app(config)
    app.state.config = config
    async with _running(app):
        yield House(app, services(app).db, config)
    idle.append(app)


@asynccontextmanager
async def _running(app: Litestar) -> AsyncIterator[None]:
    """The app's life in a task of its own: pytest opens and closes a fixture in two different ones."""
    up, down = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            up.set()
            await down.wait()

    task = asyncio.create_task(live())
    started = asyncio.create_task(up.wait())
    await asyncio.wait({task, started}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        started.cancel()
        down.set()
        await task
