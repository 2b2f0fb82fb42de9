"""The migrations make exactly the tables that the code describes, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

import app.main  # noqa: F401 - brings in the tables of every domain
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
