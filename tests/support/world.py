"""A small world for tests that need people on a board: two organisations, and a sign-in for each person."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, update

from app.access import Role
from app.boards.library import store as library_store
from app.db import Database, new_id, now
from app.people import actions as accounts
from app.people import store
from app.spaces import actions as spaces
from app.spaces import seats
from app.spaces.space import SpaceDraft

SOON = timedelta(seconds=2)  # enough to open a few sockets in


@dataclass
class World:
    """Ids by name; `tokens` are session cookies."""

    space: str
    board: str
    organisations: dict[str, str]
    people: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def cookie(self, name: str) -> dict[str, str]:
        return {"Cookie": f"tl_session={self.tokens[name]}"}


async def make_world(url: str) -> World:
    """Ana (steward) and Ben (member) of North, Cat (steward) and Dan (observer) of South, and a board."""
    db = Database(url)
    try:
        async with db.write() as tx:
            return await _fill(tx)
    finally:
        await db.close()


async def ends_soon(url: str, table: Table, which: ColumnElement[bool], **column: timedelta) -> datetime:
    """Let a time in the database be so far from now; gives now and SOON, which is when things end then."""
    ((name, after),) = column.items()
    at = now()
    db = Database(url)
    try:
        async with db.write() as tx:
            await tx.execute(update(table).where(which).values({name: at + after}))
    finally:
        await db.close()
    return at + SOON


async def people(url: str, world: World, count: int) -> list[str]:
    """So many more members of North, each signed in; gives the cookie of each."""
    db = Database(url)
    try:
        async with db.write() as tx:
            return [await _member(tx, world, f"Member {i}") for i in range(1, count + 1)]
    finally:
        await db.close()


async def _member(tx: Any, world: World, name: str) -> str:
    person = await accounts.create_person(tx, name)
    await spaces.seat_person(tx, world.space, person, world.organisations["North"], Role.MEMBER)
    await spaces.touch_person(tx, person)
    return f"tl_session={await accounts.start_session(tx, person, 'a test')}"


async def _fill(tx: Any) -> World:
    house = new_id()  # several worlds may share a database
    ana = await accounts.create_person(tx, "Ana Ash", f"ana@{house}.example")
    space = await spaces.create_space(
        tx, ana, SpaceDraft("Winter Together", "So that people are home."), "North"
    )
    seat = await seats.seat(tx, await _login(tx, ana), space)
    assert seat is not None
    north = seat.actor.organisation or ""
    south = await spaces.add_organisation(tx, space, "South")
    board = new_id()
    await library_store.add(tx, board, space, "Leaving hospital well", "blank", ana, now())
    world = World(space, board, {"North": north, "South": south}, {"Ana": ana})
    for name, organisation, role in (
        ("Ben", north, Role.MEMBER),
        ("Cat", south, Role.STEWARD),
        ("Dan", south, Role.OBSERVER),
    ):
        world.people[name] = await accounts.create_person(
            tx, f"{name} Elm", f"{name.lower()}@{house}.example"
        )
        await spaces.seat_person(tx, space, world.people[name], organisation, role)
    for name, person in world.people.items():
        world.tokens[name] = await accounts.start_session(tx, person, "a test")
    return world


async def _login(tx: Any, person: str) -> str:
    await accounts.start_session(tx, person, "a test")
    return str((await store.logins_of(tx, person))[0].id)
