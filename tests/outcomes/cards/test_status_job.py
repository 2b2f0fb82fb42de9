"""Numbers come in, and cards on boards say so to whoever looks at them, in every process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.db import Database
from tests.conftest import Running, StartServer
from tests.outcomes.cards.faced import Faced, about_to_rise
from tests.support.server import Server
from tests.support.wire import Tab, tab
from tests.support.world import World, make_world


@asynccontextmanager
async def standing(url: str, world: World) -> AsyncIterator[tuple[Database, Faced]]:
    db = Database(url)
    north = world.organisations["North"]
    yield db, await about_to_rise(db, world.space, north, world.people["Ana"])
    await db.close()


async def outcome(tab: Tab) -> str:
    id = await tab.card("Home in two days")
    await tab.act(do="edit_card", id=id, kind="outcome")
    return id


async def improving(tab: Tab, card: str) -> bool:
    await tab.until(lambda _: tab.items[card]["fields"].get("face", {}).get("word") == "Improving")
    return tab.items[card]["fields"]["face"]["value"] == "82.0%"


async def test_two_people_at_a_board_are_told_when_numbers_come_in(running: Running) -> None:
    server, url = running
    world = await make_world(url)
    async with (
        standing(url, world) as (db, faced),
        tab(server, world, "Ana") as ana,
        tab(server, world, "Dan") as dan,
    ):
        card = await outcome(ana)
        await dan.see(card)
        await faced.stand(db, world.board, card)
        await faced.enter(server, world.tokens["Ana"])

        assert await improving(ana, card)
        assert await improving(dan, card)
        assert ana.items[card] == dan.items[card]
        assert ana.items[card]["fields"]["by"] == world.people["Ana"]


async def test_O3_set_face_from_a_client_is_invalid_and_the_socket_stays(running: Running) -> None:
    server, url = running
    world = await make_world(url)
    async with tab(server, world, "Ana") as ana:
        card = await outcome(ana)
        face = {"goal": card, "word": "Improving", "value": "", "points": []}
        ack = await ana.act(do="set_face", id=card, face=face)
        after = await ana.card("Another")

    assert ack["code"] == "invalid"
    assert "set_face" not in ana.you["may"]
    assert "face" not in ana.items[card]["fields"]
    assert ana.items[after]["seq"] == 3


async def test_whoever_is_at_another_process_is_told_too_and_once(
    start_server: StartServer, postgres_url: str
) -> None:
    world = await make_world(postgres_url)
    first, second = await start_server(postgres_url), await start_server(postgres_url)
    async with (
        standing(postgres_url, world) as (db, faced),
        tab(first, world, "Ana") as ana,
        tab(second, world, "Cat") as cat,
    ):
        card = await outcome(ana)
        await cat.see(card)
        await faced.stand(db, world.board, card)
        await faced.enter(first, world.tokens["Ana"])

        assert await improving(ana, card)
        assert await improving(cat, card)
        after = await cat.card("A card after it")
        assert (await ana.see(after))["seq"] == 4


async def test_what_was_missed_while_no_process_ran_is_put_right_at_the_start(
    start_server: StartServer, sqlite_url: str
) -> None:
    world = await make_world(sqlite_url)
    server: Server = await start_server(sqlite_url)
    async with tab(server, world, "Ana") as ana:
        card = await outcome(ana)
    await server.stop()
    async with standing(sqlite_url, world) as (db, faced):
        await faced.stand(db, world.board, card)
    await server.start()
    async with tab(server, world, "Ana") as ana:
        if "face" not in ana.items[card]["fields"]:
            await ana.until(lambda _: "face" in ana.items[card]["fields"])

        assert ana.items[card]["fields"]["face"]["word"] == "No signal yet"
