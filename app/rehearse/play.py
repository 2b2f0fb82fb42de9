"""The whole rehearsal: copy the board, let everybody join and write, wait, clean up, report."""

import asyncio
import gc
import time
from collections.abc import Callable
from random import Random

from msgspec import Struct

from app.config import Config
from app.db import Database
from app.rehearse import stage as stages
from app.rehearse.address import Address, address, ask
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
from app.rehearse.outline import OutlineTally
from app.rehearse.player import Player, RehearsalState
from app.rehearse.report import Report, percentiles
from app.rehearse.script import Script
from app.rehearse.stage import Stage
from app.rehearse.tally import Tally

LAST_WITHIN = 15  # seconds
PING_EVERY = 10.0  # seconds, as the pages do
MOST_CARDS = 4000  # together, of the 5,000 a board takes

Say = Callable[[str], None]


class RehearsalRequest(Struct, frozen=True):
    """What to rehearse. `rate`: ops a second of all people together. `pid` 0: find the server by its port."""

    board: str
    people: int
    rate: float
    seconds: float
    url: str = ""
    pid: int = 0
    phones: int = 0  # so many of them follow the outline


async def rehearse(db: Database, config: Config, asked: RehearsalRequest, say: Say) -> Report:
    """Raises NoStage or Unreachable with a sentence."""
    allow_many_files()
    at = address(config, asked.url)
    await ask(at, "/healthz", {})  # before anything is made
    async with stages.staged(db, asked.board, asked.people) as stage:
        return await _play(db, at, stage, asked, say)


class MeasuredUse(Struct, frozen=True):
    """What the writing took: wall time, processor time of the server (None: unknown) and of this process."""

    seconds: float
    server_s: float | None
    own_s: float


async def _play(db: Database, at: Address, stage: Stage, asked: RehearsalRequest, say: Say) -> Report:
    gauge = Gauge([asked.pid] if asked.pid else listening(at.port))
    say(f"{asked.people} people join {stage.title}.")
    began = time.monotonic()
    cookies = await join_all(at, stage.code, _guests(stage, asked.people))
    await stages.withdraw_code(db, stage)
    join_s = time.monotonic() - began
    canvases = asked.people - asked.phones
    shared = RehearsalState(at, f"/boards/{stage.board}/live", Tally(canvases), OutlineTally(asked.phones))
    players = _cast(cookies, stage, shared)
    try:
        each = await enter_all(players, gauge)
        say(f"All are on the board and write for {asked.seconds:.0f} seconds.")
        use = await _measured(players, asked, gauge)
    finally:
        await leave_all(players)
    lost = shared.tally.lost(await stages.stored_seqs(db, stage)) + shared.outline.missing(shared.tally.deeds)
    return _report(asked, shared, lost, join_s, each, use)


def _guests(stage: Stage, people: int) -> list[Guest]:
    houses = stage.organisations
    return [Guest(f"Rehearsal {i + 1}", houses[i % len(houses)], stage.mark) for i in range(people)]


def _cast(cookies: list[str], stage: Stage, shared: RehearsalState) -> list[Player]:
    most = (MOST_CARDS - stage.cards) // len(cookies)
    canvases = shared.tally.people
    return [
        Player(i, cookie, Script(i, stage.sections, most), shared, phone=i >= canvases)
        for i, cookie in enumerate(cookies)
    ]


async def _measured(players: list[Player], asked: RehearsalRequest, gauge: Gauge) -> MeasuredUse:
    began, server, own = time.monotonic(), gauge.processor(), time.process_time()
    await _write(players, asked)
    await _last(players[0].shared)
    after = gauge.processor()
    return MeasuredUse(time.monotonic() - began, since(server, after), time.process_time() - own)


def _report(
    asked: RehearsalRequest,
    shared: RehearsalState,
    lost: int,
    join_s: float,
    each: int | None,
    use: MeasuredUse,
) -> Report:
    tally = shared.tally
    acked = [deed.acked - deed.sent for deed in tally.deeds if deed.acked is not None]
    waiting = len(tally.deeds) - len(acked)
    trouble = {**shared.trouble, **({"never answered": waiting} if waiting else {})}
    by_thousand = use.server_s / tally.deliveries * 1000 if use.server_s and tally.deliveries else None
    return Report(
        people=asked.people,
        rate=asked.rate,
        seconds=asked.seconds,
        joined=asked.people,
        phones=asked.phones,
        phone_ms=percentiles(shared.outline.took(tally.deeds)),
        join_s=round(join_s, 2),
        ops=len(tally.deeds) + tally.refused,
        acked=len(acked),
        ack_ms=percentiles(acked),
        deliver_ms=percentiles(deed.last - deed.sent for deed in tally.deeds if deed.last is not None),
        deliveries=tally.deliveries,
        lost=lost,
        double=tally.double,
        errors=sum(trouble.values()),
        trouble=trouble,
        server_cpu_s=_rounded(use.server_s, 2),
        server_cpu_s_per_1000_deliveries=_rounded(by_thousand, 5),
        server_cpu_share=_rounded(use.server_s and use.server_s / use.seconds, 3),
        bytes_per_socket=each,
        client_cpu_share=round(use.own_s / use.seconds, 3),
    )


async def _write(players: list[Player], asked: RehearsalRequest) -> None:
    """Let people write in turn, evenly over the time, and send pings as pages do."""
    gc.collect()
    gc.freeze()  # these objects stay: without this, collections would distort the times
    pinging = asyncio.create_task(_ping(players))
    turns = Random(len(players)).sample(players, len(players))
    began = time.monotonic()
    for i in range(round(asked.rate * asked.seconds)):
        early = began + i / asked.rate - time.monotonic()
        if early > 0:
            await asyncio.sleep(early)
        turns[i % len(turns)].act()
    pinging.cancel()


async def _ping(players: list[Player]) -> None:
    while True:
        for player in players:
            await asyncio.sleep(PING_EVERY / len(players))
            player.ping()


async def _last(shared: RehearsalState) -> None:
    """Wait until everything has reached everybody, or until the time for that is over."""
    await until(lambda: shared.tally.settled and not shared.outline.missing(shared.tally.deeds), LAST_WITHIN)


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
