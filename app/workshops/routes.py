"""All routes of workshops, as `main` takes them."""

from litestar.types import ControllerRouterHandler

from app.workshops.phone import pages as phone

routes: list[ControllerRouterHandler] = [*phone.routes]
