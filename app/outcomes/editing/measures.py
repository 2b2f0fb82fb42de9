"""The one door for writing measures and what stands beside them; readings are worked out anew with each."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date

from app.access import NOT_FOUND, Code, Refused
from app.db import new_id
from app.outcomes.goals import permissions
from app.outcomes.goals.actions import MEANWHILE, Meanwhile, goal_change, me
from app.outcomes.goals.store import find as find_goal
from app.outcomes.measures import annotation_store, observation_store, series_store
from app.outcomes.measures import rules as measure_rules
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Definition, Measure
from app.outcomes.measures.rules import AnnotationDraft, CommentaryDraft, DefinitionChange, TargetDraft
from app.outcomes.measures.suppression import small
from app.outcomes.readings import service as readings
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.rules import Errors

REVEALS = (
    "This would show small numbers that another organisation entered while they were hidden. "
    "Create another measure, and ask each organisation to enter its numbers again."
)
READ_AGAIN = "Somebody has edited this draft since you opened the page. Read it again, then approve it."
TAKEN_BACK = {"target": "goal.tend", "rebase": "goal.tend", "annotation": "goal.change"}


class Reveals(Refused):
    """Counted so, numbers would be shown that were hidden from those who ask for it."""


@asynccontextmanager
async def measure_change(
    door: Door, action: str, measure_id: str, *, archived: bool = False
) -> AsyncIterator[tuple[SpaceChange, Measure]]:
    """A change under way of one measure, decided with the goal it belongs to.

    `archived`: what is to be done is done to an archived measure, as bringing it back is.
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
        yield under_way, measure


async def define(
    door: Door, goal_id: str, form: Mapping[str, str], definition: Definition
) -> tuple[str, Errors]:
    """A new measure of a goal; gives its id, or what is wrong with its code."""
    made = new_id()
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        taken = await measure_store.codes(under_way.tx, door.space_id)
        code, errors = measure_rules.read_code(form, definition.name, taken)
        if errors:
            return "", errors
        one = Measure(made, goal_id, code, 1, definition)
        await measure_store.add(under_way.tx, door.space_id, one, me(under_way), under_way.at)
    return made, {}


async def redefine(
    door: Door, measure_id: str, definition: Definition, newly: DefinitionChange | None, seen: str
) -> None:
    """Another definition is another version; where it counts otherwise, the chart says from when and why.

    `seen` is the version that was changed: another one since then is not overwritten unseen.
    """
    async with measure_change(door, "goal.change", measure_id) as (under_way, measure):
        if seen not in ("", str(measure.version)):
            raise Meanwhile(Code.CONFLICT, MEANWHILE)
        if not measure_rules.changes(measure.definition, definition):
            return
        if await _reveals(under_way, measure, definition):
            raise Reveals(Code.INVALID, REVEALS)
        tx, by, at = under_way.tx, me(under_way), under_way.at
        await measure_store.redefine(tx, measure, definition, by, at)
        if newly:
            note = AnnotationDraft(newly.since, None, newly.why, "data")
            await annotation_store.add_annotation(tx, measure_id, note, by, at)
        await readings.refresh(tx, [measure_id])


async def aim_at(door: Door, measure_id: str, aimed: TargetDraft) -> None:
    async with measure_change(door, "goal.tend", measure_id) as (under_way, _):
        await annotation_store.add_target(under_way.tx, measure_id, aimed, me(under_way), under_way.at)
        await readings.refresh(under_way.tx, [measure_id])


async def rebase(door: Door, measure_id: str, begins: date, reason: str) -> None:
    """New limits from a day on: a person's judgement, with their name."""
    async with measure_change(door, "goal.tend", measure_id) as (under_way, _):
        by = me(under_way)
        await annotation_store.add_rebase(under_way.tx, measure_id, begins, reason, by, under_way.at)
        await readings.refresh(under_way.tx, [measure_id])


