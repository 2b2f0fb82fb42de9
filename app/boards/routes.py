"""All routes of boards, as `main` takes them."""

from litestar.types import ControllerRouterHandler

from app.boards import api, canvas, invite, socket, wall
from app.boards.library import pages as library_pages
from app.boards.outline import pages as outline_pages
from app.boards.putting_back import pages as putting_back_pages

routes: list[ControllerRouterHandler] = [
    *canvas.routes,
    *invite.routes,
    *wall.routes,
    *outline_pages.routes,
    *library_pages.routes,
    *putting_back_pages.routes,
    *api.routes,
    *socket.routes,
]
