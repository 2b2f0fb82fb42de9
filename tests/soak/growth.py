"""By how much one person who writes for a day at the legal pace makes the database grow.

`python -m tests.soak.growth` plays that day on both databases, as fast as they take it: the time of the ops
is made up, the pace is what quotas give, and the hourly job runs each hour of it. One line of figures each.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from msgspec import Struct
from sqlalchemy import text

from app.access import Actor, Role
from app.boards.core import ops as o
from app.boards.live import actions, codec
from app.boards.live.quotas import USUAL, Place, Quotas
from app.boards.live.rooms import Rooms
from app.boards.live.turn.ticket import Ticket
from app.boards.retention import horizon_job
from app.db import Database, new_id
from tests.support.databases import Postgres, copy_sqlite, make_sqlite_template, postgres_server
from tests.support.world import World, make_world

HOUR, DAY = 3600.0, 24 * 3600.0
AT_MOST = 200.0  # MB
MB = 1 << 20
LONG = 3_990  # characters of four bytes: as much as an op may hold
SAMPLE = 200  # ops, to say what a day would be without quotas and horizons
Ops = Iterator[o.Op]
CHARACTERS = range(0x1F300, 0x1F900)  # of four bytes each; chance, so that no database makes them smaller


class Habit(Struct, frozen=True):
    """One way of writing: the ops that go before it, and those of the day."""

    name: str
    cards: int
    ops: Callable[[random.Random, list[str]], Ops]


def _long(chance: random.Random) -> str:
    return "".join(map(chr, chance.choices(CHARACTERS, k=LONG)))


def one_text(chance: random.Random, cards: list[str]) -> Ops:
    while True:
        yield o.EditCard(cards[0], text=_long(chance))


def many_texts(chance: random.Random, cards: list[str]) -> Ops:
    for i in count():
        yield o.EditCard(cards[i % len(cards)], text=_long(chance))


def typing(chance: random.Random, cards: list[str]) -> Ops:
    """A text of some lines that grows, as a page sends it."""
    for i in count():
        yield o.EditCard(cards[i // 200 % len(cards)], text="Some words " * (i % 50) + str(i))


def new_cards(chance: random.Random, cards: list[str]) -> Ops:
    while True:
        yield o.AddCard(new_id(), "note", _long(chance))


def moves(chance: random.Random, cards: list[str]) -> Ops:
    """As many cards at once as a batch may hold."""
    while True:
        yield o.Batch(
            tuple(o.MoveCard(id, x=chance.random(), y=chance.random()) for id in cards[: o.MAX_PARTS])
        )


def refused(chance: random.Random, cards: list[str]) -> Ops:
    while True:
        yield o.EditCard(new_id(), text="Nothing is there")


HABITS = (
    Habit("one text of full length", 1, one_text),
    Habit("1,000 texts of full length in turn", 1_000, many_texts),
    Habit("typing as a page sends it", 20, typing),
    Habit("new cards of full length", 0, new_cards),
    Habit("batches of 200 moves", 200, moves),
    Habit("ops that are refused", 0, refused),
)


class Writer:
    """One person at one board, whose clock runs as fast as the database takes their ops."""

    def __init__(self, db: Database, world: World) -> None:
        self.db, self.at, self.n = db, time.time(), count(1)
        self.world, self.rooms = world, Rooms(db, lambda topic, number: None, limited=False)
        self.quotas = Quotas(db, USUAL, limited=True, clock=lambda: self.at)
        self.place = Place(world.people["Ben"], world.board, world.space)
        self.actor = Actor(Role.MEMBER, world.people["Ben"], world.organisations["North"])

    async def cards(self, many: int) -> list[str]:
        ids = [new_id() for _ in range(many)]
        await self.do([o.AddCard(id, "note", "Words") for id in ids])
        return ids

    async def do(self, ops: list[o.Op]) -> None:
        """Each as of now, with 64 under way."""
        live = await self.rooms.open(self.world.board)
        for begin in range(0, len(ops), 64):
            futures = [self._submit(live, op) for op in ops[begin : begin + 64]]
            await asyncio.gather(*futures)

    def _submit(self, live: object, op: o.Op) -> asyncio.Future[object]:
        future: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        asked = actions.request(self.actor, op, client="day", n=next(self.n))
        asked = type(asked)(asked.actor, asked.client, asked.n, asked.op, self.at, None, None)
        live.room.submit(Ticket(asked, "", None, future.set_result))  # type: ignore[attr-defined]
        return future

    async def an_hour(self, ops: Ops) -> int:
        """What their pace lets through within the next hour; how many ops."""
        until, done = self.at + HOUR, 0
        while self.at < until:
            some: list[o.Op] = []
            while len(some) < 64 and self.at < until:
                some.append(next(ops))
                self.at += self._takes(some[-1])
            await self.do(some)
            done += len(some)
        await self.quotas.settle()
        return done

    def _takes(self, op: o.Op) -> float:
        """The seconds until the next op, as the pace has them."""
        pace = self.quotas.pace(self.place)
        before = pace.tokens
        self.quotas.charge(self.place, op, len(codec.encode(op)))
        return (1 + before - pace.tokens) / pace.rate


async def size(db: Database) -> float:
    """MB on disk, with what is free for later in it."""
    if db.sqlite:
        async with db.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return os.path.getsize(db.url.split("///", 1)[-1]) / MB  # noqa: PTH202, ASYNC240 - a moment
    async with db.engine.connect() as connection:
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await plain.exec_driver_sql("VACUUM")  # as autovacuum does, in the minutes that an hour has
        found = await plain.execute(text("SELECT pg_database_size(current_database())"))
        return int(found.scalar_one()) / MB


async def grown_by(db: Database, writer: Writer, ops: list[o.Op]) -> float:
    """MB for each op, a part of a batch being one too."""
    before = await size(db)
    await writer.do(ops)
    return (await size(db) - before) / sum(codec.count_parts(op) for op in ops)


async def a_day(url: str, habit: Habit) -> tuple[bool, str]:
    """Whether the database grows by no more than it may, and the figures."""
    began, db = time.monotonic(), Database(url)
    writer = Writer(db, await make_world(url))
    ops = habit.ops(random.Random(7), await writer.cards(habit.cards))
    await writer.do([next(ops) for _ in range(SAMPLE)])
    each = await grown_by(db, writer, [next(ops) for _ in range(SAMPLE)])
    before, done, most = await size(db), 0, 0.0
    for _ in range(24):
        done += await writer.an_hour(ops)
        await horizon_job.keep_horizons(db, datetime.fromtimestamp(writer.at, UTC))
        most = max(most, await size(db))
    grown = most - before
    await writer.rooms.stop()
    await db.close()
    without = each * codec.RATE * DAY / 1024
    return grown <= AT_MOST, (
        f"{habit.name}: {grown:.0f} MB in a day of {done:,} ops (without quotas and horizons about "
        f"{without:,.1f} GB; {time.monotonic() - began:.0f} s)"
    )


async def both(names: list[str]) -> bool:
    well = True
    with tempfile.TemporaryDirectory(prefix="tl-growth-") as name, postgres_server() as socket:
        template, postgres = await make_sqlite_template(Path(name)), Postgres(socket)
        for habit in HABITS:
            if names and not any(each in habit.name for each in names):
                continue
            good, told = await a_day(copy_sqlite(template, Path(name)), habit)
            print(f"SQLite, {told}", flush=True)
            async with postgres.fresh() as url:
                also, told = await a_day(url, habit)
            print(f"PostgreSQL, {told}", flush=True)
            well = well and good and also
    return well


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only habits whose name holds one of these")
    sys.exit(0 if asyncio.run(both(parser.parse_args().names)) else 1)


if __name__ == "__main__":
    main()
