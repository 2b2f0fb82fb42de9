"""Several organisations in one file, over HTTP: their codes, and looking again at what was passed on."""

from litestar import Request, Response, post
from litestar.params import FromPath
from litestar.response import Template

from app.outcomes.imports import actions
from app.outcomes.imports.sharing import actions as sharing
from app.outcomes.jobs.runner import Jobs
from app.outcomes.pages.import_frame import index_page, path_of
from app.spaces.page_frame import AtDoor
from app.web import Db, go, typed


@post("/outcomes/imports/codes", opt={"action": "measure.import"})
async def set_codes(request: Request, db: Db, door: AtDoor, jobs: Jobs) -> Response | Template:
    """Say by which codes and names files know one's own organisation."""
    text = (await typed(request)).get("codes", "")
    if errors := await sharing.set_codes(door, text):
        return await index_page(request, db, jobs, errors, 422, text)
    return go(request, path_of(door.space_id))


@post("/outcomes/imports/{upload_id:str}/check", opt={"action": "measure.import"})
async def check(request: Request, door: AtDoor, jobs: Jobs, upload_id: FromPath[str]) -> Response:
    """Look what an import would change by now."""
    await actions.check_again(door, jobs, upload_id)
    return go(request, path_of(door.space_id, upload_id))


routes = [set_codes, check]
