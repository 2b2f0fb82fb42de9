"""Joining by a code: where to type it, the one form, and the waiting room."""

import re
import time
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.addresses import network_of
from app.config import Config
from app.db import Database
from app.people.sessions import device_of, set_cookie
from app.spaces import return_tokens, rules
from app.spaces.joining import join as joining
from app.spaces.joining import join_codes, waiting_room
from app.spaces.joining.guess_limit import LIMIT, WINDOW, Guesses
from app.spaces.joining.join import Browser, Joined, OpenedCode
from app.spaces.joining.paths import (
    BOARD,
    board_or_none,
    path_to_arrival,
    path_to_join,
    path_to_question,
    path_to_wait,
)
from app.spaces.rules import Errors
from app.spaces.space import Membership
from app.web import Db, Ring, Settings, go, page, typed, who

WRONG_CODE = "This code does not work. Check it, or ask for a new one."
TOO_MANY_CODES = f"You entered {LIMIT} wrong codes in a minute. Wait a minute, then try again."
NO_CODE = "There is no code in that. A code is nine letters and digits, such as KTM-4W9-QXR."
ENTER_CODE = "Enter the code that you were given: nine letters and digits, such as KTM-4W9-QXR."
MOST_TYPED = 300  # characters of what was typed that are shown again; a whole link is shorter
BOARD_IN_LINK = re.compile(rf"[?&]board=({BOARD.pattern})")


@get("/join", opt={"action": "space.join"})
async def enter(
    request: Request, code: FromQuery[str | None] = None, board: FromQuery[str] = ""
) -> Response | Template:
    """The field to type a code into; with `?code=`, a code or a whole link, on to the form behind it.

    `board` is the one that the person came from; that of a link counts before it.
    """
    onward = {"board": board_or_none(board) or ""}
    if code is None:
        return page("spaces/enter_code.html", values=onward, errors={})
    tidy = join_codes.tidy(code)
    if tidy:
        linked = BOARD_IN_LINK.search(code)
        return go(request, path_to_join(tidy, linked[1] if linked else board))
    error = NO_CODE if code.strip() else ENTER_CODE
    values = onward | {"code": code[:MOST_TYPED]}
    return page("spaces/enter_code.html", 422, values=values, errors={"code": error})


@get("/join/{code:str}", opt={"action": "space.join"})
async def show(
    request: Request,
    db: Db,
    settings: Settings,
    guesses: NamedDependency[Guesses],
    code: FromPath[str],
    board: FromQuery[str | None] = None,
) -> Response | Template:
    """What the code leads to, and the form to join; a guest whom the browser knows is asked first."""
    opened = await _find_by_code(db, code)
    if opened is None:
        return _wrong_code_page(request, settings, guesses, code)
    if who(request) is None and await _may_return(request, db, opened.space.id):
        return go(request, path_to_question(opened.space.id, opened.code.code, board or ""))
    return _questions_page(request, opened, {"board": board or ""}, {})


@post("/join/{code:str}", opt={"action": "space.join"})
async def join(
    request: Request,
    db: Db,
    ring: Ring,
    settings: Settings,
    guesses: NamedDependency[Guesses],
    code: FromPath[str],
) -> Response | Template:
    opened = await _find_by_code(db, code)
    if opened is None:
        return _wrong_code_page(request, settings, guesses, code)
    form, person = await typed(request), who(request)
    guest, errors = rules.read_guest_form(form, known_name=person.name if person else None)
    if errors:
        return _questions_page(request, opened, form, errors, 422)
    space_id, shared = opened.space.id, bool(form.get("shared")) and person is None
    browser = Browser(device_of(request), shared, return_tokens.token_of(request, space_id))
    joined = await joining.join(db, ring, code, guest, person, browser)
    if joined is None:
        return _wrong_code_page(request, settings, guesses, code)
    answer = go(request, _path_after(joined, form.get("board", "")))
    if joined.token:
        set_cookie(answer, joined.token, settings, shared=shared)
    if joined.return_token:
        return_tokens.set_cookie(answer, settings, space_id, joined.return_token)
    elif shared:
        return_tokens.clear_cookie(answer, settings, space_id)
    return answer


@get("/join/waiting/{space_id:str}", opt={"action": "space.join"})
async def wait(
    request: Request, db: Db, space_id: FromPath[str], board: FromQuery[str | None] = None
) -> Response | Template:
    """Moves on by itself once a steward has let the person in."""
    person = who(request)
    async with db.read() as tx:
        if person is None:
            raise await return_tokens.signed_out(request, tx, space_id)
        place = await waiting_room.membership_of(tx, space_id, person.id)
    # A person who took part before and was declined now is a former member, as before.
    if place is None or (place.membership is Membership.FORMER and not place.removed):
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    onward = _path_after(Joined(space_id, place.membership is not Membership.ACTIVE), board or "")
    if place.membership is Membership.ACTIVE:
        return go(request, onward)
    fragment = request.headers.get("hx-request") == "true"
    name = "spaces/joining/_wait.html" if fragment else "spaces/joining/wait.html"
    return page(name, again=onward, declined=place.membership is not Membership.WAITING)


async def _find_by_code(db: Database, code: str) -> OpenedCode | None:
    async with db.read() as tx:
        return await joining.find_by_code(tx, code)


async def _may_return(request: Request, db: Database, space_id: str) -> bool:
    """Whether this browser can bring a guest of the space back."""
    token = return_tokens.token_of(request, space_id)
    if token is None:
        return False
    async with db.read() as tx:
        return await return_tokens.find(tx, space_id, token) is not None


def _wrong_code_page(request: Request, settings: Config, guesses: Guesses, code: str) -> Template:
    """404, the same for every code that opens nothing; 429 after too many of them in a minute."""
    values = {"code": code[:MOST_TYPED], "board": board_or_none(request.query_params.get("board", "")) or ""}
    if settings.limits == "on" and guesses.wrong(network_of(request), time.monotonic()):
        headers = {"Retry-After": str(int(WINDOW))}
        return page("spaces/enter_code.html", 429, headers, values=values, errors={"code": TOO_MANY_CODES})
    return page("spaces/enter_code.html", 404, values=values, errors={"code": WRONG_CODE})


def _questions_page(
    request: Request, opened: OpenedCode, values: dict[str, Any], errors: Errors, status: int = 200
) -> Template:
    return page(
        "spaces/join.html",
        status,
        code=opened.code.code,
        joining=opened.space,
        organisations=[one.name for one in opened.organisations],
        waiting_room=opened.code.waiting_room,
        person=who(request),
        values=values,
        errors=errors,
    )


def _path_after(joined: Joined, board: str) -> str:
    """The path of the space, or of the board that the link was for; of the waiting room while they wait."""
    path = path_to_wait if joined.waiting else path_to_arrival
    return path(joined.space_id, board)


routes = [enter, show, join, wait]
