"""Pages wait their turn, so that a crowd asking for them keeps nobody's words waiting."""

import asyncio
from collections import deque
from collections.abc import Callable
from random import choice
from time import monotonic
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.enums import MediaType, ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from app.access import Code
from app.assets import Static
from app.web import asking, wants_fragment, wants_json

# Pages being made. More would only wait for the same processor, and acks behind a piece of each at every step
# of their transaction: with eight a deed waited for two to four times the processor that it does with three.
AT_ONCE = 3
PATIENCE = 1.5  # seconds that a page waits for its turn: with its own time it answers within two
# Seconds that one being made keeps others from their turn: most take less, and three slow ones keep nobody.
LONGEST = 0.15
AGAIN = (3, 4, 5, 6)  # seconds until one that had no turn asks again by itself; several, so that they spread
BUSY = "Throughline is busy. Trying again in a moment."
SHEETS = ("layers", "tokens", "base", "page")  # of the page that says so
FREE = ("/static/", "/livez", "/readyz", "/healthz")
WEIGHT = 0.2  # of the newest in the running mean


class Turns:
    """So many at a time. Who comes later waits in line, unless the line is too long already."""

    def __init__(self, at_once: int, patience: float, clock: Callable[[], float] = monotonic) -> None:
        self._free, self._patience, self._clock = at_once, patience, clock
        self._line: deque[asyncio.Future[None]] = deque()
        self._gap = 0.0  # seconds from one turn to the next while somebody waits, a running mean
        self._last: float | None = None  # when the last one was given to somebody who waited

    async def take(self) -> bool:
        """Whether a turn came within the time that one waits; False at once where none will come in it."""
        if self._free:
            self._free -= 1
            return True
        if len(self._line) * self._gap > self._patience:
            return False
        mine = asyncio.get_running_loop().create_future()
        self._line.append(mine)
        try:
            await asyncio.wait({mine}, timeout=self._patience)
        except asyncio.CancelledError:
            self._leave(mine)
            raise
        if not mine.done():
            self._leave(mine)
        return mine.done()

    def give(self) -> None:
        """To the first in line; where nobody waits it is free."""
        if not self._line:
            self._free, self._last = self._free + 1, None
            return
        at = self._clock()
        if self._last is not None:
            self._gap += WEIGHT * (at - self._last - self._gap)
        self._last = at
        self._line.popleft().set_result(None)

    def _leave(self, mine: asyncio.Future[None]) -> None:
        if mine.done():
            self.give()  # it came at the same moment
        else:
            self._line.remove(mine)


class PageTurns(ASGIMiddleware):
    """Lets so many pages through at once; deeds, sockets and files of the product itself never wait here.

    A turn ends with the making of a page: a slow line on which it is sent keeps nobody waiting. One that
    takes long waits for something else than the processor, and gives its turn to the next.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(
        self,
        at_once: int = AT_ONCE,
        patience: float = PATIENCE,
        longest: float = LONGEST,
        static: Static | None = None,
    ) -> None:
        self.turns, self._longest = Turns(at_once, patience), longest
        self._pages = {again: _page(static, again).encode() for again in AGAIN}

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        request: Request[Any, Any, Any] = Request(scope)
        asking.set(request)
        is_page = request.method in ("GET", "HEAD") and not scope["path"].startswith(FREE)
        # What is heavy waits in a line of its own, where it would only hold the turns of others' pages.
        if not is_page or scope["route_handler"].opt.get("heavy"):
            await next_app(scope, receive, send)
            return
        if not await self.turns.take():
            again = choice(AGAIN)
            await _busy(request, self._pages[again], again)(scope, receive, send)
            return
        turn = _Turn(self.turns, self._longest)

        async def made(message: Message) -> None:
            turn.end()
            await send(message)

        try:
            await next_app(scope, receive, made)
        finally:
            turn.end()


class _Turn:
    """Ends once: with its page, or after the time that it may keep others waiting."""

    def __init__(self, turns: Turns, longest: float) -> None:
        self._turns = turns
        self._timer = asyncio.get_running_loop().call_later(longest, self._give)
        self._given = False

    def end(self) -> None:
        self._timer.cancel()
        self._give()

    def _give(self) -> None:
        if not self._given:
            self._given = True
            self._turns.give()


def _busy(request: Request[Any, Any, Any], page: bytes, again: int) -> ASGIApp:
    """503 with a sentence, made without a look at the database; a page asks again by itself."""
    headers = {"Retry-After": str(again)}
    if wants_json(request):
        body, kind = msgspec.json.encode({"code": Code.UNAVAILABLE.value, "say": BUSY}), MediaType.JSON
    elif wants_fragment(request):
        headers |= {"HX-Retarget": "#flash", "HX-Reswap": "innerHTML"}
        body, kind = f'<p class="flash bad" role="alert">{BUSY}</p>'.encode(), MediaType.HTML
    else:
        body, kind = page, MediaType.HTML
    return Response(body, status_code=503, headers=headers, media_type=kind).to_asgi_response(None, request)


def _page(static: Static | None, again: int) -> str:
    """Drawn once: it holds nothing of anybody's."""
    sheets = [static(f"css/{name}.css") for name in SHEETS] if static else []
    links = "".join(f'<link rel="stylesheet" href="{one}">' for one in sheets)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="refresh" content="{again}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Busy · Throughline</title>{links}</head>"
        f'<body><main class="page narrow"><h1>Busy</h1><p class="lead">{BUSY}</p></main></body></html>'
    )
