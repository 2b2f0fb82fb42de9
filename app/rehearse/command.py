"""The command `python -m app rehearse`: prints the report on stdout, and progress on stderr."""

import asyncio
import signal

import click
import msgspec
import uvloop

from app.config import Config
from app.db import Database
from app.rehearse.address import Unreachable
from app.rehearse.play import RehearsalRequest, rehearse
from app.rehearse.report import Report, as_text
from app.rehearse.stage import NoStage


def run(config: Config, asked: RehearsalRequest, as_json: bool) -> Report:
    """Rehearse and print the report, as JSON or in words. Raises ClickException with a sentence."""
    try:
        report = uvloop.run(_rehearse(config, asked))
    except (NoStage, Unreachable) as reason:
        raise click.ClickException(str(reason)) from reason
    click.echo(msgspec.json.format(msgspec.json.encode(report)).decode() if as_json else as_text(report))
    return report


async def _rehearse(config: Config, asked: RehearsalRequest) -> Report:
    _clear_up_when_ended()
    db = Database(config.database_url, synchronous=config.sqlite_synchronous)
    try:
        return await rehearse(db, config, asked, lambda words: click.echo(words, err=True))
    finally:
        await db.close()


def _clear_up_when_ended() -> None:
    """On SIGTERM clean up first: the copy of the board and the guests must not stay."""
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
