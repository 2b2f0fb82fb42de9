"""Signing in, signing up and signing out over HTTP."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Template

from app.access import NOT_ALLOWED, Code, Refused
from app.people import rules, store
from app.people.attempts import TooOften
from app.people.context import AccountContext, InjectedContext
from app.people.hash_queue import TooBusy
from app.people.sessions import clear_cookie
from app.people.signing_in import by_link
from app.people.signing_in import sign_in as entry
from app.people.signing_in.responses import is_trial_server, mail_page, redirect_signed_in
from app.people.signing_in.sign_in import LookInMail
from app.web import go, local_path, page, typed


@get("/sign-in", opt={"action": "person.enter"})
async def sign_in_form(
    request: Request, context: InjectedContext, next: FromQuery[str | None] = None
) -> Template:
    return await _sign_in_page(request, context, {"next": local_path(next)}, {})


@post("/sign-in", opt={"action": "person.enter"})
async def sign_in(request: Request, context: InjectedContext) -> Response | Template:
    form = await typed(request)
    try:
        token = await _sign_in(request, context, form)
    except LookInMail:
        return mail_page(context)
    except (TooOften, TooBusy) as refused:
        return await _sign_in_page(request, context, form, {"": refused.say}, 429)
    except Refused as refused:
        if refused.code is not Code.INVALID:
            raise
        return await _sign_in_page(request, context, form, {"email": refused.say}, 422)
    onward = await by_link.path_after(context, token, form.get("next"))
    return redirect_signed_in(request, context, token, onward, email=form.get("email", ""))


async def _sign_in(request: Request, context: AccountContext, form: dict[str, str]) -> str:
    if "demo" not in form:
        return await entry.sign_in(context, form.get("email", ""), form.get("password", ""))
    if not is_trial_server(request, context.config):
        raise Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    return await entry.sign_in_demo(context, form["demo"])


async def _sign_in_page(
    request: Request,
    context: AccountContext,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int = 200,
) -> Template:
    demo = await _demo(context) if is_trial_server(request, context.config) else []
    return page(
        "people/sign_in.html",
        status,
        here="sign-in",
        values={**values, "next": local_path(values.get("next"))},
        errors=errors,
        demo=demo,
        by_mail=context.by_mail,
        accounts_open=context.config.accounts == "open",
    )


async def _demo(context: AccountContext) -> list[tuple[Any, list[Any]]]:
    """The people of the demo, each with their spaces."""
    async with context.db.read() as tx:
        return [(one, await context.hooks.my_spaces(tx, one.id)) for one in await store.demo_people(tx)]


@get("/sign-up", opt={"action": "person.enter"})
async def sign_up_form(
    request: Request, context: InjectedContext, next: FromQuery[str | None] = None
) -> Template:
    return _sign_up_page(context, {"next": local_path(next)}, {})


@post("/sign-up", opt={"action": "person.enter"})
async def sign_up(request: Request, context: InjectedContext) -> Response | Template:
    form = await typed(request)
    name, email, password = (form.get(field, "") for field in ("name", "email", "password"))
    errors = rules.check_newcomer(name, email, password)
    if errors:
        return _sign_up_page(context, form, errors, 422)
    try:
        token = await entry.sign_up(context, name, email, password)
    except LookInMail:
        return mail_page(context)
    except (TooOften, TooBusy) as refused:
        return _sign_up_page(context, form, {"": refused.say}, 429)
    except Refused as refused:
        if refused.code is not Code.DUPLICATE:
            raise
        return _sign_up_page(context, form, {"email": refused.say}, 422)
    return redirect_signed_in(request, context, token, form.get("next"), email=email)


def _sign_up_page(
    context: AccountContext, values: dict[str, Any], errors: dict[str, str], status: int = 200
) -> Template:
    values = {**values, "next": local_path(values.get("next"))}
    allowed = context.config.accounts == "open"
    return page("people/sign_up.html", status, values=values, errors=errors, accounts_open=allowed)


@post("/sign-out", opt={"action": "person.leave"})
async def sign_out(request: Request, context: InjectedContext) -> Response:
    """Sign out of this browser; also fine when nobody is signed in."""
    if context.signed_in:
        await entry.sign_out(context, context.signed_in)
    answer = go(request, "/")
    clear_cookie(answer, context.config)
    return answer


routes = [sign_in_form, sign_in, sign_up_form, sign_up, sign_out]
