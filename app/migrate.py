"""Migrates a database to the newest revision; safe when several processes start at once."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from alembic import command
from alembic.config import Config as Alembic
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from app.config import ROOT
from app.db import Database, Tx

log = logging.getLogger(__name__)
LOCK = 7_402_116  # any number, the same in every process


async def migrate(db: Database) -> None:
    """Run the migrations that have not run yet: all of them, or none."""
    async with migrating(db):
        pass


@asynccontextmanager
async def migrating(db: Database) -> AsyncIterator[Tx]:
    """A writing transaction after the migrations; other processes that start wait until it ends."""
    async with db.write() as tx:
        if not db.sqlite:
            await tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        await tx.run_sync(_upgrade)
        yield tx


async def is_migrated(db: Database) -> bool:
    """Whether the database is at the revision that this code expects."""
    async with db.read() as tx:
        return await tx.run_sync(_revision) == newest()


async def is_behind(db: Database) -> bool:
    """Whether the database lacks migrations that this code needs. One of a newer version does not."""
    async with db.read() as tx:
        revision = await tx.run_sync(_revision)
    return revision is None or (revision != newest() and revision in _revisions())


@cache
def newest() -> str:
    """The revision that this code expects."""
    return str(ScriptDirectory.from_config(_alembic()).get_current_head())


@cache
def _revisions() -> frozenset[str]:
    """All that this code knows."""
    scripts = ScriptDirectory.from_config(_alembic()).walk_revisions()
    return frozenset(script.revision for script in scripts)


def _upgrade(connection: Connection) -> None:
    """Migrate, unless a newer version has: this code then serves what it knows, as after it was put back."""
    revision = _revision(connection)
    if revision is not None and revision not in _revisions():
        log.warning("The database was migrated by a newer version (%s); it is used as it is.", revision)
        return
    config = _alembic()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _alembic() -> Alembic:
    config = Alembic()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
