"""The forms for what people write about a measure: targets, new limits, annotations, stories."""

from collections.abc import Mapping
from datetime import date

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.editing import measures as measure_actions
from app.outcomes.goals.actions import ChangedMeanwhile
from app.outcomes.measures import annotation_store
from app.outcomes.measures import rules as measure_rules
from app.outcomes.measures.measure import Commentary
from app.outcomes.measures.periods import of_day
from app.outcomes.pages.context import MeasureContext, measure_for, measure_path
from app.outcomes.readings import compute as readings
from app.outcomes.readings.reading import Reading
from app.phrases import day_now
from app.spaces.page_frame import AtDoor
from app.web import Db, go, typed

MAX_SUGGESTED = 500  # letters in an address
MEASURE = "/outcomes/measures/{measure_id:str}"


@get(f"{MEASURE}/targets/new", opt={"action": "goal.tend"})
async def target_form(request: Request, db: Db, measure_id: FromPath[str]) -> Template:
    context = await measure_for(request, db, "goal.tend", measure_id)
    better = "<=" if context.measure.definition.direction == "decrease" else ">="
    async with db.read() as tx:
        by_series = (await readings.of_measures(tx, [measure_id]))[measure_id]
    since = _target_start(list(by_series.values()), day_now()).isoformat()
    values = {"comparator": better, "kind": "ambition", "valid_from": since, "assures": "yes"}
    return _form(context, "target", values)


def _target_start(by_series: list[Reading], today: date) -> date:
    """The first day to propose for a target: the financial year's, or that of the first number.

    Numbers come late, and some are years old: a target from today on would say nothing about them.
    """
    april = of_day(today, "financial_year").start
    known = [one for one in by_series if one.points and one.data_until]
    if not known or max(one.data_until for one in known if one.data_until) >= april:
        return april
    return of_day(min(one.points[0].start for one in known), "financial_year").start


@post(f"{MEASURE}/targets", opt={"action": "goal.tend"})
async def add_target(
    request: Request, db: Db, door: AtDoor, measure_id: FromPath[str]
) -> Response | Template:
    form = await typed(request)
    context = await measure_for(request, db, "goal.tend", measure_id)
    async with db.read() as tx:
        targets = (await annotation_store.targets(tx, [measure_id]))[measure_id]
    target, errors = measure_rules.read_target(form, targets, context.measure.definition)
    if errors:
        return _form(context, "target", form, errors)
    await measure_actions.add_target(door, measure_id, target)
    return _back(request, door, measure_id, "targets")


@get(f"{MEASURE}/rebases/new", opt={"action": "goal.tend"})
async def rebase_form(request: Request, db: Db, measure_id: FromPath[str]) -> Template:
    """The form; what the chart suggests comes in the address, for a person to weigh."""
    query = request.query_params
    values = {name: str(query.get(name, ""))[:MAX_SUGGESTED] for name in ("begins", "reason")}
    return _form(await measure_for(request, db, "goal.tend", measure_id), "rebase", values)


@post(f"{MEASURE}/rebases", opt={"action": "goal.tend"})
async def add_rebase(
    request: Request, db: Db, door: AtDoor, measure_id: FromPath[str]
) -> Response | Template:
    form = await typed(request)
    context = await measure_for(request, db, "goal.tend", measure_id)
    async with db.read() as tx:
        rebases = (await annotation_store.rebases(tx, [measure_id]))[measure_id]
    begins, reason, errors = measure_rules.read_rebase(form, [one.begins for one in rebases])
    if errors:
        return _form(context, "rebase", form, errors)
    await measure_actions.add_rebase(door, measure_id, begins, reason)
    return _back(request, door, measure_id, "rebases")


@get(f"{MEASURE}/annotations/new", opt={"action": "goal.change"})
async def annotation_form(request: Request, db: Db, measure_id: FromPath[str]) -> Template:
    context = await measure_for(request, db, "goal.change", measure_id)
    return _form(context, "annotation", {"kind": "change", "starts": _today()})


@post(f"{MEASURE}/annotations", opt={"action": "goal.change"})
async def add_annotation(
    request: Request, db: Db, door: AtDoor, measure_id: FromPath[str]
) -> Response | Template:
    form = await typed(request)
    context = await measure_for(request, db, "goal.change", measure_id)
    draft, errors = measure_rules.read_annotation(form)
    if errors:
        return _form(context, "annotation", form, errors)
    await measure_actions.add_annotation(door, measure_id, draft)
    return _back(request, door, measure_id, "annotations")


@get(f"{MEASURE}/stories/new", opt={"action": "goal.change"})
async def story_form(request: Request, db: Db, measure_id: FromPath[str]) -> Template:
    context = await measure_for(request, db, "goal.change", measure_id)
    async with db.read() as tx:
        by_series = (await readings.of_measures(tx, [measure_id])).get(measure_id, {})
    until = max((one.data_until for one in by_series.values() if one.data_until), default=day_now())
    return _form(context, "story", {"until": until.isoformat()})


