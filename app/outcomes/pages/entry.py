"""Entering numbers over HTTP: a grid of periods for one measure and one's own organisation."""

from collections.abc import Mapping

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.db import now
from app.outcomes.editing import entry, grid, paste
from app.outcomes.editing.grid import GridRow
from app.outcomes.editing.paste import Laid
from app.outcomes.measures.number_format import quantity
from app.outcomes.pages.measures import At, asked_at, measure_path, page_at
from app.spaces.page_frame import AtDoor
from app.spaces.seats import seat_of
from app.web import Db, go, typed

HEADINGS = {"n": "Numerator", "d": "Denominator", "v": "Value"}
MORE = 24  # further periods at a time


@get("/outcomes/measures/{measure_id:str}/entry", opt={"action": "measure.enter"})
async def show(request: Request, db: Db, measure_id: FromPath[str]) -> Template:
    at = await asked_at(request, db, "measure.enter", measure_id)
    more, kept = (_whole(request.query_params.get(name, "")) for name in ("more", "kept"))
    async with db.read() as tx:
        own = seat_of(request).actor.organisation or ""
        there = await entry.observed(tx, at.measure, own)
    rows = grid.grid(at.measure.definition, there, now().date(), more)
    return _page(request, at, rows, {}, more, kept)


@post("/outcomes/measures/{measure_id:str}/entry", opt={"action": "measure.enter"})
async def enter(request: Request, db: Db, door: AtDoor, measure_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    more = _whole(form.get("more", ""))
    if "earlier" in form or "fill" in form:
        return await _prepared(request, db, measure_id, form, more)
    rows, errors, kept = await entry.enter(door, measure_id, form, more)
    if errors:
        at = await asked_at(request, db, "measure.enter", measure_id)
        return _page(request, at, grid.refilled(rows, form), errors, more, 0, 422)
    beside = f"&more={more}" if more else ""
    return go(request, f"{measure_path(door.space_id, measure_id)}/entry?kept={kept}{beside}")


async def _prepared(
    request: Request, db: Db, measure_id: str, form: Mapping[str, str], more: int
) -> Template:
    """The grid with what was typed, further back, or with a pasted table in it. Nothing is kept yet."""
    at = await asked_at(request, db, "measure.enter", measure_id)
    definition = at.measure.definition
    async with db.read() as tx:
        there = await entry.observed(tx, at.measure, seat_of(request).actor.organisation or "")
    pasted = paste.read(definition, form.get("pasted", "") if "fill" in form else "")
    more += MORE if "earlier" in form else 0
    rows = grid.grid(definition, there, now().date(), more)
    while pasted.earliest and rows[0].key > pasted.earliest and more < grid.MOST:
        more += MORE
        rows = grid.grid(definition, there, now().date(), more)
    typed_in = grid.as_seen(grid.refilled(rows, form), form)
    laid = paste.lay(typed_in, pasted)
    return _page(request, at, list(laid.rows), {}, more, 0, laid=laid if "fill" in form else None)


def _page(
    request: Request,
    at: At,
    rows: list[GridRow],
    errors: Mapping[str, str],
    more: int,
    kept: int,
    status: int = 200,
    laid: Laid | None = None,
) -> Template:
    definition = at.measure.definition
    names = grid.columns(definition)
    shown = {row.key: quantity(definition, row.now.value) if row.now else "" for row in rows}
    labels = {
        **{name: HEADINGS[name] for name in names},
        **({"v": "Or the value alone"} if len(names) > 1 else {}),
    }
    return page_at(
        at,
        "outcomes/entry.html",
        status,
        rows=rows,
        columns=[(name, labels[name]) for name in names],
        values=shown,
        errors=errors,
        places={f"{name}-{row.key}": _place(row) for row in rows for name in (*names, "day")},
        laid=laid,
        most_told=paste.MOST_TOLD,
        by_period=definition.frequency != "irregular",
        more=more,
        next_more=more + MORE if len(rows) < grid.MOST else 0,
        kept=kept,
        own=seat_of(request).organisation_name,
    )


def _place(row: GridRow) -> str:
    """What a row is called where it is spoken of elsewhere."""
    return row.period.label if row.period else row.day or "A new row"


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


routes = [show, enter]
