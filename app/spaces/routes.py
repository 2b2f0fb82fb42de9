"""All routes of spaces, as `main` takes them."""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from app.spaces import pages
from app.spaces.joining import code_pages, invite_pages, join_pages, return_pages
from app.spaces.log import pages as log_pages
from app.spaces.members import pages as member_pages
from app.spaces.page_frame import provide_door
from app.spaces.seats import in_space
from app.spaces.together import organisation_pages, pause_pages
from app.spaces.together import pages as together_pages

routes: list[ControllerRouterHandler] = [
    *pages.open_routes,
    *join_pages.routes,
    *return_pages.routes,
    *invite_pages.open_routes,
    Router(
        path="/spaces/{space_id:str}",
        guards=[in_space],
        dependencies={"door": Provide(provide_door)},
        route_handlers=[
            *pages.routes,
            *member_pages.routes,
            *invite_pages.routes,
            *code_pages.routes,
            *log_pages.routes,
            *together_pages.routes,
            *organisation_pages.routes,
            *pause_pages.routes,
        ],
    ),
]
