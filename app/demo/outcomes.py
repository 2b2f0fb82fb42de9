"""Fills the demo space with goals: one with invented numbers, one with published ones."""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from app.access import Actor
from app.db import Tx, now
from app.outcomes.cards import store as card_store
from app.outcomes.goals import driver_store, owner_store
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Driver, Level
from app.outcomes.goals.rules import GoalDraft
from app.outcomes.imports import read_file
from app.outcomes.imports.plan import Lookup
from app.outcomes.imports.rows import ColumnMapping, RowFilter
from app.outcomes.measures import annotation_store, observation_store, series_store
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Definition, Measure
from app.outcomes.measures.observation_store import Revision, WriteContext
from app.outcomes.measures.periods import latest_over, of_day
from app.outcomes.measures.rules import AnnotationDraft, CommentaryDraft, TargetDraft
from app.outcomes.measures.values import period_value
from app.outcomes.readings import compute as readings
from app.phrases import day_now
from app.spaces import actions as spaces

HERE = Path(__file__)
GOALS: list[dict[str, Any]] = [
    json.loads(HERE.with_name(name).read_text("utf-8")) for name in ("home.json", "four_hours.json")
]
NUMBERS = HERE.with_name("ae_attendances.csv")
COLUMNS = ("period", "org_code", "type", "attendances", "breaches", "admissions")
MONTHS = 24  # of invented numbers, up to the last month that is over

IdOf = Callable[..., str]  # the demo's id of something, from its kind and its name


async def fill_goals(tx: Tx, space: str, actors: Mapping[str, Actor], id_of: IdOf) -> None:
    """Add each goal that is missing, with its drivers, measures and numbers, and the card it belongs to."""
    owners = await spaces.organisations_of_space(tx, space)
    for goal in GOALS:
        if await goal_store.find(tx, space, id_of("goal", goal["slug"])) is None:
            await _add_goal(tx, space, goal, actors[goal["by"]].person or "", owners, id_of)


async def _add_goal(
    tx: Tx, space: str, goal: dict[str, Any], by: str, owners: Mapping[str, str], id_of: IdOf
) -> None:
    id, at = id_of("goal", goal["slug"]), now()
    words = {**goal["words"], "by_when": _by_when(goal["words"]["by_when"])}
    await goal_store.add(tx, id, space, GoalDraft(**words), by, by, at)
    await owner_store.add(tx, id, [owners[name] for name in goal["organisations"]], at)
    for name in goal.get("proposed", ()):
        await owner_store.ask(tx, id, owners[name], by, owners[goal["organisations"][0]], at)
    await _add_drivers(tx, id, goal["drivers"], by, id_of)
    origin = {name: goal[name] for name in ("source", "licence", "caveats")}
    for row in goal["measures"]:
        definition = msgspec.convert({**row["definition"], **origin}, Definition)
        measure = Measure(id_of("measure", row["code"]), id, row["code"], 1, definition)
        await measure_store.add(tx, space, measure, by, now())
        await _annotate(tx, measure, row, by)
        if "take" in row:
            await _add_published(tx, measure, row["take"], goal["areas"], by)
        else:
            numbers = {owners[name]: pairs for name, pairs in row["numbers"].items()}
            await _add_invented(tx, measure, numbers, by)
        await readings.refresh(tx, [measure.id])
    if "card" in goal:
        board, card = goal["card"]
        await card_store.link(tx, id_of("board", board), id_of(board, card), id)


def _by_when(value: str | int) -> date:
    """The day a goal is to be reached by: a date, or the end of the month so many months from now."""
    if isinstance(value, str):
        return date.fromisoformat(value)
    return of_day(day_now() + timedelta(days=30 * value), "month").end


async def _add_drivers(tx: Tx, goal: str, rows: list[Any], by: str, id_of: IdOf) -> None:
    for position, (slug, level, text, uppers) in enumerate(rows):
        ids = tuple(id_of("driver", upper) for upper in uppers)
        driver = Driver(id_of("driver", slug), goal, Level(level), text, position, ids)
        await driver_store.add(tx, driver, by)


async def _annotate(tx: Tx, measure: Measure, row: dict[str, Any], by: str) -> None:
    """Add the target of a measure, its annotations and an approved commentary."""
    months, at = latest_over("month", day_now(), MONTHS), now()
    if "target" in row:
        value, comparator, kind, source, *begins = row["target"]
        valid_from = date.fromisoformat(begins[0]) if begins else months[0].start
        aimed = TargetDraft(Decimal(value), comparator, kind, valid_from, None, True, source)
        await annotation_store.add_target(tx, measure.id, aimed, by, at)
    for month, words, sort in row.get("happened", ()):
        note = AnnotationDraft(months[month].start, None, words, sort)
        await annotation_store.add_annotation(tx, measure.id, note, by, at)
    if "story" in row:
        text, action, owner = row["story"]
        story = CommentaryDraft(months[-1].end, text, action, owner, months[-1].end + timedelta(days=60))
        await annotation_store.add_story(tx, measure.id, story, by, at)
        for draft in (await annotation_store.commentaries(tx, [measure.id]))[measure.id]:
            await annotation_store.approve(tx, draft.id, by, at)


async def _add_invented(tx: Tx, measure: Measure, numbers: Mapping[str, list[list[int]]], by: str) -> None:
    """Add numerators and denominators of the last months, by organisation."""
    for organisation, pairs in numbers.items():
        series = (await series_store.ensure(tx, measure.id, organisation)).id
        months = latest_over("month", day_now(), len(pairs))
        news = [
            Revision(series, month, period_value(measure.definition, Decimal(n), Decimal(d), "missing"), 1)
            for month, (n, d) in zip(months, pairs, strict=True)
        ]
        await observation_store.append(tx, news, WriteContext(by, now()))


async def _add_published(
    tx: Tx, measure: Measure, take: list[str], areas: Mapping[str, str], by: str
) -> None:
    """Add the published numbers as an import would: major departments, one series for each trust."""
    take_as: Any
    take_as, first, second = take
    at = COLUMNS.index
    mapping = ColumnMapping(
        "rows",
        measure.code,
        take_as,
        (at(first),),
        (at(second),) if second else (),
        at("period"),
        place_at=at("org_code"),
        only_rows=(RowFilter(at("type"), ("1",)),),
    )
    known = Lookup({measure.code: measure}, {}, {}, "")
    parsed = read_file.parse_file(NUMBERS.read_bytes(), mapping, known, lambda _rows: None)
    assert not parsed.bad, parsed.bad  # noqa: S101 - the demo's own file
    ids = {
        area: (await series_store.ensure(tx, measure.id, area=area, area_name=name)).id
        for area, name in areas.items()
    }
    news = [Revision(ids[one.series.area], one.period, one.numbers, 1) for one in parsed.good]
    await observation_store.append(tx, news, WriteContext(by, now()))
