"""My page: everything people can do about themselves."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app.access import Refused
from app.people import rules, store
from app.people.account import actions as account
from app.people.attempts import TooOften
from app.people.sessions import clear_cookie
from app.people.signing_in.responses import AtDoor, let_in
from app.people.signing_in.sign_in import Entrance
from app.web import go, page, signed_in, typed

DONE = {
    "name": "Your name has been changed.",
    "email": "Your email address has been changed.",
    "password": "Your password has been changed. All other devices are signed out.",
    "device": "That device has been signed out.",
    "claim": "You have an account now. What you wrote as a guest is yours.",
}


@get("/me", opt={"action": "person.self"})
async def me(request: Request, at: AtDoor, done: FromQuery[str | None] = None) -> Template:
    return await _me(request, at, done=done)


@post("/me/name", opt={"action": "person.self"})
async def rename(request: Request, at: AtDoor) -> Response | Template:
    form, person = await typed(request), signed_in(request)
    wrong = rules.check_name(form.get("name", ""))
    if wrong:
        return await _me(request, at, form, {"name": wrong})
    await account.rename(at, person, form["name"])
    return go(request, "/me?done=name")


@post("/me/email", opt={"action": "person.self"})
async def change_email(request: Request, at: AtDoor) -> Response | Template:
    form, person = await typed(request), signed_in(request)
    wrong = rules.check_email(form.get("email", ""))
    if wrong:
        return await _me(request, at, form, {"email": wrong})
    try:
        await account.change_email(at, person, form["email"], form.get("proof", ""))
    except Refused as refused:
        field = "proof" if refused.say == account.NOT_YOURS else "email"
        return await _me(request, at, form, {field: refused.say}, refused)
    return go(request, "/me?done=email")


@post("/me/password", opt={"action": "person.self"})
async def change_password(request: Request, at: AtDoor) -> Response | Template:
    form, person = await typed(request), signed_in(request)
    wrong = rules.check_password(form.get("new", ""))
    if wrong:
        return await _me(request, at, form, {"new": wrong})
    try:
        token = await account.change_password(at, person, form.get("current", ""), form["new"])
    except Refused as refused:
        return await _me(request, at, form, {"current": refused.say}, refused)
    return let_in(request, at, token, "/me?done=password")


@post("/me/claim", opt={"action": "person.self"})
async def claim(request: Request, at: AtDoor) -> Response | Template:
    form, person = await typed(request), signed_in(request)
    errors = rules.check_newcomer(person.name, form.get("email", ""), form.get("password", ""))
    if errors:
        return await _me(request, at, form, errors)
    try:
        token = await account.claim(at, person, form["email"], form["password"])
    except Refused as refused:
        return await _me(request, at, form, {"email": refused.say}, refused)
    return let_in(request, at, token, "/me?done=claim")


@post("/me/devices/{login_id:str}/end", opt={"action": "person.self"})
async def end_device(request: Request, at: AtDoor, login_id: FromPath[str]) -> Response:
    await account.end_device(at, signed_in(request), login_id)
    return go(request, "/me?done=device")


@post("/me/sign-out-everywhere", opt={"action": "person.self"})
async def sign_out_everywhere(request: Request, at: AtDoor) -> Response:
    await account.sign_out_everywhere(at, signed_in(request))
    answer = go(request, "/sign-in")
    clear_cookie(answer, at.config)
    return answer


@get("/me/data.json", opt={"action": "person.self"})
async def data(request: Request, at: AtDoor) -> Response[dict[str, Any]]:
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return Response(await account.my_data(at, signed_in(request)), headers=headers)


@get("/me/erase", opt={"action": "person.self"})
async def erase_form(request: Request, at: AtDoor) -> Template:
    return await _erase(request, at, {})


@post("/me/erase", opt={"action": "person.self"})
async def erase(request: Request, at: AtDoor) -> Response | Template:
    form = await typed(request)
    if form.get("sure") != "yes":
        return await _erase(request, at, {"sure": "Tick this box if you are sure."}, 422)
    try:
        await account.erase(at, signed_in(request), form.get("password", ""))
    except Refused as refused:
        field = "password" if refused.say == account.NOT_YOURS else ""
        return await _erase(request, at, {field: refused.say}, 422)
    request.scope["user"] = None
    answer = page("people/erased.html")
    clear_cookie(answer, at.config)
    return answer


async def _erase(request: Request, at: Entrance, errors: dict[str, str], status: int = 200) -> Template:
    async with at.db.read() as tx:
        person = await store.person_by_id(tx, signed_in(request).id)
    has_password = bool(person and person.password_hash)
    return page("people/erase.html", status, here="me", has_password=has_password, values={}, errors=errors)


async def _me(
    request: Request,
    at: Entrance,
    form: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    refused: Refused | None = None,
    done: str | None = None,
) -> Template:
    """My page; after a mistake with what was typed, and the sentence beside its field."""
    person = signed_in(request)
    async with at.db.read() as tx:
        row = await store.person_by_id(tx, person.id)
        devices = await store.logins_of(tx, person.id)
    status = 429 if isinstance(refused, TooOften) else 422 if errors else 200
    return page(
        "people/me.html",
        status,
        here="me",
        person=person,
        email=row.email if row else None,
        has_password=bool(row and row.password_hash),
        unproved=at.by_mail and not (row and row.verified_at),
        devices=devices,
        values={"name": person.name, "email": row.email if row else "", **(form or {})},
        errors=errors or {},
        done=DONE.get(done or "", ""),
    )


routes = [
    me,
    rename,
    change_email,
    change_password,
    claim,
    end_device,
    sign_out_everywhere,
    data,
    erase_form,
    erase,
]
