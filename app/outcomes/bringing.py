"""Writes what a file brings, all of it or nothing, and reads the charts anew."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import json

from app.access import Code, Refused
from app.db import Tx, new_id
from app.outcomes import batch_store, readings, series_store
from app.outcomes.foretold import Told
from app.outcomes.measure import Observed, Series
from app.outcomes.planning import Spot, Step, Wish, fingerprint, steps
from app.outcomes.rows import Asked
from app.outcomes.series_store import News, Writing
from app.outcomes.telling import Tell
from app.spaces.actions import Change

AGAIN = "The numbers here have changed since you looked. Look again at what would change."
NOTHING = "Everything in this file is here already."


async def store(under_way: Change, file: Any, good: Sequence[Wish], plan: Told, tell: Tell) -> None:
    tx, at, by = under_way.tx, under_way.at, under_way.seat.actor.person or ""
    found, fresh = await steps_of(tx, good)
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


async def steps_of(tx: Tx, good: Sequence[Wish]) -> tuple[list[Step], list[Wish]]:
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
