"""The driver diagram over HTTP, as a nested list with its forms."""

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app.access import Code, Refused
from app.outcomes.charts import driver_diagram
from app.outcomes.goals import driver_actions, driver_store
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.drivers import ABOVE, BELOW, WORDS, driver_tree
from app.outcomes.measures import advice
from app.outcomes.pages.context import goal_context, goal_path
from app.spaces.page_frame import AtDoor
from app.spaces.seats import seat_of
from app.web import Db, go, typed

RETRYABLE = (
    Code.INVALID,
    Code.CONFLICT,
    Code.TOO_LONG,
    Code.FULL,
)  # the page is shown again with what was typed


@get("/outcomes/goals/{goal_id:str}/drivers", opt={"action": "goal.show"})
async def show(request: Request, db: Db, goal_id: FromPath[str]) -> Template:
    """The whole diagram; `more` in the address names the driver that is being added to."""
    return await _drivers(request, db, goal_id)


@post("/outcomes/goals/{goal_id:str}/drivers", opt={"action": "goal.change"})
async def add(request: Request, db: Db, door: AtDoor, goal_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    new = RefusedDriver(form.get("words", ""), form.get("level", ""), form.get("upper", ""))
    try:
        uppers = [new.upper] if new.upper else []
        driver_id = await driver_actions.add(door, goal_id, new.level, new.words, uppers)
    except Refused as refused:
        return await _again(request, db, goal_id, refused, new)
    # The same box stays open, because people write several change ideas at once.
    return go(request, f"{goal_path(door.space_id, goal_id)}/drivers?more={new.upper}#driver-{driver_id}")


@post("/outcomes/goals/{goal_id:str}/drivers/{driver_id:str}", opt={"action": "goal.change"})
async def rewrite(
    request: Request, db: Db, door: AtDoor, goal_id: FromPath[str], driver_id: FromPath[str]
) -> Response | Template:
    form = await typed(request)
    ties = tuple(name.removeprefix("upper-") for name in form if name.startswith("upper-"))
    new = RefusedDriver(form.get("words", ""), driver=driver_id, ties=ties)
    try:
        await driver_actions.rewrite(door, goal_id, driver_id, new.words, ties, form.get("seen", ""))
    except Refused as refused:
        return await _again(request, db, goal_id, refused, new)
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
    """Without a question, because it can be put back at once."""
    await driver_actions.remove(door, goal_id, driver_id)
    return _back(request, door.space_id, goal_id, "removed")


@post("/outcomes/goals/{goal_id:str}/drivers/{driver_id:str}/put-back", opt={"action": "goal.change"})
async def put_back(
    request: Request, door: AtDoor, goal_id: FromPath[str], driver_id: FromPath[str]
) -> Response:
    await driver_actions.put_back(door, goal_id, driver_id)
    return _back(request, door.space_id, goal_id, driver_id)


class RefusedDriver(Struct, frozen=True):
    """What somebody typed for a new driver or for `driver` and could not be saved: its box shows it again."""

    words: str = ""
    level: str = ""
    upper: str = ""
    driver: str = ""
    ties: tuple[str, ...] = ()


NOTHING = RefusedDriver()


async def _drivers(
    request: Request, db: Db, goal_id: str, status: int = 200, say: str = "", unsent: RefusedDriver = NOTHING
) -> Template:
    async with db.read() as tx:
        context = await goal_context(tx, seat_of(request), goal_id)
        drivers = await goal_store.drivers(tx, goal_id)
        removed = await driver_store.removed(tx, goal_id)
    return context.page(
        "outcomes/drivers.html",
        status,
        drivers=drivers,
        tree=driver_tree(drivers),
        drawn=driver_diagram.diagram(context.goal.title, drivers) if drivers else None,
        removed=removed,
        above=ABOVE,
        below=BELOW,
        level_words=WORDS,
        notes=advice.of_drivers(drivers),
        say=say,
        unsent=unsent,
        opened=unsent.upper or request.query_params.get("more", ""),  # the driver whose box to add is open
    )


async def _again(request: Request, db: Db, goal_id: str, refused: Refused, unsent: RefusedDriver) -> Template:
    """The page again with the sentence and what was typed, where another try can help."""
    if refused.code not in RETRYABLE:
        raise refused
    return await _drivers(request, db, goal_id, 422, refused.say, unsent)


def _back(request: Request, space_id: str, goal_id: str, place: str) -> Response:
    return go(request, f"{goal_path(space_id, goal_id)}/drivers#driver-{place}")


routes = [show, add, rewrite, move, remove, put_back]
