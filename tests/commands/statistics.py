"""What a database knows of the sizes of its tables."""

from sqlalchemy import inspect

from app.db import Database

POSTGRES = "SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public'"
SQLITE = "SELECT DISTINCT tbl FROM sqlite_stat1"
FORGET = (
    "DELETE FROM pg_statistic USING pg_class WHERE starelid = oid AND relnamespace = 'public'::regnamespace"
)


async def known(url: str) -> set[str]:
    """The tables by whose contents it plans."""
    db = Database(url)
    try:
        async with db.read() as tx:
            if db.sqlite and not await tx.run_sync(lambda one: inspect(one).has_table("sqlite_stat1")):
                return set()
            found = await tx.exec_driver_sql(SQLITE if db.sqlite else POSTGRES)
            return set(found.scalars())
    finally:
        await db.close()


async def forget(url: str) -> None:
    """Know nothing any more: on PostgreSQL a test may get a database that another one has used."""
    db = Database(url)
    try:
        if not db.sqlite:
            async with db.write() as tx:
                await tx.exec_driver_sql(FORGET)
    finally:
        await db.close()
