"""Backups made while people write, and restored: from each database into the other, never by halves."""

import asyncio
import stat
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import func, inspect, select

from app.backup import actions, archive, shapes
from app.backup.archive import BadBackup
from app.boards.storage import find_tables
from app.boards.storage.tables import board, client, deed, item
from app.db import Database, now
from app.migrate import newest
from app.people.actions import start_session
from app.records import tables as record_tables
from tests.commands.command import rows, run
from tests.commands.statistics import forget, known
from tests.conftest import StartServer
from tests.support.databases import Postgres
from tests.support.ports import free_port
from tests.support.wire import Tab, tab
from tests.support.world import World, make_world

STAYS_BEHIND = (*shapes.LEFT_OUT, "board.epoch")  # see shelf_store.begin_anew
HARD = "“Ça va?” \u2028 \\ \" ' % :x 😀 ẞ \u00a0 end"


@pytest.fixture
def other_url(request: pytest.FixtureRequest, database_url: str) -> str:
    """An empty database of the other kind."""
    return str(request.getfixturevalue("postgres_url" if database_url.startswith("sqlite") else "sqlite_url"))


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    db = Database(url)
    try:
        yield db
    finally:
        await db.close()


async def backed_up(url: str, file: Path) -> archive.About:
    async with opened(url) as db:
        return await actions.backup(db, file)


async def restored(url: str, file: Path, *, replace: bool = False) -> None:
    async with opened(url) as db:
        await actions.restore(db, file, replace=replace)


async def test_made_while_people_write_it_is_of_one_moment_and_holds_all_that_was_saved_before(
    start_server: StartServer, database_url: str, other_url: str, tmp_path: Path
) -> None:
    world, file = await make_world(database_url), tmp_path / "throughline.backup"
    server = await start_server(database_url)
    async with tab(server, world, "Ana") as ana, tab(server, world, "Cat") as cat:
        early = [await ana.card(f"Before {i}") for i in range(20)]
        writing = asyncio.gather(*(asyncio.create_task(write(one)) for one in (ana, cat)))
        done = await run(database_url, server.port, "backup", str(file))
        writing.cancel()
        written = ana.n + cat.n
    assert done.code == 0, done.err
    await restored(other_url, file)

    async with opened(other_url) as db, db.read() as tx:
        head = (await tx.execute(select(board).where(board.c.id == world.board))).one()
        deeds = list((await tx.execute(select(deed.c.seq).order_by(deed.c.seq))).scalars())
        items = {row.id: row.seq for row in await tx.execute(select(item.c.id, item.c.seq))}
        said = {row[0]: row[1] for row in await tx.execute(select(client.c.client, client.c.last_n))}
        by_client = select(deed.c.client, func.max(deed.c.n)).group_by(deed.c.client)
        heard = {row[0]: row[1] for row in await tx.execute(by_client)}
    assert 20 < head.seq < written, "the backup was to be made in the middle of it"
    assert deeds == list(range(1, head.seq + 1))
    assert len(items) == head.seq
    assert max(items.values()) == head.seq
    assert set(early) <= set(items)
    assert said == heard


async def write(one: Tab) -> None:
    while True:
        await one.card("While it is made")


async def test_all_comes_through_to_the_other_database_but_sign_ins_and_mail(
    start_server: StartServer, database_url: str, other_url: str, tmp_path: Path
) -> None:
    world, file = await make_world(database_url), tmp_path / "throughline.backup"
    server = await start_server(database_url)
    async with tab(server, world, "Ana") as ana:
        card = await ana.card(HARD)
        await ana.card("A draft", draft=True)
        await ana.act(do="add_comment", id=str(uuid4()), card=card, text=HARD)
        await ana.act(do="remove_card", id=str(uuid4()))  # refused, which is kept too
    made = await backed_up(database_url, file)
    await restored(other_url, file)
    before, after = await rows(database_url, *STAYS_BEHIND), await rows(other_url, *STAYS_BEHIND)

    assert after == before
    assert {name: len(found) for name, found in before.items()} == {n: t.rows for n, t in made.tables.items()}
    assert len(before["refusal"]) == 1
    assert (await rows(database_url))["login"]
    assert not (await rows(other_url))["login"]


