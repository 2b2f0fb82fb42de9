"""One record over HTTP: its page, the form of its words, and the one address for all that is done to it."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app.access import Code, Refused
from app.boards.core.text import choices
from app.boards.core.text.choices import Choices
from app.boards.live.rooms import LiveRooms
from app.db import Database, Tx
from app.records import actions, status_job, title_store
from app.records.actions import Meanwhile
from app.records.core import concluding
from app.records.core.form_ops import PREFIX, fields_of, read_op
from app.records.core.history import Newer
from app.records.core.kinds import kind_of
from app.records.core.writing import Wrong
from app.records.followers import SpaceFollowers
from app.records.hooks import Hooks, Line, RecordHooks
from app.records.pages.context import HistoryView, RecordContext, history_of, prefixed, record_context
from app.records.title_store import RecordTitle
from app.spaces.page_frame import AtDoor
from app.spaces.rules import tidy_line
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db, go, typed, wants_fragment

PATH = "/records/{record_id:str}"
SHOWN = 5  # changes that a page shows before one asks for all


class About(Struct, frozen=True):
    """What the page of a record shows; `others` can be connected to it, `replacing` take its place."""

    context: RecordContext
    history: HistoryView
    line: Line
    others: list[RecordTitle]
    replacing: list[RecordTitle]


@get(PATH, opt={"action": "record.show"})
async def show(
    request: Request, db: Db, record_hooks: Hooks, followers: SpaceFollowers, record_id: FromPath[str]
) -> Template:
    """The record with its lists, its line and its history; for htmx the part that changes."""
    template = await _page(request, db, record_hooks, record_id)
    followers.looks.glance(template.context["record"], seat_of(request).actor.person)
    return template


@post(f"{PATH}/ops", opt={"action": "record.show"})
async def act(
    request: Request,
    db: Db,
    rooms: LiveRooms,
    door: AtDoor,
    record_hooks: Hooks,
    record_id: FromPath[str],
) -> Response | Template:
    """Do what the field `do` names. What is refused is said beside its form, and the words stay in it."""
    form = await typed(request)
    if choices.are_looked_for(form):
        return await _page(request, db, record_hooks, record_id, form)
    try:
        if form.get("do") == "conclude":
            await actions.conclude(door, record_id, concluding.read(form))
        else:
            async with db.read() as tx:
                goals = {id for id, _ in await record_hooks.goals(tx, seat_of(request))}
            await actions.act(door, record_id, read_op(form), goals)
    except Refused as refused:
        if refused.code in (Code.NOT_FOUND, Code.NOT_ALLOWED, Code.LOCKED):
            raise
        return await _page(request, db, record_hooks, record_id, form, refused)
    await status_job.refresh_space(db, rooms, door.space_id)
    return go(request, f"/spaces/{door.space_id}/records/{record_id}{_place(form)}")


@get(f"{PATH}/edit", opt={"action": "record.keep"})
async def edit_form(request: Request, db: Db, record_hooks: Hooks, record_id: FromPath[str]) -> Template:
    async with db.read() as tx:
        context = await record_context(tx, seat_of(request), record_id, record_hooks)
    if kind_of(context.record) is None:
        raise Newer
    values = {"title": context.record.title, "seen": str(context.record.revision)}
    values |= {f"{PREFIX}{name}": str(value) for name, value in context.record.fields.items()}
    return context.page("records/edit.html", values=values, errors={}, conflicts=())


@post(f"{PATH}/edit", opt={"action": "record.keep"})
async def edit(
    request: Request,
    db: Db,
    rooms: LiveRooms,
    door: AtDoor,
    record_hooks: Hooks,
    record_id: FromPath[str],
) -> Response | Template:
    """Save the words. What somebody else changed meanwhile is shown beside one's own, to choose from."""
    form = await typed(request)
    words = {"title": tidy_line(form.get("title", "")), **fields_of(form)}
    choices = {
        name.removeprefix("choose-"): value for name, value in form.items() if name.startswith("choose-")
    }
    seen = int(form["seen"]) if form.get("seen", "").isdecimal() else 0
    errors: Mapping[str, str] = {}
    conflicts: tuple[Any, ...] = ()
    try:
        await actions.write(door, record_id, words, seen, choices)
    except Meanwhile as meanwhile:
        conflicts = meanwhile.conflicts
        errors = {"": meanwhile.say}
        form = {**form, "seen": str(seen)}
    except Wrong as wrong:
        errors = {name if name == "title" else f"{PREFIX}{name}": say for name, say in wrong.errors.items()}
    except Refused as refused:
        if refused.code is not Code.INVALID:
            raise
        errors = {} if refused.say.startswith("Nothing was changed") else {"": refused.say}
    if errors:
        async with db.read() as tx:
            context = await record_context(tx, seat_of(request), record_id, record_hooks)
        return context.page("records/edit.html", 422, values=form, errors=errors, conflicts=conflicts)
    await status_job.refresh_space(db, rooms, door.space_id)
    return go(request, f"/spaces/{door.space_id}/records/{record_id}")


async def _page(
    request: Request,
    db: Database,
    hooks: RecordHooks,
    record_id: str,
    form: Mapping[str, str] | None = None,
    refused: Refused | None = None,
) -> Template:
    said = form or request.query_params
    look = said.get("look", "")
    about = await db.run_long_read(lambda tx: _about(tx, seat_of(request), hooks, record_id, look))
    context, line, others, replacing = about.context, about.line, about.others, about.replacing
    name = "records/_record.html" if wants_fragment(request) and not refused else "records/record.html"
    return context.page(
        name,
        422 if refused else 200,
        typed=dict(form or {}),
        failed=refused,
        wrong_fields=prefixed(refused.errors) if isinstance(refused, Wrong) else {},
        history=about.history,
        shown=SHOWN,
        line=line.steps,
        boards=line.boards,
        askable=_askable(context, said),
        look=look,
        choices=_choices(context, others),
        replacing=[("", "Choose…"), *((one.id, one.title) for one in replacing)],
    )


async def _about(tx: Tx, seat: Seat, hooks: RecordHooks, record_id: str, look: str) -> About:
    """It awaits the database alone."""
    context = await record_context(tx, seat, record_id, hooks)
    history = await history_of(tx, context)
    line = await hooks.line(tx, context.people, context.record, context.others)
    can = context.can("write")
    others, replacing = await title_store.others(tx, context.record, look) if can else ([], [])
    return About(context, history, line, others, replacing)


def _askable(context: RecordContext, said: Mapping[str, str]) -> Choices:
    """Who can be asked, without who keeps it true already."""
    here = [one.id for one in context.people.writers() if one.id != context.record.tender]
    return choices.of_form(here, context.people.full_name, said, "person")


def _choices(context: RecordContext, others: list[RecordTitle]) -> list[tuple[str, str]]:
    """What the record can be connected to: goals first, then other records."""
    goals = [(f"goal:{id}", f"Outcome: {title}") for id, title in context.goals.items()]
    records = [(f"record:{one.id}", f"{one.kind.capitalize()}: {one.title}") for one in others]
    return [("", "Choose…"), *goals, *records]


def _place(form: Mapping[str, str]) -> str:
    """Where on the page to come back to."""
    place = form.get("place", "")
    return f"#{place}" if place.replace("-", "").replace("_", "").isalnum() else ""


routes = [show, act, edit_form, edit]
