"""All routes of boards, as `main` takes them."""

from litestar.types import ControllerRouterHandler

from app.boards import api, canvas, pages, socket

routes: list[ControllerRouterHandler] = [*canvas.routes, *pages.routes, *api.routes, *socket.routes]
