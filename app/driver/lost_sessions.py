"""What is left at the server of connections whose line died without a word: sessions with their locks."""

import logging

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.driver.pooler import Line

MOST = 1000  # names kept while the server cannot be reached: it ends most sessions by itself before long
END_SESSIONS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = ANY(:names) AND usename = current_user"
)
log = logging.getLogger(__name__)


def note_lost(line: Line) -> None:
    """Of one that has ended: in the middle it may go on at the server, with the locks of its transaction.

    One that was given back before it was closed has none.
    """
    if line.name and not line.rests:
        line.lost[line.name] = None
        if len(line.lost) > MOST:
            del line.lost[next(iter(line.lost))]


async def end_lost(connection: AsyncConnection, line: Line) -> None:
    """End what is left at the server of connections that ended here.

    It may not hear of that for long, and of one that is asked in the middle of a question never: no limit of
    its own counts there.
    """
    if not (line.name and line.lost):
        return
    names = sorted(line.lost)
    try:
        await connection.execute(END_SESSIONS, {"names": names})
        await connection.commit()  # whoever asked for the connection begins a transaction of their own
    except DBAPIError as error:
        if line.is_closed():
            raise
        log.warning("What lost connections left at the server cannot be ended: %s", type(error).__name__)
        await connection.rollback()
    for name in names:
        line.lost.pop(name, None)
