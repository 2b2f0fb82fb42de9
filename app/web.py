"""What every page shares: who is asking, the gate, templates, and what was typed."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.enums import MediaType, ScopeType
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import BaseRouteHandler
from litestar.response import Redirect, Template
from msgspec import Struct

from app.access import ACTIONS, NOT_ALLOWED, NOT_FOUND, Actor, Code, Refused, Role, Thing, decide
from app.assets import Static
from app.config import Config
from app.db import Database
from app.unsent_form import BY, read_unsent

Db = NamedDependency[Database]
Settings = NamedDependency[Config]
Ring = NamedDependency[Callable[[str, int], None]]
StaticFiles = NamedDependency[Static]

SMALL = 64 * 1024  # bytes of a body that may be read before it is known who sends it
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
PATH_MARKS = "/#%[]=:;$&()+,!?*@'~"  # what may stand in a Location as it is


class BaseServices(Struct, frozen=True):
    """What every domain needs of the running process. Handlers get it injected: `Db`, `Settings`."""

    config: Config
    db: Database


def services(connection: ASGIConnection[Any, Any, Any, Any]) -> BaseServices:
    """The same for guards and middleware, which nothing can be injected into."""
    found: BaseServices = connection.app.state.services
    return found


class Who(Struct, frozen=True):
    """The signed-in person as pages need them; `login` is the id of this sign-in, never its token.

    It holds `until` then, and longer when it is used before.
    """

    id: str
    name: str
    guest: bool
    login: str
    until: datetime


def who(connection: ASGIConnection[Any, Any, Any, Any]) -> Who | None:
    """Who is asking, as the session middleware found out; None when signed out."""
    user: Who | None = connection.scope.get("user")
    return user


def signed_in(connection: ASGIConnection[Any, Any, Any, Any]) -> Who:
    """Who is asking; raises (401, or to the sign-in page) when nobody is."""
    person = who(connection)
    if person is None:
        raise NotAuthorizedException("Sign in to go on.")
    return person


async def gate(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of every handler: its action must be in the table. Spaces and boards add their own guard."""
    rule = ACTIONS.get(handler.opt.get("action", ""))
    if rule is None:
        raise Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    if "\0" in connection.scope["path"] or b"%00" in connection.scope["query_string"]:
        # PostgreSQL holds no such text: there is nothing by that name, and asking for it is a fault.
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if connection.scope["type"] == ScopeType.WEBSOCKET or connection.scope["method"] in UNSAFE:
        refuse_other_origin(connection)
        refuse_other_person(connection, connection.headers.get("x-by"))
    await _keep_form(connection)
    if rule.scope == "server":
        person = who(connection)
        actor = Actor(Role.PERSON, person.id) if person else Actor(Role.STRANGER)
        refusal = decide(actor, handler.opt["action"], Thing())
        if refusal and person is None:
            raise NotAuthorizedException("Sign in to go on.")
        if refusal:
            raise refusal


async def _keep_form(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Lay by what a plain form brought, should it be refused. By htmx the box itself keeps its words.

    What is large is a file, and not read before it is known that whoever sends it may.
    """
    if not isinstance(connection, Request) or connection.method not in UNSAFE or not is_small(connection):
        return
    if not wants_fragment(connection) and not wants_json(connection):
        form = await typed(connection)
        refuse_other_person(connection, form.get(BY))
        connection.state.unsent = read_unsent(form)


def refuse_other_person(connection: ASGIConnection[Any, Any, Any, Any], by: str | None) -> None:
    """Refuse what a page sends that was drawn for somebody else, who was signed in in this browser before.

    Their words are then neither done under another's name nor shown. Programs need not say for whom they are.
    """
    person = who(connection)
    if by and person is not None and person.id != by:
        say = (
            "This page was opened by somebody else, so nothing was done. Load it again to go on as yourself."
        )
        raise Refused(Code.NOT_ALLOWED, say)


def is_small(request: Request[Any, Any, Any]) -> bool:
    """Whether it says, and so that the server holds it to it, that its body is a small one."""
    length = request.headers.get("content-length", "")
    if not length and "transfer-encoding" not in request.headers:
        return True  # no body at all
    return length.isdecimal() and int(length) <= SMALL


def refuse_other_origin(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Refuse a request, or a socket, that another site started.

    Browsers send `Origin: null` with forms of pages under `Referrer-Policy: no-referrer`;
    `Sec-Fetch-Site`, which no page can forge, then vouches for them.
    """
    origin = connection.headers.get("origin")
    vouched = origin == "null" and connection.headers.get("sec-fetch-site") == "same-origin"
    if origin not in services(connection).config.origins and not vouched:
        raise Refused(Code.NOT_ALLOWED, "This was sent from another site, so it was not done.")


def wants_fragment(request: Request[Any, Any, Any]) -> bool:
    """Whether htmx asks, and so gets a fragment rather than a page."""
    return request.headers.get("hx-request") == "true"


def wants_json(request: Request[Any, Any, Any]) -> bool:
    return "application/json" in request.headers.get("accept", "") or request.headers.get(
        "content-type", ""
    ).startswith("application/json")


def page(name: str, status: int = 200, headers: dict[str, str] | None = None, **context: Any) -> Template:
    """A page or fragment of templates/ with what it needs."""
    return Template(name, context=context, status_code=status, headers=headers or {})


async def render_in_thread(request: Request[Any, Any, Any], template: Template) -> Response[str]:
    """A long page, drawn in a thread of its own, so that boards need not wait for it."""
    engine, context = request.app.template_engine, template.create_template_context(request)
    assert engine is not None, "the product has templates"  # noqa: S101 - main gives them
    words = await asyncio.to_thread(lambda: engine.get_template(template.template_name).render(**context))
    status = template.status_code or 200
    return Response(words, status_code=status, headers=template.headers, media_type=MediaType.HTML)


def go(request: Request[Any, Any, Any], path: str) -> Response[Any]:
    """After a deed: on to `path`, by 303, or by a header where htmx asked."""
    if wants_fragment(request):
        return Response(None, status_code=200, headers={"HX-Redirect": quote(path, safe=PATH_MARKS)})
    return Redirect(path, status_code=303)


async def typed(request: Request[Any, Any, Any]) -> dict[str, str]:
    """What was typed into a form; of a field sent twice the last counts, files are left out."""
    form = await request.form()
    return {name: value.replace("\0", "") for name, value in form.multi_items() if isinstance(value, str)}


def local_path(target: str | None, fallback: str = "/") -> str:
    """`target` when it is a path of this site, else `fallback`: no one is sent elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return fallback
    # Browsers drop tabs and line ends, and read a backslash as a slash.
    return fallback if any(ord(c) < 32 or c == "\\" for c in target) else target
