"""Every way into the product over HTTP, as the app itself lists them, with an address that fits."""

from dataclasses import dataclass
from uuid import uuid4

from litestar import Litestar
from litestar.routes import HTTPRoute, WebSocketRoute

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Way:
    """One method of one route, and the action it stands for."""

    method: str
    path: str
    action: str

    def at(self, **known: str) -> str:
        """An address of this route: ids that are not known are random."""
        parts = []
        for part in self.path.split("/"):
            name = part[1:].split(":")[0] if part.startswith("{") else ""
            parts.append(known.get(name, str(uuid4())) if name else part)
        return "/".join(parts)


def ways(app: Litestar) -> list[Way]:
    found = []
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                methods = [method for method in handler.http_methods if method not in ("OPTIONS", "HEAD")]
                found += [Way(str(method), route.path, handler.opt.get("action", "")) for method in methods]
        elif isinstance(route, WebSocketRoute):
            found.append(Way("WS", route.path, route.route_handler.opt.get("action", "")))
    return sorted(set(found), key=lambda way: (way.path, way.method))
