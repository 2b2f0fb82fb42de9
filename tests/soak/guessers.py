"""A hundred networks guess at passwords, two hundred times a second, while honest people sign in.

`python -m tests.soak.guessers` prints one line of figures. Passwords are hashed at full strength.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from time import monotonic

import httpx

from tests.support.server import Server, serving

NETWORKS, RATE = 100, 200
EMAIL, PASSWORD = "ana@example.org", "three plain words"
WITHIN = 2.0  # seconds: a known device is in at p95, a new one is in or is told when to try


class Browser:
    """Somebody's browser, in a network of theirs; the test stands where a proxy would."""

    def __init__(self, server: Server, network: str) -> None:
        headers = {"X-Forwarded-For": network, "Origin": server.url}
        self.http = httpx.AsyncClient(base_url=server.url, headers=headers, timeout=60)

    async def post(self, path: str, **fields: str) -> tuple[httpx.Response, float]:
        """The answer, and the seconds it took."""
        if "tl_csrf" not in self.http.cookies:
            await self.http.get("/join")
        data = {"_csrf_token": self.http.cookies["tl_csrf"], **fields}
        began = monotonic()
        answer = await self.http.post(path, data=data)
        return answer, monotonic() - began


async def guess(browser: Browser, place: int) -> None:
    """Wrong passwords for many accounts, two a second, without waiting for the answers."""
    async with asyncio.TaskGroup() as sent:
        for i in range(1_000_000):
            fields = {"email": f"p{place}.{i}@example.org", "password": "a guess"}
            sent.create_task(browser.post("/sign-in", **fields))
            await asyncio.sleep(NETWORKS / RATE)


async def sign_in(server: Server, known: Browser | None, seconds: float) -> list[tuple[int, float]]:
    """One sign-in after the other: the status of each, and the seconds it took."""
    found, began = [], monotonic()
    while monotonic() - began < seconds:
        browser = known or Browser(server, "203.0.113.9")
        answer, took = await browser.post("/sign-in", email=EMAIL, password=PASSWORD)
        found.append((answer.status_code, took))
        await asyncio.sleep(0.2)
    return found


async def measure(seconds: float) -> tuple[bool, str]:
    with tempfile.TemporaryDirectory() as folder:
        async with serving(Path(folder), f"sqlite:///{folder}/throughline.db") as server:
            known = Browser(server, "203.0.113.7")
            await known.post("/sign-up", name="Ana", email=EMAIL, password=PASSWORD)
            guessers = [Browser(server, f"198.51.100.{i}") for i in range(NETWORKS)]
            for one in guessers:
                await one.http.get("/join")
            attack = [asyncio.create_task(guess(one, i)) for i, one in enumerate(guessers)]
            both = await asyncio.gather(sign_in(server, known, seconds), sign_in(server, None, seconds))
            for task in attack:
                task.cancel()
            await asyncio.wait(attack)
    return _told(*both)


def _told(known: list[tuple[int, float]], new: list[tuple[int, float]]) -> tuple[bool, str]:
    times = sorted(took for _, took in known)
    p95, slowest = times[int(len(times) * 0.95)], max(took for _, took in new)
    refused, late = sum(status != 303 for status, _ in known), sum(status != 303 for status, _ in new)
    told = (
        f"Under {RATE} guesses a second of {NETWORKS} networks: "
        f"{len(known)} sign-ins of a known device, p95 {p95:.2f} s, {refused} refused; "
        f"{len(new)} of new ones, {slowest:.2f} s at most, {late} told to wait"
    )
    return p95 <= WITHIN and not refused and slowest <= WITHIN, told


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--seconds", type=float, default=20)
    well, figures = asyncio.run(measure(words.parse_args().seconds))
    print(figures)
    sys.exit(0 if well else 1)
