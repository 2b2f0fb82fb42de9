"""The files of a register of records: all that its filters leave, as the person who asks sees it."""

import asyncio

from litestar import Request, Response, get
from litestar.params import FromPath

from app.access import NOT_FOUND, Code, Refused
from app.records.core.register import read_asked
from app.records.pages.table import load_table
from app.reports.files.formats import MEDIA_TYPES
from app.reports.files.register_files import FORMS, register_file
from app.spaces.seats import seat_of
from app.web import Db


@get("/records/as/{form:str}", opt={"action": "record.show", "heavy": True})
async def register(request: Request, db: Db, form: FromPath[str]) -> Response[bytes]:
    """The register as csv, xlsx, json or md. Raises Refused for anything else."""
    if form not in FORMS:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    seat = seat_of(request)
    async with db.read() as tx:
        table = await load_table(tx, seat, read_asked(request.query_params))
    body = await asyncio.to_thread(register_file, table, seat.space.name, form)
    name = f"{table.title.lower().replace(' ', '-')}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=MEDIA_TYPES[form], headers=headers)


routes = [register]