async def annotate(door: Door, measure_id: str, note: AnnotationDraft) -> None:
    async with measure_change(door, "goal.change", measure_id) as (under_way, _):
        await annotation_store.add_annotation(under_way.tx, measure_id, note, me(under_way), under_way.at)


async def take_back(door: Door, measure_id: str, kind: str, id: str) -> None:
    """Withdraw a target, rebase or annotation of this measure."""
    async with measure_change(door, TAKEN_BACK[kind], measure_id) as (under_way, _):
        tx = under_way.tx
        if not await annotation_store.stands(tx, kind, measure_id, id):
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        await annotation_store.withdraw(tx, kind, id, me(under_way), under_way.at)
        await readings.refresh(tx, [measure_id])


async def tell(
    door: Door, measure_id: str, story: CommentaryDraft, story_id: str | None = None, seen: str = ""
) -> None:
    """Write a story, or write a draft anew. What was approved stays as it was approved.

    `seen` is the `mark` of the draft that was changed: another one since then is not overwritten unseen.
    """
    async with measure_change(door, "goal.change", measure_id) as (under_way, _):
        by, at = me(under_way), under_way.at
        if story_id is None:
            await annotation_store.add_story(under_way.tx, measure_id, story, by, at)
            return
        await _draft(under_way, measure_id, story_id, seen)
        await annotation_store.change_story(under_way.tx, story_id, story, by, at)


async def approve(door: Door, measure_id: str, story_id: str, seen: str) -> None:
    """The goal's tender stands for the story, as it was `seen`: from then on reports tell it."""
    async with measure_change(door, "goal.tend", measure_id) as (under_way, _):
        try:
            await _draft(under_way, measure_id, story_id, seen)
        except Meanwhile:
            raise Refused(Code.CONFLICT, READ_AGAIN) from None
        await annotation_store.approve(under_way.tx, story_id, me(under_way), under_way.at)


async def move(door: Door, measure_id: str, *, up: bool) -> str:
    """Change places with the measure before or after it; gives the goal they are of."""
    async with measure_change(door, "goal.change", measure_id) as (under_way, measure):
        ids = [one.id for one in await measure_store.of_goal(under_way.tx, measure.goal)]
        here = ids.index(measure_id)
        there = here + (-1 if up else 1)
        if 0 <= there < len(ids):
            ids[here], ids[there] = ids[there], ids[here]
            await measure_store.set_order(under_way.tx, ids)
    return measure.goal


async def archive(door: Door, measure_id: str) -> None:
    """Put a measure away with all its numbers; nothing of it goes."""
    async with measure_change(door, "goal.tend", measure_id) as (under_way, _):
        await measure_store.set_archived(under_way.tx, measure_id, under_way.at)


async def restore(door: Door, measure_id: str) -> None:
    async with measure_change(door, "goal.tend", measure_id, archived=True) as (under_way, _):
        await measure_store.set_archived(under_way.tx, measure_id, None)


async def _reveals(under_way: SpaceChange, measure: Measure, definition: Definition) -> bool:
    """Whether another organisation's small number would be shown. What areas publish anybody knows."""
    own = under_way.seat.actor.organisation
    lines = (await series_store.of_measures(under_way.tx, [measure.id]))[measure.id]
    others = [line.id for line in lines if line.organisation not in (None, own)]
    there = await observation_store.observed(under_way.tx, others)
    return any(
        small(measure.definition, one) and not small(definition, one)
        for observed in there.values()
        for one in observed
    )


async def _draft(under_way: SpaceChange, measure_id: str, story_id: str, seen: str) -> None:
    there = (await annotation_store.commentaries(under_way.tx, [measure_id]))[measure_id]
    one = next((one for one in there if one.id == story_id), None)
    if one is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if one.approved_by:
        raise Refused(Code.LOCKED, "This was approved already. Write another one.")
    if seen not in ("", one.mark):
        raise Meanwhile(Code.CONFLICT, MEANWHILE)
