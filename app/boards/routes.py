"""All routes of boards, as `main` takes them."""

from app.boards import api, canvas, pages, socket

routes = [*canvas.routes, *pages.routes, *api.routes, *socket.routes]
