"""All routes of boards, as `main` takes them."""

from litestar.types import ControllerRouterHandler

from app.boards import api, canvas, socket
from app.boards.outline import pages

routes: list[ControllerRouterHandler] = [*canvas.routes, *pages.routes, *api.routes, *socket.routes]
