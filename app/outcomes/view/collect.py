"""Collects the content of a report from the stores, as one person may see it or as everybody may."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Literal

from app.access import Role
from app.boards.core.sight import Viewer, viewer_in
from app.db import Tx
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.outcomes.measures import series_store
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Measure
from app.outcomes.readings import compute as reading_service
from app.outcomes.readings.reading import ENGINE
from app.outcomes.view.assemble import MeasureData, SpaceContext, goal_content, measure_content, names_alike
from app.outcomes.view.content import CardStep, DriverContent, MeasureContent, OrganisationName, ReportContent
from app.spaces import seats
from app.spaces.actions import owners_and_gone
from app.spaces.space import Organisation, Space

# The lines to goals, by their ids, as the context's viewer may see them: the domain that walks them is above.
Throughlines = Callable[[Tx, SpaceContext, Sequence[str]], Awaitable[dict[str, tuple[CardStep, ...]]]]
EVERYBODY = viewer_in(Role.OBSERVER)  # an observer owns nothing, so sees what all of the space see


async def of_goal(
    tx: Tx,
    space: Space,
    goal: Goal,
    at: datetime,
    lines: Throughlines,
    viewer: Viewer = EVERYBODY,
    *,
    pseudonymous: bool = False,
) -> ReportContent:
    """The report of one goal."""
    context = await space_context(tx, space, viewer, pseudonymous)
    return await _content(tx, context, "goal", [goal], at, lines)


async def of_space(
    tx: Tx,
    space: Space,
    at: datetime,
    lines: Throughlines,
    viewer: Viewer = EVERYBODY,
    *,
    pseudonymous: bool = False,
) -> ReportContent:
    """The report of all goals of a space."""
    goals = await goal_store.of_space(tx, space.id)
    context = await space_context(tx, space, viewer, pseudonymous)
    return await _content(tx, context, "space", goals, at, lines)


async def of_measure(tx: Tx, space: Space, measure: Measure) -> tuple[MeasureContent, MeasureData]:
    """One measure by itself, as a report would have it, and what it was made of."""
    context = await space_context(tx, space, EVERYBODY, pseudonymous=False)
    data = await _measure_data(tx, [measure.id])
    return measure_content(measure, context, data, names_alike(context, data)), data


async def space_context(tx: Tx, space: Space, viewer: Viewer, pseudonymous: bool) -> SpaceContext:
    """The space with its organisations and people, for whom `viewer` stands."""
    owners, gone = await owners_and_gone(tx, space.id)
    people = {one.id: one for one in await seats.people_of(tx, space.id)}
    return SpaceContext(space, _by_id(owners), people, viewer, pseudonymous, _by_id(gone))


def _by_id(organisations: Sequence[Organisation]) -> dict[str, OrganisationName]:
    return {one.id: OrganisationName(one.id, one.name, one.colour) for one in organisations}


async def _content(
    tx: Tx,
    context: SpaceContext,
    scope: Literal["goal", "space"],
    goals: Sequence[Goal],
    at: datetime,
    lines: Throughlines,
) -> ReportContent:
    space = context.space
    throughlines = await lines(tx, context, [goal.id for goal in goals])
    goal_ids = {goal.id for goal in goals}
    measures = [one for one in await measure_store.of_space(tx, space.id) if one.goal in goal_ids]
    data = await _measure_data(tx, [one.id for one in measures])
    goal_contents, alike = [], names_alike(context, data)
    for goal in goals:
        own = tuple(measure_content(one, context, data, alike) for one in measures if one.goal == goal.id)
        drivers = await goal_store.drivers(tx, goal.id)
        boxes = tuple(DriverContent(one.id, one.level, one.words, one.uppers) for one in drivers)
        goal_contents.append(goal_content(goal, context, own, boxes, throughlines[goal.id]))
    readings = [row.found for goal in goal_contents for measure in goal.measures for row in measure.rows]
    return ReportContent(
        scope=scope,
        space_id=space.id,
        space=space.name,
        purpose=space.purpose,
        made_at=at,
        organisations=tuple(context.owners.values()),
        goals=tuple(goal_contents),
        until=max((one.data_until for one in readings if one.data_until), default=None),
        profiles=tuple(sorted({one.profile for one in readings})),
        engine=" and ".join(sorted({one.engine for one in readings})) or ENGINE,
    )


async def _measure_data(tx: Tx, ids: Sequence[str]) -> MeasureData:
    return MeasureData(
        await measure_store.targets(tx, ids),
        await measure_store.rebases(tx, ids),
        await measure_store.annotations(tx, ids),
        await measure_store.commentaries(tx, ids),
        await series_store.of_measures(tx, ids),
        await reading_service.of_measures(tx, ids),
    )
