"""A hundred networks guess at passwords, two hundred times a second, while honest people sign in.

`python -m tests.soak.guessers` prints one line of figures. Passwords are hashed at full strength.
"""

import argparse
import asyncio
import sys
import tempfile
from asyncio.subprocess import PIPE
from pathlib import Path
from time import monotonic

import httpx

from tests.support.server import Server, serving

NETWORKS, RATE = 100, 200
EMAIL, PASSWORD = "ana@example.org", "three plain words"
WITHIN = 2.0  # seconds: a known device is in at p95, a new one is in or is told when to try


class Browser:
    """Somebody's browser, in a network of theirs; the test stands where a proxy would."""

    def __init__(self, url: str, network: str) -> None:
        headers = {"X-Forwarded-For": network, "Origin": url}
        self.http = httpx.AsyncClient(base_url=url, headers=headers, timeout=60, verify=False)  # noqa: S501

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


async def attack(url: str) -> None:
    """All networks together, until this process is killed."""
    guessers = [Browser(url, f"198.51.100.{i}") for i in range(NETWORKS)]
    for one in guessers:
        await one.http.get("/join")
    print("They begin.", flush=True)
    await asyncio.gather(*(guess(one, i) for i, one in enumerate(guessers)))


async def sign_in(server: Server, known: Browser | None, seconds: float) -> list[tuple[int, float]]:
    """One sign-in after the other: the status of each, and the seconds it took."""
    found, began = [], monotonic()
    while monotonic() - began < seconds:
        browser = known or Browser(server.url, "203.0.113.9")
        answer, took = await browser.post("/sign-in", email=EMAIL, password=PASSWORD)
        found.append((answer.status_code, took))
        await asyncio.sleep(0.2)
    return found


async def measure(seconds: float) -> tuple[bool, str]:
    with tempfile.TemporaryDirectory() as folder:
        async with serving(Path(folder), f"sqlite:///{folder}/throughline.db") as server:
            known = Browser(server.url, "203.0.113.7")
            await known.post("/sign-up", name="Ana", email=EMAIL, password=PASSWORD)
            # in a process of its own, so that its own work keeps nobody here waiting
            attackers = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.soak.guessers", "--attack", server.url), stdout=PIPE
            )
            assert attackers.stdout is not None, "it was asked for"
            await attackers.stdout.readline()
            both = await asyncio.gather(sign_in(server, known, seconds), sign_in(server, None, seconds))
            attackers.kill()
            await attackers.wait()
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
    words.add_argument("--attack", help="The address of a server to attack; for the test's own use.")
    given = words.parse_args()
    if given.attack:
        asyncio.run(attack(given.attack))
    well, figures = asyncio.run(measure(given.seconds))
    print(figures)
    sys.exit(0 if well else 1)
