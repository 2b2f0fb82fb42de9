"""The buttons that pause a code or a guest for a day, and lift that."""

from litestar import Request, Response, post
from litestar.params import FromPath

from app.spaces.page_frame import AtDoor, back
from app.spaces.together import pause


@post("/codes/{code_id:str}/pause", opt={"action": "space.pause"})
async def pause_code(request: Request, door: AtDoor, code_id: FromPath[str]) -> Response:
    await pause.pause_code(door, code_id)
    return back(request, door, "codes?done=paused")


@post("/codes/{code_id:str}/lift", opt={"action": "space.pause"})
async def lift_code(request: Request, door: AtDoor, code_id: FromPath[str]) -> Response:
    await pause.lift_code(door, code_id)
    return back(request, door, "codes?done=lifted")


@post("/people/{person_id:str}/pause", opt={"action": "space.pause"})
async def pause_guest(request: Request, door: AtDoor, person_id: FromPath[str]) -> Response:
    await pause.pause_guest(door, person_id)
    return back(request, door, "people?done=paused")


@post("/people/{person_id:str}/lift", opt={"action": "space.pause"})
async def lift_guest(request: Request, door: AtDoor, person_id: FromPath[str]) -> Response:
    await pause.lift_guest(door, person_id)
    return back(request, door, "people?done=lifted")


routes = [pause_code, lift_code, pause_guest, lift_guest]
