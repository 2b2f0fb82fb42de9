"""A server that is there again soon after a kill: all that it imports was loaded once, by the process that
forks it. What runs is `python -m app run`, from its settings on.

`python -m tests.soak.warm LOG` starts one for each line of its input, and tells its process id.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE
from typing import Any, cast

import psutil

from tests.support.server import ROOT, Server


class Forked:
    """What a `Server` needs of its process, which is no child of ours."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        return None if psutil.pid_exists(self.pid) else 0

    def wait(self, timeout: float) -> None:
        """Raises psutil.TimeoutExpired."""
        with suppress(psutil.NoSuchProcess):  # it has ended already
            psutil.Process(self.pid).wait(timeout)


class WarmServer(Server):
    """The same server from the second start on without the seconds that its imports take."""

    _parent: subprocess.Popen[bytes] | None = None

    async def close(self) -> None:
        try:
            await super().close()
        finally:
            if self._parent is not None:
                self._parent.communicate()

    def _launch(self, command: list[str]) -> "subprocess.Popen[bytes]":
        if self._parent is None:
            words = [sys.executable, "-m", "tests.soak.warm", str(self._log)]
            self._parent = subprocess.Popen(words, cwd=ROOT, env=self._env, stdin=PIPE, stdout=PIPE)
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(b"\n")
        self._parent.stdin.flush()
        return cast("subprocess.Popen[bytes]", Forked(int(self._parent.stdout.readline())))


def main() -> None:
    from app import commands, logs, main  # noqa: F401 - all of the product
    from app.__main__ import main as run

    log = Path(sys.argv[1])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever was killed is buried at once
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _become(log, run)
        print(pid, flush=True)


def _become(log: Path, run: Any) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    into = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    null = os.open(os.devnull, os.O_RDONLY)
    for ours, its in ((null, 0), (into, 1), (into, 2)):
        os.dup2(ours, its)
    run(["run"])
    os._exit(0)


if __name__ == "__main__":
    main()
