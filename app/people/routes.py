"""All pages about people, and the front page."""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from app.people import about_pages, front_page
from app.people.account import pages as me_pages
from app.people.context import provide_account_context
from app.people.signing_in import link_pages, pages

routes: list[ControllerRouterHandler] = [
    *front_page.routes,
    *about_pages.routes,
    Router(
        "/",
        route_handlers=[*pages.routes, *link_pages.routes, *me_pages.routes],
        dependencies={"context": Provide(provide_account_context)},
    ),
]
