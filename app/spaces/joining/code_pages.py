"""Join codes: the one to show in a room, and the page where stewards make and withdraw them."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import Code, Refused
from app.db import now
from app.spaces import rules
from app.spaces.joining import join
from app.spaces.joining.qr_code import qr
from app.spaces.page_frame import AtDoor, back, page_of
from app.spaces.rules import Errors
from app.spaces.seats import seat_of
from app.web import Db, Settings, typed

DAYS = {"1": "One day", "7": "A week", "30": "30 days"}
MOST_USES = 10_000


@get("/code", opt={"action": "space.code"})
async def show(request: Request, db: Db, settings: Settings) -> Template:
    """The code, large, with its QR: for the wall of a room."""
    seat = seat_of(request)
    async with db.read() as tx:
        code = await join.active_code(tx, seat.space.id)
    if code is None:
        raise Refused(Code.NOT_FOUND, "There is no join code now. A steward can create one.")
    address = f"{settings.base_url}/join/{code.code}"
    return page_of(seat, "spaces/code.html", here="space", code=code, address=address, qr=qr(address))


@get("/codes", opt={"action": "space.codes"})
async def manage(request: Request, db: Db, settings: Settings) -> Template:
    return await _codes_page(request, db, settings, {"days": "7"}, {})


@post("/codes", opt={"action": "space.codes"})
async def make(request: Request, door: AtDoor) -> Response | Template:
    form = await typed(request)
    errors = rules.only_wrong(
        {
            "days": None if form.get("days") in DAYS else "Choose how long the code works.",
            "uses": _check_uses(form.get("uses", "")),
        }
    )
    if errors:
        return await _codes_page(request, door.db, door.config, form, errors, 422)
    uses = form.get("uses", "").strip()
    await join.make_code(door, int(form["days"]), int(uses) if uses else None, bool(form.get("waiting_room")))
    return back(request, door, "codes")


@post("/codes/{code_id:str}/renew", opt={"action": "space.codes"})
async def renew(request: Request, door: AtDoor, code_id: FromPath[str]) -> Response:
    await join.renew_code(door, code_id)
    return back(request, door, "codes")


@post("/codes/{code_id:str}/withdraw", opt={"action": "space.codes"})
async def withdraw(request: Request, door: AtDoor, code_id: FromPath[str]) -> Response:
    await join.withdraw_code(door, code_id)
    return back(request, door, "codes")


async def _codes_page(
    request: Request, db: Db, settings: Settings, values: dict[str, Any], errors: Errors, status: int = 200
) -> Template:
    seat = seat_of(request)
    async with db.read() as tx:
        codes = await join.open_codes(tx, seat.space.id)
    return page_of(
        seat,
        "spaces/codes.html",
        status,
        here="space",
        codes=codes,
        paused={one.id for one in codes if one.paused_until and one.paused_until > now()},
        base_url=settings.base_url,
        days=list(DAYS.items()),
        values=values,
        errors=errors,
    )


def _check_uses(text: str) -> str | None:
    text = text.strip()
    if not text or (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= MOST_USES):
        return None
    return f"Give a whole number from 1 to {MOST_USES}, or leave it empty."


routes = [show, manage, make, renew, withdraw]
