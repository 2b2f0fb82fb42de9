"""An agenda with forty phones, led twice from its doors to its minutes: without and with faults.

What people write and choose hangs on the seed alone, so the minutes must be the same.
"""

from typing import Any

from msgspec import Struct
from playwright.async_api import Browser

from app import config as settings
from app.db import Database
from app.rehearse.workshop.play import WorkshopRequest, rehearse_workshop
from app.rehearse.workshop.report import WorkshopReport
from app.reports.minutes.content import Minutes, Part
from app.spaces import actions as spaces
from tests.commands.planned import planned
from tests.support.server import Server
from tests.support.world import World, make_world
from tests.workshops.forty.watching import Watch

PEOPLE, SEED = 40, 7


class Twice(Struct):
    """Both times, and who looked on the second time."""

    without: WorkshopReport
    faulty: WorkshopReport
    calm: Watch
    broken: Watch


async def led_twice(server: Server, url: str, agenda: str, speed: float, browser: Browser | None) -> Twice:
    """In a space of five organisations. The server must run on this database."""
    world = await make_world(url)
    await _five_organisations(url, world)
    workshop = await planned(url, world, agenda, board=False)
    calm, broken = Watch(server, browser=browser), Watch(server, breaks=True, browser=browser)
    without = await _led(server, url, workshop, speed, calm)
    return Twice(without, await _led(server, url, workshop, speed, broken), calm, broken)


async def _led(server: Server, url: str, workshop: str, speed: float, watch: Watch) -> WorkshopReport:
    environment = {"DATABASE_URL": url, "PORT": str(server.port), "LIMITS": "off"}
    db = Database(url)
    asked = WorkshopRequest(workshop, PEOPLE, speed, SEED, pid=server.pid, numbered=True)
    try:
        return await rehearse_workshop(db, settings.read(environment), asked, lambda words: None, watch)
    finally:
        await watch.screens.close()
        await db.close()


async def _five_organisations(url: str, world: World) -> None:
    db = Database(url)
    try:
        async with db.write() as tx:
            for name in ("East", "West", "Isle"):
                await spaces.add_organisation(tx, world.space, name)
    finally:
        await db.close()


def judge(found: Twice) -> None:
    """Raises AssertionError unless faults made no difference, and all of them happened."""
    broken = found.broken
    assert (broken.gone, broken.kills) == (1, 1)
    assert broken.lost >= 20
    for watch in (found.calm, broken):
        assert watch.private > PEOPLE
        assert watch.judged > 0
        assert watch.votes > 0
    for report in (found.without, found.faulty):
        told = (report.joined, report.lost, report.double, report.refused)
        assert told == (PEOPLE, 0, 0, 0), report.trouble
        assert report.minutes.dots == report.dots > PEOPLE
        assert report.minutes.people == PEOPLE
    assert said(found.faulty.written) == said(found.without.written)


def said(minutes: Minutes | None) -> list[Any]:
    """All that minutes say, without times and the order that a reveal draws by lot."""
    assert minutes is not None
    return [
        minutes.people,
        sorted(minutes.organisations),
        sorted(minutes.say_so),
        *((block.title, *_said_of(part)) for block in minutes.blocks for part in block.parts),
    ]


def _said_of(part: Part) -> tuple[Any, ...]:
    groups = sorted((one.title, sorted((note.text, note.by) for note in one.notes)) for one in part.groups)
    rows = sorted((row.text, row.notes, row.dots) for row in part.result.rows) if part.result else None
    return (part.title, part.prompt, part.asked, part.count, part.unrevealed, part.kept, groups, rows)
