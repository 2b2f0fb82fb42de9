"""Sessions: finds the signed-in person by the cookie, for every request and socket."""

from datetime import datetime, timedelta
from typing import Any

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from app.config import Config
from app.db import Database, now
from app.limits.page_turns import FREE
from app.people import store
from app.people.tokens import hashed
from app.web import Who, services

# Long enough for a day's work; at most a week, because devices get lost.
IDLE, AT_MOST = timedelta(hours=12), timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)  # how often the time of last use is stored


def cookie_name(config: Config) -> str:
    return "__Host-tl_session" if config.https else "tl_session"


def set_cookie(response: Response[Any], token: str, config: Config, *, shared: bool = False) -> None:
    """Add the session cookie. The token is new at every sign-in: one that the client sent is never used.

    On a `shared` device the cookie ends when the browser is closed.
    """
    response.cookies.append(
        Cookie(
            key=cookie_name(config),
            value=token,
            path="/",
            httponly=True,
            secure=config.https,
            samesite="lax",
            max_age=None if shared else int(AT_MOST.total_seconds()),
        )
    )


def clear_cookie(response: Response[Any], config: Config) -> None:
    response.cookies.append(
        Cookie(
            key=cookie_name(config),
            value="",
            path="/",
            httponly=True,
            secure=config.https,
            samesite="lax",
            max_age=0,
        )
    )


def device_of(request: Request[Any, Any, Any]) -> str:
    """Browser and system in a few words, from the User-Agent, for the list of devices."""
    agent = request.headers.get("user-agent", "")
    browsers = [("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari")]
    systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")]
    systems += [("Mac OS", "Mac"), ("Linux", "Linux")]
    browser = next((name for mark, name in browsers if mark in agent), "A browser")
    system = next((name for mark, name in systems if mark in agent), "an unknown device")
    return f"{browser} on {system}"


def holder(row: Any, at: datetime) -> Who | None:
    """The person of a sign-in (a row), or None when it has ended at `at`."""
    until = min(row.expires_at, row.seen_at + IDLE)
    if until <= at:
        return None
    return Who(row.person_id, row.name, row.email is None, row.id, until, row.shared)


class Sessions(ASGIMiddleware):
    """Sets scope["user"] to a Who, or None: one indexed read; none without a cookie, or for a balancer."""

    scopes = (ScopeType.HTTP, ScopeType.WEBSOCKET)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope)
        running = services(connection)
        token = connection.cookies.get(cookie_name(running.config))
        free = scope["path"].startswith(FREE)
        scope["user"] = await _who(running.db, token) if token and not free else None
        await next_app(scope, receive, send)


async def _who(db: Database, token: str) -> Who | None:
    at = now()
    row = await db.run_read(lambda tx: store.login_by_token(tx, hashed(token)))
    if row is None:
        return None
    found = holder(row, at)
    if found and row.seen_at + SEEN_EVERY < at:
        async with db.write() as tx:
            await store.note_seen(tx, row.id, at)
    return found
