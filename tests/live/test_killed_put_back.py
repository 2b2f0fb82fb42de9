"""A server that dies while a guest's spree is put back: pressed again it is one act, and all of it."""

import asyncio
import html
import json
import re
from contextlib import suppress

import httpx
import pytest

from app.access import Role
from app.db import new_id
from tests.conftest import StartServer
from tests.spaces.house import Person, house
from tests.support.until import until

CARDS = 600  # four portions
DEEDS = """SELECT count(*) FROM deed WHERE op LIKE '{"do":"take_back"%'"""


def client(url: str, person: Person) -> httpx.AsyncClient:
    http = httpx.AsyncClient(base_url=url, headers={"Origin": url}, timeout=30)
    http.cookies.set("tl_session", person.http.cookies["tl_session"])
    return http


async def sent(http: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    await http.get("/join")
    return await http.post(path, data={"_csrf_token": http.cookies["tl_csrf"], **fields})


async def batches(http: httpx.AsyncClient, board: str, parts: list[dict[str, str]]) -> None:
    for first in range(0, len(parts), 200):
        some = json.dumps(parts[first : first + 200])
        answer = await sent(http, f"/boards/{board}/ops", do="batch", parts=some)
        assert answer.status_code == 303, answer.text


@pytest.mark.timeout(120)
async def test_a_press_that_the_server_died_over_is_pressed_again_and_is_one_act(
    start_server: StartServer, database_url: str
) -> None:
    server, board = await start_server(database_url, LIMITS="off"), new_id()
    ids = [new_id() for _ in range(CARDS)]
    async with house(database_url) as home:
        ana, gil = await home.person("Ana"), await home.person("Gil")
        space = await home.space(ana)
        await home.seat(space, gil, await home.organisation(space, "Vale Hospice"), Role.GUEST)
        async with client(server.url, ana) as hers, client(server.url, gil) as his:
            await sent(hers, f"/spaces/{space}/boards", title="Leaving well", template="blank", id=board)
            cards = [{"do": "add_card", "id": id, "kind": "note", "text": f"Card {id}"} for id in ids]
            await batches(hers, board, cards)
            await batches(his, board, [{"do": "remove_card", "id": id} for id in ids])
            at = f"/boards/{board}/put-back/{gil.id}"
            form = re.findall(r'name="(act|back|since|last)" value="([^"]*)"', (await hers.get(at)).text)
            given = {name: html.unescape(value) for name, value in form}

            pressed = asyncio.create_task(sent(hers, at, **given))
            await until(lambda: home.value(DEEDS), 20, "a portion is put back")
            await server.kill9()
            with suppress(httpx.TransportError):
                await pressed
            await server.start()
            assert await home.value("SELECT count(*) FROM space_log WHERE act = 'put_back'") == 1
            again = await sent(hers, at, **given)

            assert again.status_code == 303, again.text
            assert f"{CARDS} removals" in (await hers.get(again.headers["location"])).text
            outline = (await hers.get(f"/boards/{board}/changes")).text
        assert sum(f"Card {id}" in outline for id in ids) == CARDS
        assert await home.count("put_back_act") == 1
        assert await home.value("SELECT count(*) FROM space_log WHERE act = 'put_back'") == 1
