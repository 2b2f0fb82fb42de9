"""All routes of records, as `main` takes them."""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from app.records.immunity import pages as immunity
from app.records.pages import cards, due, keep, keep_several, lay_out, lists, record, review, socket
from app.spaces.page_frame import provide_door
from app.spaces.seats import in_space

routes: list[ControllerRouterHandler] = [
    *lists.open_routes,
    *socket.routes,
    *immunity.routes,
    Router(
        "/spaces/{space_id:str}",
        guards=[in_space],
        dependencies={"door": Provide(provide_door)},
        route_handlers=[
            *lists.routes,
            *keep_several.routes,
            *keep.routes,
            *due.routes,
            *record.routes,
            *review.routes,
            *lay_out.routes,
            *cards.routes,
        ],
    ),
]
