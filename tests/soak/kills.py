"""The long run of killings: `python -m tests.soak.kills --kills 500` on SQLite and on PostgreSQL."""

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.live.killing import kill_and_judge
from tests.soak.warm import WarmServer
from tests.support.databases import Postgres, copy_sqlite, make_sqlite_template, postgres_server
from tests.support.world import make_world

BETWEEN = 100  # acknowledged ops between two kills, at least
BOARDS = 3  # at once: on SQLite their deeds share a COMMIT
A_TURN = 50  # kills, before boards hold so many cards that new ones are refused


async def killed(url: str, folder: Path, kills: int) -> tuple[bool, str]:
    """Whether all went well, and one line of figures."""
    server = WarmServer(folder, url, LIMITS="off")
    await server.start()
    began, acks, wrong = time.monotonic(), 0, Counter[str]()
    try:
        for done in range(0, kills, A_TURN):
            worlds = [await make_world(url) for _ in range(BOARDS)]
            times = min(A_TURN, kills - done)
            verdicts, more = await kill_and_judge(server, worlds, kills=times, between=BETWEEN, seed=7 + done)
            acks += more
            for one in verdicts:
                wrong.update({name: len(ids) for name, ids in one.wrong().items()})
    finally:
        await server.close()
    counts = ", ".join(f"{name} {count}" for name, count in wrong.items()) or "0 lost, doubled or made up"
    return not wrong, f"{kills} kills, {acks:,} acknowledged, {counts} ({time.monotonic() - began:.0f} s)"


async def both(kills: int) -> list[tuple[str, bool, str]]:
    """Side by side: each mostly waits for a server to start."""
    with tempfile.TemporaryDirectory(prefix="tl-kills-") as name, postgres_server() as socket:
        folder = Path(name)
        (folder / "copy").mkdir()
        sqlite = copy_sqlite(await make_sqlite_template(folder), folder / "copy")
        async with Postgres(socket).fresh() as postgresql:
            figures = await asyncio.gather(
                killed(sqlite, folder / "sqlite", kills), killed(postgresql, folder / "postgresql", kills)
            )
    names = ("Killed with -9 while people write, SQLite", "Killed with -9 while people write, PostgreSQL")
    return [(name, *told) for name, told in zip(names, figures, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    rows = asyncio.run(both(parser.parse_args().kills))
    for name, _, figures in rows:
        print(f"{name}: {figures}")
    raise SystemExit(0 if all(well for _, well, _ in rows) else 1)


if __name__ == "__main__":
    main()