@post(f"{MEASURE}/stories", opt={"action": "goal.change"})
async def add_story(request: Request, db: Db, door: AtDoor, measure_id: FromPath[str]) -> Response | Template:
    return await _save_story(request, db, door, measure_id)


@get(f"{MEASURE}/stories/{{story_id:str}}", opt={"action": "goal.change"})
async def draft_form(
    request: Request, db: Db, measure_id: FromPath[str], story_id: FromPath[str]
) -> Template:
    """Change a draft."""
    context = await measure_for(request, db, "goal.change", measure_id)
    return _form(context, "story", _values(await _story(db, measure_id, story_id)), story_id=story_id)


@post(f"{MEASURE}/stories/{{story_id:str}}", opt={"action": "goal.change"})
async def rewrite_story(
    request: Request, db: Db, door: AtDoor, measure_id: FromPath[str], story_id: FromPath[str]
) -> Response | Template:
    return await _save_story(request, db, door, measure_id, story_id)


@post(f"{MEASURE}/stories/{{story_id:str}}/approve", opt={"action": "goal.tend"})
async def approve_story(
    request: Request, door: AtDoor, measure_id: FromPath[str], story_id: FromPath[str]
) -> Response:
    await measure_actions.approve_story(door, measure_id, story_id, (await typed(request)).get("seen", ""))
    return _back(request, door, measure_id, "stories")


@post(f"{MEASURE}/targets/{{target_id:str}}/withdraw", opt={"action": "goal.tend"})
async def withdraw_target(
    request: Request, door: AtDoor, measure_id: FromPath[str], target_id: FromPath[str]
) -> Response:
    await measure_actions.withdraw(door, measure_id, "target", target_id)
    return _back(request, door, measure_id, "targets")


@post(f"{MEASURE}/rebases/{{rebase_id:str}}/withdraw", opt={"action": "goal.tend"})
async def withdraw_rebase(
    request: Request, door: AtDoor, measure_id: FromPath[str], rebase_id: FromPath[str]
) -> Response:
    await measure_actions.withdraw(door, measure_id, "rebase", rebase_id)
    return _back(request, door, measure_id, "rebases")


@post(f"{MEASURE}/annotations/{{annotation_id:str}}/withdraw", opt={"action": "goal.change"})
async def withdraw_annotation(
    request: Request, door: AtDoor, measure_id: FromPath[str], annotation_id: FromPath[str]
) -> Response:
    await measure_actions.withdraw(door, measure_id, "annotation", annotation_id)
    return _back(request, door, measure_id, "annotations")


async def _save_story(
    request: Request, db: Db, door: AtDoor, measure_id: str, story_id: str = ""
) -> Response | Template:
    form = await typed(request)
    context = await measure_for(request, db, "goal.change", measure_id)
    story, errors = measure_rules.read_story(form)
    if errors:
        return _form(context, "story", form, errors, story_id)
    try:
        await measure_actions.write_story(door, measure_id, story, story_id or None, form.get("seen", ""))
    except ChangedMeanwhile as refused:
        seen = (await _story(db, measure_id, story_id)).mark
        return _form(context, "story", {**form, "seen": seen}, {"": refused.say}, story_id)
    return _back(request, door, measure_id, "stories")


async def _story(db: Db, measure_id: str, story_id: str) -> Commentary:
    async with db.read() as tx:
        stories = (await annotation_store.commentaries(tx, [measure_id]))[measure_id]
    one = next((one for one in stories if one.id == story_id), None)
    if one is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return one


def _form(
    context: MeasureContext,
    kind: str,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    story_id: str = "",
) -> Template:
    status = 422 if errors else 200
    return context.page(
        f"outcomes/{kind}_form.html", status, values=values, errors=errors or {}, story_id=story_id
    )


def _values(one: Commentary) -> dict[str, str]:
    due = one.due.isoformat() if one.due else ""
    words = {"story": one.story, "action": one.action, "owner": one.owner, "seen": one.mark}
    return {"until": one.until.isoformat(), "due": due, **words}


def _today() -> str:
    return day_now().isoformat()


def _back(request: Request, door: AtDoor, measure_id: str, place: str) -> Response:
    return go(request, f"{measure_path(door.space_id, measure_id)}#{place}")


routes = [
    target_form,
    add_target,
    rebase_form,
    add_rebase,
    annotation_form,
    add_annotation,
    story_form,
    add_story,
    draft_form,
    rewrite_story,
    approve_story,
    withdraw_target,
    withdraw_rebase,
    withdraw_annotation,
]
