"""Two versions at one database, as for the length of a deploy, and the older again after it was put back.

The other version is one of tomorrow, made here of the code as it stands: it gives every item an attribute
that ours does not know, and has a migration that ours does not have. So the test needs no history of the
repository, runs in any clone, and the two always differ where it matters. Both are real processes.
"""

import asyncio
import json
import shutil
import zipfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from app.boards.core.changeset import NEWER
from app.boards.storage.newer_items import WORDS
from app.config import ROOT
from app.db import Database
from app.migrate import newest
from tests.commands.command import run
from tests.history import Line, check
from tests.live.killing import acknowledged
from tests.live.writing import Writer, read
from tests.support.server import Server
from tests.support.until import until
from tests.support.wire import Tab, tab
from tests.support.world import World, make_world

BOARD, LAST = "app/boards/core/board.py", "    held: tuple[str, ...] = ()"
MIGRATION = '''"""Of tomorrow."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "of_tomorrow", "{newest}", None, None


def upgrade() -> None:
    op.add_column("item", sa.Column("mood", sa.String(8)))
    op.create_table("mood", sa.Column("id", sa.String(36), primary_key=True))


def downgrade() -> None:
    op.drop_table("mood")
    op.drop_column("item", "mood")
'''


@pytest.fixture(scope="module")
def tomorrow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of the next version."""
    root = tmp_path_factory.mktemp("tomorrow")
    for name in ("app", "migrations"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("static", "templates"):
        (root / name).symlink_to(ROOT / name)
    source = (root / BOARD).read_text()
    assert source.count(LAST) == 1
    (root / BOARD).write_text(source.replace(LAST, f'    mood: str = "calm"\n{LAST}'))
    (root / "migrations" / "versions" / "9999_of_tomorrow.py").write_text(MIGRATION.format(newest=newest()))
    return root


@asynccontextmanager
async def versions(url: str, tomorrow: Path, folder: Path) -> AsyncIterator[tuple[Server, Server]]:
    """Ours and the next one, neither of them started."""
    ours, next_one = Server(folder / "ours", url), Server(folder / "next", url, root=tomorrow)
    async with AsyncExitStack() as stack:
        for server in (ours, next_one):
            stack.push_async_callback(server.close)
        yield ours, next_one


async def ready(server: Server) -> int:
    async with httpx.AsyncClient() as http:
        return (await http.get(f"{server.url}/readyz")).status_code


async def stored(url: str, id: str) -> str:
    db = Database(url)
    async with db.read() as tx:
        state = (await tx.execute(text("SELECT state FROM item WHERE id = :id"), {"id": id})).scalar_one()
    await db.close()
    return str(state)


async def read_up_to(seq: int, server: Server, world: World, name: str) -> Line | None:
    """What the person is given; None while this process has not read yet what the other stored."""
    given = await read(server.url, world, name)
    return given if given.to >= seq else None


async def seen(one: Tab, id: str) -> str:
    return str((await one.see(id))["fields"]["text"])


@pytest.mark.timeout(120)
async def test_while_a_new_version_is_put_in_place_people_of_both_write_and_nothing_is_lost(
    database_url: str, tomorrow: Path, tmp_path: Path
) -> None:
    world, lines = await make_world(database_url), list[Line]()
    async with versions(database_url, tomorrow, tmp_path) as (ours, next_one):
        await ours.start()
        writers = [Writer(world, name, lines, seed) for seed, name in enumerate(("Ana", "Ben", "Cat"))]
        tasks = [asyncio.create_task(writer.live(ours.ws)) for writer in writers[:2]]
        await acknowledged(writers, 60)
        await next_one.start(40)  # it migrates, while people write at ours
        tasks.append(asyncio.create_task(writers[2].live(next_one.ws)))
        await acknowledged(writers[2:], 60)
        await acknowledged(writers[:2], 60)
        beside = await ready(ours)
        for writer in writers:
            writer.stopping = True
        await asyncio.wait_for(asyncio.gather(*tasks), 30)
        last = max(line.seq or 0 for line in lines)
        reads = []
        for server, name in product((ours, next_one), world.people):
            up_to = partial(read_up_to, last, server, world, name)
            given = await until(up_to, 10)
            assert given is not None
            reads.append(given)

    assert beside == 200
    assert check([*lines, *reads]).wrong() == {}
    assert len({frozenset(read.items) for read in reads}) == 1


@pytest.mark.timeout(120)
async def test_S10_what_the_newer_version_wrote_is_a_box_that_the_older_never_writes_and_is_whole_again_after(
    database_url: str, tomorrow: Path, tmp_path: Path
) -> None:
    world, file = await make_world(database_url), tmp_path / "throughline.backup"
    async with versions(database_url, tomorrow, tmp_path) as (ours, next_one):
        await ours.start()
        await next_one.start(40)
        async with tab(next_one, world, "Cat") as cat, tab(ours, world, "Ana") as ana:
            card = await cat.card("Words of tomorrow")
            before = await stored(database_url, card)
            box = await seen(ana, card)
            asked: list[dict[str, Any]] = [
                {"do": "edit_card", "id": card, "text": "Older"},
                {"do": "move_card", "id": card, "x": 5},
                {"do": "remove_card", "id": card},
            ]
            refused = [await ana.act(**op) for op in asked]
            await ana.card("Of today, meanwhile")
        refused_backup = await run(database_url, ours.port, "backup", str(file))
        backup = await run(database_url, ours.port, "backup", str(file), root=tomorrow)
        await next_one.kill9()  # it is taken back
        await ours.stop()
        await ours.start()
        again = await ready(ours)
        async with tab(ours, world, "Ana") as ana:
            still = await seen(ana, card)
            await ana.card("Of today, after it")
        await next_one.start()
        async with tab(next_one, world, "Cat") as cat:
            whole = await seen(cat, card)

    with zipfile.ZipFile(file) as held:
        rows = [json.loads(line) for line in held.read("item.jsonl").splitlines()]
    assert (box, still, whole) == (WORDS, WORDS, "Words of tomorrow")
    assert [(one["code"], one["say"]) for one in refused] == [("unavailable", NEWER)] * 3
    assert again == 200
    assert "Make the backup with that version" in refused_backup.err
    assert backup.code == 0, backup.err
    assert before == await stored(database_url, card)
    assert [row["state"] for row in rows if row["id"] == card] == [before]
