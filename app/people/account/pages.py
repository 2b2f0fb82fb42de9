"""My page: everything people can do about themselves."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from msgspec import Struct

from app.access import Refused
from app.db import Tx
from app.people import actions, rules, store
from app.people.account import actions as account
from app.people.attempts import TooOften
from app.people.context import AccountContext, InjectedContext
from app.people.sessions import clear_cookie
from app.people.signing_in.responses import redirect_signed_in
from app.web import go, page, signed_in, typed

DONE = {
    "name": "Your name has been changed.",
    "email": "Your email address has been changed.",
    "password": "Your password has been changed. All other devices are signed out.",
    "device": "That device has been signed out.",
    "claim": "You have an account now. What you wrote as a guest is yours.",
}


class Reset(Struct, frozen=True):
    """When a link that `by` handed on set the password; `by` is empty for an operator."""

    at: datetime
    by: str


@get("/me", opt={"action": "person.self"})
async def me(request: Request, context: InjectedContext, done: FromQuery[str | None] = None) -> Template:
    return await _my_page(request, context, done=done)


@post("/me/name", opt={"action": "person.self"})
async def rename(request: Request, context: InjectedContext) -> Response | Template:
    form, person = await typed(request), signed_in(request)
    wrong = rules.check_name(form.get("name", ""))
    if wrong:
        return await _my_page(request, context, form, {"name": wrong})
    await account.rename(context, person, form["name"])
    return go(request, "/me?done=name")


@post("/me/email", opt={"action": "person.self"})
async def change_email(request: Request, context: InjectedContext) -> Response | Template:
    form, person = await typed(request), signed_in(request)
    wrong = rules.check_email(form.get("email", ""))
    if wrong:
        return await _my_page(request, context, form, {"email": wrong})
    try:
        await account.change_email(context, person, form["email"], form.get("proof", ""))
    except Refused as refused:
        field = "proof" if refused.say == account.NOT_YOURS else "email"
        return await _my_page(request, context, form, {field: refused.say}, refused)
    return go(request, "/me?done=email")


@post("/me/password", opt={"action": "person.self"})
async def change_password(request: Request, context: InjectedContext) -> Response | Template:
    form, person = await typed(request), signed_in(request)
    wrong = rules.check_password(form.get("new", ""))
    if wrong:
        return await _my_page(request, context, form, {"new": wrong})
    try:
        token = await account.change_password(context, person, form.get("current", ""), form["new"])
    except Refused as refused:
        return await _my_page(request, context, form, {"current": refused.say}, refused)
    return redirect_signed_in(request, context, token, "/me?done=password", shared=person.shared)


@post("/me/password-set", opt={"action": "person.self"})
async def know_password_set(request: Request, context: InjectedContext) -> Response:
    """They know that a link of somebody else's set their password: it is told no more."""
    await account.know_password_set(context, signed_in(request))
    return go(request, "/me")


@post("/me/claim", opt={"action": "person.self"})
async def claim(request: Request, context: InjectedContext) -> Response | Template:
    form, person = await typed(request), signed_in(request)
    errors = rules.check_newcomer(person.name, form.get("email", ""), form.get("password", ""))
    if errors:
        return await _my_page(request, context, form, errors)
    try:
        token = await account.claim(context, person, form["email"], form["password"])
    except Refused as refused:
        return await _my_page(request, context, form, {"email": refused.say}, refused)
    return redirect_signed_in(request, context, token, "/me?done=claim", shared=person.shared)


@post("/me/devices/{login_id:str}/end", opt={"action": "person.self"})
async def end_device(request: Request, context: InjectedContext, login_id: FromPath[str]) -> Response:
    await account.end_device(context, signed_in(request), login_id)
    return go(request, "/me?done=device")


@post("/me/sign-out-everywhere", opt={"action": "person.self"})
async def sign_out_everywhere(request: Request, context: InjectedContext) -> Response:
    await account.sign_out_everywhere(context, signed_in(request))
    answer = go(request, "/sign-in")
    clear_cookie(answer, context.config)
    return answer


@get("/me/data.json", opt={"action": "person.self", "heavy": True})
async def data(request: Request, context: InjectedContext) -> Response[dict[str, Any]]:
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return Response(await account.my_data(context, signed_in(request)), headers=headers)


@get("/me/erase", opt={"action": "person.self"})
async def erase_form(request: Request, context: InjectedContext) -> Template:
    return await _erase_page(request, context, {})


@post("/me/erase", opt={"action": "person.self"})
async def erase(request: Request, context: InjectedContext) -> Response | Template:
    form = await typed(request)
    if form.get("sure") != "yes":
        return await _erase_page(request, context, {"sure": "Tick this box if you are sure."}, 422)
    try:
        await account.erase(context, signed_in(request), form.get("password", ""))
    except Refused as refused:
        field = "password" if refused.say == account.NOT_YOURS else ""
        return await _erase_page(request, context, {field: refused.say}, 422)
    request.scope["user"] = None
    answer = page("people/erased.html")
    clear_cookie(answer, context.config)
    return answer


async def _erase_page(
    request: Request, context: AccountContext, errors: dict[str, str], status: int = 200
) -> Template:
    async with context.db.read() as tx:
        person = await store.person_by_id(tx, signed_in(request).id)
    has_password = bool(person and person.password_hash)
    return page("people/erase.html", status, here="me", has_password=has_password, values={}, errors=errors)


async def _account(tx: Tx, id: str) -> tuple[Any, list[Any], dict[str, str]]:
    """Their row, their sign-ins, and the name of who set their password anew, by id."""
    row = await store.person_by_id(tx, id)
    by = await actions.names(tx, [row.reset_by]) if row and row.reset_by else {}
    return row, await store.logins_of(tx, id), by


async def _my_page(
    request: Request,
    context: AccountContext,
    form: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    refused: Refused | None = None,
    done: str | None = None,
) -> Template:
    """The page of one's account; after a mistake with what was typed, and a sentence at its field."""
    person = signed_in(request)
    row, devices, by = await context.db.run_long_read(lambda tx: _account(tx, person.id))
    reset = Reset(row.reset_at, next(iter(by.values()), "")) if row and row.reset_at else None
    status = 429 if isinstance(refused, TooOften) else 422 if errors else 200
    return page(
        "people/me.html",
        status,
        here="me",
        person=person,
        email=row.email if row else None,
        has_password=bool(row and row.password_hash),
        accounts_open=context.config.accounts == "open",
        unproved=context.by_mail and not (row and row.verified_at),
        devices=devices,
        reset=reset,
        values={"name": person.name, "email": row.email if row else "", **(form or {})},
        errors=errors or {},
        done=DONE.get(done or "", ""),
    )


routes = [
    me,
    rename,
    change_email,
    change_password,
    know_password_set,
    claim,
    end_device,
    sign_out_everywhere,
    data,
    erase_form,
    erase,
]
