"""All pages about people, and the front page."""

from litestar import Router

from app.people import entry_pages, front_pages

routes = [
    *front_pages.routes,
    Router("/", route_handlers=entry_pages.routes, dependencies=entry_pages.dependencies),
]
