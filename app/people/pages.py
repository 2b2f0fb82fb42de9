"""All pages about people, and the front page."""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from app.people import about_pages, entry_pages, front_pages, letter_pages, me_pages
from app.people.doorway import provide_entrance

routes: list[ControllerRouterHandler] = [
    *front_pages.routes,
    *about_pages.routes,
    Router(
        "/",
        route_handlers=[*entry_pages.routes, *letter_pages.routes, *me_pages.routes],
        dependencies={"at": Provide(provide_entrance)},
    ),
]
