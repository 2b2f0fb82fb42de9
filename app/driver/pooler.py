"""Settings of a session on PostgreSQL, also behind a pooler that refuses them, or drops them in silence."""

import logging
from contextlib import suppress
from functools import cache
from secrets import token_hex
from typing import Any

import asyncpg
from sqlalchemy import Connection

from app.driver.cut import Cut

SILENCE = 5  # seconds of silence after which either end asks whether the other is there, and gives up after
# So that a session whose line died holds no locks for long. For ends that go on without us, as a proxy's.
ABANDONED = {
    "idle_in_transaction_session_timeout": "15s",
    "tcp_keepalives_idle": str(SILENCE),
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": f"{SILENCE}s",
}
# Those that a transaction can set. The others are of a line, which is the pooler's where one is between.
OURS = ("idle_in_transaction_session_timeout", "lock_timeout")
UNSET = "unset"  # in the `info` of a connection: what holds for it only where a transaction sets it itself
LEAVE = 0.3  # seconds that closing one connection may take

Lost = dict[str, None]  # names at the server of lines that ended here and may go on there

log = logging.getLogger(__name__)


class Line(asyncpg.Connection):  # type: ignore[misc] # it has no types
    """A connection that takes leave shortly, or is cut: whoever comes next waits for that."""

    unset: dict[str, str] = {}  # as in UNSET
    making: Cut | None = None  # until it is set up
    name = ""  # at the server, where there is no pooler between
    lost: Lost  # of its database
    rests = False  # it was given back, and nobody has got it since
    giving_back: Cut | None = None  # until it rests

    async def close(self, *, timeout: float | None = None) -> None:
        with suppress(TimeoutError):  # then it is cut
            await super().close(timeout=min(timeout or LEAVE, LEAVE))


async def connect(lost: Lost, *args: Any, **options: Any) -> Line:
    """A connection with the settings of ABANDONED and those asked for, as far as they get through.

    The seconds of `timeout` are for the connecting, and as many for all that is asked before it is used.
    """
    settings = {**ABANDONED, **options.pop("server_settings", {})}
    named = {"application_name": f"throughline {token_hex(8)}"}
    try:
        line: Line = await asyncpg.connect(*args, **options, server_settings={**settings, **named})
    except asyncpg.ProtocolViolationError:
        line = await asyncpg.connect(*args, **options)
    try:
        line.unset = await _dropped(line, settings, options["timeout"])
    except BaseException:
        line.terminate()
        raise
    line.name, line.lost = "" if line.unset else named["application_name"], lost
    line.making = Cut(options["timeout"], line)
    return line


async def _dropped(line: Line, settings: dict[str, str], timeout: float) -> dict[str, str]:
    """Those of OURS that hold only where a transaction sets them: none, where all have got through."""
    wanted = {name: settings[name] for name in OURS if name in settings}
    asked = ", ".join(f"current_setting('{name}')" for name in wanted)
    if list(await line.fetchrow(f"SELECT {asked}", timeout=timeout)) == list(wanted.values()):
        return {}
    _say_so()
    return wanted


def set_within(connection: Connection) -> None:
    """As a transaction begins: set for it what its connection could not be given for good."""
    unset: dict[str, str] = connection.info.get(UNSET, {})
    if unset:
        asked = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in unset.items())
        connection.exec_driver_sql(f"SELECT {asked}").close()


@cache
def _say_so() -> None:
    log.warning("The pooler before the database keeps no settings: each transaction sets its own time limits")
