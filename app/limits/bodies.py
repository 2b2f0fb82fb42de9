"""Checks the rights of the sender before a large body is read, and that a form's token can be one."""

from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType, ScopeType
from litestar.exceptions.http_exceptions import PermissionDeniedException, RequestEntityTooLarge
from litestar.handlers import HTTPRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send, WebSocketReceiveMessage

from app.web import SMALL, UNSAFE, is_small, who

FORMS = {RequestEncodingType.URL_ENCODED, RequestEncodingType.MULTI_PART}
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
        if request.method in UNSAFE:
            await _refuse_odd_token(Request(scope, receive))
        await next_app(scope, receive, send)


async def _refuse_odd_token(request: Request[Any, Any, Any]) -> None:
    """Raise (403) where the form's token is no ASCII text: Litestar's check of it would fail with 500."""
    config = request.app.csrf_config
    if config is None:
        return
    tokens: list[Any] = [request.headers.get(config.header_name), request.cookies.get(config.cookie_name)]
    if not tokens[0] and request.content_type[0] in FORMS:
        tokens.append((await request.form()).get("_csrf_token"))  # as Litestar does, which keeps the form
    for token in tokens:
        if isinstance(token, UploadFile):
            await token.close()
        if token is not None and not (isinstance(token, str) and token.isascii()):
            raise PermissionDeniedException


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
