"""Asks who sends a large body, and whether they may, before any of it is read."""

from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.handlers import HTTPRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send, WebSocketReceiveMessage

from app.web import SMALL, UNSAFE, is_small, who

Heard = HTTPReceiveMessage | WebSocketReceiveMessage


class Bodies(ASGIMiddleware):
    """After Sessions and before all that reads: the check of the form's token reads the form.

    Who has no right to send it is refused unread; a stranger who has is read as far as a small body goes.
    """

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        request: Request[Any, Any, Any] = Request(scope)
        handler = scope["route_handler"]
        if request.method in UNSAFE and not is_small(request) and isinstance(handler, HTTPRouteHandler):
            await handler.authorize_connection(request)
            if who(request) is None:
                receive = _at_most(SMALL, receive)
        await next_app(scope, receive, send)


def _at_most(most: int, receive: Receive) -> Receive:
    """`receive` that raises (413) once more than `most` bytes have come."""
    left = most

    async def counted() -> Heard:
        nonlocal left
        heard = await receive()
        if heard["type"] == "http.request":
            left -= len(heard["body"])
            if left < 0:
                raise RequestEntityTooLarge
        return heard

    return counted
