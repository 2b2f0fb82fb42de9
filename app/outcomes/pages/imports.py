"""Importing numbers from files over HTTP: upload, preview, import, undo."""

import asyncio
import zlib
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Template
from msgspec import json

from app.access import Code, Refused
from app.outcomes.imports import actions, labels, offers, templates_csv
from app.outcomes.imports import store as batch_store
from app.outcomes.imports.preview import ImportPreview
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.imports.sources import table
from app.outcomes.jobs.runner import JobRunner, Jobs
from app.outcomes.measures import store as measure_store
from app.outcomes.pages.import_frame import file_page, find_file, index_page, mapping_page, path_of
from app.phrases import day_now
from app.spaces.page_frame import AtDoor
from app.spaces.seats import seat_of
from app.web import Db, go, page, typed

MOST_FILES = 12  # uploaded at once
UNFINISHED = "The check of this file is not finished, and nothing was imported. What you chose is kept."
MOST_BODY = 3 * table.MOST_BYTES + 100_000


@get("/outcomes/imports", opt={"action": "measure.import"})
async def index(request: Request, db: Db, jobs: Jobs) -> Template:
    """The form for a file, the templates, and earlier imports."""
    return await index_page(request, db, jobs)


@post("/outcomes/imports", opt={"action": "measure.import"}, request_max_body_size=MOST_BODY)
async def upload(request: Request, db: Db, door: AtDoor, jobs: Jobs) -> Response | Template:
    """Store one or several files, and look at each."""
    files = [
        one
        for one in (await request.form()).getall("file", [])
        if isinstance(one, UploadFile) and one.filename
    ]
    ids: list[str] = []
    try:
        if not files:
            raise Refused(Code.INVALID, "Choose a file first.")
        if len(files) > MOST_FILES:
            raise Refused(Code.TOO_LONG, f"Upload at most {MOST_FILES} files at once.")
        for file in files:
            ids += [await actions.upload(door, jobs, file.filename, await file.read())]
    except Refused as refused:
        if refused.code not in (Code.INVALID, Code.TOO_LONG):
            raise
        return await index_page(request, db, jobs, {"file": refused.say}, 422)
    return go(request, path_of(door.space_id, ids[0]))


@get("/outcomes/imports/templates/{name:str}", opt={"action": "measure.import"})
async def template(request: Request, db: Db, name: FromPath[str]) -> Response[str]:
    """A file to fill in, with the measures of this space in it."""
    write = templates_csv.BY_NAME.get(name)
    if write is None:
        raise Refused(Code.NOT_FOUND, "There is no such template.")
    async with db.read() as tx:
        measures = await measure_store.of_space(tx, seat_of(request).space.id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write(measures, day_now()), media_type="text/csv; charset=utf-8", headers=headers)


@get("/outcomes/imports/{upload_id:str}", opt={"action": "measure.import"})
async def show(request: Request, db: Db, jobs: Jobs, upload_id: FromPath[str]) -> Response | Template:
    """The state of a file: being read, waiting for a mapping, or ready with its preview."""
    async with db.read() as tx:
        file = await find_file(tx, request, upload_id)
    if file is None:
        over = jobs.status(upload_id)
        done = over is not None and over.over and not over.code  # here, just now
        return go(request, path_of(seat_of(request).space.id, await _ready(request, db) if done else ""))
    if jobs.running(upload_id):
        return file_page(request, "outcomes/imports/work.html", file, **_progress(file, jobs))
    ended = jobs.status(upload_id)
    failed = ended.say if ended and ended.over and ended.code else ""
    if file.plan:
        plan = json.decode(file.plan, type=ImportPreview)
        if plan.unclear_places:
            asked_at = "own" if plan.names_another else "place"  # where not all can be one's own
            asking = {asked_at: plan.unclear_places}
            return await mapping_page(request, db, file, errors=asking, failed=failed)
        asked = json.decode(file.asked, type=ColumnMapping) if file.asked else None
        context: dict[str, Any] = {"plan": plan, "asked": asked, "failed": failed, "words": labels}
        context["to_ask"] = await _to_ask(request, db, jobs, file)
        return file_page(request, "outcomes/imports/plan.html", file, **context)
    if file.look and file.organisation_id is None:
        edited = "edit" in request.query_params
        return await mapping_page(request, db, file, failed=failed or ("" if edited else _unfinished(file)))
    return file_page(request, "outcomes/imports/work.html", file, stopped=True, failed=failed)


