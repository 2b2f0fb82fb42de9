"""Leaving a value out of the limits over HTTP: the form, and undoing it."""

from collections.abc import Mapping
from datetime import date

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.editing import exclusions
from app.outcomes.goals.rules import MAX_TEXT
from app.outcomes.pages.context import measure_for, measure_path
from app.outcomes.readings.narrative import in_words
from app.outcomes.view import collect
from app.outcomes.view.content import SeriesContent
from app.spaces.form_reader import FormReader
from app.spaces.page_frame import AtDoor
from app.web import Db, go, typed

EXCLUSIONS = "/outcomes/measures/{measure_id:str}/exclusions"
WHY = "Say why this value does not belong to the process."


@get(f"{EXCLUSIONS}/new", opt={"action": "goal.tend"})
async def form(request: Request, db: Db, measure_id: FromPath[str]) -> Template:
    """The form for one value: `series` and `start` in the address say which."""
    return await _form(request, db, measure_id, dict(request.query_params))


@post(EXCLUSIONS, opt={"action": "goal.tend"})
async def leave_out(request: Request, db: Db, door: AtDoor, measure_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    reader = FormReader(form)
    reason = reader.text("reason", MAX_TEXT, WHY)
    if reader.errors:
        return await _form(request, db, measure_id, form, reader.errors)
    await exclusions.leave_out(door, measure_id, form.get("series", ""), _start(form), reason)
    return go(request, f"{measure_path(door.space_id, measure_id)}#exclusions")


@post(f"{EXCLUSIONS}/{{exclusion_id:str}}/withdraw", opt={"action": "goal.tend"})
async def withdraw(
    request: Request, door: AtDoor, measure_id: FromPath[str], exclusion_id: FromPath[str]
) -> Response:
    await exclusions.count_again(door, measure_id, exclusion_id)
    return go(request, f"{measure_path(door.space_id, measure_id)}#exclusions")


async def _form(
    request: Request,
    db: Db,
    measure_id: str,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Template:
    context = await measure_for(request, db, "goal.tend", measure_id)
    async with db.read() as tx:
        content, _ = await collect.of_measure(tx, context.seat.space, context.measure)
    row, start = _row(content.rows, values.get("series", "")), _start(values)
    dot = next((one for one in row.found.points if one.start == start and one.value is not None), None)
    if dot is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return context.page(
        "outcomes/exclusion_form.html",
        422 if errors else 200,
        values=values,
        errors=errors or {},
        whose=row.whose,
        period=dot.label,
        value=in_words(content.definition, row.found)(dot.value),
    )


def _row(rows: tuple[SeriesContent, ...], series_id: str) -> SeriesContent:
    row = next((one for one in rows if one.series == series_id), None)
    if row is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return row


def _start(values: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(values.get("start", ""))
    except ValueError:
        raise Refused(Code.NOT_FOUND, NOT_FOUND) from None


routes = [form, leave_out, withdraw]
