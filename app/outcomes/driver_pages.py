"""The driver diagram over HTTP, as a nested list with its forms."""

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import Code, Refused
from app.outcomes import checks, driver_actions, driver_store, goal_store
from app.outcomes.circle import around
from app.outcomes.drivers import ABOVE, BELOW, WORDS, diagram
from app.outcomes.goal_pages import found, goal_path, of_goal
from app.spaces.frame import AtDoor
from app.spaces.seats import seat_of
from app.web import Db, go, typed

MENDABLE = (Code.INVALID, Code.TOO_LONG, Code.FULL)


@get("/outcomes/goals/{goal_id:str}/drivers", opt={"action": "goal.show"})
async def show(request: Request, db: Db, goal_id: FromPath[str]) -> Template:
    return await _drivers(request, db, goal_id)


@post("/outcomes/goals/{goal_id:str}/drivers", opt={"action": "goal.change"})
async def add(request: Request, db: Db, door: AtDoor, goal_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    uppers = [form["upper"]] if form.get("upper") else []
    try:
        made = await driver_actions.add(door, goal_id, form.get("level", ""), form.get("words", ""), uppers)
    except Refused as refused:
        return await _mend(request, db, goal_id, refused, form.get("words", ""))
    return _back(request, door.space_id, goal_id, made)


@post("/outcomes/goals/{goal_id:str}/drivers/{driver_id:str}", opt={"action": "goal.change"})
async def rewrite(
    request: Request, db: Db, door: AtDoor, goal_id: FromPath[str], driver_id: FromPath[str]
) -> Response | Template:
    form = await typed(request)
    uppers = [name.removeprefix("upper-") for name in form if name.startswith("upper-")]
    try:
        await driver_actions.rewrite(door, goal_id, driver_id, form.get("words", ""), uppers)
    except Refused as refused:
        return await _mend(request, db, goal_id, refused, form.get("words", ""))
    return _back(request, door.space_id, goal_id, driver_id)


@post("/outcomes/goals/{goal_id:str}/drivers/{driver_id:str}/move", opt={"action": "goal.change"})
async def move(request: Request, door: AtDoor, goal_id: FromPath[str], driver_id: FromPath[str]) -> Response:
    up = (await typed(request)).get("to") != "down"
    await driver_actions.move(door, goal_id, driver_id, up=up)
    return _back(request, door.space_id, goal_id, driver_id)


@post("/outcomes/goals/{goal_id:str}/drivers/{driver_id:str}/remove", opt={"action": "goal.change"})
async def remove(
    request: Request, door: AtDoor, goal_id: FromPath[str], driver_id: FromPath[str]
) -> Response:
    """At once, since it can be put back at once."""
    await driver_actions.remove(door, goal_id, driver_id)
    return _back(request, door.space_id, goal_id, "removed")


@post("/outcomes/goals/{goal_id:str}/drivers/{driver_id:str}/put-back", opt={"action": "goal.change"})
async def put_back(
    request: Request, door: AtDoor, goal_id: FromPath[str], driver_id: FromPath[str]
) -> Response:
    await driver_actions.put_back(door, goal_id, driver_id)
    return _back(request, door.space_id, goal_id, driver_id)


async def _drivers(
    request: Request, db: Db, goal_id: str, status: int = 200, say: str = "", unsent_words: str = ""
) -> Template:
    seat = seat_of(request)
    async with db.read() as tx:
        goal, near = await found(tx, seat, goal_id), await around(tx, seat)
        drivers = await goal_store.drivers(tx, goal_id)
        removed = await driver_store.removed(tx, goal_id)
    levels = {"above": ABOVE, "below": BELOW, "level_words": WORDS}
    told = {"notes": checks.of_drivers(drivers), "say": say, "unsent_words": unsent_words}
    context = {"drivers": drivers, "diagram": diagram(drivers), "removed": removed, **levels, **told}
    return of_goal(near, goal, "outcomes/drivers.html", status, **context)


async def _mend(request: Request, db: Db, goal_id: str, refused: Refused, words: str) -> Template:
    """The page again with the sentence and the words, where another try can help."""
    if refused.code not in MENDABLE:
        raise refused
    return await _drivers(request, db, goal_id, 422, refused.say, words)


def _back(request: Request, space_id: str, goal_id: str, place: str) -> Response:
    return go(request, f"{goal_path(space_id, goal_id)}/drivers#driver-{place}")


routes = [show, add, rewrite, move, remove, put_back]
