"""How the charts of a space are read, over HTTP: the profile, the choice of another, and its progress."""

from litestar import Request, Response, get, post
from litestar.response import Template

from app.outcomes.editing import reading_profile
from app.outcomes.jobs.job import reading_of
from app.outcomes.jobs.runner import JobRunner, Jobs, run_job
from app.outcomes.readings import store as reading_store
from app.outcomes.spc.profiles import CHOICES
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.web import Db, go, page, typed

SMALL = 150  # series; so many are read within a second and need no process of their own


@get("/outcomes/reading", opt={"action": "goal.show"})
async def show(request: Request, db: Db, jobs: Jobs) -> Template:
    """The profile of the space for everybody, and the choice for those who may choose."""
    return await _page(request, db, jobs)


@post("/outcomes/reading", opt={"action": "measure.read_as"})
async def choose(request: Request, db: Db, door: AtDoor, jobs: Jobs) -> Response | Template:
    profile = (await typed(request)).get("profile", "")
    if not reading_profile.known(profile):
        return await _page(request, db, jobs, {"profile": "Choose one of these."})
    async with db.read() as tx:
        small = await reading_store.count(tx, door.space_id) <= SMALL
    await run_job(door, jobs, "read_as", profile, small=small)
    return go(request, _path(request))


@get("/outcomes/reading/progress", opt={"action": "goal.show"})
async def progress(request: Request, db: Db, jobs: Jobs) -> Response | Template:
    """How far the job is. The page asks every second until it is over."""
    far = await _progress(request, db, jobs)
    if far is None:
        return go(request, _path(request))
    return page("outcomes/_reading_progress.html", space=seat_of(request).space, far=far)


async def _progress(request: Request, db: Db, jobs: JobRunner) -> tuple[int, int] | None:
    """How many measures are done, and of how many; None when no job is running."""
    space_id = seat_of(request).space.id
    if not jobs.running(reading_of(space_id)):
        return None
    status = jobs.status(reading_of(space_id))
    async with db.read() as tx:
        return (status.rows if status else 0, len(await reading_store.measures_of(tx, space_id)))


async def _page(request: Request, db: Db, jobs: JobRunner, errors: dict[str, str] | None = None) -> Template:
    seat = seat_of(request)
    far = await _progress(request, db, jobs)
    ended = jobs.status(reading_of(seat.space.id))
    async with db.read() as tx:
        chosen = await reading_store.profile_of(tx, seat.space.id)
    return page_of(
        seat,
        "outcomes/reading.html",
        422 if errors else 200,
        here="outcomes",
        chosen=chosen,
        choices=CHOICES,
        far=far,
        failed=ended.say if ended and ended.code else "",
        errors=errors or {},
    )


def _path(request: Request) -> str:
    return f"/spaces/{seat_of(request).space.id}/outcomes/reading"


routes = [show, choose, progress]
