"""Joining by a code: where to type it, the one screen of questions, and the wait to be let in."""

import re
import time
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.config import Config
from app.db import Database
from app.people.sessions import device_of, set_cookie
from app.spaces import rules
from app.spaces.joining import join as joining
from app.spaces.joining import join_codes
from app.spaces.joining.guess_limit import LIMIT, WINDOW, Guesses
from app.spaces.joining.join import Joined, OpenedCode
from app.spaces.rules import Errors
from app.spaces.space import Membership
from app.web import Db, Settings, go, page, signed_in, typed, who

SHUT = "This code does not open anything. Check it, or ask for a new one."
SLOW_DOWN = f"That was {LIMIT} wrong codes in a minute. Wait a minute, then try again."
BOARD = re.compile(r"[0-9a-f-]{36}")


@get("/join", opt={"action": "space.join"})
async def enter(request: Request, code: FromQuery[str | None] = None) -> Response | Template:
    """Where a code is typed; on with it as soon as there is one."""
    tidy = join_codes.tidy(code or "")
    if tidy:
        return go(request, f"/join/{tidy}")
    return page("spaces/enter_code.html", values={}, errors={})


@get("/join/{code:str}", opt={"action": "space.join"})
async def show(
    request: Request,
    db: Db,
    settings: Settings,
    guesses: NamedDependency[Guesses],
    code: FromPath[str],
    board: FromQuery[str | None] = None,
) -> Template:
    """What one joins, and the questions."""
    doorway = await _look(db, code)
    if doorway is None:
        return _shut(request, settings, guesses, code)
    return _questions(request, doorway, {"board": board or ""}, {})


@post("/join/{code:str}", opt={"action": "space.join"})
async def join(
    request: Request, db: Db, settings: Settings, guesses: NamedDependency[Guesses], code: FromPath[str]
) -> Response | Template:
    doorway = await _look(db, code)
    if doorway is None:
        return _shut(request, settings, guesses, code)
    form, person = await typed(request), who(request)
    knock, errors = rules.read_guest_form(form, known_name=person.name if person else None)
    if errors:
        return _questions(request, doorway, form, errors, 422)
    joined = await joining.join(db, code, knock, person, device_of(request))
    if joined is None:
        return _shut(request, settings, guesses, code)
    answer = go(request, _onward(joined, form.get("board", "")))
    if joined.token:
        set_cookie(answer, joined.token, settings)
    return answer


@get("/join/waiting/{space_id:str}", opt={"action": "space.join"})
async def wait(
    request: Request, db: Db, space_id: FromPath[str], board: FromQuery[str | None] = None
) -> Response | Template:
    """Moves on by itself once a steward has let the person in."""
    async with db.read() as tx:
        place = await joining.place_of(tx, space_id, signed_in(request).id)
    # Whoever took part before, knocked again and was not let in is a former person as before.
    if place is None or (place.membership is Membership.FORMER and not place.removed):
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    onward = _onward(Joined(space_id, place.membership is not Membership.ACTIVE), board or "")
    if place.membership is Membership.ACTIVE:
        return go(request, onward)
    fragment = request.headers.get("hx-request") == "true"
    name = "spaces/_wait.html" if fragment else "spaces/wait.html"
    return page(name, again=onward, declined=place.membership is not Membership.WAITING)


async def _look(db: Database, code: str) -> OpenedCode | None:
    async with db.read() as tx:
        return await joining.look(tx, code)


def _shut(request: Request, settings: Config, guesses: Guesses, code: str) -> Template:
    """The same answer to every code that opens nothing; too many of them in a minute are refused."""
    address = request.client.host if request.client else ""
    if settings.limits == "on" and guesses.wrong(address, time.monotonic()):
        headers = {"Retry-After": str(int(WINDOW))}
        return page(
            "spaces/enter_code.html", 429, headers, values={"code": code[:40]}, errors={"code": SLOW_DOWN}
        )
    return page("spaces/enter_code.html", 404, values={"code": code[:40]}, errors={"code": SHUT})


def _questions(
    request: Request, doorway: OpenedCode, values: dict[str, Any], errors: Errors, status: int = 200
) -> Template:
    return page(
        "spaces/join.html",
        status,
        code=doorway.key.code,
        joining=doorway.space,
        organisations=[one.name for one in doorway.organisations],
        waiting_room=doorway.key.waiting_room,
        person=who(request),
        values=values,
        errors=errors,
    )


def _onward(joined: Joined, board: str) -> str:
    """To the space, or the board the link was for; by way of the waiting room where there is one."""
    asked = board if BOARD.fullmatch(board) else ""
    if joined.waiting:
        return f"/join/waiting/{joined.space_id}" + (f"?board={asked}" if asked else "")
    return f"/boards/{asked}" if asked else f"/spaces/{joined.space_id}"


routes = [enter, show, join, wait]
