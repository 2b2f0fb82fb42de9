"""Entering numbers over HTTP: a grid of periods for one measure and the person's own organisation."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.editing import entry, grid, paste
from app.outcomes.editing.grid import GridRow
from app.outcomes.goals.people import load_people
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import quantity
from app.outcomes.pages.context import MeasureContext, measure_for, measure_path, whole_number
from app.phrases import day_now
from app.spaces.page_frame import AtDoor
from app.spaces.seats import seat_of
from app.web import Db, go, typed

HEADINGS = {"n": "Numerator", "d": "Denominator", "v": "Value"}
MORE = 24  # further periods at a time


@get("/outcomes/measures/{measure_id:str}/entry", opt={"action": "measure.enter"})
async def show(request: Request, db: Db, measure_id: FromPath[str]) -> Template:
    """The grid; `more` in the address is how many periods further back."""
    context = await measure_for(request, db, "measure.enter", measure_id)
    more = whole_number(request.query_params.get("more", ""))
    async with db.read() as tx:
        known = await entry.observed(tx, context.measure, context.seat.actor.organisation or "")
    rows = grid.rows(context.measure.definition, known, day_now(), more)
    return _page(context, rows, more=more)


@post("/outcomes/measures/{measure_id:str}/entry", opt={"action": "measure.enter"})
async def enter(request: Request, db: Db, door: AtDoor, measure_id: FromPath[str]) -> Response | Template:
    """Save all numbers or none, then show the chart; with `earlier` or `fill` only the grid, again.

    With `look`, the key of a row, only what will become of its numbers.
    """
    form = await typed(request)
    more = whole_number(form.get("more", ""))
    if "look" in form:
        return await _looked_at(request, db, measure_id, form, more)
    if "earlier" in form or "fill" in form:
        return await _prepared(request, db, measure_id, form, more)
    entered = await entry.enter(door, measure_id, form, more)
    if entered.errors:
        async with db.read() as tx:
            people = await load_people(tx, seat_of(request))
        context = MeasureContext(people, entered.goal, entered.measure)
        rows = grid.with_typed(entered.rows, form)
        return _page(context, rows, more=more, errors=entered.errors, status=422)
    return go(request, f"{measure_path(door.space_id, measure_id)}?kept={entered.kept}#chart")


async def _looked_at(
    request: Request, db: Db, measure_id: str, form: Mapping[str, str], more: int
) -> Template:
    """What is saved of one row, and whether the numbers typed into it will be hidden. Saves nothing."""
    context = await measure_for(request, db, "measure.enter", measure_id)
    definition = context.measure.definition
    async with db.read() as tx:
        known = await entry.observed(tx, context.measure, context.seat.actor.organisation or "")
    rows = grid.with_typed(grid.rows(definition, known, day_now(), more), form)
    row = next((one for one in rows if one.key == form["look"]), None)
    if row is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return Template(
        "outcomes/_entry_now.html",
        context={
            "row": row,
            "values": _values(definition, [row]),
            "hidden": _hidden(definition, [row]),
            "measure": context.measure,
        },
    )


async def _prepared(
    request: Request, db: Db, measure_id: str, form: Mapping[str, str], more: int
) -> Template:
    """The grid with what was typed, further back or with a pasted table in it. Nothing is saved yet."""
    context = await measure_for(request, db, "measure.enter", measure_id)
    definition = context.measure.definition
    async with db.read() as tx:
        known = await entry.observed(tx, context.measure, context.seat.actor.organisation or "")
    pasted = paste.read(definition, form.get("pasted", "") if "fill" in form else "")
    more += MORE if "earlier" in form else 0
    rows = grid.rows(definition, known, day_now(), more)
    while pasted.earliest and rows[0].key > pasted.earliest and more < grid.MOST:
        more += MORE
        rows = grid.rows(definition, known, day_now(), more)
    typed_rows = grid.with_seen(grid.with_typed(rows, form), form)
    filled = paste.fill(typed_rows, pasted)
    return _page(context, list(filled.rows), more=more, laid=filled if "fill" in form else None)


def _page(
    context: MeasureContext,
    rows: list[GridRow],
    *,
    more: int,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    laid: paste.FilledGrid | None = None,
) -> Template:
    definition = context.measure.definition
    names = grid.columns(definition)
    labels: dict[str, Any] = dict(HEADINGS)
    if len(names) > 1:
        labels["v"] = "Or the value alone"
    return context.page(
        "outcomes/entry.html",
        status,
        rows=rows,
        columns=[(name, labels[name]) for name in names],
        values=_values(definition, rows),
        hidden=_hidden(definition, rows),
        errors=errors or {},
        places={f"{name}-{row.key}": _row_name(row) for row in rows for name in (*names, "day")},
        laid=laid,
        most_told=paste.MOST_NAMED,
        by_period=definition.frequency != "irregular",
        more=more,
        next_more=more + MORE if len(rows) < grid.MOST else 0,
        own=context.seat.organisation_name,
    )


def _values(definition: Definition, rows: list[GridRow]) -> dict[str, str]:
    """The value that is saved of each row, in words."""
    return {row.key: quantity(definition, row.now.value) if row.now else "" for row in rows}


def _hidden(definition: Definition, rows: list[GridRow]) -> set[str]:
    """The rows whose numbers are or will be hidden as small."""
    return {row.key for row in rows if grid.will_hide(definition, row)}


def _row_name(row: GridRow) -> str:
    """What a row is called in the summary of errors."""
    return row.period.label if row.period else row.day or "A new row"


routes = [show, enter]
