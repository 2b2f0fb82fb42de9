"""Measures over HTTP: how one is counted, in which versions, and what stands beside its numbers."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct, structs

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx, now
from app.outcomes.editing import measures as measure_actions
from app.outcomes.goals import permissions
from app.outcomes.goals.actions import Meanwhile
from app.outcomes.goals.goal import Goal
from app.outcomes.goals.people import SpacePeople, around
from app.outcomes.measures import annotation_store, number_format
from app.outcomes.measures import labels as measure_labels
from app.outcomes.measures import rules as measure_rules
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Definition, Measure, in_force
from app.outcomes.measures.store import DefinitionVersion
from app.outcomes.pages.goals import asked, found, goal_path, of_goal
from app.outcomes.pages.latest import latest
from app.outcomes.view import collect, view
from app.spaces.page_frame import AtDoor
from app.spaces.seats import seat_of
from app.web import Db, go, typed

DETAILS = {  # the parts of the form under `details`: opened where something in them is to mend
    "exactly": {"numerator", "denominator", "exclusions", "multiplier", "decimals"},
    "origin": {"source", "collected", "lag_days", "licence", "caveats"},
    "reading": {"chart", "pooled", "fixed_after", "suppress_below", "sums"},
}


class At(Struct, frozen=True):
    """A measure with its goal and who is around, as its pages need them."""

    measure: Measure
    goal: Goal
    near: SpacePeople


@get("/outcomes/goals/{goal_id:str}/measures/new", opt={"action": "goal.change"})
async def new(request: Request, db: Db, goal_id: FromPath[str]) -> Template:
    goal, near = await asked(request, db, "goal.change", goal_id)
    fitting = {"unit": "", "decimals": "", "multiplier": ""}  # to what kind of number it will be
    # Which way is better is said by a person: overlooked, it would turn the verdict round.
    return _form(near, goal, None, {**_values(Definition("")), **fitting, "direction": ""})


@post("/outcomes/goals/{goal_id:str}/measures", opt={"action": "goal.change"})
async def create(request: Request, db: Db, door: AtDoor, goal_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    goal, near = await asked(request, db, "goal.change", goal_id)
    definition, errors = measure_rules.read_definition(form)
    made = ""
    if not errors:
        made, errors = await measure_actions.define(door, goal_id, form, definition)
    if errors:
        return _form(near, goal, None, form, errors)
    return go(request, measure_path(door.space_id, made))


@get("/outcomes/measures/{measure_id:str}", opt={"action": "goal.show"})
async def show(request: Request, db: Db, measure_id: FromPath[str]) -> Template:
    seat = seat_of(request)
    async with db.read() as tx:
        at = await _at(tx, request, measure_id)
        beside: dict[str, Any] = {
            "targets": (await annotation_store.targets(tx, [measure_id]))[measure_id],
            "rebases": (await annotation_store.rebases(tx, [measure_id], withdrawn=True))[measure_id],
            "annotations": (await annotation_store.annotations(tx, [measure_id]))[measure_id],
            "stories": (await annotation_store.commentaries(tx, [measure_id]))[measure_id],
        }
        versions = await measure_store.versions(tx, measure_id)
        told = (await latest(tx, [at.measure], at.near))[measure_id]
        charted = await collect.of_measure(tx, seat.space, at.measure)
    held = in_force(beside["targets"], now().date())
    restorable = at.measure.archived and permissions.offers(seat, at.goal)("goal.tend")
    shown = {
        "told": told,
        "measure_view": view.measure_view(charted, "screen"),
        "versions": _history(versions),
    }
    days = [row.found.data_until for row in charted.rows if row.found.data_until]
    context = {**beside, **shown, "in_force": held, "data_until": max(days, default=None)}
    return page_at(at, "outcomes/measure.html", may_restore=restorable, **context)


@get("/outcomes/measures/{measure_id:str}/edit", opt={"action": "goal.change"})
async def edit_form(request: Request, db: Db, measure_id: FromPath[str]) -> Template:
    at = await asked_at(request, db, "goal.change", measure_id)
    today = {"since": now().date().isoformat(), "seen": str(at.measure.version)}
    return _form(at.near, at.goal, at.measure, {**_values(at.measure.definition), **today})


@post("/outcomes/measures/{measure_id:str}/edit", opt={"action": "goal.change"})
async def edit(request: Request, db: Db, door: AtDoor, measure_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    at = await asked_at(request, db, "goal.change", measure_id)
    definition, errors = measure_rules.read_definition(form)
    newly, wrong = measure_rules.read_newly(form, at.measure.definition, definition)
    if errors or wrong:
        return _form(at.near, at.goal, at.measure, form, {**errors, **wrong})
    try:
        await measure_actions.redefine(door, measure_id, definition, newly, form.get("seen", ""))
    except Meanwhile as meanwhile:
        now_there = {"seen": str(at.measure.version)}
        return _form(at.near, at.goal, at.measure, {**form, **now_there}, {"": meanwhile.say})
    except measure_actions.Reveals as reveals:
        return _form(at.near, at.goal, at.measure, form, {"suppress_below": reveals.say})
    return go(request, measure_path(door.space_id, measure_id))


@post("/outcomes/measures/{measure_id:str}/move", opt={"action": "goal.change"})
async def move(request: Request, door: AtDoor, measure_id: FromPath[str]) -> Response:
    up = (await typed(request)).get("to") != "down"
    goal_id = await measure_actions.move(door, measure_id, up=up)
    return go(request, f"{goal_path(door.space_id, goal_id)}#measure-{measure_id}")


@post("/outcomes/measures/{measure_id:str}/archive", opt={"action": "goal.tend"})
async def archive(request: Request, door: AtDoor, measure_id: FromPath[str]) -> Response:
    await measure_actions.archive(door, measure_id)
    return go(request, measure_path(door.space_id, measure_id))


@post("/outcomes/measures/{measure_id:str}/restore", opt={"action": "goal.tend"})
async def restore(request: Request, door: AtDoor, measure_id: FromPath[str]) -> Response:
    await measure_actions.restore(door, measure_id)
    return go(request, measure_path(door.space_id, measure_id))


# -- what pages of measures share --------------------------------------------------------------------


def measure_path(space_id: str, measure_id: str) -> str:
    return f"/spaces/{space_id}/outcomes/measures/{measure_id}"


async def asked_at(request: Request, db: Db, action: str, measure_id: str) -> At:
    """The measure of a form, when whoever asks may do what it is for."""
    async with db.read() as tx:
        at = await _at(tx, request, measure_id)
    refused = permissions.refusal(at.near.seat, action, at.goal)
    if refused:
        raise refused
    return at


def page_at(at: At, name: str, status: int = 200, **context: Any) -> Template:
    """A page about a measure of a goal."""
    return of_goal(
        at.near,
        at.goal,
        name,
        status,
        measure=at.measure,
        words=measure_labels,
        numbers=number_format,
        **context,
    )


async def _at(tx: Tx, request: Request, measure_id: str) -> At:
    seat = seat_of(request)
    measure = await measure_store.find(tx, seat.space.id, measure_id)
    if measure is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return At(measure, await found(tx, seat, measure.goal), await around(tx, seat))


def _form(
    near: SpacePeople,
    goal: Goal,
    measure: Measure | None,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Template:
    wrong = errors or {}
    opened = {part for part, names in DETAILS.items() if names & set(wrong)}
    context = {"values": values, "errors": wrong, "opened": opened, "words": measure_labels}
    status = 422 if wrong else 200
    return of_goal(near, goal, "outcomes/measure_form.html", status, measure=measure, **context)


def _values(definition: Definition) -> dict[str, str]:
    """A definition as its form shows it."""
    found = {name: str(value) for name, value in structs.asdict(definition).items() if value is not None}
    return {**found, **{name: "yes" if getattr(definition, name) else "" for name in ("pooled", "sums")}}


def _history(versions: list[DefinitionVersion]) -> list[tuple[DefinitionVersion, list[str]]]:
    """Each version with what was different from the one before, in words."""
    told = []
    for version, before in zip(versions, [*versions[1:], None], strict=True):
        names = measure_rules.changes(before.definition, version.definition) if before else []
        told.append((version, [measure_labels.FIELDS[name] for name in names]))
    return told


routes = [new, create, show, edit_form, edit, move, archive, restore]
