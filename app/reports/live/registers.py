"""The files of a register of records: all that its filters leave, as the person who asks sees it."""

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import json

from app.access import NOT_FOUND, Code, Refused
from app.limits.worker_process import WorkerFailed, run_worker
from app.records.core.register import read_asked
from app.records.pages.register import count_of, title_of
from app.reports.files.formats import MEDIA_TYPES
from app.reports.files.register_files import FORMS
from app.reports.live.register_worker import NOT_HERE, Job, load_content, written
from app.spaces.seats import seat_of
from app.supervision import in_thread
from app.web import Db, Settings

FEW = 100  # records that are written at once, 0.2 ms each


@get("/records/as/{form:str}", opt={"action": "record.show", "heavy": True})
async def register(request: Request, db: Db, settings: Settings, form: FromPath[str]) -> Response[bytes]:
    """The register as csv, xlsx, json or md. Raises Refused for anything else."""
    if form not in FORMS:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    seat, asked = seat_of(request), read_asked(request.query_params)
    if await db.run_read(lambda tx: count_of(tx, seat, asked)) <= FEW:
        content = await db.run_read(lambda tx: load_content(tx, seat, asked, form))
        body = await in_thread(lambda: written(content, seat.space.name, form))
    else:
        job = Job(settings.database_url, settings.sqlite_synchronous, seat.login, seat.space.id, asked, form)
        body = await _in_process(job)  # one of few at a time: the request is heavy
    name = f"{title_of(asked).lower().replace(' ', '-')}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=MEDIA_TYPES[form], headers=headers)


async def _in_process(job: Job) -> bytes:
    try:
        return await run_worker("app.reports.live.register_worker", lambda: json.encode(job))
    except WorkerFailed as failed:
        if failed.code == NOT_HERE:
            raise Refused(Code.NOT_FOUND, NOT_FOUND) from None
        raise


routes = [register]
