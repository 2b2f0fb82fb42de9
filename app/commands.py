"""What the commands that need a database do. Apart from them, since importing all of this takes a second."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click

from app.backup import actions
from app.backup.actions import NotNow
from app.backup.archive import Bad
from app.config import Config
from app.db import Database
from app.demo.fill import Filled, NotHere, fill, is_empty
from app.migrate import migrate as bring_up

T = TypeVar("T")


def migrate(config: Config) -> None:
    asyncio.run(_with_database(config, bring_up))


def demo(config: Config) -> Filled:
    """Raises ClickException with a sentence."""
    try:
        return asyncio.run(_with_database(config, lambda db: _fill(db, config)))
    except NotHere as reason:
        raise click.ClickException(str(reason)) from reason


def begin(config: Config) -> None:
    """Migrate; and where there is nothing yet, and only this machine looks, fill the demo."""
    asyncio.run(_with_database(config, lambda db: _begin(db, config)))


def backup(config: Config, file: Path) -> dict[str, int]:
    """How many rows of each table are in the file. Raises ClickException with a sentence."""
    made = _sentences(config, lambda db: actions.backup(db, file.resolve()))
    return {name: content.rows for name, content in made.tables.items()}


def restore(config: Config, file: Path, *, replace: bool) -> dict[str, int]:
    """How many rows of each table came back. Raises ClickException with a sentence."""
    return _sentences(config, lambda db: actions.restore(db, file.resolve(), replace=replace))


async def _fill(db: Database, config: Config) -> Filled:
    await bring_up(db)
    return await fill(db, config)


async def _begin(db: Database, config: Config) -> None:
    await bring_up(db)
    if config.loopback and await is_empty(db):
        await fill(db, config)


async def _with_database(config: Config, act: Callable[[Database], Awaitable[T]]) -> T:
    db = Database(config.database_url, synchronous=config.sqlite_synchronous)
    try:
        return await act(db)
    finally:
        await db.close()


def _sentences(config: Config, act: Callable[[Database], Awaitable[T]]) -> T:
    """Do it, and say in a sentence why it could not be done."""
    try:
        return asyncio.run(_with_database(config, act))
    except (Bad, NotNow) as reason:
        raise click.ClickException(str(reason)) from reason
    except OSError as fault:
        raise click.ClickException(f"{fault.filename or 'The file'}: {fault.strerror}.") from fault
