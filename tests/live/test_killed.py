"""A server that dies at any moment: nothing it acknowledged is lost, doubled or made up."""

import re
from pathlib import Path
from uuid import uuid4

import pytest

from tests.conftest import StartServer
from tests.live.killing import kill_and_judge
from tests.support.server import Server
from tests.support.wire import tab
from tests.support.world import make_world

BOARDS = 5  # whose deeds share a COMMIT on SQLite


@pytest.mark.timeout(120)
async def test_S3_nothing_acknowledged_is_lost_when_the_server_is_killed(
    start_server: StartServer, database_url: str
) -> None:
    worlds = [await make_world(database_url) for _ in range(BOARDS)]
    server = await start_server(database_url, LIMITS="off")
    verdicts, acks = await kill_and_judge(server, worlds, kills=5, between=200, seed=1)

    assert [one.wrong() for one in verdicts] == [{}] * BOARDS
    assert acks >= 1000
    assert min(len(one.stable) for one in verdicts) > 20


@pytest.mark.timeout(120)
async def test_S3_each_ack_leaves_after_the_disk_has_it(sqlite_url: str, tmp_path: Path) -> None:
    world = await make_world(sqlite_url)
    trace = tmp_path / "trace"
    server = Server(tmp_path / "traced", sqlite_url, LIMITS="off")
    calls = "trace=fdatasync,fsync,write,writev,sendto,sendmsg"
    await server.start(under=("strace", "-f", "--seccomp-bpf", "-s", "600", "-e", calls, "-o", str(trace)))
    try:
        async with tab(server, world, "Ana") as ana:
            for i in range(1000):
                await ana.act(do="add_card", id=str(uuid4()), kind="note", text=f"card {i}")
    finally:
        await server.close()
    acks, early = _acks_and_early(trace.read_text(errors="replace"))

    assert acks == 1000
    assert early == []


def _acks_and_early(trace: str) -> tuple[int, list[str]]:
    """How many acks were written, and those before which nothing was synced since the ack before."""
    acks, early, synced = 0, [], False
    for line in trace.splitlines():
        if re.search(r"(fdatasync|fsync)\(\d+\)\s+= 0|<\.\.\. (fdatasync|fsync) resumed>.*= 0", line):
            synced = True
        elif re.search(r'acks\\":\[\{\\"n\\":\d+,\\"seq', line) and "resumed" not in line:
            acks += 1
            if not synced:
                early.append(line[:200])
            synced = False
    return acks, early


def test_an_ack_before_the_sync_is_seen_in_a_trace() -> None:
    good = '7 fdatasync(9) = 0\n7 write(5, "\\"acks\\":[{\\"n\\":1,\\"seq\\":1", 40) = 40'.replace(
        '\\"', '\\"'
    )
    bad = "\n".join(reversed(good.split("\n")))

    assert _acks_and_early(good) == (1, [])
    assert len(_acks_and_early(bad)[1]) == 1
