"""All routes of reports, as `main` takes them."""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from app.reports.issued import pages as issued_pages
from app.reports.issued import reader_pages
from app.reports.live import pages as live_pages
from app.reports.live import registers
from app.reports.minutes import pages as minutes_pages
from app.reports.subscriptions import pages as subscription_pages
from app.spaces.page_frame import provide_door
from app.spaces.seats import in_space

routes: list[ControllerRouterHandler] = [
    *reader_pages.routes,
    *subscription_pages.open_routes,
    Router(
        "/spaces/{space_id:str}",
        guards=[in_space],
        dependencies={"door": Provide(provide_door)},
        route_handlers=[
            *live_pages.routes,
            *registers.routes,
            *issued_pages.routes,
            *subscription_pages.routes,
            *minutes_pages.routes,
        ],
    ),
]
