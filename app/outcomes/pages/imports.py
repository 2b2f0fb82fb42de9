"""Importing numbers from files over HTTP: upload, mapping, preview, import, undo."""

import asyncio
import zlib
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Template
from msgspec import json

from app.access import Code, Refused
from app.db import Tx, now
from app.outcomes.goals.people import load_people
from app.outcomes.imports import actions, labels, mapping_form, read_file, tabular, templates_csv
from app.outcomes.imports import store as batch_store
from app.outcomes.imports.preview import ImportPreview
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.jobs.runner import JobRunner, Jobs
from app.outcomes.measures import store as measure_store
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.web import Db, go, page, typed

MOST_BODY = tabular.MOST_BYTES + 100_000


@get("/outcomes/imports", opt={"action": "measure.import"})
async def index(request: Request, db: Db, jobs: Jobs) -> Template:
    """The form for a file, the templates, and earlier imports."""
    return await _index(request, db, jobs)


@post("/outcomes/imports", opt={"action": "measure.import"}, request_max_body_size=MOST_BODY)
async def upload(request: Request, db: Db, door: AtDoor, jobs: Jobs) -> Response | Template:
    file = (await request.form()).get("file")
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            raise Refused(Code.INVALID, "Choose a file first.")
        upload_id = await actions.upload(door, jobs, file.filename, await file.read())
    except Refused as refused:
        if refused.code not in (Code.INVALID, Code.TOO_LONG):
            raise
        return await _index(request, db, jobs, {"file": refused.say}, 422)
    return go(request, _path(door.space_id, upload_id))


@get("/outcomes/imports/templates/{name:str}", opt={"action": "measure.import"})
async def template(request: Request, db: Db, name: FromPath[str]) -> Response[str]:
    """A file to fill in, with the measures of this space in it."""
    write = templates_csv.BY_NAME.get(name)
    if write is None:
        raise Refused(Code.NOT_FOUND, "There is no such template.")
    async with db.read() as tx:
        measures = await measure_store.of_space(tx, seat_of(request).space.id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write(measures, now().date()), media_type="text/csv; charset=utf-8", headers=headers)


@get("/outcomes/imports/{upload_id:str}", opt={"action": "measure.import"})
async def show(request: Request, db: Db, jobs: Jobs, upload_id: FromPath[str]) -> Response | Template:
    """The state of a file: being read, waiting for a mapping, or ready with its preview."""
    async with db.read() as tx:
        file = await _file(tx, request, upload_id)
    if file is None:
        return go(request, _path(seat_of(request).space.id))
    if jobs.running(upload_id):
        return _page(request, "outcomes/imports/work.html", file, **_progress(file, jobs))
    ended = jobs.status(upload_id)
    failed = ended.say if ended and ended.over and ended.code else ""
    if file.plan:
        plan = json.decode(file.plan, type=ImportPreview)
        asked = json.decode(file.asked, type=ColumnMapping) if file.asked else None
        context: dict[str, Any] = {"plan": plan, "asked": asked, "failed": failed, "words": labels}
        return _page(request, "outcomes/imports/plan.html", file, **context)
    if file.look:
        return await _mapping(request, db, file, failed=failed)
    return _page(request, "outcomes/imports/work.html", file, stopped=True, failed=failed)


@get("/outcomes/imports/{upload_id:str}/progress", opt={"action": "measure.import"})
async def progress(request: Request, db: Db, jobs: Jobs, upload_id: FromPath[str]) -> Response | Template:
    """How far the job is. The page asks every second, and continues when it is over."""
    async with db.read() as tx:
        file = await _file(tx, request, upload_id)
    if file is None or not jobs.running(upload_id):
        return go(request, _path(seat_of(request).space.id, upload_id))
    return page(
        "outcomes/imports/_progress.html", space=seat_of(request).space, file=file, **_progress(file, jobs)
    )


@get("/outcomes/imports/{upload_id:str}/refused.csv", opt={"action": "measure.import"})
async def refused_rows(request: Request, db: Db, upload_id: FromPath[str]) -> Response[bytes]:
    """All refused rows as a CSV file, each with the reason."""
    async with db.read() as tx:
        file = await _file(tx, request, upload_id)
    if file is None or not file.refused:
        raise Refused(Code.NOT_FOUND, "There are no refused rows here.")
    headers = {"Content-Disposition": 'attachment; filename="refused-rows.csv"'}
    body = await asyncio.to_thread(zlib.decompress, file.refused)
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


