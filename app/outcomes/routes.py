"""All routes of outcomes, as `main` takes them."""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from app.outcomes.pages import (
    annotations,
    card,
    drivers,
    entry,
    exclusions,
    goals,
    import_mapping,
    import_sharing,
    imports,
    measures,
    owners,
    profile,
)
from app.spaces.page_frame import provide_door
from app.spaces.seats import in_space

routes: list[ControllerRouterHandler] = [
    Router(
        "/spaces/{space_id:str}",
        guards=[in_space],
        dependencies={"door": Provide(provide_door)},
        route_handlers=[
            *goals.routes,
            *owners.routes,
            *card.routes,
            *drivers.routes,
            *measures.routes,
            *annotations.routes,
            *exclusions.routes,
            *imports.routes,
            *import_mapping.routes,
            *import_sharing.routes,
            *entry.routes,
            *profile.routes,
        ],
    ),
]