async def test_who_was_here_before_is_given_the_whole_board_after_a_restore(
    start_server: StartServer, database_url: str, tmp_path: Path
) -> None:
    world, file = await make_world(database_url), tmp_path / "throughline.backup"
    server = await start_server(database_url)
    async with tab(server, world, "Ana") as ana:
        kept = await ana.card("Kept")
        await backed_up(database_url, file)
        await ana.card("Written after the backup")
        there: dict[str, Any] = {"from": ana.cursor, "audience": ana.audience}
    await server.stop()
    await restored(database_url, file, replace=True)
    world.tokens["Ana"] = await signed_in_again(database_url, world)
    await server.start()

    async with tab(server, world, "Ana") as ana:
        for i in range(5):  # so that the place where she was is passed again
            await ana.card(f"A new time {i}")
    async with tab(server, world, "Ana", **there) as ana:
        assert ana.frames[0]["full"]
        assert len(ana.items) == 6
        assert kept in ana.items


async def test_after_a_restore_the_database_knows_what_stands_in_large_tables_and_in_no_small_ones(
    start_server: StartServer, database_url: str, other_url: str, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr("app.db.MUCH", 20)
    world, file = await make_world(database_url), tmp_path / "throughline.backup"
    server = await start_server(database_url)
    async with tab(server, world, "Ana") as ana:
        for i in range(30):
            await ana.card(f"A card {i}")
    await backed_up(database_url, file)
    await forget(other_url)
    await restored(other_url, file)
    found = await known(other_url)

    assert {"item", "deed"} <= found
    assert found.isdisjoint({"person", "space", "board"})


async def signed_in_again(url: str, world: World) -> str:
    async with opened(url) as db, db.write() as tx:
        return await start_session(tx, world.people["Ana"], "a test")


async def test_a_database_with_something_in_it_is_replaced_only_when_told_so(
    database_url: str, other_url: str, tmp_path: Path
) -> None:
    file, port = tmp_path / "throughline.backup", free_port()
    await make_world(database_url)
    await make_world(other_url)
    await backed_up(database_url, file)
    before = await rows(other_url)

    refused = await run(other_url, port, "restore", str(file))

    assert refused.code == 1
    assert "--replace" in refused.err
    assert await rows(other_url) == before

    done = await run(other_url, port, "restore", str(file), "--replace")

    assert done.code == 0, done.err
    assert await rows(other_url, *STAYS_BEHIND) == await rows(database_url, *STAYS_BEHIND)


async def test_nothing_is_restored_under_a_running_server(
    start_server: StartServer, database_url: str, tmp_path: Path
) -> None:
    world, file = await make_world(database_url), tmp_path / "throughline.backup"
    server = await start_server(database_url)
    await backed_up(database_url, file)
    async with tab(server, world, "Ana") as ana:
        await ana.card("Written since")
    before = await rows(database_url, "usage")

    done = await run(database_url, server.port, "restore", str(file), "--replace")

    assert done.code == 1
    assert "Stop Throughline" in done.err
    assert await rows(database_url, "usage") == before


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def other_byte(file: Path) -> None:
    """In what a table holds: between the tables are bytes that mean nothing, such as the time in a header."""
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as packed:
        one = packed.getinfo("person.jsonl")
    begin = data.index(b"person.jsonl", one.header_offset) + len(b"person.jsonl")
    data[begin + 20 + one.compress_size // 2] ^= 1
    file.write_bytes(data)


def no_zip(file: Path) -> None:
    file.write_text("Dear all,")


def gone(file: Path) -> None:
    file.unlink()


def empty(file: Path) -> None:
    file.write_bytes(b"")


def another_zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("holiday.txt", "sun")


def changed(file: Path, name: str, change: Any) -> None:
    """The same file with one part of it changed."""
    with zipfile.ZipFile(file) as read:
        parts = {part: read.read(part) for part in read.namelist()}
    with zipfile.ZipFile(file, "w") as made:
        for part, data in parts.items():
            made.writestr(part, change(data) if part == name else data)


def a_line_less(file: Path) -> None:
    changed(file, "person.jsonl", lambda data: data[data.index(b"\n") + 1 :])


def another_name(file: Path) -> None:
    changed(file, "person.jsonl", lambda data: data.replace(b"Ana", b"Eve"))


def a_column_more(file: Path) -> None:
    changed(file, "person.jsonl", lambda data: data.replace(b'{"id"', b'{"root":true,"id"'))


def another_revision(file: Path) -> None:
    changed(file, "about.json", lambda data: data.replace(newest().encode(), b"0001_other"))


def another_version(file: Path) -> None:
    changed(file, "about.json", lambda data: data.replace(b'"version": 1', b'"version": 2'))


def a_table_less(file: Path) -> None:
    def without(data: bytes) -> bytes:
        about = msgspec.json.decode(data)
        del about["tables"]["item"]
        return msgspec.json.encode(about)

    changed(file, "about.json", without)


DAMAGE = [cut, other_byte, no_zip, empty, another_zip, a_line_less, another_name, a_column_more]
DAMAGE += [another_revision, another_version, a_table_less, gone]


@pytest.mark.parametrize("damage", DAMAGE)
async def test_a_file_that_is_not_whole_is_refused_and_changes_nothing(
    sqlite_url: str, tmp_path: Path, damage: Any
) -> None:
    file = tmp_path / "throughline.backup"
    await make_world(sqlite_url)
    await backed_up(sqlite_url, file)
    await make_world_more(sqlite_url)
    before = await rows(sqlite_url)
    damage(file)

    with pytest.raises(BadBackup):
        await restored(sqlite_url, file, replace=True)

    assert await rows(sqlite_url) == before


async def make_world_more(url: str) -> None:
    """Somebody who is not in the backup, so that a half restore shows."""
    async with opened(url) as db, db.write() as tx:
        from app.people.actions import create_person

        await create_person(tx, "Came later")


async def test_a_backup_that_contradicts_itself_changes_nothing(database_url: str, tmp_path: Path) -> None:
    file, lonely = tmp_path / "throughline.backup", str(uuid4())
    world = await make_world(database_url)
    found = await rows(database_url)
    writing = archive.ArchiveWriter(file, newest(), now())
    for table in shapes.tables():
        names = [column.name for column in table.columns]
        lines = [dict(zip(names, row, strict=True)) for row in found[table.name]]
        for line in lines:
            if table.name == "member" and line["person_id"] == world.people["Ben"]:
                line["person_id"] = lonely
        writing.table(table.name, lines)
    writing.close()
    writing.publish()

    with pytest.raises(BadBackup, match="member"):
        await restored(database_url, file, replace=True)

    assert await rows(database_url) == found


async def test_a_backup_is_for_its_owner_only_and_an_older_one_stays_until_it_is_whole(
    postgres: Postgres, sqlite_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "throughline.backup"
    file.write_text("the backup of yesterday")
    async with postgres.fresh(migrated=False) as bare:
        with pytest.raises(actions.BackupRefused):
            await backed_up(bare, file)
    assert file.read_text() == "the backup of yesterday"

    await backed_up(sqlite_url, file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not file.with_name("throughline.backup.part").exists()


async def test_a_backup_that_fails_halfway_leaves_nothing_behind(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "throughline.backup"
    async with opened(sqlite_url) as db, db.write() as tx:
        await tx.exec_driver_sql("ALTER TABLE item RENAME COLUMN state TO other")

    done = await run(sqlite_url, free_port(), "backup", str(file))

    assert done.code != 0
    assert not file.exists()
    assert not file.with_name("throughline.backup.part").exists()


async def test_every_table_is_in_the_backup_or_left_out_by_name(db: Database) -> None:
    async with db.read() as tx:
        there = set(await tx.run_sync(lambda connection: inspect(connection).get_table_names()))
    native = (*find_tables.NATIVE, *record_tables.NATIVE)  # SQLite's own tables of find
    there = {name for name in there if not name.startswith(native)}

    assert {table.name for table in shapes.tables()} == there - shapes.LEFT_OUT - {"alembic_version"}
    assert there >= shapes.LEFT_OUT


async def test_restored_into_nothing_at_all_it_makes_the_tables_too(
    sqlite_url: str, postgres: Postgres, tmp_path: Path
) -> None:
    file = tmp_path / "throughline.backup"
    await make_world(sqlite_url)
    await backed_up(sqlite_url, file)

    async with postgres.fresh(migrated=False) as bare:
        done = await run(bare, free_port(), "restore", str(file))

        assert done.code == 0, done.err
        assert await rows(bare, *STAYS_BEHIND) == await rows(sqlite_url, *STAYS_BEHIND)
