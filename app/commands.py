"""What the commands that need a database do. Not in __main__, because importing all this takes a second."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from errno import EADDRINUSE
from pathlib import Path
from socket import socket
from typing import TypeVar

import click
from asyncpg import InterfaceError, PostgresError
from sqlalchemy import make_url

from app.backup import actions
from app.backup.actions import BackupRefused
from app.backup.archive import BadBackup
from app.config import Config
from app.db import Database, DatabaseFault, NotDurable
from app.demo.fill import DemoContents, NotLocal, fill, is_empty
from app.migrate import migrate as bring_up
from app.people import actions as people
from app.realtime import server

T = TypeVar("T")
PATIENCE = 10  # seconds that a database may take to answer for the first time


def migrate(config: Config) -> None:
    asyncio.run(_with_database(config, bring_up))


def demo(config: Config) -> DemoContents:
    """Raises ClickException with a sentence."""
    try:
        return asyncio.run(_with_database(config, lambda db: _fill(db, config)))
    except NotLocal as reason:
        raise click.ClickException(str(reason)) from reason


def listen(config: Config) -> socket:
    """The socket to serve on. Raises ClickException with a sentence."""
    try:
        return server.listen(config.host, config.port)
    except OSError as fault:
        where = f"{config.host}, port {config.port}"
        if fault.errno == EADDRINUSE:
            say = f"Another program listens on {where} already: stop it, or set PORT to another number."
        else:
            say = f"Cannot listen on {where}: {_reason(fault)}. Set HOST and PORT to what this machine has."
        raise click.ClickException(say) from fault


def prepare_database(config: Config) -> None:
    """Migrate; and fill the demo, if the database is empty and BASE_URL is this machine."""
    asyncio.run(_with_database(config, lambda db: _prepare(db, config)))


def backup(config: Config, file: Path) -> dict[str, int]:
    """How many rows of each table are in the file. Raises ClickException with a sentence."""
    made = _run_or_explain(config, lambda db: actions.backup(db, file.resolve()))
    return {name: content.rows for name, content in made.tables.items()}


def restore(config: Config, file: Path, *, replace: bool) -> dict[str, int]:
    """How many rows of each table came back. Raises ClickException with a sentence."""
    return _run_or_explain(config, lambda db: actions.restore(db, file.resolve(), replace=replace))


def reset_link(config: Config, email: str) -> str:
    """A link by which the person with this address sets a new password. Raises ClickException."""
    path = asyncio.run(_with_database(config, lambda db: _reset_link(db, email)))
    if path is None:
        raise click.ClickException("Nobody here has an account with this address.")
    return config.base_url + path


async def _reset_link(db: Database, email: str) -> str | None:
    async with db.write() as tx:
        person_id = await people.find_by_email(tx, email)
        return await people.reset_link(tx, person_id, by=None) if person_id else None


async def _fill(db: Database, config: Config) -> DemoContents:
    await bring_up(db)
    return await fill(db, config)


async def _prepare(db: Database, config: Config) -> None:
    await bring_up(db)
    if config.loopback and await is_empty(db):
        await fill(db, config)


async def _with_database(config: Config, act: Callable[[Database], Awaitable[T]]) -> T:
    db = await _open_database(config)
    try:
        return await act(db)
    finally:
        await db.close()


async def _open_database(config: Config) -> Database:
    """The database, tested once. Raises ClickException with a sentence that holds no password."""

    def opened() -> Database:
        return Database(config.database_url, synchronous=config.sqlite_synchronous)

    try:
        asked = opened()  # not the one given: restoring checks that nobody else has it open
        try:
            async with asyncio.timeout(PATIENCE):
                await asked.check_durable()
        finally:
            await asked.close()
        return opened()
    except NotDurable as reason:
        raise click.ClickException(str(reason)) from reason
    except (OSError, DatabaseFault, PostgresError, InterfaceError, TimeoutError) as fault:
        url = make_url(config.database_url)
        if config.sqlite:
            say = f"Cannot write to {url.database}: {_reason(fault)}. Set DATA_DIR to a folder of your own."
        else:
            where = f"{url.host}:{url.port or 5432}" if url.host else "the address of DATABASE_URL"
            say = f"The database at {where} cannot be used: {_reason(fault)}."
        raise click.ClickException(say) from fault


def _reason(fault: BaseException) -> str:
    """Why it failed, in one line without a full stop."""
    if isinstance(fault, DatabaseFault):
        fault = getattr(fault, "orig", None) or fault.__cause__ or fault
    if isinstance(fault, TimeoutError):
        return "it does not answer"
    words = str(fault)
    if isinstance(fault, OSError):
        number = fault.errno or 0  # negative where a host name was not found
        words = os.strerror(number) if number > 0 else fault.strerror or words
    return words.partition("\n")[0].strip().rstrip(".") or type(fault).__name__


def _run_or_explain(config: Config, act: Callable[[Database], Awaitable[T]]) -> T:
    """Run `act`. Raises ClickException with a sentence when it fails."""
    try:
        return asyncio.run(_with_database(config, act))
    except (BadBackup, BackupRefused) as reason:
        raise click.ClickException(str(reason)) from reason
    except OSError as fault:
        raise click.ClickException(f"{fault.filename or 'The file'}: {fault.strerror}.") from fault
