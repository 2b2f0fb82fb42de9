"""`python -m app ...` as people type it, in a process of its own with the settings of a server."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.db import Database, metadata
from tests.support.server import KEPT, ROOT


@dataclass
class Done:
    code: int
    out: str
    err: str


async def start(database_url: str, port: int, *words: str, root: Path = ROOT) -> Process:
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env |= {"PYTHONPATH": str(root), "DATABASE_URL": database_url, "PORT": str(port)}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app", *words, cwd=root, env=env, stdout=PIPE, stderr=PIPE
    )


async def run(database_url: str, port: int, *words: str, root: Path = ROOT) -> Done:
    """Wait for its end, which must come before the test's own. `root` has the code that runs."""
    process = await start(database_url, port, *words, root=root)
    try:
        out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return Done(process.returncode or 0, out.decode(), err.decode())


async def rows(url: str, *but: str) -> dict[str, list[tuple[object, ...]]]:
    """All that a database holds, by table, but for the columns and tables named."""
    db = Database(url)
    try:
        async with db.read() as tx:
            found = {}
            for table in metadata.sorted_tables:
                columns = [c for c in table.columns if f"{table.name}.{c.name}" not in but]
                if table.name not in but:
                    got = await tx.execute(select(*columns).order_by(*table.primary_key.columns))
                    found[table.name] = [tuple(row) for row in got]
            return found
    finally:
        await db.close()
