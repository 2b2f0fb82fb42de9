"""What is not there and what is not one's own take as long to answer, so that nobody learns by a clock.

`python -m tests.soak.timing` asks for both in turn and prints one line: of each pair which one was slower.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter

import httpx

from app.db import new_id
from tests.support import world
from tests.support.databases import migrated_to_newest, sqlite_url
from tests.support.server import serving

PAIRS = 500
# How far from a half the share of pairs may be in which one side was slower: four standard errors of chance.
CHANCE = 4 * 0.5 / PAIRS**0.5
KNOWN, UNKNOWN = "known@example.org", "nobody@example.org"
PASSWORD = "three plain words"
Ask = Callable[[], Awaitable[httpx.Response]]


async def share_slower(one: Ask, other: Ask, pairs: int) -> float:
    """The share of pairs in which `one` took longer. Which is asked first is drawn for each pair."""
    slower = 0
    for _ in range(pairs):
        took = {}
        for ask in random.sample([one, other], 2):
            began = perf_counter()
            await ask()
            took[ask] = perf_counter() - began
        slower += took[one] > took[other]
    return slower / pairs


async def measure(pairs: int) -> dict[str, float]:
    """The share by what is asked for. Hashes are cheap here: a tenth of a second of them would hide much."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = sqlite_url(folder / "throughline.db")
        await migrated_to_newest(url)
        theirs, mine = await world.make_world(url), await world.make_world(url)
        found = {}
        for limits in ("off", "on"):
            async with serving(folder, url, LIMITS=limits, CHEAP_PASSWORDS="yes") as server:
                origin = {"Origin": server.url}
                cookies = {"tl_session": mine.tokens["Ana"]}
                async with (
                    httpx.AsyncClient(base_url=server.url, headers=origin, cookies=cookies) as ana,
                    httpx.AsyncClient(base_url=server.url, headers=origin) as nobody,
                ):
                    await nobody.get("/sign-in")
                    if limits == "off":
                        await _form(nobody, "/sign-up", KNOWN, name="Known", password=PASSWORD)()
                        nobody.cookies.delete("tl_session")
                        sides = _pages(ana, theirs) | _doors(nobody)
                    else:  # mails to one address are few, and so is what their writing could tell
                        sides = _mail(nobody)
                    for what, pair in sides.items():
                        found[what] = await share_slower(*pair, pairs)
        return found


def _pages(ana: httpx.AsyncClient, theirs: world.World) -> dict[str, tuple[Ask, Ask]]:
    """By what they show: what is somebody else's, and what is not there."""

    def page(path: str, id: str) -> Ask:
        return lambda: ana.get(path.format(id))

    return {
        "a board": (page("/boards/{}/outline", theirs.board), page("/boards/{}/outline", new_id())),
        "changes": (page("/boards/{}/changes", theirs.board), page("/boards/{}/changes", new_id())),
        "a space": (page("/spaces/{}", theirs.space), page("/spaces/{}", new_id())),
    }


def _doors(nobody: httpx.AsyncClient) -> dict[str, tuple[Ask, Ask]]:
    return {"a sign-in": (_form(nobody, "/sign-in", KNOWN), _form(nobody, "/sign-in", UNKNOWN))}


def _mail(nobody: httpx.AsyncClient) -> dict[str, tuple[Ask, Ask]]:
    return {"a new password": (_form(nobody, "/forgot", KNOWN), _form(nobody, "/forgot", UNKNOWN))}


def _form(browser: httpx.AsyncClient, path: str, email: str, **fields: str) -> Ask:
    """A form, each time from another network: the limits count by network too."""
    networks = (f"198.{18 + i // 65536}.{i // 256 % 256}.{i % 256}" for i in range(131_072))

    def send() -> Awaitable[httpx.Response]:
        data = {
            "_csrf_token": browser.cookies["tl_csrf"],
            "email": email,
            "password": "not the one",
            **fields,
        }
        return browser.post(path, data=data, headers={"X-Forwarded-For": next(networks)})

    return send


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--pairs", type=int, default=PAIRS)
    found = asyncio.run(measure(words.parse_args().pairs))
    print("Slower: " + ", ".join(f"{what} {share:.0%}" for what, share in found.items()))
    sys.exit(0 if all(abs(share - 0.5) <= CHANCE for share in found.values()) else 1)


if __name__ == "__main__":
    main()
