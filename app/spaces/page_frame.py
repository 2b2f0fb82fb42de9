"""What the pages of a space share: the frame of a page, which actions to offer, the `Door` for changes."""

from collections.abc import Callable
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.response import Template

from app.access import ACTIONS, Thing, allowed
from app.spaces.actions import Door
from app.spaces.space import Seat
from app.web import Db, Ring, Settings, go, page, signed_in

AtDoor = NamedDependency[Door]


async def provide_door(request: Request, db: Db, ring: Ring, settings: Settings) -> Door:
    """The dependency `door` of the pages of a space."""
    return Door(db, ring, settings, signed_in(request).login, request.path_params["space_id"])


def page_of(seat: Seat, name: str, status: int = 200, **context: Any) -> Template:
    """A page of the space of this seat; `may("space.invite")` tells it what to offer."""
    return page(name, status, space=seat.space, seat=seat, may=offers(seat), **context)


def back(request: Request, door: Door, here: str) -> Response:
    """After an action: redirect to the page `here` of the space."""
    return go(request, f"/spaces/{door.space_id}/{here}")


def offers(seat: Seat) -> Callable[[str], bool]:
    """A function that says whether to offer an action, judged for the person's own organisation."""
    thing = Thing(seat.space.state, seat.actor.person, seat.actor.organisation)

    def may(action: str) -> bool:
        assert action in ACTIONS, action  # noqa: S101 - a misspelt action would hide a button for ever
        return allowed(seat.actor, action, thing)

    return may
