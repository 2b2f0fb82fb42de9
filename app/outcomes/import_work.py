"""Does the heavy part of an import: large files in a process of its own, so that boards stay quick.

`python -m app.outcomes.import_work` reads one job from its input and writes lines of JSON: how far it is, and
at the end what came of it. Its memory goes with it. Whoever started it rings for what changed.
"""

import asyncio
import resource
import sys
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal

from msgspec import Struct, json

from app import config as settings
from app.access import NOT_FOUND, Code, Refused
from app.db import Database, Tx, new_id
from app.outcomes import batch_store, goal_store, importing, measure_store, readings, rights, series_store
from app.outcomes.importing import Told
from app.outcomes.measure import Observed, Series
from app.outcomes.planning import Known, Spot, Step, Wish, fingerprint, steps
from app.outcomes.rows import Asked
from app.outcomes.series import Unreadable
from app.outcomes.series_store import News, Writing
from app.spaces import seats
from app.spaces.actions import Change, Door, change, owners_of
from app.spaces.space import Seat

MOST_MEMORY = 3_000_000_000  # bytes of address space, so that no file eats the machine
CLOSED = "Only organisations that own the goal bring numbers for this measure."
AGAIN = "The numbers here have changed since you looked. Look again at what would change."
NOTHING = "Everything in this file is here already."


Act = Literal["look", "check", "apply", "undo"]
Tell = Callable[[str, int], None]  # what is being done, and how many rows of it are


class Job(Struct, frozen=True):
    """What is to be done: `subject` is a file under way, or for `undo` an import."""

    act: Act
    subject: str
    space: str
    login: str
    database_url: str
    synchronous: str


class Said(Struct, frozen=True, omit_defaults=True):
    """A line to whoever started this. At the end `over`, with a refusal or with what to ring for."""

    rows: int = 0
    stage: str = ""
    over: bool = False
    code: str = ""
    say: str = ""
    rings: tuple[tuple[str, int], ...] = ()


async def do(job: Job, tell: Tell) -> Said:
    """Carry the job out, telling how far it is; gives the last word."""
    config = settings.read({"DATABASE_URL": job.database_url, "SQLITE_SYNCHRONOUS": job.synchronous})
    db = Database(job.database_url, synchronous=job.synchronous)
    rings: list[tuple[str, int]] = []
    door = Door(db, lambda topic, number: rings.append((topic, number)), config, job.login, job.space)
    try:
        acts = {"look": look, "check": check, "apply": apply, "undo": undo}
        await acts[job.act](door, job.subject, tell)
    except Refused as refused:
        return Said(over=True, code=refused.code, say=refused.say)
    except MemoryError:
        return Said(over=True, code=Code.INVALID, say="This file takes more memory than there is for it.")
    finally:
        await db.close()
    return Said(over=True, rings=tuple(rings))


async def look(door: Door, upload_id: str, tell: Tell) -> None:
    """See what layout the file has, and propose a mapping. Our own layout needs none."""
    async with door.db.read() as tx:
        file = await _file(tx, await _seat(tx, door), upload_id)
        measures = await measure_store.of_space(tx, door.space_id)
    try:
        found = importing.look(file.file_name, zlib.decompress(file.content), lambda rows: tell("read", rows))
    except Unreadable as why:
        await _keep(door, upload_id, plan=_packed(Told(problem=str(why))))
        return
    asked = importing.guess(found, measures)
    if found.layout == "long":
        await _keep(door, upload_id, look=_packed(found), asked=_packed(asked))
        await check(door, upload_id, tell)
    else:
        await _keep(door, upload_id, look=_packed(found))


async def check(door: Door, upload_id: str, tell: Tell) -> None:
    """The dry run: what would be added, changed, the same, and refused."""
    async with door.db.read() as tx:
        seat = await _seat(tx, door)
        file = await _file(tx, seat, upload_id)
        asked = json.decode(file.asked, type=Asked)
        known = await _known(tx, seat, asked)
    try:
        good, bad, rows = _wishes(file, asked, known, tell)
    except Unreadable as why:
        await _keep(door, upload_id, plan=_packed(Told(problem=str(why))))
        return
    async with door.db.read() as tx:
        found, fresh = await _steps(tx, good)
    plan = importing.told(found, bad, rows, known, {wish.spot for wish in fresh}, seat.organisation_name)
    await _keep(door, upload_id, plan=_packed(plan))


async def apply(door: Door, upload_id: str, tell: Tell) -> None:
    """Do what the dry run showed, all of it or nothing."""
    async with door.db.read() as tx:
        seat = await _seat(tx, door)
        file = await _file(tx, seat, upload_id)
        asked, plan = json.decode(file.asked, type=Asked), json.decode(file.plan, type=Told)
        known = await _known(tx, seat, asked)
    try:
        good, bad, _ = _wishes(file, asked, known, tell)
    except Unreadable as why:
        raise Refused(Code.INVALID, str(why)) from why
    if bad and not asked.leave_out:
        raise Refused(Code.INVALID, "Rows of this file are refused. Mend them, or leave them out.")
    async with change(door, "measure.import") as under_way:
        if (await _known(under_way.tx, under_way.seat, asked)).closed != known.closed:
            raise Refused(Code.NOT_ALLOWED, AGAIN)
        await _store(under_way, file, good, plan, tell)


