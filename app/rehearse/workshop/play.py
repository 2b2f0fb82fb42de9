"""A whole workshop with pretend people on a copy: they join, it is led to its end, its minutes counted."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Protocol

import msgspec
from msgspec import Struct

from app.config import Config
from app.db import Database, DatabaseFault
from app.people import actions as people
from app.people.sessions import cookie_name
from app.rehearse.address import Address, Unreachable, address, ask, fetch
from app.rehearse.arriving import (
    Guest,
    allow_many_files,
    enter_all,
    join_all,
    leave_all,
    since,
    until,
)
from app.rehearse.gauge import Gauge, listening
from app.rehearse.play import Say
from app.rehearse.workshop import copied as copies
from app.rehearse.workshop import minds, words
from app.rehearse.workshop.copied import Copied
from app.rehearse.workshop.leading import Lead
from app.rehearse.workshop.pretend import PretendPhone, Workshop
from app.rehearse.workshop.report import Held, WorkshopReport, report
from app.reports.minutes.content import Minutes
from app.workshops.runsheet import store
from app.workshops.runsheet.sheet import Block, Step

HOLD_EVERY = 10.0  # seconds
SETTLES_WITHIN = 40.0  # until all that was sent in a phase is answered
UNKNOWN = "There is no workshop with this id here. Its id is the last part of its address."


class WorkshopRequest(Struct, frozen=True):
    """What to play: `speed` times as fast as people are. The same `seed` gives the same words and dots."""

    workshop: str
    people: int = copies.MOST_PEOPLE
    speed: float = 30.0
    seed: int = 1
    url: str = ""
    pid: int = 0
    numbered: bool = False  # each note begins with its number


class Played:
    """The workshop while it is played; `number` is that of the present step."""

    def __init__(self, asked: WorkshopRequest, lead: Lead, phones: Sequence[PretendPhone]) -> None:
        self.asked, self.lead, self.phones = asked, lead, phones
        self.number = 0
        self.question: minds.Question | None = None


class Watcher(Protocol):
    """Who looks on, and may let things go wrong."""

    async def during(self, played: Played) -> None:
        """While people act in a step."""

    async def after(self, played: Played) -> None:
        """Once all that was sent in a step is answered, before what comes next."""


async def rehearse_workshop(
    db: Database, config: Config, asked: WorkshopRequest, say: Say, watcher: Watcher | None = None
) -> WorkshopReport:
    """Raises Unreachable and Refused with a sentence."""
    allow_many_files()
    at = address(config, asked.url)
    await ask(at, "/healthz", {})  # before anything is made
    async with db.read() as tx:
        space = await store.space_of(tx, asked.workshop)
    if space is None:
        raise Unreachable(UNKNOWN)
    copied = await copies.make(db, space, asked.workshop)
    async with _held(db, copied):
        lead = Lead(db, at, copied, await _sign_in(db, config, copied.lead))
        return await _play(at, copied, asked, lead, say, watcher)


@asynccontextmanager
async def _held(db: Database, copied: Copied) -> AsyncIterator[None]:
    """Keep the copy, and remove it in any case."""

    async def keep() -> None:
        while True:
            await asyncio.sleep(HOLD_EVERY)
            with suppress(DatabaseFault, OSError, TimeoutError):
                await copies.hold(db, copied)

    holding = asyncio.create_task(keep())
    try:
        yield
    finally:
        holding.cancel()
        await copies.remove(db, copied.space)


async def _sign_in(db: Database, config: Config, person: str) -> dict[str, str]:
    async with db.write() as tx:
        return {cookie_name(config): await people.start_session(tx, person, "A rehearsal", shared=True)}


async def _play(
    at: Address, copied: Copied, asked: WorkshopRequest, lead: Lead, say: Say, watcher: Watcher | None
) -> WorkshopReport:
    gauge = Gauge([asked.pid] if asked.pid else listening(at.port))
    say(f"{asked.people} pretend people join {copied.title}.")
    cookies = await join_all(at, copied.code, _guests(copied, asked.people))
    shared = Workshop(at, f"/boards/{copied.board}/live")
    phones = [PretendPhone(i, cookie, shared) for i, cookie in enumerate(cookies)]
    began, server, memory = time.monotonic(), gauge.processor(), gauge.memory()
    try:
        await enter_all(phones, gauge)
        await lead.open_doors()
        played = Played(asked, lead, phones)
        for block in copied.sheet.blocks:
            for step in block.steps:
                if not step.left_out:
                    say(f"{block.title}: {step.title}")
                    await _step(played, shared, block, step, watcher)
        board = await lead.board()
        await lead.end()
        minutes = await _minutes(at, copied, lead)
    finally:
        await leave_all(phones)
    took = time.monotonic() - began
    held = Held(
        asked.people, asked.speed, took, played.number, board, minutes,
        since(server, gauge.processor()), since(memory, gauge.memory()),
    )  # fmt: skip
    return report(held, shared.tally)


def _guests(copied: Copied, count: int) -> list[Guest]:
    houses = copied.organisations
    return [Guest(words.name(i), houses[i % len(houses)]) for i in range(count)]


async def _step(played: Played, shared: Workshop, block: Block, step: Step, watcher: Watcher | None) -> None:
    """Go there, let people do what they do in its minutes, and see that all of it was answered."""
    shared.now = (str(played.lead.phase_of(played.number)), time.monotonic_ns())
    began = time.monotonic()
    phase = await played.lead.go_to(block, step, played.number)
    of = played.question = minds.asked(await played.lead.board())
    meanwhile = asyncio.create_task(watcher.during(played)) if watcher else None
    if of is not None and of.phase == phase:
        await _let_act(played, of, began)
    if step.kind == "gather":
        await played.lead.gather(played.number)
    await _wait_until(began + step.minutes * 60 / played.asked.speed)
    if meanwhile is not None:
        await meanwhile
    if not await until(lambda: all(phone.settled for phone in played.phones), SETTLES_WITHIN):
        shared.trouble["never answered"] += sum(not phone.settled for phone in played.phones)
    if step.kind == "vote":
        await played.lead.close_vote(phase)
    if watcher is not None:
        await watcher.after(played)
    played.number += 1


async def _let_act(played: Played, of: minds.Question, began: float) -> None:
    """Everybody in their own time, `speed` times as fast."""
    asked = played.asked
    turns = [
        (one.after, phone.number, at, one)
        for phone in played.phones
        for at, one in enumerate(
            minds.acts(of, played.number, phone.number, asked.seed, numbered=asked.numbered)
        )
    ]
    for after, number, _, one in sorted(turns, key=lambda turn: turn[:3]):
        await _wait_until(began + after / asked.speed)
        played.phones[number].act(one, of)


async def _wait_until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.monotonic()))


async def _minutes(at: Address, copied: Copied, lead: Lead) -> Minutes:
    path = f"/spaces/{copied.space}/workshops/{copied.workshop}/minutes/as/json"
    return msgspec.json.decode(await fetch(at, path, lead.cookie), type=Minutes)
