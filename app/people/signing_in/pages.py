"""Signing in, signing up and signing out over HTTP."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Template

from app.access import NOT_ALLOWED, Code, Refused
from app.people import rules, store
from app.people.attempts import TooOften
from app.people.sessions import clear_cookie
from app.people.signing_in import sign_in as entry
from app.people.signing_in.responses import AtDoor, for_trying_out, let_in, look_in_mail
from app.people.signing_in.sign_in import Entrance, LookInMail
from app.web import go, local_path, page, typed


@get("/sign-in", opt={"action": "person.enter"})
async def sign_in_form(request: Request, at: AtDoor, next: FromQuery[str | None] = None) -> Template:
    return await _sign_in_page(request, at, {"next": local_path(next)}, {})


@post("/sign-in", opt={"action": "person.enter"})
async def sign_in(request: Request, at: AtDoor) -> Response | Template:
    form = await typed(request)
    try:
        token = await _try(request, at, form)
    except LookInMail:
        return look_in_mail(at)
    except TooOften as refused:
        return await _sign_in_page(request, at, form, {"": refused.say}, 429)
    except Refused as refused:
        if refused.code is not Code.INVALID:
            raise
        return await _sign_in_page(request, at, form, {"email": refused.say}, 422)
    return let_in(request, at, token, form.get("next"))


async def _try(request: Request, at: Entrance, form: dict[str, str]) -> str:
    if "demo" not in form:
        return await entry.sign_in(at, form.get("email", ""), form.get("password", ""))
    if not for_trying_out(request, at.config):
        raise Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    return await entry.sign_in_demo(at, form["demo"])


async def _sign_in_page(
    request: Request, at: Entrance, values: dict[str, Any], errors: dict[str, str], status: int = 200
) -> Template:
    demo = await _demo(at) if for_trying_out(request, at.config) else []
    return page(
        "people/sign_in.html",
        status,
        here="sign-in",
        values={**values, "next": local_path(values.get("next"))},
        errors=errors,
        demo=demo,
        by_mail=at.by_mail,
        accounts_open=at.config.accounts == "open",
    )


async def _demo(at: Entrance) -> list[tuple[Any, list[Any]]]:
    """The demo's people, each with the spaces they take part in."""
    async with at.db.read() as tx:
        return [(one, await at.hooks.my_spaces(tx, one.id)) for one in await store.demo_people(tx)]


@get("/sign-up", opt={"action": "person.enter"})
async def sign_up_form(request: Request, at: AtDoor, next: FromQuery[str | None] = None) -> Template:
    return _sign_up_page(at, {"next": local_path(next)}, {})


@post("/sign-up", opt={"action": "person.enter"})
async def sign_up(request: Request, at: AtDoor) -> Response | Template:
    form = await typed(request)
    name, email, password = (form.get(field, "") for field in ("name", "email", "password"))
    errors = rules.check_newcomer(name, email, password)
    if errors:
        return _sign_up_page(at, form, errors, 422)
    try:
        token = await entry.sign_up(at, name, email, password)
    except LookInMail:
        return look_in_mail(at)
    except TooOften as refused:
        return _sign_up_page(at, form, {"": refused.say}, 429)
    except Refused as refused:
        if refused.code is not Code.DUPLICATE:
            raise
        return _sign_up_page(at, form, {"email": refused.say}, 422)
    return let_in(request, at, token, form.get("next"))


def _sign_up_page(
    at: Entrance, values: dict[str, Any], errors: dict[str, str], status: int = 200
) -> Template:
    values = {**values, "next": local_path(values.get("next"))}
    allowed = at.config.accounts == "open"
    return page("people/sign_up.html", status, values=values, errors=errors, accounts_open=allowed)


@post("/sign-out", opt={"action": "person.leave"})
async def sign_out(request: Request, at: AtDoor) -> Response:
    """Out of this browser. Whoever is signed out already is so again."""
    if at.before:
        await entry.sign_out(at, at.before)
    answer = go(request, "/")
    clear_cookie(answer, at.config)
    return answer


routes = [sign_in_form, sign_in, sign_up_form, sign_up, sign_out]
