"""What every page shares: the signed-in person, the guard of all handlers, templates, forms."""

from collections.abc import Callable, Collection
from contextvars import ContextVar
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
from app.supervision import in_thread
from app.unsent_form import BY, read_unsent

Db = NamedDependency[Database]
Settings = NamedDependency[Config]
Ring = NamedDependency[Callable[[str, int], None]]
StaticFiles = NamedDependency[Static]

asking: ContextVar[Request[Any, Any, Any] | None] = ContextVar("asking", default=None)

SMALL = 64 * 1024  # bytes of a body that may be read before the sender is known
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
PATH_MARKS = "/#%[]=:;$&()+,!?*@'~"  # characters that need no escape in a Location


class BaseServices(Struct, frozen=True):
    """What every domain needs of the running process. Handlers get it injected: `Db`, `Settings`."""

    config: Config
    db: Database


def services(connection: ASGIConnection[Any, Any, Any, Any]) -> BaseServices:
    """The same for guards and middleware, which nothing can be injected into."""
    found: BaseServices = connection.app.state.services
    return found


class Who(Struct, frozen=True):
    """The signed-in person; `login` is the id of this sign-in, not its token.

    The sign-in ends at `until`, or later when it is used before.
    On a `shared` device the browser keeps nothing.
    """

    id: str
    name: str
    guest: bool
    login: str
    until: datetime
    shared: bool = False


class ReturnPossible(NotAuthorizedException):
    """Nobody is signed in, but this browser may bring a guest back: the page at `ask_at` asks who it is."""

    def __init__(self, ask_at: str) -> None:
        super().__init__("Sign in to continue.")
        self.ask_at = ask_at


def who(connection: ASGIConnection[Any, Any, Any, Any]) -> Who | None:
    """The signed-in person, as the session middleware found; None when nobody is signed in."""
    user: Who | None = connection.scope.get("user")
    return user


