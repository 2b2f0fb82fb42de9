"""Pages wait their turn, so that a crowd asking for them keeps nobody's words waiting."""

import asyncio
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.enums import MediaType, ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from app.access import Code
from app.assets import Static
from app.web import asking, wants_fragment, wants_json

AT_ONCE = (
    16  # pages under way; each takes milliseconds of the processor, the rest is waiting for the database
)
PATIENCE = 2.0  # seconds that a page waits for its turn, and that one under way keeps others from theirs
AGAIN = 3  # seconds after which a page that had no turn asks again by itself
BUSY = "Throughline is busy. Trying again in a moment."
SHEETS = ("layers", "tokens", "base", "page")  # of the page that says so
FREE = ("/static/", "/livez", "/readyz", "/healthz")


class PageTurns(ASGIMiddleware):
    """Lets so many pages through at once; deeds, sockets and files of the product itself never wait here.

    One that takes long waits for something else than the processor, and gives its turn to the next.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(
        self, at_once: int = AT_ONCE, patience: float = PATIENCE, static: Static | None = None
    ) -> None:
        self._free, self._patience = asyncio.Semaphore(at_once), patience
        self._page = _page(static).encode()

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        request: Request[Any, Any, Any] = Request(scope)
        asking.set(request)
        if request.method not in ("GET", "HEAD") or scope["path"].startswith(FREE):
            await next_app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        except TimeoutError:
            await _busy(request, self._page)(scope, receive, send)
            return
        turn = _Turn(self._free, self._patience)
        try:
            await next_app(scope, receive, send)
        finally:
            turn.end()


class _Turn:
    """Ends once: with its page, or after the time that it may keep others waiting."""

    def __init__(self, free: asyncio.Semaphore, longest: float) -> None:
        self._free = free
        self._timer = asyncio.get_running_loop().call_later(longest, self._give)
        self._given = False

    def end(self) -> None:
        self._timer.cancel()
        self._give()

    def _give(self) -> None:
        if not self._given:
            self._given = True
            self._free.release()


def _busy(request: Request[Any, Any, Any], page: bytes) -> ASGIApp:
    """503 with a sentence, made without a look at the database; a page asks again by itself."""
    headers = {"Retry-After": str(AGAIN)}
    if wants_json(request):
        body, kind = msgspec.json.encode({"code": Code.UNAVAILABLE.value, "say": BUSY}), MediaType.JSON
    elif wants_fragment(request):
        headers |= {"HX-Retarget": "#flash", "HX-Reswap": "innerHTML"}
        body, kind = f'<p class="flash bad" role="alert">{BUSY}</p>'.encode(), MediaType.HTML
    else:
        body, kind = page, MediaType.HTML
    return Response(body, status_code=503, headers=headers, media_type=kind).to_asgi_response(None, request)


def _page(static: Static | None) -> str:
    """Drawn once: it holds nothing of anybody's."""
    sheets = [static(f"css/{name}.css") for name in SHEETS] if static else []
    links = "".join(f'<link rel="stylesheet" href="{one}">' for one in sheets)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="refresh" content="{AGAIN}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Busy · Throughline</title>{links}</head>"
        f'<body><main class="page narrow"><h1>Busy</h1><p class="lead">{BUSY}</p></main></body></html>'
    )