@post("/outcomes/imports/{upload_id:str}/mapping", opt={"action": "measure.import"})
async def choose_mapping(
    request: Request, db: Db, door: AtDoor, jobs: Jobs, upload_id: FromPath[str]
) -> Response | Template:
    """Store the mapping; the file is checked with it at once."""
    form = await typed(request)
    async with db.read() as tx:
        file = await _file(tx, request, upload_id)
    if file is None or not file.look:
        return go(request, _path(door.space_id, upload_id))
    mapping, errors = mapping_form.read(form, json.decode(file.look, type=FileLook))
    if errors:
        return await _mapping(request, db, file, form, errors, 422)
    await actions.choose_mapping(door, jobs, upload_id, mapping)
    return go(request, _path(door.space_id, upload_id))


@post("/outcomes/imports/{upload_id:str}/again", opt={"action": "measure.import"})
async def back_to_mapping(request: Request, door: AtDoor, jobs: Jobs, upload_id: FromPath[str]) -> Response:
    await actions.back_to_mapping(door, jobs, upload_id)
    return go(request, _path(door.space_id, upload_id))


@post("/outcomes/imports/{upload_id:str}/do", opt={"action": "measure.import"})
async def start_import(request: Request, door: AtDoor, jobs: Jobs, upload_id: FromPath[str]) -> Response:
    leave_out = bool((await typed(request)).get("leave_out"))
    await actions.start_import(door, jobs, upload_id, leave_out=leave_out)
    return go(request, _path(door.space_id, upload_id))


@post("/outcomes/imports/{upload_id:str}/drop", opt={"action": "measure.import"})
async def discard(request: Request, door: AtDoor, upload_id: FromPath[str]) -> Response:
    await actions.discard(door, upload_id)
    return go(request, _path(door.space_id))


@post("/outcomes/imports/{batch_id:str}/undo", opt={"action": "measure.undo_import"})
async def undo(request: Request, door: AtDoor, jobs: Jobs, batch_id: FromPath[str]) -> Response:
    await actions.start_undo(door, jobs, batch_id)
    return go(request, _path(door.space_id))


def _path(space_id: str, id: str = "") -> str:
    return f"/spaces/{space_id}/outcomes/imports" + (f"/{id}" if id else "")


async def _file(tx: Tx, request: Request, upload_id: str) -> Any:
    seat = seat_of(request)
    return await batch_store.find_upload(tx, seat.space.id, upload_id, seat.actor.person or "")


async def _index(
    request: Request, db: Db, jobs: JobRunner, errors: Mapping[str, str] | None = None, status: int = 200
) -> Template:
    seat = seat_of(request)
    running = jobs.running_keys()  # before reading: a job that ends meanwhile is still shown as running
    async with db.read() as tx:
        batches = await batch_store.of_space(tx, seat.space.id)
        waiting = await batch_store.waiting(tx, seat.space.id, seat.actor.person or "")
        measures = await measure_store.of_space(tx, seat.space.id)
        latest = batches[0] if batches and batches[0].undone_at is None else None
        brought = await batch_store.measures_of(tx, latest.id) if latest else []
        people = await load_people(tx, seat)
    return page_of(
        seat,
        "outcomes/imports/index.html",
        status,
        here="outcomes",
        batches=batches,
        waiting=waiting,
        measures=measures,
        brought=[one for one in measures if one.id in brought],  # by the latest import
        people=people,
        running=running,
        failed={one.id: job.say for one in batches if (job := jobs.status(one.id)) and job.code},
        words=labels,
        errors=errors or {},
    )


async def _mapping(
    request: Request,
    db: Db,
    file: Any,
    form: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    failed: str = "",
) -> Template:
    seat = seat_of(request)
    look = json.decode(file.look, type=FileLook)
    async with db.read() as tx:
        measures = await measure_store.of_space(tx, seat.space.id)
    mapping = (
        json.decode(file.asked, type=ColumnMapping) if file.asked else read_file.guess_mapping(look, measures)
    )
    values = form or mapping_form.values(mapping, look)
    return _page(
        request,
        "outcomes/imports/mapping.html",
        file,
        status,
        look=look,
        choices=mapping_form.choices(measures),
        columns=mapping_form.columns(look),
        values=values,
        split=any(name.startswith("breakdown-") for name in values),
        errors=errors or {},
        words=labels,
        failed=failed,
    )


def _progress(file: Any, jobs: JobRunner) -> dict[str, Any]:
    """How far the job is: its stage, and rows out of how many."""
    status = jobs.status(file.id)
    total = json.decode(file.look, type=FileLook).rows if file.look else 0
    stage = labels.STAGES.get(status.stage if status else "", "Beginning")
    return {"stage": stage, "rows": status.rows if status else 0, "total": total, "stopped": False}


def _page(request: Request, name: str, file: Any, status: int = 200, **context: Any) -> Template:
    context.setdefault("look", json.decode(file.look, type=FileLook) if file.look else None)
    return page_of(seat_of(request), name, status, here="outcomes", file=file, **context)


routes = [
    index,
    upload,
    template,
    show,
    progress,
    refused_rows,
    choose_mapping,
    back_to_mapping,
    start_import,
    discard,
    undo,
]
