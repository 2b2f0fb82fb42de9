"""All routes of outcomes, as `main` takes them."""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from app.outcomes import (
    beside_pages,
    card_pages,
    driver_pages,
    entry_pages,
    goal_pages,
    measure_pages,
    profile_pages,
)
from app.outcomes.imports import pages as imports
from app.spaces.frame import provide_door
from app.spaces.seats import in_space

routes: list[ControllerRouterHandler] = [
    Router(
        "/spaces/{space_id:str}",
        guards=[in_space],
        dependencies={"door": Provide(provide_door)},
        route_handlers=[
            *goal_pages.routes,
            *card_pages.routes,
            *driver_pages.routes,
            *measure_pages.routes,
            *beside_pages.routes,
            *imports.routes,
            *entry_pages.routes,
            *profile_pages.routes,
        ],
    ),
]
