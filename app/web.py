"""What every page shares: who is asking, the gate, answers to refusals, headers, templates."""

import hashlib
import logging
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException, NotAuthorizedException, WebSocketException
from litestar.handlers import BaseRouteHandler
from litestar.response import Redirect, Template
from litestar.types import BeforeMessageSendHookHandler, Message, Scope
from msgspec import Struct
from uvicorn.protocols.utils import ClientDisconnected

from app.access import ACTIONS, NOT_ALLOWED, NOT_FOUND, Actor, Code, Refused, Role, Thing, decide
from app.config import Config
from app.db import Database
from app.unsent import Unsent, unsent

Db = NamedDependency[Database]
Settings = NamedDependency[Config]
Ring = NamedDependency[Callable[[str, int], None]]

STATUS = {
    Code.INVALID: 422,
    Code.TOO_LONG: 422,
    Code.NOT_FOUND: 404,
    Code.NOT_ALLOWED: 403,
    Code.FULL: 409,
    Code.LOCKED: 409,
    Code.UNAVAILABLE: 503,
}
log = logging.getLogger("app.requests")
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
PATH_MARKS = "/#%[]=:;$&()+,!?*@'~"  # what may stand in a Location as it is


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
        same_origin(connection)
    await _keep_words(connection)
    if rule.scope == "server":
        person = who(connection)
        actor = Actor(Role.PERSON, person.id) if person else Actor(Role.STRANGER)
        refusal = decide(actor, handler.opt["action"], Thing())
        if refusal and person is None:
            raise NotAuthorizedException("Sign in to go on.")
        if refusal:
            raise refusal


async def _keep_words(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Lay by what a plain form brought, should it be refused. By htmx the box itself keeps its words."""
    if not isinstance(connection, Request) or connection.method not in UNSAFE:
        return
    if not wants_fragment(connection) and not wants_json(connection):
        connection.state.unsent = unsent(await typed(connection))


def same_origin(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Refuse a request, or a socket, that another site started.

    Browsers send `Origin: null` with forms of pages under `Referrer-Policy: no-referrer`;
    `Sec-Fetch-Site`, which no page can forge, then vouches for them.
    """
    origin = connection.headers.get("origin")
    config: Config = connection.app.state.config
    vouched = origin == "null" and connection.headers.get("sec-fetch-site") == "same-origin"
    if origin not in config.origins and not vouched:
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


# -- refusals and faults -----------------------------------------------------------------------------


def answer_refused(request: Request[Any, Any, Any], refused: Refused) -> Response[Any]:
    return _answer(request, STATUS[refused.code], refused.code.value, refused.say)


def answer_signed_out(request: Request[Any, Any, Any], _: NotAuthorizedException) -> Response[Any]:
    """Send people to sign in, and back to where they were; tell programs with 401.

    Whoever had written something sees it again instead: no word is lost because a sign-in ended.
    """
    if wants_json(request):
        return Response({"code": "signed_out", "say": "Sign in to go on."}, status_code=401)
    here = request.url.path if request.method == "GET" else "/"
    if wants_fragment(request):  # which is no page to come back to, but says on which page it was asked for
        here = local_path(_path_of(request.headers.get("hx-current-url")), here)
    kept = _unsent(request)
    if kept.words:
        words = {"unsent": kept, "again": request.url.path}
        return Template("shared/signed_out.html", context=words, status_code=401)
    target = f"/sign-in?next={quote(here)}"
    if wants_fragment(request):
        return Response(None, status_code=401, headers={"HX-Redirect": target})
    return Redirect(target, status_code=303)


def answer_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    words = {
        400: "That could not be read.",
        403: "That was not accepted. Go back, load the page again and try once more.",
        404: "There is nothing at this address, or it is not yours to see.",
        405: "That cannot be done here.",
        413: "That is too large.",
        429: "That was a little too often. Wait a minute and try again.",
    }
    return _answer(request, error.status_code, "fault", words.get(error.status_code, "Something went wrong."))


def answer_fault(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    log.error("A request could not be answered", exc_info=fault)
    return _answer(
        request, 500, "fault", "Something went wrong on our side. What you wrote is still in its box."
    )


async def note_fault(fault: Exception, scope: Scope) -> None:
    """Log what broke a socket: nothing else would, as sockets have no answer to turn a fault into.

    Who closed the page before we greeted them broke nothing.
    """
    if scope["type"] == ScopeType.WEBSOCKET and not isinstance(
        fault, HTTPException | WebSocketException | Refused | ClientDisconnected
    ):
        log.error("A socket failed: %s", scope.get("path_template"), exc_info=fault)


def _answer(request: Request[Any, Any, Any], status: int, code: str, say: str) -> Response[Any]:
    if wants_json(request):
        return Response({"code": code, "say": say}, status_code=status)
    if wants_fragment(request):
        # htmx 4 swaps error bodies too: send it to the page's one place for news, not into a card
        headers = {"HX-Retarget": "#flash", "HX-Reswap": "innerHTML"}
        return Template("shared/_flash.html", context={"say": say}, status_code=status, headers=headers)
    words = {"say": say, "status": status, "unsent": _unsent(request)}
    return Template("shared/refused.html", context=words, status_code=status)


def _unsent(request: Request[Any, Any, Any]) -> Unsent:
    kept: Unsent = request.state.get("unsent", Unsent())
    return kept


def _path_of(url: str | None) -> str | None:
    try:
        return urlsplit(url).path if url else None
    except ValueError:
        return None


# -- headers -----------------------------------------------------------------------------------------


def security_headers(config: Config, scripts: list[str]) -> dict[str, str]:
    """The headers of every answer. `scripts` are the inline scripts allowed, by their hash."""
    hashes = " ".join(f"'sha256-{b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    policy = {
        "default-src": "'none'",
        "script-src": f"'self' {hashes}".strip(),
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": f"'self' {_socket_origin(config)}",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "X-Frame-Options": "DENY",
    }
    if config.https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


def _socket_origin(config: Config) -> str:
    return " ".join(sorted(origin.replace("http", "ws", 1) for origin in config.origins))


def before_send(headers: Mapping[str, str]) -> BeforeMessageSendHookHandler:
    """The hook that puts `headers` on every answer, faults and missing pages too, and logs one line of it.

    Nothing that was shown to anybody stays in a cache, but for static files, whose path holds their hash.
    The line has the route, never the path: paths hold join codes and tokens.
    """
    fixed = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def hook(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        present = {name.lower() for name, _ in message["headers"]}
        wanted = [*fixed, (b"cache-control", b"no-store")]
        if scope["path"].startswith("/static/"):
            wanted[-1] = (b"cache-control", b"public, max-age=31536000, immutable")
        message["headers"] = [*message["headers"], *(h for h in wanted if h[0] not in present)]
        log.info("%s %s %s", scope.get("method"), scope.get("path_template") or "-", message["status"])

    return hook
