"""Fills the demo space with a goal and measures of real, published numbers. Doing it again adds nothing."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from app.access import Actor
from app.db import Tx, now
from app.outcomes import (
    beside_store,
    driver_store,
    goal_store,
    measure_store,
    observation_store,
    readings,
    series_store,
)
from app.outcomes.goal import Driver, Level
from app.outcomes.goal_rules import Draft
from app.outcomes.imports import importing
from app.outcomes.imports.planning import Known
from app.outcomes.imports.rows import Asked
from app.outcomes.measure import Definition, Measure
from app.outcomes.measure_rules import Aimed
from app.outcomes.observation_store import News, Writing
from app.spaces import actions as spaces

HERE = Path(__file__)
GOAL: dict[str, Any] = json.loads(HERE.with_name("goal.json").read_text("utf-8"))
NUMBERS = HERE.with_name("ae_attendances.csv")

Named = Callable[..., str]  # the demo's own ids


async def fill_goal(tx: Tx, space: str, actors: Mapping[str, Actor], named: Named) -> None:
    """The goal with its drivers, measures, target and numbers, unless it is there."""
    goal, by = named("goal", GOAL["slug"]), actors[GOAL["by"]].person or ""
    if await goal_store.find(tx, space, goal):
        return
    known = await spaces.organisations_of_space(tx, space)
    owners = tuple(known[name] for name in GOAL["organisations"])
    words = {**GOAL["words"], "by_when": date.fromisoformat(GOAL["words"]["by_when"])}
    await goal_store.add(tx, goal, space, Draft(**words, organisations=owners), by, by, now())
    for position, (slug, level, text, uppers) in enumerate(GOAL["drivers"]):
        ids = tuple(named("driver", upper) for upper in uppers)
        driver = Driver(named("driver", slug), goal, Level(level), text, position, ids)
        await driver_store.add(tx, driver, by)
    for row in GOAL["measures"]:
        await _measure(tx, space, goal, row, by, named)


async def _measure(tx: Tx, space: str, goal: str, row: dict[str, Any], by: str, named: Named) -> None:
    origin = {name: GOAL[name] for name in ("source", "licence", "caveats")}
    definition = msgspec.convert({**row["definition"], **origin, "suppress_below": 0}, Definition)
    measure = Measure(named("measure", row["code"]), goal, row["code"], 1, definition)
    await measure_store.add(tx, space, measure, by, now())
    if "target" in row:
        value, begins, source = row["target"]
        aimed = Aimed(Decimal(value), ">=", "standard", date.fromisoformat(begins), None, True, source)
        await beside_store.add_target(tx, measure.id, aimed, by, now())
    await _numbers(tx, measure, row["take"], by)
    await readings.refresh(tx, [measure.id])


async def _numbers(tx: Tx, measure: Measure, take: list[str], by: str) -> None:
    """As somebody would import them: major departments, one line a trust."""
    how: Any
    how, first, second = take
    asked = Asked(
        "rows", measure.code, how, first, second, "period", "org_code", only_column="type", only_value="1"
    )
    known = Known({measure.code: measure}, {}, {}, "")
    good, bad, _ = importing.wishes(NUMBERS.name, NUMBERS.read_bytes(), asked, known, lambda _rows: None)
    assert not bad, bad  # noqa: S101 - the demo's own file
    ids = {
        area: (await series_store.ensure(tx, measure.id, area=area, area_name=name)).id
        for area, name in GOAL["areas"].items()
    }
    news = [News(ids[one.spot.area], one.period, one.counted, 1) for one in good]
    await observation_store.append(tx, news, Writing(by, now()))
