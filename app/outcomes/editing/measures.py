"""All changes of measures, targets, new limits, annotations and stories, with their readings."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date

from app.access import NOT_FOUND, Code, Refused
from app.db import new_id
from app.outcomes.goals import permissions
from app.outcomes.goals.actions import CHANGED_MEANWHILE, ChangedMeanwhile, goal_change, me
from app.outcomes.goals.goal import Goal
from app.outcomes.goals.store import find as find_goal
from app.outcomes.measures import annotation_store, observation_store, series_store
from app.outcomes.measures import rules as measure_rules
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Definition, Measure
from app.outcomes.measures.rules import AnnotationDraft, CommentaryDraft, DefinitionChange, TargetDraft
from app.outcomes.measures.suppression import is_small
from app.outcomes.readings import compute as readings
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.rules import Errors

REVEALS = (
    "This would show small numbers that another organisation entered while they were hidden. "
    "Create another measure, and ask each organisation to enter its numbers again."
)
READ_AGAIN = "Somebody has edited this draft since you opened the page. Read it again, then approve it."
WITHDRAW_ACTIONS = {"target": "goal.tend", "rebase": "goal.tend", "annotation": "goal.change"}


class RevealsSmallNumbers(Refused):
    """The new definition would show small numbers that another organisation entered that are hidden now."""


@asynccontextmanager
async def measure_change(
    door: Door, action: str, measure_id: str, *, archived: bool = False
) -> AsyncIterator[tuple[SpaceChange, Measure, Goal]]:
    """A transaction that changes one measure, allowed or refused by the goal it belongs to.

    `archived`: archived measures may be changed too, as restoring does. Raises Refused.
    """
    async with change(door, action) as under_way:
        measure = await measure_store.find(under_way.tx, door.space_id, measure_id)
        goal = await find_goal(under_way.tx, door.space_id, measure.goal) if measure else None
        if measure is None or goal is None:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        refused = permissions.refusal(under_way.seat, action, goal)
        if refused:
            raise refused
        if measure.archived and not archived:
            raise Refused(Code.LOCKED, "This measure is archived. Restore it to change it.")
        yield under_way, measure, goal


async def define(
    door: Door, goal_id: str, form: Mapping[str, str], definition: Definition
) -> tuple[str, Errors]:
    """Add a measure to a goal. Returns its id, or an empty id and what is wrong with its code."""
    measure_id = new_id()
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        taken = await measure_store.codes(under_way.tx, door.space_id)
        code, errors = measure_rules.read_code(form, definition.name, taken)
        if errors:
            return "", errors
        one = Measure(measure_id, goal_id, code, 1, definition)
        await measure_store.add(under_way.tx, door.space_id, one, me(under_way), under_way.at)
    return measure_id, {}


async def redefine(
    door: Door, measure_id: str, definition: Definition, change: DefinitionChange | None, seen: str
) -> None:
    """Store another definition as the next version. `change` becomes a note on the chart.

    `seen` is the version that the form showed, empty for any. Raises ChangedMeanwhile where there is another
    one since, and RevealsSmallNumbers.
    """
    async with measure_change(door, "goal.change", measure_id) as (under_way, measure, _):
        if seen not in ("", str(measure.version)):
            raise ChangedMeanwhile(Code.CONFLICT, CHANGED_MEANWHILE)
        if not measure_rules.changes(measure.definition, definition):
            return
        if await _reveals(under_way, measure, definition):
            raise RevealsSmallNumbers(Code.INVALID, REVEALS)
        tx, by, at = under_way.tx, me(under_way), under_way.at
        await measure_store.redefine(tx, measure, definition, by, at)
        if change:
            note = AnnotationDraft(change.since, None, change.why, "data")
            await annotation_store.add_annotation(tx, measure_id, note, by, at)
        await readings.refresh(tx, [measure_id])


async def add_target(door: Door, measure_id: str, target: TargetDraft) -> None:
    """Add a target; assurance is computed against the one in force. Only the tender may."""
    async with measure_change(door, "goal.tend", measure_id) as (under_way, *_):
        await annotation_store.add_target(under_way.tx, measure_id, target, me(under_way), under_way.at)
        await readings.refresh(under_way.tx, [measure_id])


async def add_rebase(door: Door, measure_id: str, begins: date, reason: str) -> None:
    """Draw new limits from a day on: a judgement of a person, stored with their name and reason."""
    async with measure_change(door, "goal.tend", measure_id) as (under_way, *_):
        by = me(under_way)
        await annotation_store.add_rebase(under_way.tx, measure_id, begins, reason, by, under_way.at)
        await readings.refresh(under_way.tx, [measure_id])


async def add_annotation(door: Door, measure_id: str, draft: AnnotationDraft) -> None:
    async with measure_change(door, "goal.change", measure_id) as (under_way, *_):
        await annotation_store.add_annotation(under_way.tx, measure_id, draft, me(under_way), under_way.at)


async def withdraw(door: Door, measure_id: str, kind: str, id: str) -> None:
    """Withdraw a "target", "rebase" or "annotation" (`kind`). It stays in the database but counts no more."""
    async with measure_change(door, WITHDRAW_ACTIONS[kind], measure_id) as (under_way, *_):
        tx = under_way.tx
        if not await annotation_store.exists(tx, kind, measure_id, id):
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        await annotation_store.withdraw(tx, kind, id, me(under_way), under_way.at)
        await readings.refresh(tx, [measure_id])


async def write_story(
    door: Door, measure_id: str, story: CommentaryDraft, story_id: str | None = None, seen: str = ""
) -> None:
    """Add a story, or change the draft `story_id`. An approved story cannot be changed: raises Refused.

    `seen` is the `mark` of the draft that the form showed, empty for any. Raises ChangedMeanwhile where the
    draft was changed since.
    """
    async with measure_change(door, "goal.change", measure_id) as (under_way, *_):
        by, at = me(under_way), under_way.at
        if story_id is None:
            await annotation_store.add_story(under_way.tx, measure_id, story, by, at)
            return
        await _check_draft(under_way, measure_id, story_id, seen)
        await annotation_store.change_story(under_way.tx, story_id, story, by, at)


async def approve_story(door: Door, measure_id: str, story_id: str, seen: str) -> None:
    """Approve a story as the page showed it (`seen`, its mark): only then do reports print it."""
    async with measure_change(door, "goal.tend", measure_id) as (under_way, *_):
        try:
            await _check_draft(under_way, measure_id, story_id, seen)
        except ChangedMeanwhile:
            raise Refused(Code.CONFLICT, READ_AGAIN) from None
        await annotation_store.approve(under_way.tx, story_id, me(under_way), under_way.at)


async def move(door: Door, measure_id: str, *, up: bool) -> str:
    """Swap a measure with the one before or after it. Returns the id of their goal."""
    async with measure_change(door, "goal.change", measure_id) as (under_way, measure, _):
        ids = [one.id for one in await measure_store.of_goal(under_way.tx, measure.goal)]
        here = ids.index(measure_id)
        there = here + (-1 if up else 1)
        if 0 <= there < len(ids):
            ids[here], ids[there] = ids[there], ids[here]
            await measure_store.set_order(under_way.tx, ids)
    return measure.goal


async def archive(door: Door, measure_id: str) -> None:
    """Hide a measure from lists and reports. Nothing of it is deleted."""
    async with measure_change(door, "goal.tend", measure_id) as (under_way, *_):
        await measure_store.set_archived(under_way.tx, measure_id, under_way.at)


async def restore(door: Door, measure_id: str) -> None:
    async with measure_change(door, "goal.tend", measure_id, archived=True) as (under_way, *_):
        await measure_store.set_archived(under_way.tx, measure_id, None)


async def _reveals(under_way: SpaceChange, measure: Measure, definition: Definition) -> bool:
    """Whether a hidden number of another organisation would be shown. Numbers of areas are public anyway."""
    own = under_way.seat.actor.organisation
    series = (await series_store.of_measures(under_way.tx, [measure.id]))[measure.id]
    others = [one.id for one in series if one.organisation not in (None, own)]
    by_series = await observation_store.observed(under_way.tx, others)
    return any(
        is_small(measure.definition, one) and not is_small(definition, one)
        for observed in by_series.values()
        for one in observed
    )


async def _check_draft(under_way: SpaceChange, measure_id: str, story_id: str, seen: str) -> None:
    stories = (await annotation_store.commentaries(under_way.tx, [measure_id]))[measure_id]
    one = next((one for one in stories if one.id == story_id), None)
    if one is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if one.approved_by:
        raise Refused(Code.LOCKED, "This was approved already. Write another one.")
    if seen not in ("", one.mark):
        raise ChangedMeanwhile(Code.CONFLICT, CHANGED_MEANWHILE)
