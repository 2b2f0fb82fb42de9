"""The command `python -m app rehearse`: prints the report on stdout, and progress on stderr."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import click
import msgspec
import uvloop

from app.access import Refused
from app.config import Config
from app.db import Database
from app.rehearse import report
from app.rehearse.address import Unreachable
from app.rehearse.play import RehearsalRequest, Say, rehearse
from app.rehearse.stage import NoStage
from app.rehearse.workshop import report as workshop_report
from app.rehearse.workshop.copied import MOST_PEOPLE
from app.rehearse.workshop.play import WorkshopRequest, rehearse_workshop

T = TypeVar("T")
A_BOARD, MOST_IN_ROOM = 200, 1000  # people: where nobody says how many; in a workshop
FEW, MOST = "At least one of them has to be on the canvas.", "At most 1000 people can be in a workshop."


def run_board(config: Config, board: str, people: int | None, as_json: bool, more: Mapping[str, Any]) -> bool:
    """Rehearse on a board and print the report, as JSON or in words; whether nothing was lost or doubled.

    Raises ClickException with a sentence.
    """
    names = ("rate", "seconds", "url", "pid", "phones")
    asked = RehearsalRequest(board, people or A_BOARD, **{name: more[name] for name in names})
    if asked.phones >= asked.people:
        raise click.ClickException(FEW)
    found = _run(config, lambda db, say: rehearse(db, config, asked, say))
    click.echo(_as_json(found) if as_json else report.as_text(found))
    return found.sound


def run_workshop(
    config: Config, workshop: str, people: int | None, as_json: bool, more: Mapping[str, Any]
) -> bool:
    """The same of a workshop; its minutes themselves are not printed, only what they count."""
    asked = WorkshopRequest(
        workshop, people or MOST_PEOPLE, more["speed"], more["seed"], more["url"], more["pid"]
    )
    if asked.people > MOST_IN_ROOM:
        raise click.ClickException(MOST)
    found = _run(config, lambda db, say: rehearse_workshop(db, config, asked, say))
    figures = msgspec.structs.replace(found, written=None)
    click.echo(_as_json(figures) if as_json else workshop_report.as_text(found))
    return found.sound


def _run(config: Config, play: Callable[[Database, Say], Awaitable[T]]) -> T:
    async def playing() -> T:
        _clear_up_when_ended()
        db = Database(config.database_url, synchronous=config.sqlite_synchronous)
        try:
            return await play(db, lambda words: click.echo(words, err=True))
        finally:
            await db.close()

    try:
        return uvloop.run(playing())
    except Refused as reason:
        raise click.ClickException(reason.say) from reason
    except (NoStage, Unreachable) as reason:
        raise click.ClickException(str(reason)) from reason


def _as_json(found: object) -> str:
    return msgspec.json.format(msgspec.json.encode(found)).decode()


def _clear_up_when_ended() -> None:
    """On SIGTERM clean up first: the copy and the guests must not stay."""
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