@get("/outcomes/imports/{upload_id:str}/progress", opt={"action": "measure.import"})
async def progress(request: Request, db: Db, jobs: Jobs, upload_id: FromPath[str]) -> Response | Template:
    """How far the job is. The page asks every second, and continues when it is over."""
    async with db.read() as tx:
        file = await find_file(tx, request, upload_id)
    if file is None or not jobs.running(upload_id):
        return go(request, path_of(seat_of(request).space.id, upload_id))
    return page(
        "outcomes/imports/_progress.html", space=seat_of(request).space, file=file, **_progress(file, jobs)
    )


@get("/outcomes/imports/{upload_id:str}/refused.csv", opt={"action": "measure.import"})
async def refused_rows(request: Request, db: Db, upload_id: FromPath[str]) -> Response[bytes]:
    """All refused rows as a CSV file, each with the reason."""
    async with db.read() as tx:
        file = await find_file(tx, request, upload_id)
    if file is None or not file.refused:
        raise Refused(Code.NOT_FOUND, "There are no refused rows here.")
    headers = {"Content-Disposition": 'attachment; filename="refused-rows.csv"'}
    body = await asyncio.to_thread(zlib.decompress, file.refused)
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


@post("/outcomes/imports/{upload_id:str}/do", opt={"action": "measure.import"})
async def start_import(
    request: Request, db: Db, door: AtDoor, jobs: Jobs, upload_id: FromPath[str]
) -> Response:
    """Import what the preview showed. The page of the file then goes on to the next one that is ready."""
    leave_out = bool((await typed(request)).get("leave_out"))
    await actions.start_import(door, jobs, upload_id, leave_out=leave_out)
    return go(request, path_of(door.space_id, upload_id))


@post("/outcomes/imports/{upload_id:str}/drop", opt={"action": "measure.import"})
async def discard(request: Request, door: AtDoor, upload_id: FromPath[str]) -> Response:
    await actions.discard(door, upload_id)
    return go(request, path_of(door.space_id))


@post("/outcomes/imports/{batch_id:str}/undo", opt={"action": "measure.undo_import"})
async def undo(request: Request, door: AtDoor, jobs: Jobs, batch_id: FromPath[str]) -> Response:
    await actions.start_undo(door, jobs, batch_id)
    return go(request, path_of(door.space_id))


async def _ready(request: Request, db: Db) -> str:
    """Another file of this person that waits to be imported, or else to be asked about; empty for none."""
    seat = seat_of(request)
    async with db.read() as tx:
        others = await batch_store.others_of(tx, seat.space.id, seat.actor.person or "", "")
    return next((one.id for one in sorted(others, key=lambda one: not one.plan) if one.plan or one.asked), "")


async def _to_ask(request: Request, db: Db, jobs: JobRunner, file: Any) -> list[Any]:
    """The other files of this person that were filled in like this one and wait for an answer."""
    if not file.look or file.organisation_id is not None:
        return []
    seat = seat_of(request)
    async with db.read() as tx:
        others = await batch_store.others_of(tx, seat.space.id, seat.actor.person or "", file.id)
    alike = offers.others_like(json.decode(file.look, type=FileLook), "", others)
    return [one for one in alike if one.asked and not jobs.running(one.id)]


def _unfinished(file: Any) -> str:
    """What to say of a file whose check was begun, and perhaps ended with its process; empty for others."""
    asked = json.decode(file.asked, type=ColumnMapping) if file.asked else None
    return UNFINISHED if asked and (asked.answered or asked.layout == "long") else ""


def _progress(file: Any, jobs: JobRunner) -> dict[str, Any]:
    """How far the job is: its stage, and rows out of how many."""
    status = jobs.status(file.id)
    total = json.decode(file.look, type=FileLook).rows if file.look else 0
    stage = labels.STAGES.get(status.stage if status else "", "Beginning")
    return {"stage": stage, "rows": status.rows if status else 0, "total": total, "stopped": False}


routes = [
    index,
    upload,
    template,
    show,
    progress,
    refused_rows,
    start_import,
    discard,
    undo,
]
