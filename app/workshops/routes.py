"""All routes of workshops, as `main` takes them."""

from litestar.types import ControllerRouterHandler

from app.workshops import begin, quiet_words
from app.workshops.console import pages as console
from app.workshops.phone import pages as phone
from app.workshops.projector import pages as projector
from app.workshops.projector import socket as projector_socket

routes: list[ControllerRouterHandler] = [
    *begin.routes,
    *phone.routes,
    *quiet_words.routes,
    *console.routes,
    *projector.routes,
    *projector_socket.routes,
]
