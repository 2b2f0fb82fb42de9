"""All rows out of a database at one moment, and into another in one transaction."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.exc import IntegrityError

from app.backup import archive
from app.backup.archive import ArchiveWriter, BadBackup
from app.backup.shapes import shape, tables
from app.boards.library import store as library_store
from app.db import Database, Tx, metadata


@asynccontextmanager
async def snapshot(db: Database) -> AsyncIterator[Tx]:
    """A transaction that sees the database as of now, whatever is written meanwhile."""
    if db.sqlite:
        async with db.read() as tx:
            yield tx
        return
    async with db.engine.connect() as connection:
        yield await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def write_all(tx: Connection, writing: ArchiveWriter) -> None:
    """Write the rows of all tables of a backup."""
    for table in tables():
        found = tx.execution_options(yield_per=archive.CHUNK).execute(select(table))
        writing.table(table.name, (dict(row) for row in found.mappings()))


def is_empty(tx: Connection) -> bool:
    """Whether nobody has written anything yet."""
    return all(tx.execute(select(table).limit(1)).first() is None for table in metadata.sorted_tables)


def replace_all(tx: Connection, path: Path, at: datetime) -> dict[str, int]:
    """Delete all rows and insert those of the file; gives how many, by table. Raises BadBackup."""
    for table in reversed(metadata.sorted_tables):
        tx.execute(delete(table))
    counts = {}
    for table in tables():

        def take(rows: list[dict[str, Any]], into: Any = table) -> None:
            try:
                tx.execute(insert(into), rows)
            except IntegrityError as fault:
                raise BadBackup(f"The table {into.name} of this backup contradicts the others.") from fault

        counts[table.name] = archive.read(path, table.name, shape(table), take)
    library_store.begin_anew(tx, int(at.timestamp()))
    return counts


async def in_use(db: Database) -> bool:
    """Whether another process has the database open. Call it before this one opens it."""
    if db.sqlite:
        return _file_in_use(Path(db.url.split("///", 1)[-1]))
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    async with db.read() as tx:
        return bool((await tx.execute(text(others))).scalar_one())


def _file_in_use(file: Path) -> bool:
    """In exclusive mode SQLite opens a file only while nobody else has it open."""
    if not file.exists():
        return False
    with closing(sqlite3.connect(file, timeout=0)) as probe:
        try:
            probe.execute("PRAGMA locking_mode=EXCLUSIVE")
            probe.execute("BEGIN IMMEDIATE")
            probe.rollback()
        except sqlite3.OperationalError:
            return True
    return False
