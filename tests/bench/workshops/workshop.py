"""A workshop of two hundred people: a reveal, dots and moving on, until the last of them has it."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from app.db import new_id
from tests.bench import boards
from tests.bench.deliveries import fan_out
from tests.bench.figure import Figure
from tests.bench.stage import Stage
from tests.bench.workshops import minutes, ninety_minutes
from tests.support.until import until

PEOPLE, NOTES, DOTS, MOVES = 200, 500, 3, 12
ROOM = 40  # people in ninety minutes
VIEWERS, RATE, SECONDS = 500, 100.0, 8.0
WITHIN = 2.0  # seconds in which everybody places their dots
PATIENCE = 60.0


class Person:
    """One socket, and what it has been given. `watch` looks at each frame, and says when that is enough."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.n = socket, 0
        self.acks: dict[int, dict[str, Any]] = {}
        self.cards: set[str] = set()
        self.casts: dict[int, float] = {}
        self.refused: list[str] = []
        self.watch: Callable[[dict[str, Any]], bool] = lambda frame: False
        self.seen = asyncio.Event()
        self.at = 0.0
        self.pong = asyncio.Event()

    async def listen(self) -> None:
        async for text in self.socket:
            frame = json.loads(text)
            if frame["type"] in ("welcome", "changes"):
                self.cards |= {put["id"] for put in frame["puts"] if put["item"] == "card"}
                self.acks |= {ack["n"]: ack for ack in frame.get("acks", ())}
            elif frame["type"] == "cast":
                self.casts[frame["slot"]] = time.monotonic()
                self.refused += [frame["code"]] if "code" in frame else []
            elif frame["type"] == "pong":
                self.pong.set()
            if not self.seen.is_set() and self.watch(frame):
                self.at = time.monotonic()
                self.seen.set()

    def expect(self, watch: Callable[[dict[str, Any]], bool]) -> None:
        self.watch = watch
        self.seen.clear()

    async def say(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def act(self, **op: Any) -> None:
        """Until it is acknowledged."""
        self.n += 1
        await self.say(type="op", n=self.n, op=op)
        await until(lambda: self.n in self.acks, PATIENCE)
        assert "seq" in self.acks[self.n], self.acks[self.n]


async def measure(on: Stage) -> list[Figure]:
    board = await boards.new_board(on, "A workshop")
    async with _people(on, board, "items") as people, _people(on, board, "stage:phone") as phones:
        ana = people[0]
        await ana.act(do="open_stage", id=new_id(), purpose="To find out how long it takes")
        first = await _open(ana, None, write="private")
        await _write(people[1:], first)
        figures = await _reveal(people, first)
        second = await _open(ana, first, write="off", about=[first], vote={"how": "dots", "dots": DOTS})
        figures += await _vote(people, second)
        figures += await _move_on(ana, phones, second)
    figures += await minutes.measure(on)
    return figures + await _ninety_minutes(on) + await _beside(on)


@asynccontextmanager
async def _people(on: Stage, board: str, want: str, count: int = PEOPLE) -> AsyncIterator[list[Person]]:
    """Ana and so many more, each on a socket."""
    cookies = [on.world.cookie("Ana")["Cookie"], *on.cookies[:count]]
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
        found = []
        for cookie in cookies:
            headers = {"Cookie": cookie}
            socket = await stack.enter_async_context(
                connect(
                    on.board_url(board),
                    origin=Origin(on.server.url),
                    additional_headers=headers,
                    max_size=None,
                    compression=None,
                )
            )
            person = Person(socket)
            person.expect(lambda frame: frame["type"] == "welcome")
            tasks.create_task(person.listen())
            await person.say(type="hello", v=1, client=new_id(), want=want)
            found.append(person)
        await _all_seen(found)
        yield found
        for person in found:
            await person.socket.close()


async def _all_seen(people: list[Person]) -> None:
    async with asyncio.timeout(PATIENCE):
        for person in people:
            await person.seen.wait()


async def _open(lead: Person, from_: str | None, **settings: Any) -> str:
    id = new_id()
    await lead.act(do="open_phase", id=id, prompt=f"Question {id}", **{"from": from_}, **settings)
    return id


async def _write(people: list[Person], phase: str) -> None:
    async def write(number: int) -> None:
        for i in range(number, NOTES, len(people)):
            text = f"What I have seen of this, number {i}"
            await people[number].act(do="add_card", id=new_id(), kind="note", text=text, phase=phase)

    await asyncio.gather(*(write(number) for number in range(len(people))))


async def _reveal(people: list[Person], phase: str) -> list[Figure]:
    early = sum(len(person.cards) > NOTES // PEOPLE + 1 for person in people)
    for person in people:
        person.expect(lambda _, person=person: len(person.cards) >= NOTES)  # type: ignore[misc]
    async with _pinging(people[-1]) as longest:
        began = time.monotonic()
        await people[0].say(type="op", n=people[0].n + 1, op={"do": "reveal", "id": phase})
        people[0].n += 1
        await _all_seen(people)
    took = (max(person.at for person in people) - began) * 1000
    beside = f"{early} had any note early"
    return [
        Figure(f"a reveal of {NOTES} notes to {PEOPLE} people, the last", took, "ms", 2_000, beside),
        Figure("a ping beside that reveal, the longest", longest[0] * 1000, "ms"),
    ]


@asynccontextmanager
async def _pinging(person: Person) -> AsyncIterator[list[float]]:
    """The longest time until a ping was answered meanwhile, in seconds."""
    longest = [0.0]

    async def ping() -> None:
        while True:
            person.pong.clear()
            began = time.monotonic()
            await person.say(type="ping")
            await person.pong.wait()
            longest[0] = max(longest[0], time.monotonic() - began)
            await asyncio.sleep(0.01)

    task = asyncio.create_task(ping())
    try:
        yield longest
    finally:
        task.cancel()


async def _vote(people: list[Person], phase: str) -> list[Figure]:
    things = sorted(people[0].cards)
    sent: dict[tuple[int, int], float] = {}

    async def dot(number: int, slot: int) -> None:
        await asyncio.sleep(random.random() * WITHIN)
        sent[number, slot] = time.monotonic()
        choice = things[(number * DOTS + slot) % len(things)]
        await people[number].say(type="cast", phase=phase, slot=slot, choice=choice)

    await asyncio.gather(*(dot(i, slot) for i in range(1, PEOPLE + 1) for slot in range(1, DOTS + 1)))
    await until(lambda: all(len(person.casts) == DOTS for person in people[1:]), PATIENCE)
    took = sorted((people[i].casts[slot] - at) * 1000 for (i, slot), at in sent.items())
    totals: list[dict[str, Any]] = []

    def closed(frame: dict[str, Any]) -> bool:
        totals.extend(put["fields"]["totals"] for put in frame.get("puts", ()) if put["id"] == phase)
        return bool(totals)

    for person in people[1:]:  # all of them: what comes next is not to wait while this process reads totals
        person.expect(closed)
    await people[0].act(do="close_vote", id=phase)
    await _all_seen(people[1:])
    counted = sum(total["dots"] for total in totals[0]["of"])
    refused = sum(len(person.refused) for person in people)
    beside = f"p95 {took[int(len(took) * 0.95)]:.0f}; counted {counted}, refused {refused}"
    what = f"{PEOPLE} people x {DOTS} dots within {WITHIN:.0f} s, each acknowledged, the last"
    return [Figure(what, took[-1], "ms", 3_000, beside)]


async def _move_on(lead: Person, phones: list[Person], now: str) -> list[Figure]:
    took: list[float] = []
    for _ in range(MOVES):
        id = new_id()
        for phone in phones:
            phone.expect(lambda frame, id=id: frame["type"] == "stage" and id in frame["html"])  # type: ignore[misc]
        began = time.monotonic()
        await lead.act(do="open_phase", id=id, prompt=f"Question {id}", write="private", **{"from": now})
        await _all_seen(phones)
        took += [(phone.at - began) * 1000 for phone in phones]
        now = id
        await asyncio.sleep(0.5)
    took.sort()
    beside = f"p50 {took[len(took) // 2]:.0f}, the longest {took[-1]:.0f}"
    return [Figure(f"a phase on {PEOPLE} phones, p95", took[int(len(took) * 0.95)], "ms", 300, beside)]


async def _ninety_minutes(on: Stage) -> list[Figure]:
    """Thirty rounds of writing, a reveal and a vote: how much the server and three pages grow meanwhile."""
    board, now = await boards.new_board(on, "Ninety minutes"), [""]
    async with _people(on, board, "stage:phone", ROOM) as people:

        async def begin() -> None:
            await people[0].act(do="open_stage", id=new_id(), purpose="To find out what is left behind")

        async def go_round() -> None:
            now[0] = await _round(people, now[0] or None)

        return await ninety_minutes.measure(on, board, on.cookies[ROOM], begin, go_round)


async def _round(people: list[Person], now: str | None) -> str:
    ana = people[0]
    first = await _open(ana, now, write="private", minutes=3)
    notes = [new_id() for _ in people[1:]]
    await asyncio.gather(
        *(
            one.act(do="add_card", id=id, kind="note", text=f"What I have seen {id}", phase=first)
            for one, id in zip(people[1:], notes, strict=True)
        )
    )
    await ana.act(do="reveal", id=first)
    vote = await _open(ana, first, write="off", about=[first], vote={"how": "dots", "dots": DOTS})
    for person in people[1:]:
        person.casts.clear()
        for slot in range(1, DOTS + 1):
            await person.say(type="cast", phase=vote, slot=slot, choice=random.choice(notes))
    await until(lambda: all(len(person.casts) == DOTS for person in people[1:]), PATIENCE)
    await ana.act(do="close_vote", id=vote)
    return vote


async def _beside(on: Stage) -> list[Figure]:
    """What a workshop on their board costs those who only follow it: for each delivery, against none."""
    (without,) = await fan_out.of_product(await _on_new_board(on), VIEWERS, [RATE], SECONDS)
    led = await _on_new_board(on)
    await _begin_with_writers(led)
    (with_one,) = await fan_out.of_product(led, VIEWERS, [RATE], SECONDS)
    beside = f"{without.cost:.1f} us a delivery without one, {with_one.cost:.1f} with one"
    more = 100 * (with_one.cost / without.cost - 1)
    return [Figure(f"{VIEWERS} viewers x {RATE:.0f}/s, more with a stage", more, "%", 5, beside)]


async def _on_new_board(on: Stage) -> Stage:
    """The same people at a board of its own: what lay on another is no part of the difference."""
    board = await boards.new_board(on, "A board to follow")
    return replace(on, world=replace(on.world, board=board))


async def _begin_with_writers(on: Stage) -> None:
    """The writers facilitate, so that they may go on writing where they did."""
    board, cookie = on.world.board, on.world.cookie("Ana")
    async with httpx.AsyncClient(base_url=on.server.url, headers=cookie) as http:
        people = (await http.get(f"/boards/{board}/people")).json()
    last = {f"Member {i}" for i in range(len(on.cookies) - fan_out.WRITERS + 1, len(on.cookies) + 1)}
    async with _people(on, board, "stage:console", 1) as (ana, _):
        stage = new_id()
        await ana.act(do="open_stage", id=stage)
        for person in [one["id"] for one in people if one["name"] in last]:
            await ana.act(do="add_facilitator", id=stage, person=person)
        await _open(ana, None, write="private", minutes=5)
