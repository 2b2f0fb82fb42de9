"""What the server writes down holds no password, no token, no code and nobody's words."""

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest
from litestar.enums import ScopeType
from uvicorn.protocols.utils import ClientDisconnected

from app.db import Database
from app.people import actions as people
from app.people.passwords import hash_password
from app.refusals import note_fault
from tests.conftest import StartServer
from tests.support.wire import tab
from tests.support.world import make_world

CANARY = "canary-7f3a"


async def test_the_log_holds_no_secret_and_no_words(start_server: StartServer, database_url: str) -> None:
    world = await make_world(database_url)
    db = Database(database_url)
    async with db.write() as tx:
        secret = await hash_password(f"{CANARY} password")
        await people.create_person(tx, "Eve Elm", "eve@example.org", secret)
        reset = await people.reset_link(tx, world.people["Ben"], by=None)
    await db.close()
    server = await start_server(database_url, LOG="json")
    async with tab(server, world, "Ana") as ana:
        await ana.card(f"{CANARY} on a card")
        await ana.act(do="add_card", id="no-id", kind="note", text=f"{CANARY} refused")
        await ana.act(do=f"{CANARY} unknown", id=str(uuid4()))
        await ana.socket.send(f'{{"type": "{CANARY}"')
    async with httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}) as http:
        await http.get(f"/join/{CANARY}?{CANARY}={CANARY}%0d%0aforged%20line")
        await http.get(reset)
        token = http.cookies["tl_csrf"]
        for password in (f"{CANARY} password", f"{CANARY} wrong"):
            form = {"email": "eve@example.org", "password": password, "_csrf_token": token}
            await http.post("/sign-in", data=form)
        await http.post(f"/{CANARY}", content=b"\xff" * 100)
        session = http.cookies["tl_session"]
    log = server.log
    secrets = [CANARY, "forged", session, token, reset.rsplit("/", 1)[1], *world.tokens.values()]

    assert [word for word in secrets if word in log] == []
    assert "eve@example.org" not in log
    lines = [line for line in log.splitlines() if line.startswith("{")]
    assert len(lines) > 5
    assert all("event" in json.loads(line) for line in lines)


async def test_what_breaks_a_socket_is_noted_but_not_that_somebody_left(
    caplog: pytest.LogCaptureFixture,
) -> None:
    socket: Any = {"type": ScopeType.WEBSOCKET, "path_template": "/boards/{board_id}/live"}
    await note_fault(ClientDisconnected(), socket)
    left = caplog.text
    await note_fault(KeyError("a mistake of ours"), socket)

    assert left == ""
    assert "A socket failed" in caplog.text
