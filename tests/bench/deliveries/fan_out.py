"""What reaches everybody: processor for each delivery, milliseconds to the last viewer, and what was lost.

A delivery is one update that reaches one viewer, however many ride in one frame.
"""

import asyncio
import time
from typing import Any

from msgspec import Struct
from websockets.asyncio.client import connect

from app.boards.core.delivery import Delta
from app.boards.core.sight import View
from app.boards.live import codec
from tests.bench import stage
from tests.bench.processes import Spoken, processor
from tests.bench.stage import Stage
from tests.bench.writers import WORDS

WRITERS = 10  # they are among the viewers
CARDS = 400
PATIENCE = 15.0  # seconds that what is still under way may take


class Cell(Struct, frozen=True):
    """One load on one server."""

    viewers: int
    rate: float  # updates a second
    cost: float  # microseconds of processor for one delivery
    core: float  # share of a core while it lasted
    last_ms: tuple[float, float, float]  # p50, p95, p99 to the last viewer
    lost: int
    doubled: int
    in_frame: float  # updates in one frame
    ack_ms: tuple[float, ...] = ()  # p50, p95


async def of_product(on: Stage, viewers: int, rates: list[float], seconds: float) -> list[Cell]:
    """The whole product: joined people, ops that are decided and made durable."""
    people = await on.writers(WRITERS)
    try:
        await people.add_cards(CARDS)
        async with on.viewers(viewers - WRITERS, viewers - WRITERS) as crowd:
            cells = []
            for rate in rates:
                await calm(crowd)
                people.clear()
                load = _Load(crowd, on.server.pid, viewers - WRITERS)
                sent = await load.run(lambda rate=rate: people.edit_at(rate, seconds))
                await people.settled()
                own = people.tally.report(WRITERS)
                p50, p95 = people.took_ms(50, 95)
                cells.append(load.cell(viewers, rate, sent, own["deliveries"], (p50, p95)))
            return cells
    finally:
        people.close()


async def of_relay(viewers: int, rates: list[float], seconds: float) -> list[Cell]:
    """The same frames to the same clients by the websockets library's own broadcast."""
    async with (
        stage.relay() as (pid, url),
        stage.crowd(url, viewers) as crowd,
        connect(url + "publish") as line,
    ):

        async def publish(rate: float) -> int:
            count, began = int(rate * seconds), time.monotonic()
            for i in range(count):
                early = began + i / rate - time.monotonic()
                if early > 0:
                    await asyncio.sleep(early)
                await line.send(frame(i))
            return count

        cells = []
        for rate in rates:
            await calm(crowd)
            load = _Load(crowd, pid, viewers)
            sent = await load.run(lambda rate=rate: publish(rate))
            cells.append(load.cell(viewers, rate, sent, 0, ()))
        return cells


def frame(seq: int) -> str:
    """The text of the frame that tells of one edited card, byte for byte as the product writes it."""
    id = "00000000-0000-4000-8000-000000000000"
    fields = {
        "kind": "note",
        "text": f"{WORDS} t={time.monotonic_ns()}",
        "section": None,
        "x": 40,
        "y": 40,
        "w": 200,
        "order": "a0",
        "by": id,
        "at": 1_700_000_000,
    }
    news = Delta([View(id, "card", 1_000 + seq, fields)], [])
    return codec.changes_frame(codec.changes_head(999 + seq, 1_000 + seq, news), []).payload.decode()


async def calm(crowd: Spoken) -> None:
    """Wait until nothing has arrived for a while, so that comings and goings are not counted."""
    before = -1
    while (now := (await crowd.ask("report"))["bytes"]) != before:
        before = now
        await asyncio.sleep(1.1)


class _Load:
    """A load while it runs: what the server used, and what arrived."""

    def __init__(self, crowd: Spoken, pid: int, viewers: int) -> None:
        self.crowd, self.pid, self.viewers = crowd, pid, viewers
        self.core, self.used = 0.0, 0.0
        self.report: dict[str, Any] = {}

    async def run(self, publish: Any) -> int:
        await self.crowd.ask("mark")
        before, began = processor(self.pid), time.monotonic()
        sent: int = await publish()
        self.core = (processor(self.pid) - before) / (time.monotonic() - began)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            await asyncio.sleep(0.3)
            self.used = processor(self.pid) - before
            self.report = await self.crowd.ask("report")
            if self.report["deliveries"] >= sent * self.viewers:
                break
        return sent

    def cell(self, viewers: int, rate: float, sent: int, more: int, ack_ms: tuple[float, ...]) -> Cell:
        """`more` deliveries were counted elsewhere."""
        found, deliveries = self.report, self.report["deliveries"] + more
        last = found["last_ms"]
        return Cell(
            viewers,
            rate,
            self.used / max(1, deliveries) * 1e6,
            self.core,
            (last["50"] or 0, last["95"] or 0, last["99"] or 0),
            sent - found["updates"] + found["updates_not_at_all"],
            found["updates_doubled"],
            found["deliveries"] / max(1, found["frames"]),
            ack_ms,
        )
