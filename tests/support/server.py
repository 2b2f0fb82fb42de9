"""The product as people run it: `python -m app run` in a process of its own, which a test may kill."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import psutil

from tests.support.ports import free_port
from tests.support.until import until

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")  # of our own environment; everything else a test says itself


class Server:
    """One server process on a loopback port; `start` again after `stop` or `kill9` keeps port and data."""

    def __init__(self, folder: Path, database_url: str = "", *, root: Path = ROOT, **env: str) -> None:
        """`root` has the code that runs: ours, or that of another version."""
        self._root = root
        folder.mkdir(parents=True, exist_ok=True)
        self.port = int(env.pop("PORT", 0)) or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.ws = f"ws://127.0.0.1:{self.port}"
        self.tracebacks_expected = False  # a test that breaks what the server leans on sets this
        self._log = folder / f"server-{self.port}.log"
        self._env = {name: os.environ[name] for name in KEPT if name in os.environ}
        self._env |= {"PYTHONPATH": str(root), "DATA_DIR": str(folder), "HOST": "127.0.0.1"}
        self._env |= {"PORT": str(self.port), "DATABASE_URL": database_url, **env}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return self._log.read_text() if self._log.exists() else ""

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server was not started"
        return self._process.pid

    async def start(self, within: float = 20, *, under: tuple[str, ...] = ()) -> None:
        """Returns when /healthz answers 200. `under` is a command to run it under, such as strace."""
        assert not self.running, "the server runs already"
        self._process = self._launch([*under, sys.executable, "-m", "app", "run"])
        async with httpx.AsyncClient(base_url=self.url) as client:
            try:
                await until(lambda: self._healthy(client), within, "the server answers")
            except AssertionError as late:
                raise AssertionError(f"{late}\nThe server's log:\n{self.log}") from None

    async def stop(self, within: float = 15) -> None:
        """Ask it to end, as systems do, and wait."""
        await self._end(signal.SIGTERM, within)

    async def kill9(self) -> None:
        """As when the power goes: no goodbye to anyone."""
        await self._end(signal.SIGKILL, within=5)

    async def close(self) -> None:
        """End what still runs. Raises AssertionError if a process stays, or the log holds a traceback."""
        try:
            if self.running:
                await self.stop()
        finally:
            left = self._left()
            for process in left:
                process.kill()
        assert not left, f"left behind by the server: {left}"
        assert self.tracebacks_expected or "Traceback" not in self.log, f"the server stumbled:\n{self.log}"

    def _launch(self, command: list[str]) -> subprocess.Popen[bytes]:
        """In a process group of its own, so that children are found and ended with it."""
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self._root,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def _healthy(self, client: httpx.AsyncClient) -> bool:
        assert self.running, "the server ended while starting"
        try:
            return (await client.get("/healthz")).status_code == 200
        except httpx.TransportError:
            return False

    async def _end(self, how: signal.Signals, within: float) -> None:
        assert self._process is not None, "the server was not started"
        os.killpg(self._process.pid, how)
        await asyncio.to_thread(self._process.wait, within)

    def _left(self) -> list[psutil.Process]:
        """Processes of the server's own group, zombies aside."""
        if self._process is None:
            return []
        return [p for p in psutil.process_iter() if _group(p.pid) == self._process.pid and _alive(p)]


@asynccontextmanager
async def serving(folder: Path, database_url: str, **env: str) -> AsyncIterator[Server]:
    """A server that runs as long as the block."""
    server = Server(folder / "server", database_url, root=ROOT, **env)
    try:
        await server.start()
        yield server
    finally:
        await server.close()


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def _alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