def is_asked(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Whether it was looked up who asks. Where no route matches it is not, so that nothing is read for it."""
    return "user" in connection.scope


def signed_in(connection: ASGIConnection[Any, Any, Any, Any]) -> Who:
    """The signed-in person. Raises NotAuthorizedException (401, or a redirect to sign in) when nobody is."""
    person = who(connection)
    if person is None:
        raise NotAuthorizedException("Sign in to continue.")
    return person


async def gate(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of every handler: its action must be in `ACTIONS`. Spaces and boards add their own guard.

    Raises Refused or NotAuthorizedException.
    """
    rule = ACTIONS.get(handler.opt.get("action", ""))
    if rule is None:
        raise Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    if "\0" in connection.scope["path"] or b"%00" in connection.scope["query_string"]:
        # PostgreSQL cannot store this character, so nothing has such a name, and a query would fail.
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if connection.scope["type"] == ScopeType.WEBSOCKET or connection.scope["method"] in UNSAFE:
        refuse_other_origin(connection)
        refuse_other_person(connection, connection.headers.get("x-by"))
    await _keep_form(connection, handler.opt.get("sent_again", frozenset()))
    if rule.scope == "server":
        person = who(connection)
        actor = Actor(Role.PERSON, person.id) if person else Actor(Role.STRANGER)
        refusal = decide(actor, handler.opt["action"], Thing())
        if refusal and person is None:
            raise NotAuthorizedException("Sign in to continue.")
        if refusal:
            raise refusal


async def _keep_form(connection: ASGIConnection[Any, Any, Any, Any], fields: Collection[str]) -> None:
    """Keep the fields of a plain form, to show them again if it is refused. With htmx the page keeps them.

    `fields` hold no words and no secret, and go with the form when it is sent again.

    A large body is a file, and is not read before the sender's rights are checked.
    """
    if not isinstance(connection, Request) or connection.method not in UNSAFE or not is_small(connection):
        return
    if not wants_fragment(connection) and not wants_json(connection):
        form = await typed(connection)
        refuse_other_person(connection, form.get(BY))
        connection.state.unsent = read_unsent(form, fields)


def refuse_other_person(connection: ASGIConnection[Any, Any, Any, Any], by: str | None) -> None:
    """Refuse a request of a page that was made for another person (`by`), signed in in this browser before.

    So nothing is done or shown under the wrong name. Programs need not send `by`.
    """
    person = who(connection)
    if by and person is not None and person.id != by:
        say = (
            f"{person.name} is signed in here now. Somebody else opened this page, so nothing was done. "
            f"Load it again to continue as {person.name}."
        )
        raise Refused(Code.SOMEBODY_ELSE, say)


def is_small(request: Request[Any, Any, Any]) -> bool:
    """Whether Content-Length says that the body is small; the server then reads no more than that."""
    length = request.headers.get("content-length", "")
    if not length and "transfer-encoding" not in request.headers:
        return True  # no body at all
    return length.isdecimal() and int(length) <= SMALL


def refuse_other_origin(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Raise Refused for a request or a socket that another site started.

    Browsers send `Origin: null` with forms of pages under `Referrer-Policy: no-referrer`;
    `Sec-Fetch-Site`, which no page can set, then shows that they are ours.
    """
    origin = connection.headers.get("origin")
    is_ours = origin == "null" and connection.headers.get("sec-fetch-site") == "same-origin"
    if origin not in services(connection).config.origins and not is_ours:
        raise Refused(Code.NOT_ALLOWED, "This was sent from another site, so it was not done.")


def wants_fragment(request: Request[Any, Any, Any]) -> bool:
    """Whether htmx asks, and so gets a fragment rather than a page."""
    return request.headers.get("hx-request") == "true"


def wants_json(request: Request[Any, Any, Any]) -> bool:
    """Whether a program asks, and so gets JSON rather than a page."""
    return "application/json" in request.headers.get("accept", "") or request.headers.get(
        "content-type", ""
    ).startswith("application/json")


def page(name: str, status: int = 200, headers: dict[str, str] | None = None, **context: Any) -> Template:
    """A page or fragment: the file `name` of templates/ with its context."""
    return Template(name, context=context, status_code=status, headers=headers or {})


async def drawn(response: Response[Any]) -> Response[Any]:
    """The hook after every handler: a page is drawn in a thread; all else stays as it is."""
    request = asking.get()
    if request is None or not isinstance(response, Template) or not _is_html(response.template_name):
        return response
    return await drawn_for(request, response)


async def drawn_for(request: Request[Any, Any, Any], page: Template) -> Response[str]:
    """The page, drawn in a thread."""
    engine: Any = request.app.template_engine
    context = page.create_template_context(request)
    text: str = await in_thread(lambda: engine.get_template(page.template_name).render(**context))
    return Response(
        text,
        status_code=page.status_code,
        headers=page.headers,
        cookies=page.cookies,
        background=page.background,
        media_type=MediaType.HTML,
    )


def _is_html(name: str | None) -> bool:
    return name is not None and name.endswith(".html")


def go(request: Request[Any, Any, Any], path: str) -> Response[Any]:
    """Redirect to `path` after an action: by status 303, or by a header for htmx."""
    if wants_fragment(request):
        return Response(None, status_code=200, headers={"HX-Redirect": quote(path, safe=PATH_MARKS)})
    return Redirect(path, status_code=303)


async def typed(request: Request[Any, Any, Any]) -> dict[str, str]:
    """The text fields of a form; of a field sent twice the last counts, files are left out."""
    form = await request.form()
    return {name: value.replace("\0", "") for name, value in form.multi_items() if isinstance(value, str)}


def local_path(target: str | None, fallback: str = "/") -> str:
    """`target` if it is a path of this site, else `fallback`, so that nobody is sent to another site."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return fallback
    # Browsers ignore tabs and line ends in an address, and read a backslash as a slash.
    return fallback if any(ord(c) < 32 or c == "\\" for c in target) else target
