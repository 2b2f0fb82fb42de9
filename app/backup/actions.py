"""Make a backup while people write; restore one while nobody does."""

from pathlib import Path

from app.backup import archive, store
from app.backup.archive import About, ArchiveWriter, BadBackup
from app.backup.shapes import shape, tables
from app.db import Database, gather_statistics, now
from app.migrate import is_behind, is_migrated, migrating, newest

Counts = dict[str, int]


class BackupRefused(RuntimeError):
    """A backup or restore that would not be safe now. Its text is shown as it is."""


async def backup(db: Database, path: Path) -> About:
    """Write the whole database as of now to `path`, and check the file.

    Raises BackupRefused or BadBackup.
    """
    if await is_behind(db):
        raise BackupRefused(
            "The database has another shape than this version of Throughline. Migrate it first."
        )
    if not await is_migrated(db):
        raise BackupRefused(
            "A newer version of Throughline has migrated this database. Make the backup with that version: "
            "this one does not know all of it."
        )
    if not path.parent.is_dir():
        raise BackupRefused(f"There is no folder {path.parent}.")
    writing = ArchiveWriter(path, newest(), now())
    try:
        async with store.snapshot(db) as tx:
            await tx.run_sync(store.write_all, writing)
        about = archive.check(writing.close(), _shapes())
        writing.publish()
    except BaseException:
        writing.abandon()
        raise
    return about


async def restore(db: Database, path: Path, *, replace: bool = False) -> Counts:
    """Put the rows of a backup into an empty database, or with `replace` in place of all. All or nothing.

    Raises BadBackup when the file is damaged; BackupRefused when the database is in use or, unless `replace`,
    not empty.
    """
    if archive.revision(path) != newest():
        raise BadBackup("This backup is of another version of Throughline. Restore it with that version.")
    archive.check(path, _shapes())
    if await store.in_use(db):
        raise BackupRefused(
            "The database is in use. Stop Throughline, and whatever else has it open, then restore."
        )
    async with migrating(db) as tx:
        if not replace and not await tx.run_sync(store.is_empty):
            raise BackupRefused(
                "There is something in this database already. To put the backup in its place: --replace."
            )
        counts = await tx.run_sync(store.replace_all, path, now())
        await gather_statistics(tx, counts)
        return counts


def _shapes() -> dict[str, type]:
    return {table.name: shape(table) for table in tables()}
