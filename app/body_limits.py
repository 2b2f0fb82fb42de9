"""Checks the rights of the sender before a large body is read."""

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
    """Comes after Sessions and before the check of the form's token, which reads the form.

    A sender without the right is refused before anything is read; of people who are not signed in only a
    small body is read.
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
