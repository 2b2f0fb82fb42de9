"""The canvas page, and the shell that browsers keep so that boards open without a network."""

from pathlib import Path
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from litestar.types import ControllerRouterHandler

from app.access import State
from app.boards.seats import on_board, seat_of
from app.config import ROOT
from app.web import Static, page

Asking = Request[Any, Any, Any]
WORKER = ROOT / "static" / "js" / "sw.js"
SHELL_FOLDERS = ("css", "js", "vendor")
KEPT = frozenset({".css", ".js", ".woff2", ".svg"})


@get("/", opt={"action": "board.show"})
async def show(request: Asking, board_id: FromPath[str], view: FromQuery[str] = "") -> Template | Redirect:
    """The canvas; on a phone, unless asked for, the outline."""
    seat = seat_of(request)
    if view != "canvas" and _is_phone(request):
        return Redirect(f"/boards/{board_id}/outline")
    board = {"id": board_id, "title": seat.title, "archived": seat.state is State.ARCHIVED}
    return page("boards/show.html", board=board, space=seat.space, seat=seat)


@get("/shell", opt={"action": "server.show"})
async def shell() -> Template:
    """The canvas page without anything of anyone."""
    return page("boards/_shell.html")


@get("/shell.json", opt={"action": "server.show"})
async def shell_files(request: Asking) -> dict[str, Any]:
    """What the service worker keeps: files by their hashed addresses, nothing personal."""
    static: Static = request.app.state.static
    return {"version": static.base, "files": ["/shell", *(static(name) for name in _kept(static.root))]}


@get("/sw.js", opt={"action": "server.show"}, media_type="text/javascript")
async def worker(request: Asking) -> Response[str]:
    """Served from the root, since a service worker only rules what lies below it."""
    static: Static = request.app.state.static
    return Response(WORKER.read_text().replace("__VERSION__", static.base), media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def _kept(root: Path) -> list[str]:
    files = (path for folder in SHELL_FOLDERS for path in sorted((root / folder).rglob("*")))
    return [path.relative_to(root).as_posix() for path in files if path.suffix in KEPT and path.is_file()]


def _is_phone(request: Asking) -> bool:
    told = request.headers.get("sec-ch-ua-mobile")
    return told == "?1" if told else "Mobi" in request.headers.get("user-agent", "")


routes: list[ControllerRouterHandler] = [
    Router("/boards/{board_id:str}", route_handlers=[show], guards=[on_board]),
    shell,
    shell_files,
    worker,
]
