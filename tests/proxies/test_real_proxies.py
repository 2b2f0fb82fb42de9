"""nginx and Caddy, as the README says, in front of two processes on PostgreSQL, with TLS."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Origin

from app.spaces.joining.guess_limit import LIMIT
from tests.support.databases import Postgres
from tests.support.front import CADDY, NGINX, Front, proxied
from tests.support.ports import free_port
from tests.support.server import Server, serving
from tests.support.until import until
from tests.support.wire import Tab
from tests.support.world import World, make_world

COOKIE = "__Host-tl_session"


class Site:
    """The product behind a proxy."""

    def __init__(self, front: Front, servers: list[Server], world: World) -> None:
        self.front, self.servers, self.world = front, servers, world

    def browser(self, name: str) -> httpx.AsyncClient:
        return self.front.client(**{COOKIE: self.world.tokens[name]})

    @asynccontextmanager
    async def tab(self, name: str) -> AsyncIterator[Tab]:
        async with connect(
            f"{self.front.ws}/boards/{self.world.board}/live",
            origin=Origin(self.front.url),
            additional_headers={"Cookie": f"{COOKIE}={self.world.tokens[name]}"},
            ssl=self.front.trust,
        ) as socket:
            opened = Tab(socket, str(uuid4()))
            await opened.hello()
            yield opened


@pytest.fixture(scope="module", params=[NGINX, CADDY])
async def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgres: Postgres
) -> AsyncIterator[tuple[Front, list[Server], str]]:
    """One proxy of each kind for the tests of this file, its processes and the address of their database."""
    folder, port = tmp_path_factory.mktemp(request.param), free_port()
    settings = {"BASE_URL": f"https://localhost:{port}", "SECRET": "s" * 40, "TRUSTED_PROXIES": "127.0.0.1"}
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(postgres.fresh())
        servers = [
            await stack.enter_async_context(serving(folder / name, url, **settings)) for name in ("a", "b")
        ]
        yield await stack.enter_async_context(proxied(request.param, folder, port, servers)), servers, url


@pytest.fixture
async def site(served: tuple[Front, list[Server], str]) -> Site:
    """With a space and a board of its own."""
    front, servers, url = served
    return Site(front, servers, await make_world(url))


async def test_what_a_browser_and_its_sockets_need_goes_through(site: Site) -> None:
    await _signing_up(site.front)
    await _sockets(site)
    await _a_large_file(site)
    await _the_address_of_who_asks(site.front)


async def _signing_up(front: Front) -> None:
    """Cookies and headers are those of https: neither another host nor plain http gets the session."""
    async with front.client() as browser:
        page = await browser.get("/sign-up")
        fields = {"name": "Eve", "email": f"{uuid4()}@example.org", "password": "three plain words"}
        answer = await browser.post("/sign-up", data={**fields, "_csrf_token": _token(browser)})

    assert page.headers["strict-transport-security"].startswith("max-age=")
    assert answer.status_code == 303
    assert _cookie_words(answer) >= {"Secure", "HttpOnly", "Path=/"}


def _cookie_words(answer: httpx.Response) -> set[str]:
    """The attributes of the session's cookie."""
    (cookie,) = (one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE))
    return {word.strip() for word in cookie.split(";")}


async def _sockets(site: Site) -> None:
    """Of two tabs one is at each process or both at one: they share the board in any case."""
    async with site.tab("Ana") as ana, site.tab("Cat") as cat:
        id = await ana.card("Through the proxy")

        assert (await cat.see(id))["fields"]["text"] == "Through the proxy"


async def _a_large_file(site: Site) -> None:
    """More than a proxy lets through by itself, and than it keeps in memory."""
    async with site.browser("Ana") as ana:
        await ana.get("/join")
        file = {"file": ("board.json", b" " * 8_000_000 + b"{}")}
        path = f"/spaces/{site.world.space}/boards/import"
        answer = await ana.post(path, data={"_csrf_token": _token(ana)}, files=file)

    assert answer.status_code == 422
    assert "not a board from Throughline" in answer.text


async def _the_address_of_who_asks(front: Front) -> None:
    """Whoever guesses codes is stopped, whatever address they claim to come from."""
    async with front.client() as guesser:
        answers = [
            await guesser.get(f"/join/WRONG{i}", headers={"X-Forwarded-For": f"198.51.100.{i}"})
            for i in range(2 * LIMIT + 2)  # each of the processes counts for itself
        ]

    assert answers[0].status_code != 429
    # Caddy draws lots for each: one of the two was asked more than LIMIT times, the last one perhaps not
    assert 429 in [answer.status_code for answer in answers]


def _token(browser: httpx.AsyncClient) -> str:
    return browser.cookies["__Host-tl_csrf"]


async def test_a_new_version_put_in_place_under_load_loses_nothing(site: Site) -> None:
    """One process after the other ends and starts again, while somebody writes."""
    texts: list[str] = []
    done = asyncio.Event()
    writing = asyncio.create_task(_write(site, texts, done))
    for server in site.servers:
        have = len(texts)
        await until(lambda have=have: len(texts) > have + 10, 30)  # type: ignore[misc]
        await server.stop()
        have = len(texts)
        await until(lambda have=have: len(texts) > have + 10, 30)  # type: ignore[misc]
        await server.start()
    done.set()
    await writing

    async with site.tab("Cat") as cat:
        kept = sorted(view["fields"]["text"] for view in cat.items.values() if "text" in view["fields"])
    assert kept == sorted(texts)


async def _write(site: Site, texts: list[str], done: asyncio.Event) -> None:
    """Cards one after the other; what is not answered is sent again under its number."""
    client, n = str(uuid4()), 0
    async with site.browser("Ana") as ana:
        await ana.get("/join")
        while not done.is_set():
            n += 1
            op = {"do": "add_card", "id": str(uuid4()), "kind": "note", "text": f"Card {n}"}
            body = json.dumps({"client": client, "ops": [{"n": n, "op": op}]})
            await until(lambda body=body: _is_answered(ana, site.world.board, body), 30)  # type: ignore[misc]
            texts.append(f"Card {n}")


async def _is_answered(ana: httpx.AsyncClient, board: str, body: str) -> bool:
    headers = {"Content-Type": "application/json", "X-CSRFToken": _token(ana)}
    try:
        answer = await ana.post(f"/boards/{board}/ops", content=body, headers=headers)
    except httpx.TransportError:
        return False
    found: dict[str, Any] = answer.json() if answer.status_code == 200 else {}
    return any("seq" in ack for ack in found.get("acks", ())) or found.get("type") == "welcome"
