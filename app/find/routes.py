"""All routes of find, as `main` takes them."""

from litestar import Router
from litestar.types import ControllerRouterHandler

from app.find import pages
from app.spaces.seats import in_space

routes: list[ControllerRouterHandler] = [
    Router("/spaces/{space_id:str}", guards=[in_space], route_handlers=[*pages.routes]),
]
