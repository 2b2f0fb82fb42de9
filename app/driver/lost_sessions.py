"""What is left at the server of connections whose line died without a word: sessions with their locks."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.pooler import Line

END_SESSIONS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = ANY(:names) AND usename = current_user"
)


def note_lost(line: Line) -> None:
    """One that ended in the middle may go on at the server, with the locks of its transaction."""
    if line.session and line.is_closed():
        line.lost.add(line.session)


async def end_lost(connection: AsyncConnection, line: Line) -> None:
    """End what is left at the server of connections that ended here.

    It may not hear of that for long, and of one that is asked in the middle of a question never: no limit of
    its own counts there.
    """
    if line.session and line.lost:
        names = sorted(line.lost)
        await connection.execute(END_SESSIONS, {"names": names})
        await connection.commit()  # whoever asked for the connection begins a transaction of their own
        line.lost.difference_update(names)
