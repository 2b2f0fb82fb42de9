"""How simulated people come: they join by the code, as guests do, connect, and leave at the end."""

import asyncio
import resource
from collections.abc import Callable, Sequence

from msgspec import Struct

from app.rehearse.address import Address, Unreachable, ask, jar
from app.rehearse.gauge import Gauge
from app.rehearse.simulated import Simulated

JOINING, CONNECTING = 8, 50  # how many at the same time
WELCOME_WITHIN, LEFT_WITHIN = 60, 5  # seconds
LOOK_EVERY = 0.02


class Guest(Struct, frozen=True):
    """What somebody writes in order to join."""

    name: str
    organisation: str
    brings: str = ""


async def join_all(at: Address, code: str, guests: Sequence[Guest]) -> list[str]:
    """Let everybody join by the code, as real guests do; gives the Cookie header of each."""
    gate = asyncio.Semaphore(JOINING)

    async def one(guest: Guest) -> str:
        async with gate:
            return await _join(at, code, guest)

    first = await one(guests[0])  # alone: should something be wrong, one sentence says so
    return [first, *await asyncio.gather(*(one(guest) for guest in guests[1:]))]


async def _join(at: Address, code: str, guest: Guest) -> str:
    path = f"/join/{code}"
    shown = await ask(at, path, {})
    if shown.status != 200:
        raise Unreachable(
            f"The server at {at.authority} does not know this board. "
            "Use its own DATABASE_URL, DATA_DIR and BASE_URL."
        )
    form = {
        "name": guest.name,
        "organisation": guest.organisation,
        "brings": guest.brings,
        "_csrf_token": form_token(shown.cookies),
    }
    joined = await ask(at, path, shown.cookies, form)
    if joined.status != 303 or not joined.cookies:
        raise Unreachable(f"The server at {at.authority} let nobody join: it answered {joined.status}.")
    return jar({**shown.cookies, **joined.cookies})


def form_token(cookies: dict[str, str]) -> str:
    """What a form must carry, from the cookie of the page."""
    return next((value for name, value in cookies.items() if name.endswith("tl_csrf")), "")


async def enter_all(people: Sequence[Simulated], gauge: Gauge) -> int | None:
    """Connect everybody to the board; gives the bytes of server memory each took (None: unknown).

    The first one is not counted, because it loads the board.
    """
    gate = asyncio.Semaphore(CONNECTING)

    async def enter(one: Simulated) -> None:
        async with gate:
            await one.connect()
            await one.ready

    try:
        async with asyncio.timeout(WELCOME_WITHIN):
            await enter(people[0])
            before = gauge.memory()
            await asyncio.gather(*(enter(one) for one in people[1:]))
    except (OSError, TimeoutError) as error:
        there = sum(one.ready.done() for one in people)
        raise Unreachable(f"Only {there} of {len(people)} people were let onto the board.") from error
    grown = since(before, gauge.memory())
    return None if grown is None or len(people) < 2 else round(grown / (len(people) - 1))


async def leave_all(people: Sequence[Simulated]) -> None:
    people[0].meeting.over = True
    for one in people:
        one.leave()
    await until(lambda: all(one.line is None for one in people), LEFT_WITHIN)


async def until(done: Callable[[], bool], within: float) -> bool:
    """Wait for it; whether it came in time."""
    for _ in range(round(within / LOOK_EVERY)):
        if done():
            return True
        await asyncio.sleep(LOOK_EVERY)
    return done()


def since(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def allow_many_files() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
