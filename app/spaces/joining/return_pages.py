"""Asks whether the person is the guest that this browser knows: always asks, opens nothing by itself."""

import time
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app.addresses import network_of
from app.config import Config
from app.people.sessions import device_of, set_cookie
from app.spaces import return_tokens
from app.spaces.joining import join_codes
from app.spaces.joining.come_back import be_somebody_else, come_back
from app.spaces.joining.guess_limit import WINDOW, Guesses
from app.spaces.joining.paths import board_of, board_or_none, path_to_join, path_to_wait
from app.web import Db, Settings, go, local_path, page, typed, who

UNKNOWN = "This browser cannot bring you back any more. Enter a code to join again."
TOO_MANY = "There were too many attempts to come back. Wait a minute, then try again."


@get("/join/again/{space_id:str}", opt={"action": "space.return"})
async def ask(
    request: Request,
    db: Db,
    settings: Settings,
    space_id: FromPath[str],
    next: FromQuery[str | None] = None,
    code: FromQuery[str] = "",
    board: FromQuery[str] = "",
) -> Response | Template:
    """The question, for a browser that knows a guest of this space; others go on to join or to sign in."""
    onward = local_path(next, f"/spaces/{space_id}")
    if who(request):
        return go(request, onward)
    token = return_tokens.token_of(request, space_id)
    async with db.read() as tx:
        guest = await return_tokens.find(tx, space_id, token) if token else None
    if guest:
        return page(
            "spaces/joining/known_guest.html",
            guest=guest,
            space_id=space_id,
            onward=onward,
            code=join_codes.tidy(code),
            board=board_or_none(board) or board_of(onward),
        )
    instead = path_to_join(join_codes.tidy(code), board) if code else f"/sign-in?next={quote(onward)}"
    answer = go(request, instead)
    return_tokens.clear_cookie(answer, settings, space_id)
    return answer


@post("/join/again/{space_id:str}", opt={"action": "space.return"})
async def be_the_guest(
    request: Request, db: Db, settings: Settings, guesses: NamedDependency[Guesses], space_id: FromPath[str]
) -> Response | Template:
    """Yes: signs the guest in again, as the same person."""
    form = await typed(request)
    onward = local_path(form.get("next"), f"/spaces/{space_id}")
    if who(request):  # in another tab meanwhile, perhaps somebody else: they stay who they are
        return go(request, onward)
    token = return_tokens.token_of(request, space_id)
    back = await come_back(db, space_id, token, device_of(request)) if token else None
    if token is None or back is None:
        return _unknown_page(request, settings, guesses)
    answer = go(request, path_to_wait(space_id, form.get("board", "")) if back.waiting else onward)
    set_cookie(answer, back.token, settings)
    return_tokens.set_cookie(answer, settings, space_id, token)
    return answer


@post("/join/again/{space_id:str}/other", opt={"action": "space.return"})
async def be_other(request: Request, db: Db, settings: Settings, space_id: FromPath[str]) -> Response:
    """Somebody else: this browser forgets the guest, and the person goes on to join."""
    form = await typed(request)
    token = return_tokens.token_of(request, space_id)
    if token:
        await be_somebody_else(db, space_id, token)
    code = join_codes.tidy(form.get("code", ""))
    answer = go(request, path_to_join(code, form.get("board", "")))
    return_tokens.clear_cookie(answer, settings, space_id)
    return answer


def _unknown_page(request: Request, settings: Config, guesses: Guesses) -> Template:
    """404, the same for every token that is not good; 429 after too many of them in a minute."""
    # Counted apart from codes, so that a room full of browsers with old tokens can still join by code.
    address = f"return {network_of(request)}"
    too_many = settings.limits == "on" and guesses.wrong(address, time.monotonic())
    status, headers = (429, {"Retry-After": str(int(WINDOW))}) if too_many else (404, {})
    errors = {"code": TOO_MANY if too_many else UNKNOWN}
    return page("spaces/enter_code.html", status, headers, values={}, errors=errors)


routes = [ask, be_the_guest, be_other]
