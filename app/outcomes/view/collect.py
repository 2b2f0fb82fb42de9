"""Gathers what a report says out of the stores, as one person may see it or as everybody may."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from app.access import Role
from app.boards.core.sight import Viewer
from app.boards.storage import store as boards
from app.db import Tx
from app.outcomes.cards import store as card_store
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.outcomes.measures import series_store
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Annotation, Commentary, Measure, Rebase, Series, Target
from app.outcomes.readings import compute as readings
from app.outcomes.readings.reading import ENGINE, Reading
from app.outcomes.view import pseudonyms
from app.outcomes.view.content import (
    ApprovedCommentary,
    CardStep,
    DriverContent,
    GoalContent,
    Happened,
    MeasureContent,
    OrganisationName,
    ReportContent,
    ReportRow,
)
from app.outcomes.view.throughline import line, longest
from app.spaces import seats
from app.spaces.actions import owners_of
from app.spaces.space import Participant, Space

GONE = "somebody who has left"
EVERYBODY = Viewer(Role.OBSERVER)  # owns nothing, so sees what all of the space see


class SpaceContext(Struct, frozen=True):
    """The space with its organisations and people, by id. `viewer` is who asks.

    `kept`: for a report that is kept, people are marked and not named.
    """

    space: Space
    owners: dict[str, OrganisationName]
    people: dict[str, Participant]
    viewer: Viewer
    kept: bool = False

    def name(self, person: str | None) -> str:
        if self.kept and person:
            return pseudonyms.mark(person)
        found = self.people.get(person or "")
        return found.name if found else GONE

    def organisation_of(self, person: str) -> tuple[str, int]:
        found = self.people.get(person)
        return (found.organisation_name, found.colour) if found else ("", 12)


class _Beside(Struct, frozen=True):
    """What stands beside the measures, by measure."""

    targets: dict[str, list[Target]]
    rebases: dict[str, list[Rebase]]
    annotations: dict[str, list[Annotation]]
    commentaries: dict[str, list[Commentary]]
    series: dict[str, list[Series]]
    found: dict[str, dict[str, Reading]]


async def of_goal(
    tx: Tx, space: Space, goal: Goal, at: datetime, viewer: Viewer = EVERYBODY, *, kept: bool = False
) -> ReportContent:
    """The report of one goal."""
    return await _content(tx, await _around(tx, space, viewer, kept), "goal", [goal], at)


async def of_space(
    tx: Tx, space: Space, at: datetime, viewer: Viewer = EVERYBODY, *, kept: bool = False
) -> ReportContent:
    """The report of all goals of a space."""
    goals = await goal_store.of_space(tx, space.id)
    return await _content(tx, await _around(tx, space, viewer, kept), "space", goals, at)


async def of_measure(tx: Tx, space: Space, measure: Measure) -> MeasureContent:
    """One measure by itself, as a report would have it."""
    around = await _around(tx, space, EVERYBODY, kept=False)
    return _measure(measure, around, await _beside(tx, [measure.id]))


async def _around(tx: Tx, space: Space, viewer: Viewer, kept: bool) -> SpaceContext:
    owners = {one.id: OrganisationName(one.id, one.name, one.colour) for one in await owners_of(tx, space.id)}
    people = {one.id: one for one in await seats.people_of(tx, space.id)}
    return SpaceContext(space, owners, people, viewer, kept)


async def _content(
    tx: Tx, around: SpaceContext, scope: str, goals: Sequence[Goal], at: datetime
) -> ReportContent:
    space = around.space
    lines = await _lines(tx, around, [goal.id for goal in goals])
    wanted = {goal.id for goal in goals}
    measures = [one for one in await measure_store.of_space(tx, space.id) if one.goal in wanted]
    beside = await _beside(tx, [one.id for one in measures])
    said = []
    for goal in goals:
        own = [one for one in measures if one.goal == goal.id]
        drivers = await goal_store.drivers(tx, goal.id)
        parts = tuple(_measure(one, around, beside) for one in own)
        boxes = tuple(DriverContent(one.id, one.level, one.words, one.uppers) for one in drivers)
        said.append(_goal(goal, around, parts, boxes, lines[goal.id]))
    found = [row.found for goal in said for measure in goal.measures for row in measure.rows]
    return ReportContent(
        scope="goal" if scope == "goal" else "space",
        space_id=space.id,
        space=space.name,
        purpose=space.purpose,
        made_at=at,
        organisations=tuple(around.owners.values()),
        goals=tuple(said),
        until=max((one.data_until for one in found if one.data_until), default=None),
        profiles=tuple(sorted({one.profile for one in found})),
        engine=" and ".join(sorted({one.engine for one in found})) or ENGINE,
    )


async def _lines(tx: Tx, around: SpaceContext, goal_ids: Sequence[str]) -> dict[str, tuple[CardStep, ...]]:
    """The line that led to each goal. A board is read once, however many of them have a card on it."""
    cards = await card_store.cards_of(tx, goal_ids)
    told: dict[str, list[tuple[CardStep, ...]]] = {goal_id: [] for goal_id in goal_ids}
    for board_id in sorted({card.board for card in cards}):
        board = await boards.load(tx, board_id)
        _, title = await boards.space_of(tx, board_id)
        for card in cards:
            if card.board == board_id:
                steps = line(board, title, around.viewer, card.card, around.organisation_of)
                told[card.goal].append(steps)
    return {goal_id: longest(lines) for goal_id, lines in told.items()}


async def _beside(tx: Tx, ids: Sequence[str]) -> _Beside:
    return _Beside(
        await measure_store.targets(tx, ids),
        await measure_store.rebases(tx, ids),
        await measure_store.annotations(tx, ids),
        await measure_store.commentaries(tx, ids),
        await series_store.of_measures(tx, ids),
        await readings.of_measures(tx, ids),
    )


def _goal(
    goal: Goal,
    around: SpaceContext,
    measures: tuple[MeasureContent, ...],
    drivers: tuple[DriverContent, ...],
    steps: tuple[CardStep, ...],
) -> GoalContent:
    owners = tuple(one for id, one in around.owners.items() if id in goal.organisations)
    return GoalContent(
        goal.id,
        goal.title,
        goal.aim,
        goal.start,
        goal.to,
        goal.for_whom,
        goal.by_when,
        goal.person,
        goal.theory,
        goal.state,
        around.name(goal.tender),
        owners,
        drivers,
        measures,
        steps,
    )


def _measure(one: Measure, around: SpaceContext, beside: _Beside) -> MeasureContent:
    id = one.id
    rows = [_row(series, around, beside.found[id]) for series in beside.series[id]]
    known = sorted((row for row in rows if row), key=_turn)
    happened = [
        *(_new_limits(r, around) for r in beside.rebases[id]),
        *(_noted(a, around) for a in beside.annotations[id]),
    ]
    stories = [_story(story, around) for story in beside.commentaries[id] if story.approved_by]
    return MeasureContent(
        id,
        one.code,
        one.version,
        one.definition,
        tuple(beside.targets[id]),
        tuple(sorted(happened, key=lambda item: (item.when, item.words))),
        tuple(stories),
        tuple(known),
    )


def _turn(row: ReportRow) -> tuple[bool, bool, str]:
    """All together, then the organisations of the space, then areas; each by name."""
    return not row.together, row.organisation is None, row.whose.casefold()


def _row(series: Series, around: SpaceContext, found: dict[str, Reading]) -> ReportRow | None:
    if series.id not in found:
        return None
    together = not series.organisation and not series.area
    owner = around.owners.get(series.organisation or "")
    whose = around.space.name if together else owner.name if owner else series.area_name or series.area
    colour = owner.colour if owner else 12
    return ReportRow(
        series.id,
        whose or GONE,
        series.organisation,
        colour,
        series.breakdown,
        found[series.id],
        together,
    )


def _new_limits(one: Rebase, around: SpaceContext) -> Happened:
    return Happened(one.begins, f"New limits: {one.reason}", "rebase", None, around.name(one.by))


def _noted(one: Annotation, around: SpaceContext) -> Happened:
    return Happened(one.starts, one.words, one.kind, one.ends, around.name(one.by))


def _story(one: Commentary, around: SpaceContext) -> ApprovedCommentary:
    return ApprovedCommentary(
        one.until, one.story, one.action, one.owner, one.due, around.name(one.approved_by)
    )
