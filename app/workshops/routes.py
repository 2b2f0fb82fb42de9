"""All routes of workshops, as `main` takes them."""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from app.spaces.page_frame import provide_door
from app.spaces.seats import in_space
from app.workshops import begin, quiet_words
from app.workshops.console import pages as console
from app.workshops.phone import pages as phone
from app.workshops.projector import pages as projector
from app.workshops.projector import socket as projector_socket
from app.workshops.runsheet import list_pages, pages, plan_pages

routes: list[ControllerRouterHandler] = [
    *begin.routes,
    *phone.routes,
    *quiet_words.routes,
    *console.routes,
    *projector.routes,
    *projector_socket.routes,
    Router(
        "/spaces/{space_id:str}",
        guards=[in_space],
        dependencies={"door": Provide(provide_door)},
        route_handlers=[*list_pages.routes, *plan_pages.routes, *pages.routes],
    ),
]