async def undo(door: Door, batch_id: str, tell: Tell) -> None:
    """Take an import back: what was there before it counts again."""
    async with change(door, "measure.undo_import") as under_way:
        tx, seat = under_way.tx, under_way.seat
        found = await batch_store.find(tx, door.space_id, batch_id)
        if found is None:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        if found.by != seat.actor.person:
            raise Refused(Code.NOT_ALLOWED, "Only the person who brought a file can take it back.")
        if found.undone_at is not None:
            raise Refused(Code.LOCKED, "This import was taken back already.")
        measures = await batch_store.measures_of(tx, batch_id)
        await batch_store.undo(tx, batch_id, found.by, under_way.at)
        tell("read anew", 0)
        await readings.refresh(tx, measures)


async def _store(under_way: Change, file: Any, good: Sequence[Wish], plan: Told, tell: Tell) -> None:
    tx, at, by = under_way.tx, under_way.at, under_way.seat.actor.person or ""
    found, fresh = await _steps(tx, good)
    if fingerprint(found) != plan.fingerprint:
        raise Refused(Code.INVALID, AGAIN)
    real = [step for step in found if step.effect != "same"]
    if not real:
        raise Refused(Code.INVALID, NOTHING)
    batch_id = new_id()
    values = {name: getattr(plan, name) for name in ("added", "changed", "same")}
    asked = json.decode(file.asked, type=Asked)
    await batch_store.add(
        tx,
        batch_id,
        under_way.space_id,
        by,
        at,
        file_name=file.file_name,
        file_sha256=file.file_sha256,
        layout=asked.layout,
        mapping=file.asked,
        **values,
    )
    ids = await _lines(tx, good, fresh)
    newest = await series_store.newest(tx, sorted({ids[step.wish.spot] for step in real}))
    news = [_news(step, ids[step.wish.spot], newest) for step in real]
    writing = Writing(by, at, batch_id)
    for begin in range(0, len(news), series_store.ROWS):
        await series_store.append(tx, news[begin : begin + series_store.ROWS], writing)
        tell("written", begin)
    tell("read anew", len(news))
    await readings.refresh(tx, {step.wish.spot.measure for step in real})
    await batch_store.drop_upload(tx, file.id)


def _news(step: Step, series: str, newest: dict[tuple[str, date], int]) -> News:
    wish = step.wish
    revision = newest.get((series, wish.period.start), 0) + 1
    return News(series, wish.period, wish.counted, revision, wish.low95, wish.high95)


async def _lines(tx: Tx, good: Sequence[Wish], fresh: Sequence[Wish]) -> dict[Spot, str]:
    """The series of every spot; those that are fresh are made."""
    ids = await _ids(tx, {wish.spot for wish in good})
    made = [
        Series(
            new_id(),
            wish.spot.measure,
            wish.spot.organisation,
            wish.spot.area,
            wish.area_name,
            wish.spot.breakdown,
        )
        for wish in fresh
    ]
    await series_store.ensure_all(tx, made)
    return ids | {_spot(one): one.id for one in made}


async def _steps(tx: Tx, good: Sequence[Wish]) -> tuple[list[Step], list[Wish]]:
    """What each wish does, and the first wish of each line that is not there yet."""
    firsts: dict[Spot, Wish] = {}
    for wish in good:
        firsts.setdefault(wish.spot, wish)
    ids = await _ids(tx, set(firsts))
    spots = {id: spot for spot, id in ids.items()}
    there: dict[tuple[Spot, date], Observed] = {}
    for id, observed in (await series_store.observed(tx, list(spots))).items():
        for one in observed:
            there[spots[id], one.start] = one
    return list(steps(good, there)), [wish for spot, wish in firsts.items() if spot not in ids]


async def _ids(tx: Tx, spots: set[Spot]) -> dict[Spot, str]:
    lines = await series_store.of_measures(tx, {spot.measure for spot in spots})
    found = {_spot(one): one.id for ones in lines.values() for one in ones}
    return {spot: id for spot, id in found.items() if spot in spots}


def _spot(one: Series) -> Spot:
    return Spot(one.measure, one.organisation, one.area, one.breakdown)


def _wishes(file: Any, asked: Asked, known: Known, tell: Tell) -> Any:
    content = zlib.decompress(file.content)
    return importing.wishes(file.file_name, content, asked, known, lambda rows: tell("checked", rows))


async def _known(tx: Tx, seat: Seat, asked: Asked) -> Known:
    """The measures in use and the organisations of the space, as the one who imports may use them."""
    own = seat.actor.organisation
    if own is None:
        raise Refused(Code.NOT_ALLOWED, NOT_FOUND)
    measures = await measure_store.by_code(tx, seat.space.id)
    goals = {one.id: one for one in await goal_store.of_space(tx, seat.space.id)}
    closed = {
        one.id: CLOSED
        for one in measures.values()
        if one.goal not in goals or rights.refusal(seat, "measure.enter", goals[one.goal])
    }
    places = {" ".join(one.name.split()).casefold(): one.id for one in await owners_of(tx, seat.space.id)}
    return Known({code.casefold(): one for code, one in measures.items()}, closed, places, own, asked.own)


async def _seat(tx: Tx, door: Door) -> Seat:
    found = await seats.seat(tx, door.login, door.space_id)
    if found is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found


async def _file(tx: Tx, seat: Seat, upload_id: str) -> Any:
    found = await batch_store.find_upload(tx, seat.space.id, upload_id, seat.actor.person or "")
    if found is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found


async def _keep(door: Door, upload_id: str, **values: str) -> None:
    async with door.db.write() as tx:
        await batch_store.set_upload(tx, upload_id, **values)


def _packed(one: Struct) -> str:
    return json.encode(one).decode()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    job = json.decode(sys.stdin.buffer.read(), type=Job)
    write(asyncio.run(do(job, lambda stage, rows: write(Said(rows, stage)))))


def write(said: Said) -> None:
    sys.stdout.buffer.write(json.encode(said) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
