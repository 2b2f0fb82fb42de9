"""The pages behind links in mails, and the forms that ask for one. Opening a link never uses it up."""

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from litestar.types import ControllerRouterHandler

from app.access import Refused
from app.people import rules
from app.people.attempts import TooOften
from app.people.context import AccountContext, InjectedContext
from app.people.hash_queue import TooBusy
from app.people.one_time_links import RESET, SIGN_IN, VERIFY
from app.people.signing_in import by_link
from app.people.signing_in.by_link import InvalidLink
from app.people.signing_in.responses import is_trial_server, mail_page, redirect_signed_in
from app.web import local_path, page, typed


@get("/forgot", opt={"action": "person.enter"})
async def forgot_form(request: Request, context: InjectedContext) -> Template:
    return _forgot(request, context, {}, {})


@post("/forgot", opt={"action": "person.enter"})
async def forgot(request: Request, context: InjectedContext) -> Template:
    form = await typed(request)
    if not _mail_arrives(request, context):
        return _forgot(request, context, {}, {})
    wrong = rules.check_email(form.get("email", ""))
    if wrong:
        return _forgot(request, context, form, {"email": wrong}, 422)
    try:
        await by_link.send_reset_link(context, form["email"])
    except TooOften as refused:
        return _forgot(request, context, form, {"": refused.say}, 429)
    return mail_page(context)


def _mail_arrives(request: Request, context: AccountContext) -> bool:
    """Whether a link can be sent: by mail, or to the outbox of a trial server. Else stewards hand it over."""
    return context.by_mail or is_trial_server(request, context.config)


def _forgot(
    request: Request,
    context: AccountContext,
    values: dict[str, str],
    errors: dict[str, str],
    status: int = 200,
) -> Template:
    arrives = _mail_arrives(request, context)
    return page("people/forgot.html", status, values=values, errors=errors, arrives=arrives)


@get("/reset/{token:str}", opt={"action": "person.enter"})
async def reset_form(context: InjectedContext, token: FromPath[str]) -> Template:
    return await _reset(context, token, {})


@post("/reset/{token:str}", opt={"action": "person.enter"})
async def reset(request: Request, context: InjectedContext, token: FromPath[str]) -> Response | Template:
    password = (await typed(request)).get("password", "")
    wrong = rules.check_password(password)
    if wrong:
        return await _reset(context, token, {"password": wrong}, 422)
    email = await by_link.address_for_link(context, token, RESET)
    return redirect_signed_in(request, context, await by_link.reset(context, token, password), email=email)


async def _reset(context: AccountContext, token: str, errors: dict[str, str], status: int = 200) -> Template:
    email = await by_link.address_for_link(context, token, RESET)
    return page("people/reset.html", status, token=token, email=email, values={}, errors=errors)


@get("/sign-in/by-mail", opt={"action": "person.enter"})
async def by_mail_form(context: InjectedContext, next: FromQuery[str | None] = None) -> Template:
    return _by_mail(context, {"next": local_path(next)}, {})


@post("/sign-in/by-mail", opt={"action": "person.enter"})
async def by_mail(request: Request, context: InjectedContext) -> Template:
    form = await typed(request)
    wrong = rules.check_email(form.get("email", ""))
    if wrong:
        return _by_mail(context, form, {"email": wrong}, 422)
    try:
        await by_link.send_sign_in_link(context, form["email"])
    except TooOften as refused:
        return _by_mail(context, form, {"": refused.say}, 429)
    return mail_page(context) if context.by_mail else _by_mail(context, form, {})


def _by_mail(
    context: AccountContext, values: dict[str, str], errors: dict[str, str], status: int = 200
) -> Template:
    values = {**values, "next": local_path(values.get("next"))}
    return page("people/by_mail.html", status, values=values, errors=errors, by_mail=context.by_mail)


@get("/sign-in/link/{token:str}", opt={"action": "person.enter"})
async def link_page(context: InjectedContext, token: FromPath[str]) -> Template:
    """A page with a button, because mail programs open links by themselves but press no buttons."""
    email = await by_link.address_for_link(context, token, SIGN_IN)
    return page("people/link.html", token=token, email=email)


@post("/sign-in/link/{token:str}", opt={"action": "person.enter"})
async def link(request: Request, context: InjectedContext, token: FromPath[str]) -> Response:
    email = await by_link.address_for_link(context, token, SIGN_IN)
    session = await by_link.sign_in_by_link(context, token)
    onward = await by_link.path_after(context, session)
    return redirect_signed_in(request, context, session, onward, email=email)


@get("/verify/{token:str}", opt={"action": "person.enter"})
async def verify_form(context: InjectedContext, token: FromPath[str]) -> Template:
    return await _verify(context, token, {})


@post("/verify/{token:str}", opt={"action": "person.enter"})
async def verify(request: Request, context: InjectedContext, token: FromPath[str]) -> Response | Template:
    password = (await typed(request)).get("password", "")
    try:
        email = await by_link.address_for_link(context, token, VERIFY)
        session = await by_link.verify(context, token, password)
        return redirect_signed_in(request, context, session, email=email)
    except InvalidLink:
        raise
    except (TooOften, TooBusy) as refused:
        return await _verify(context, token, {"": refused.say}, 429)
    except Refused:
        return await _verify(context, token, {"password": "That is not the password you chose."}, 422)


async def _verify(context: AccountContext, token: str, errors: dict[str, str], status: int = 200) -> Template:
    email = await by_link.address_for_link(context, token, VERIFY)
    return page("people/verify.html", status, token=token, email=email, values={}, errors=errors)


def _no_link(request: Request, _: InvalidLink) -> Template:
    """One page for links that were used, have expired or never existed."""
    return page("people/no_link.html", 404)


routes: list[ControllerRouterHandler] = [
    forgot_form,
    forgot,
    by_mail_form,
    by_mail,
    Router(
        "/",
        route_handlers=[reset_form, reset, link_page, link, verify_form, verify],
        exception_handlers={InvalidLink: _no_link},
    ),
]
