"""Both agendas with forty phones and real pages, without and with faults: `python -m tests.soak.agendas`."""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from playwright.async_api import Browser

from tests.support.browser import chromium
from tests.support.databases import Postgres, copy_sqlite, make_sqlite_template, postgres_server
from tests.support.server import Server
from tests.workshops.forty.agenda import PEOPLE, judge, led_twice

AGENDAS = {"A": "01_name_it", "B": "03_try_it_together"}


async def led(name: str, server: Server, url: str, speed: float, browser: Browser) -> tuple[bool, str]:
    """Whether the minutes were the same, and one line of figures."""
    began = time.monotonic()
    found = await led_twice(server, url, AGENDAS[name], speed, browser)
    try:
        judge(found)
        said = "same minutes"
    except AssertionError as wrong:
        said = f"NOT the same: {str(wrong)[:300]}"
    kind = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    report, broken = found.faulty, found.broken
    line = (
        f"agenda {name}, {kind}: {PEOPLE} phones, {report.phases} steps, {report.notes} notes, "
        f"{report.dots} dots, {broken.lost} lines lost, {broken.kills} kill -9, {report.lost} lost, "
        f"{report.double} doubled, {broken.private} looks for private notes, "
        f"{found.without.errors} lines lost in the calm one, {said} "
        f"({time.monotonic() - began:.0f} s)"
    )
    return said == "same minutes", line


async def on(url: str, folder: Path, speed: float, browser: Browser) -> list[tuple[bool, str]]:
    server = Server(folder, url, LIMITS="off", LOG="json")
    await server.start()
    try:
        return [await led(name, server, url, speed, browser) for name in AGENDAS]
    finally:
        await server.close()


async def all_of_them(speed: float) -> list[tuple[bool, str]]:
    """On SQLite, then on PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="tl-agendas-") as name, postgres_server() as socket:
        folder = Path(name)
        (folder / "copy").mkdir()
        sqlite = copy_sqlite(await make_sqlite_template(folder), folder / "copy")
        async with Postgres(socket).fresh() as postgresql, chromium() as browser:
            return [
                *await on(sqlite, folder / "sqlite", speed, browser),
                *await on(postgresql, folder / "postgresql", speed, browser),
            ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speed", type=float, default=300.0, help="times as fast as people are")
    rows = asyncio.run(all_of_them(parser.parse_args().speed))
    for _, line in rows:
        print(line)
    raise SystemExit(0 if all(well for well, _ in rows) else 1)


if __name__ == "__main__":
    main()
