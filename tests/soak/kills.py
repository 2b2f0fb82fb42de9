"""The long run of killings: `python -m tests.soak.kills --kills 200` on SQLite and on PostgreSQL."""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from tests.live.killing import kill_and_judge
from tests.support.databases import Postgres, copy_sqlite, make_sqlite_template, postgres_server
from tests.support.server import Server
from tests.support.world import make_world

BETWEEN = 100  # acknowledged ops between two kills, at least


async def killed(url: str, folder: Path, kills: int) -> tuple[bool, str]:
    """Whether all went well, and one line of figures."""
    world = await make_world(url)
    server = Server(folder, url, LIMITS="off")
    await server.start()
    began = time.monotonic()
    try:
        verdict, acks = await kill_and_judge(server, world, kills=kills, between=BETWEEN, seed=7)
    finally:
        await server.close()
    wrong = verdict.wrong()
    counts = ", ".join(f"{name} {len(ids)}" for name, ids in wrong.items()) or "0 lost, doubled or made up"
    return not wrong, f"{kills} kills, {acks:,} acknowledged, {counts} ({time.monotonic() - began:.0f} s)"


async def both(kills: int) -> list[tuple[str, bool, str]]:
    rows = []
    with tempfile.TemporaryDirectory(prefix="tl-kills-") as name:
        folder = Path(name)
        (folder / "copy").mkdir()
        url = copy_sqlite(await make_sqlite_template(folder), folder / "copy")
        rows.append(
            ("Killed with -9 while people write, SQLite", *await killed(url, folder / "sqlite", kills))
        )
        with postgres_server() as socket:
            async with Postgres(socket).fresh() as url:
                figures = await killed(url, folder / "postgresql", kills)
                rows.append(("Killed with -9 while people write, PostgreSQL", *figures))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    rows = asyncio.run(both(parser.parse_args().kills))
    for name, _, figures in rows:
        print(f"{name}: {figures}")
    raise SystemExit(0 if all(well for _, well, _ in rows) else 1)


if __name__ == "__main__":
    main()
