"""A room full of phones on the outline while others write: how soon a note is on them, and what it takes."""

import asyncio
import contextlib
import time

from app.db import new_id
from tests.bench import boards, writers
from tests.bench.figure import Figure
from tests.bench.phones.phone import Phone
from tests.bench.processes import processor
from tests.bench.stage import Stage
from tests.support.until import until

# phones, notes a second, and the goals: p50 and p95 on the phone and p95 of acks (ms), share of a core (%)
LOADS = (
    (40, 3.0, (1_100, 1_250, 15, 20)),
    (100, 3.0, (1_150, 1_400, 15, 40)),
    (300, 5.0, (1_500, 2_000, 30, None)),
)
FIRST = 20  # cards there at first
PATIENCE = 30.0  # seconds until the last note must be on every phone


async def measure(on: Stage, seconds: float, want: str = "news") -> list[Figure]:
    """Of each load; `want` is what the phones' pages want: "parts" is of those that cannot unpack news."""
    found = []
    for count, rate, goals in LOADS:
        found += await _load(on, count, rate, seconds, want, goals)
    return found


async def _load(
    on: Stage,
    count: int,
    rate: float,
    seconds: float,
    want: str,
    goals: tuple[float, float, float, float | None],
) -> list[Figure]:
    board = await boards.new_board(on, f"{count} phones")
    people = await boards.enter(on, board)
    section = new_id()
    await boards.send(people, {"do": "add_section", "id": section, "title": "What we see"})
    await boards.send(people, boards.batch([boards.card(section, i) for i in range(FIRST)]))
    phones = [Phone(on.board_url(board), on.cookies[i], on.server.url, want) for i in range(count)]
    try:
        for phone in phones:
            await phone.connect()
        people.clear()
        before, began = processor(on.server.pid), time.monotonic()
        sent = await _write(people, section, rate, seconds)
        core = (processor(on.server.pid) - before) / (time.monotonic() - began)
        await people.settled()
        late = await _all_there(phones, sent)
        return _figures(phones, people, f"{count} phones ({want}), {rate:g} notes/s", sent, core, late, goals)
    finally:
        for phone in phones:
            phone.close()
        people.close()


async def _write(people: writers.Writers, section: str, rate: float, seconds: float) -> list[int]:
    """Notes at an even pace; gives their stamps."""
    sent, began = [], time.monotonic()
    for i in range(int(rate * seconds)):
        early = began + i / rate - time.monotonic()
        if early > 0:
            await asyncio.sleep(early)
        at = time.monotonic_ns()
        (writer,) = people.all
        writer.send(
            writers.op("add_card", new_id(), kind="note", section=section, text=f"{writers.WORDS} t={at}")
        )
        sent.append(at)
    return sent


async def _all_there(phones: list[Phone], sent: list[int]) -> int:
    """How many notes are missing on a phone, all phones together, once nothing more is to be expected."""

    def missing() -> int:
        return sum(stamp not in phone.seen for phone in phones for stamp in sent)

    with contextlib.suppress(AssertionError):  # then some are missing
        await until(lambda: missing() == 0, PATIENCE)
    return missing()


def _figures(
    phones: list[Phone],
    people: writers.Writers,
    what: str,
    sent: list[int],
    core: float,
    late: int,
    goals: tuple[float, float, float, float | None],
) -> list[Figure]:
    took = sorted((phone.seen[at] - at) / 1e6 for phone in phones for at in sent if at in phone.seen)
    p50, p95 = (took[int(len(took) * share)] if took else 0.0 for share in (0.5, 0.95))
    ack50, ack95 = people.took_ms(50, 95)
    failed = sum(phone.failed for phone in phones)
    each = sum(phone.bytes for phone in phones) / len(phones) / 1000
    on_screen, slowest, acks, share = goals
    return [
        Figure(f"{what}: on the phone, p50", p50, "ms", on_screen, f"{late} missing, {failed} failed"),
        Figure(f"{what}: on the phone, p95", p95, "ms", slowest, f"{each:.0f} KB to each"),
        Figure(f"{what}: acknowledged, p95", ack95, "ms", acks, f"p50 {ack50:.1f}"),
        Figure(f"{what}: processor of the server", core * 100, "% of a core", share),
    ]
