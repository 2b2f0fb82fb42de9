"""The page of what waits for a second organisation; answering it, and putting old words back from the log."""

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.spaces import log_store
from app.spaces.log_entry import WORDS
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.spaces.space import SpaceDraft
from app.spaces.together import actions, core, store, view
from app.spaces.together.core import Outcome
from app.web import Db, go, typed

SAID = {Outcome.DONE: "act-done", Outcome.WAITS: "act-said", Outcome.LAPSED: "act-no"}


@get("/waiting", opt={"action": "space.waiting"})
async def show(request: Request, db: Db) -> Template:
    """What organisations propose and no one of them can do alone."""
    return await _page(request, db, {})


@post("/waiting/{act_id:str}/yes", opt={"action": "space.decide"})
async def say_yes(request: Request, door: AtDoor, act_id: FromPath[str]) -> Response | Template:
    result = await actions.answer(door, act_id, yes=True)
    if result.link and not door.config.smtp_url:
        link = door.config.base_url + result.link
        return page_of(seat_of(request), "spaces/together/let_in.html", here="people", link=link)
    return go(request, f"/spaces/{door.space_id}/waiting?done={SAID[result.outcome]}")


@post("/waiting/{act_id:str}/no", opt={"action": "space.decide"})
async def say_no(request: Request, door: AtDoor, act_id: FromPath[str]) -> Response:
    await actions.answer(door, act_id, yes=False)
    return go(request, f"/spaces/{door.space_id}/waiting?done=act-no")


@post("/waiting/{act_id:str}/withdraw", opt={"action": "space.decide"})
async def withdraw(request: Request, door: AtDoor, act_id: FromPath[str]) -> Response:
    await actions.withdraw(door, act_id)
    return go(request, f"/spaces/{door.space_id}/waiting?done=act-withdrawn")


@post("/waiting/days", opt={"action": "space.describe"})
async def set_days(request: Request, db: Db, door: AtDoor) -> Response | Template:
    form = await typed(request)
    text = form.get("days", "").strip()
    try:
        result = await actions.set_days(door, _number(text))
    except Refused as refused:
        if refused.code is not Code.INVALID:
            raise
        return await _page(request, db, form, {"days": refused.say}, 422)
    return go(request, f"/spaces/{door.space_id}{view.after(result, '/waiting?done=act-done')}")


@post("/log/{n:str}/put-back", opt={"action": "space.describe"})
async def put_back(request: Request, db: Db, door: AtDoor, n: FromPath[str]) -> Response:
    """Let the words stand again that stood before an entry of the log; the others stay as they are."""
    seat = seat_of(request)
    async with db.read() as tx:
        entry = await log_store.find(tx, seat, _number(n))
    if entry is None or not entry.has_words:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    words = {name: getattr(seat.space, name) for name in WORDS}
    result = await actions.describe(door, SpaceDraft(**(words | entry.before)))
    return go(request, f"/spaces/{door.space_id}{view.after(result, '/log?done=words-back')}")


def _number(text: str) -> int:
    """What somebody typed; 0, which is nothing here, where that is no number or far too long a one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


async def _page(
    request: Request, db: Db, values: dict[str, str], errors: dict[str, str] | None = None, status: int = 200
) -> Template:
    seat = seat_of(request)
    async with db.read() as tx:
        lines = await view.lines(tx, seat)
        ground, _ = await store.ground(tx, seat.space.id)
    return page_of(
        seat,
        "spaces/together/waiting.html",
        status,
        here="people",
        lines=lines,
        alone=len(ground.owners) < 2,
        values={"days": str(ground.days), **values},
        errors=errors or {},
        bounds=(core.LEAST_DAYS, core.MOST_DAYS),
    )


routes = [show, say_yes, say_no, withdraw, set_days, put_back]
