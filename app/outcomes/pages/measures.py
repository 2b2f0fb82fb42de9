"""Measures over HTTP: how one is counted, in which versions, its chart, and what was written about it."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from msgspec import structs

from app.db import Tx
from app.outcomes.editing import measures as measure_actions
from app.outcomes.goals import permissions
from app.outcomes.goals.actions import ChangedMeanwhile
from app.outcomes.measures import annotation_store, exclusion_store
from app.outcomes.measures import labels as measure_labels
from app.outcomes.measures import rules as measure_rules
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Definition, ExcludedPoint, Measure, in_force
from app.outcomes.measures.periods import long_date
from app.outcomes.measures.store import DefinitionVersion
from app.outcomes.pages.context import (
    GoalContext,
    MeasureContext,
    goal_for,
    goal_path,
    measure_context,
    measure_for,
    measure_path,
    whole_number,
)
from app.outcomes.pages.latest import latest_of
from app.outcomes.view import collect
from app.outcomes.view.content import MeasureContent
from app.outcomes.view.drawn import DRAWN
from app.outcomes.view.look import read_look
from app.outcomes.view.multiples import multiples
from app.phrases import day_now
from app.spaces.page_frame import AtDoor
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.supervision import in_thread
from app.web import Db, go, typed

DETAILS = {  # the parts of the form under `details`, with their fields: open where one of these has an error
    "exactly": {"numerator", "denominator", "exclusions", "multiplier", "decimals"},
    "origin": {"source", "collected", "lag_days", "licence", "caveats"},
    "reading": {"chart", "pooled", "fixed_after", "sums"},
}


@get("/outcomes/goals/{goal_id:str}/measures/new", opt={"action": "goal.change"})
async def new(request: Request, db: Db, goal_id: FromPath[str]) -> Template:
    context = await goal_for(request, db, "goal.change", goal_id)
    by_kind = {"unit": "", "decimals": "", "multiplier": ""}  # left empty, the kind of number sets them
    # A person chooses which way is better and who reads the numbers: a default that nobody noticed would turn
    # the verdict round, or hide most of what they bring.
    by_person = {"direction": "", "small_numbers": "", "suppress_below": ""}
    return _form(context, None, {**_values(Definition("")), **by_kind, **by_person})


@post("/outcomes/goals/{goal_id:str}/measures", opt={"action": "goal.change"})
async def create(request: Request, db: Db, door: AtDoor, goal_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    context = await goal_for(request, db, "goal.change", goal_id)
    definition, errors = measure_rules.read_definition(form)
    made = ""
    if not errors:
        made, errors = await measure_actions.define(door, goal_id, form, definition)
    if errors:
        return _form(context, None, form, errors)
    return go(request, measure_path(door.space_id, made))


@get("/outcomes/measures/{measure_id:str}", opt={"action": "goal.show"})
async def show(request: Request, db: Db, measure_id: FromPath[str], kept: FromQuery[str] = "") -> Template:
    """The measure; `kept` in the address is how many values were just saved."""
    seat = seat_of(request)
    context, charted, stored = await db.run_long_read(lambda tx: _stored(tx, seat, measure_id))
    days = [row.found.data_until for row in charted.rows if row.found.data_until]
    look = read_look(request.query_params)
    drawn = await in_thread(lambda: DRAWN.view(charted, look))
    return context.page(
        "outcomes/measure.html",
        may_restore=context.measure.archived and not permissions.refusal(seat, "goal.tend", context.goal),
        kept=whole_number(kept),
        measure_view=drawn.view,
        figures=drawn.figures,
        look=look,
        headlines=[row for row in charted.headlines if row.found.latest],
        multiples=multiples(charted, look) if request.query_params.get("show") == "each" else None,
        in_force=in_force(stored["targets"], day_now()),
        data_until=max(days, default=None),
        **stored,
    )


async def _stored(
    tx: Tx, seat: Seat, measure_id: str
) -> tuple[MeasureContext, MeasureContent, dict[str, Any]]:
    """The measure, what its charts are drawn from, and what its page lists. It awaits the database alone."""
    context = await measure_context(tx, seat, measure_id)
    charted, data = await collect.of_measure(tx, seat.space, context.measure)
    left_out = await exclusion_store.of_measure(tx, measure_id)
    return (
        context,
        charted,
        {
            "targets": data.targets[measure_id],
            "rebases": (await annotation_store.rebases(tx, [measure_id], withdrawn=True))[measure_id],
            "annotations": data.annotations[measure_id],
            "stories": data.commentaries[measure_id],
            "versions": _history(await measure_store.versions(tx, measure_id)),
            "exclusions": [(one, *_whose(charted, one)) for one in left_out],
            "told": latest_of(
                context.measure, data.series[measure_id], data.readings[measure_id], context.people
            ),
        },
    )


@get("/outcomes/measures/{measure_id:str}/edit", opt={"action": "goal.change"})
async def edit_form(request: Request, db: Db, measure_id: FromPath[str]) -> Template:
    context = await measure_for(request, db, "goal.change", measure_id)
    measure = context.measure
    today = {"since": day_now().isoformat(), "seen": str(measure.version)}
    return _form(context, measure, {**_values(measure.definition), **today})


@post("/outcomes/measures/{measure_id:str}/edit", opt={"action": "goal.change"})
async def edit(request: Request, db: Db, door: AtDoor, measure_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    context = await measure_for(request, db, "goal.change", measure_id)
    measure = context.measure
    definition, errors = measure_rules.read_definition(form)
    change, wrong = measure_rules.read_change(form, measure.definition, definition)
    if errors or wrong:
        return _form(context, measure, form, {**errors, **wrong})
    try:
        await measure_actions.redefine(door, measure_id, definition, change, form.get("seen", ""))
    except ChangedMeanwhile as refused:
        return _form(context, measure, {**form, "seen": str(measure.version)}, {"": refused.say})
    except measure_actions.RevealsSmallNumbers as refused:
        return _form(context, measure, form, {"suppress_below": refused.say})
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


def _whose(content: MeasureContent, one: ExcludedPoint) -> tuple[str, str]:
    """Whose value it is, and of which period, in words."""
    row = next((row for row in content.rows if row.series == one.series), None)
    dots = row.found.points if row else ()
    label = next((dot.label for dot in dots if dot.start == one.start), long_date(one.start))
    return (row.whose if row else ""), label


def _form(
    context: GoalContext,
    measure: Measure | None,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Template:
    wrong = errors or {}
    return context.page(
        "outcomes/measure_form.html",
        422 if wrong else 200,
        measure=measure,
        words=measure_labels,
        values=values,
        errors=wrong,
        opened={part for part, names in DETAILS.items() if names & set(wrong)},
    )


def _values(definition: Definition) -> dict[str, str]:
    """A definition as its form shows it."""
    values = {name: str(value) for name, value in structs.asdict(definition).items() if value is not None}
    values["small_numbers"] = "published" if definition.suppress_below else "internal"
    values["suppress_below"] = str(definition.suppress_below or "")
    return {**values, **{name: "yes" if getattr(definition, name) else "" for name in ("pooled", "sums")}}


def _history(versions: list[DefinitionVersion]) -> list[tuple[DefinitionVersion, list[str]]]:
    """Each version with what was different from the one before, in words."""
    history = []
    for version, before in zip(versions, [*versions[1:], None], strict=True):
        names = measure_rules.changes(before.definition, version.definition) if before else []
        history.append((version, [measure_labels.FIELDS[name] for name in names]))
    return history


routes = [new, create, show, edit_form, edit, move, archive, restore]
