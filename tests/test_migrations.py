"""The migrations make exactly the tables that the code describes, on both databases."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Date, DateTime, MetaData, Numeric, insert, text

import app.main  # noqa: F401 - brings in the tables of every domain
from app import migrate
from app.boards.storage import find_tables
from app.db import Database, metadata
from app.records import tables as record_tables


async def test_a_migrated_database_has_the_shape_that_the_code_describes(db: Database) -> None:
    async with db.read() as tx:
        differences = await tx.run_sync(_compare)

    assert differences == []


def _compare(connection: Connection) -> list[object]:
    options = {"compare_type": True, "include_object": _is_described}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


def _is_described(_object: object, name: str | None, *_more: object) -> bool:
    """The full text of find exists on one kind of database each: SQLite's has tables of its own."""
    return not str(name).startswith((*find_tables.NATIVE, *record_tables.NATIVE))


FIRST_FILLED = "0010_set_up_locks"  # from here on every migration runs over a row of each table there is
REVISIONS = [one.revision for one in ScriptDirectory.from_config(migrate._alembic()).walk_revisions()][::-1]


@pytest.mark.parametrize("revision", REVISIONS[REVISIONS.index(FIRST_FILLED) : -1])
async def test_migrations_run_over_a_database_that_holds_a_row_of_everything(
    tmp_path: Path, revision: str
) -> None:
    db = Database(f"sqlite+aiosqlite:///{tmp_path}/filled.db")
    try:
        async with db.write() as tx:
            await tx.run_sync(_upgrade_to, revision)
            await tx.run_sync(_fill)
        await migrate.migrate(db)
        async with db.read() as tx:
            broken = (await tx.execute(text("PRAGMA foreign_key_check"))).all()
            rows = (await tx.execute(text("SELECT count(*) FROM member"))).scalar()
    finally:
        await db.close()

    assert broken == []
    assert rows == 1


def _upgrade_to(connection: Connection, revision: str) -> None:
    config = migrate._alembic()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _fill(connection: Connection) -> None:
    """One row of each table; all ids are alike, so that each points to the one row of another table."""
    found = MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        if table.name != "alembic_version" and _is_described(table, table.name):
            row = {column.name: _value(column) for column in table.columns}
            connection.execute(insert(table).values(row))


def _value(column: Column[Any]) -> object:
    if isinstance(column.type, DateTime):
        return datetime(2026, 1, 5, tzinfo=UTC)
    if isinstance(column.type, Date):
        return datetime(2026, 1, 5, tzinfo=UTC).date()
    if column.type.python_type in (int, float, bool) or isinstance(column.type, Numeric):
        return 1
    return b"{}" if column.type.python_type is bytes else "{}"
