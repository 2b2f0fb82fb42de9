"""A real Redis on a free loopback port, which forgets everything when it ends."""

import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as Unreachable

from tests.support.ports import free_port
from tests.support.until import until


@asynccontextmanager
async def redis_server(folder: Path) -> AsyncIterator[str]:
    """Gives its address, redis://127.0.0.1:PORT/0."""
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    process = _launch(port, folder)
    try:
        await until(lambda: _answers(url), 10, "redis-server answers")
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _launch(port: int, folder: Path) -> subprocess.Popen[bytes]:
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with (folder / "redis.log").open("wb") as log:
        return subprocess.Popen([*command, "--dir", str(folder)], stdout=log, stderr=log)


async def _answers(url: str) -> bool:
    async with Redis.from_url(url) as client:
        try:
            return bool(await client.ping())
        except Unreachable:
            return False
