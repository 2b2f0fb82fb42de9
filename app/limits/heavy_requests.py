"""What is heavy to answer or to take in has fair places, and an amount for each person and hour.

A handler says so by `opt={"heavy": True}`: it waits for a place, one that takes something in once all of it
is here, so that a slow line keeps nobody waiting. The bytes of a large body count by themselves.
"""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from time import monotonic
from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send, WebSocketReceiveMessage

from app.access import Code, Refused
from app.limits.fair_places import Customer, Places
from app.phrases import plural
from app.web import UNSAFE, is_small, services, who

AT_ONCE, IN_LINE = 2, 8  # IN_LINE: the tabs and devices that a person may have a board open in
TOLD = "You ask for much at once here: your first is {} in line. Try again when you have it."
HOUR = 3600.0  # seconds
MOST_IN_AN_HOUR = 1024**3  # bytes, sent and received; a board of 5,000 cards is 2 MB, the largest file 25 MB
Place = AbstractAsyncContextManager[Callable[[], None]]
Heard = HTTPReceiveMessage | WebSocketReceiveMessage
PEOPLE = 10_000  # remembered at most; who was not here for longest is forgotten first


class Amounts:
    """How many bytes each person has sent and been sent in the present hour, which begins with the first."""

    def __init__(self, most: int = MOST_IN_AN_HOUR, clock: Callable[[], float] = monotonic) -> None:
        self._most, self._clock = most, clock
        self._hours: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def add(self, person: str, count: int) -> None:
        began, before = self._hour(person)
        self._hours[person] = (began, before + count)
        self._hours.move_to_end(person)
        if len(self._hours) > PEOPLE:
            self._hours.popitem(last=False)

    def check(self, person: str) -> None:
        """Raise Refused where it is more than one person may."""
        began, count = self._hour(person)
        if count >= self._most:
            minutes = int((began + HOUR - self._clock()) // 60) + 1
            wait = plural(minutes, "minute")
            say = f"You have sent or fetched very much within an hour. Try again in {wait}."
            raise Refused(Code.UNAVAILABLE, say)

    def _hour(self, person: str) -> tuple[float, int]:
        began, count = self._hours.get(person, (self._clock(), 0))
        return (began, count) if self._clock() - began < HOUR else (self._clock(), 0)


class HeavyRequests(ASGIMiddleware):
    """Comes after Sessions. Strangers pass: whatever is heavy is refused them by the guards."""

    scopes = (ScopeType.HTTP,)

    def __init__(self) -> None:
        self.amounts = Amounts()
        self.places = Places(AT_ONCE, IN_LINE, TOLD)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        request: Request[Any, Any, Any] = Request(scope)
        person = who(request)
        is_heavy = bool(scope["route_handler"].opt.get("heavy"))
        is_sent = request.method in UNSAFE and not is_small(request)
        if person is None or not (is_heavy or is_sent):
            await next_app(scope, receive, send)
            return
        if services(request).config.limits == "on":
            self.amounts.check(person.id)

        async def counted_receive() -> Heard:
            heard = await receive()
            self.amounts.add(person.id, _size(heard))
            return heard

        async def counted_send(message: Message) -> None:
            self.amounts.add(person.id, _size(message))
            await send(message)

        if not is_heavy:
            await next_app(scope, counted_receive, counted_send)
            return
        place = self.places.place(_customer(request, person.id))
        if request.method in UNSAFE:
            await _once_all_is_here(place, next_app, scope, counted_receive, counted_send)
            return
        async with place as leave:
            await next_app(scope, counted_receive, _then(leave, counted_send))


async def _once_all_is_here(
    place: Place, next_app: ASGIApp, scope: Scope, receive: Receive, send: Send
) -> None:
    """Hold the place from the last of the body on: a slow sender keeps nobody waiting."""
    async with AsyncExitStack() as stack:
        leaves: list[Callable[[], None]] = []

        async def received() -> Heard:
            heard = await receive()
            if heard["type"] == "http.request" and not heard["more_body"] and not leaves:
                leaves.append(await stack.enter_async_context(place))
            return heard

        async def sending(message: Message) -> None:
            for leave in leaves:
                leave()
            await send(message)

        await next_app(scope, received, sending)


def _size(message: Heard | Message) -> int:
    body = message.get("body")
    return len(body) if isinstance(body, bytes) else 0


def _customer(request: Request[Any, Any, Any], person: str) -> Customer:
    asked = request.path_params
    return Customer(str(asked.get("space_id") or asked.get("board_id") or ""), person)


def _then(leave: Callable[[], None], send: Send) -> Send:
    """`send` that first gives the place up: a slow reader keeps nobody waiting."""

    async def sending(message: Message) -> None:
        leave()
        await send(message)

    return sending
