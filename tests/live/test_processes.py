"""Several processes on one PostgreSQL: one board, whether or not the wake-ups arrive."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.spaces.tables import member
from tests.conftest import StartServer
from tests.support.databases import Postgres
from tests.support.server import Server
from tests.support.until import until
from tests.support.wire import tab
from tests.support.world import SOON, World, ends_soon, make_world

Two = tuple[World, Server, Server]


@pytest.fixture
async def two(start_server: StartServer, postgres_url: str) -> Two:
    world = await make_world(postgres_url)
    return world, await start_server(postgres_url), await start_server(postgres_url)


async def test_S6_people_at_two_processes_share_a_board(two: Two) -> None:
    world, first, second = two
    async with tab(first, world, "Ana") as ana, tab(second, world, "Cat") as cat:
        for i in range(20):
            await ana.card(f"from the first {i}")
            await cat.card(f"from the second {i}")
        await ana.until(lambda _: len(ana.items) == 40)
        await cat.until(lambda _: len(cat.items) == 40) if len(cat.items) < 40 else None

        assert ana.items == cat.items
        assert ana.cursor == cat.cursor == 40


async def test_T2_a_clash_is_told_to_whoever_is_at_another_process(two: Two) -> None:
    world, first, second = two
    async with tab(first, world, "Ana") as ana, tab(second, world, "Cat") as cat:
        id = await ana.card("the quick fox")
        base = (await cat.see(id))["seq"]
        await ana.act(do="edit_card", id=id, text="the slow fox", base=base)
        await cat.act(do="edit_card", id=id, text="the clever fox", base=base)

        told = await ana.until(lambda frame: frame["type"] == "conflict")

    assert (told["yours"], told["theirs"]) == ("the slow fox", "the clever fox")


async def test_a_cut_wake_up_line_loses_nothing_and_heals(two: Two, postgres: Postgres) -> None:
    world, first, second = two
    async with tab(first, world, "Ana") as ana, tab(second, world, "Cat") as cat:
        await cat.see(await ana.card("before"))
        await postgres.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND (query ILIKE 'LISTEN%' OR query ILIKE '%pg_notify%')"
        )
        id = await ana.card("while the line is cut")

        assert (await cat.see(id))["fields"]["text"] == "while the line is cut"


async def test_C2_the_same_op_at_two_processes_is_done_once(two: Two) -> None:
    world, first, second = two
    client = str(uuid4())
    async with (
        tab(first, world, "Ana", client=client) as ana,
        tab(second, world, "Ana", client=client) as other,
    ):
        id = str(uuid4())
        op: dict[str, Any] = {"do": "add_card", "id": id, "kind": "note", "text": "once"}
        await ana.op(n=1, base=None, **op)
        await other.op(n=1, base=None, **op)
        await ana.until(lambda _: 1 in ana.acks)
        await other.until(lambda _: 1 in other.acks)

        assert ana.acks[1] == other.acks[1]
        assert ana.acks[1]["seq"] == 1


async def test_O5_removal_at_one_process_closes_the_socket_at_the_other(two: Two) -> None:
    world, first, second = two
    async with tab(second, world, "Ben") as ben:
        await _as_steward(first, world, f"/spaces/{world.space}/people/{world.people['Ben']}/remove")
        frame = await ben.until(lambda f: f["type"] == "bye", within=1.5)

        assert frame["code"] == 4403


async def test_O5_a_guests_time_ends_at_every_process(two: Two, postgres_url: str) -> None:
    world, first, second = two
    await ends_soon(postgres_url, member, member.c.person_id == world.people["Ben"], expires_at=SOON)
    async with tab(first, world, "Ben") as ben, tab(second, world, "Ben") as again:
        codes = [(await one.until(lambda f: f["type"] == "bye"))["code"] for one in (ben, again)]

        assert codes == [4403, 4403]


async def _as_steward(server: Server, world: World, path: str) -> None:

    headers = {"Origin": server.url}
    cookies = {"tl_session": world.tokens["Ana"]}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, cookies=cookies) as http:
        await http.get("/healthz")
        answer = await http.post(path, data={"_csrf_token": http.cookies["tl_csrf"]})

        assert answer.status_code == 303, answer.text


async def test_R2_who_is_on_a_board_at_one_process_is_seen_on_the_home_page_of_another(two: Two) -> None:
    world, first, second = two
    home = f"{second.url}/spaces/{world.space}"
    async with httpx.AsyncClient(headers=world.cookie("Cat")) as http:

        async def is_live() -> bool:
            return "1 person is here now." in (await http.get(home)).text

        async def is_over() -> bool:
            return not await is_live()

        async with tab(first, world, "Ana"):
            await until(is_live, 15, "Ana is shown as being here")
        await until(is_over, 15, "Ana is gone again")
