"""The file of a backup: a zip of one `<table>.jsonl` for each table, and `about.json`, which is written last.

Each line is one row as a JSON object, by the names of its columns; moments are RFC 3339 in UTC. `about.json`
has the format, when it was made, the revision of the tables, and of each table its rows and the SHA-256 of
its lines. A file is whole when all of that agrees.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile
from zlib import error as BadDeflate

import msgspec
from msgspec import Struct

FORMAT, VERSION = "throughline-backup", 1
ABOUT = "about.json"
CHUNK = 500  # rows handed on at a time


class BadBackup(ValueError):
    """The file is damaged, or no backup of this version. Its text is shown as it is."""


class ArchiveContent(Struct, frozen=True):
    rows: int
    sha256: str


class About(Struct, frozen=True):
    format: str
    version: int
    made_at: datetime
    revision: str
    tables: dict[str, ArchiveContent]


class ArchiveWriter:
    """Writes a backup to a file next to `path`, and moves it there when it is complete."""

    def __init__(self, path: Path, revision: str, at: datetime) -> None:
        self._path, self._part = path, path.with_name(f"{path.name}.part")
        self._revision, self._at = revision, at
        self._tables: dict[str, ArchiveContent] = {}
        # Readable by its owner only, from the first byte on.
        self._file = os.fdopen(os.open(self._part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")
        self._zip = ZipFile(self._file, "w", ZIP_DEFLATED)

    def table(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        digest, count = hashlib.sha256(), 0
        with self._zip.open(f"{name}.jsonl", "w", force_zip64=True) as out:
            for row in rows:
                line = msgspec.json.encode(row) + b"\n"
                digest.update(line)
                out.write(line)
                count += 1
        self._tables[name] = ArchiveContent(count, digest.hexdigest())

    def close(self) -> Path:
        """Write all to disk; gives the path of the file, so that it can be checked before `publish`."""
        about = About(FORMAT, VERSION, self._at, self._revision, self._tables)
        self._zip.writestr(ABOUT, msgspec.json.format(msgspec.json.encode(about), indent=1))
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._part

    def publish(self) -> None:
        """Move the file to its place in one step, and make that durable."""
        self._part.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def abandon(self) -> None:
        """Delete the unfinished file."""
        with suppress(OSError, ValueError):  # closing writes the zip's end, which a full disk may not take
            self._zip.close()
        with suppress(OSError):
            self._file.close()
        self._part.unlink(missing_ok=True)


def check(path: Path, shapes: Mapping[str, type[Struct]]) -> About:
    """Read every line of a backup. Raises BadBackup unless it is complete and has exactly these tables."""
    with _opened(path) as file:
        about = _about(file)
        if set(about.tables) != set(shapes):
            raise BadBackup("This backup is of another version of Throughline. Restore it with that version.")
        for name, shape in shapes.items():
            for _ in _chunks(file, name, about.tables[name], shape):
                pass
        return about


def revision(path: Path) -> str:
    """The revision of the tables that a backup was made of. Raises BadBackup."""
    with _opened(path) as file:
        return _about(file).revision


def read(path: Path, name: str, shape: type[Struct], take: Callable[[list[dict[str, Any]]], None]) -> int:
    """Call `take` with the rows of a table, up to 500 at a time; gives how many there are.

    Raises BadBackup, possibly only at the end: do not commit before.
    """
    with _opened(path) as file:
        content = _about(file).tables[name]
        for rows in _chunks(file, name, content, shape):
            take(rows)
        return content.rows


class _opened:
    """Opens a zip; all that can be wrong with it is raised as BadBackup."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> ZipFile:
        try:
            self._file = ZipFile(self._path)
        except FileNotFoundError:
            raise BadBackup(f"There is no file {self._path}.") from None
        except (BadZipFile, OSError) as fault:
            raise BadBackup(f"{self._path} is not a backup of Throughline.") from fault
        return self._file

    def __exit__(self, _kind: object, fault: BaseException | None, _where: object) -> None:
        self._file.close()
        if isinstance(fault, BadZipFile | BadDeflate | KeyError | EOFError | msgspec.MsgspecError):
            raise BadBackup(f"{self._path} is damaged, or is not a backup of Throughline.") from fault


def _about(file: ZipFile) -> About:
    about = msgspec.json.decode(file.read(ABOUT), type=About)
    if (about.format, about.version) != (FORMAT, VERSION):
        raise BadBackup("This backup is of another version of Throughline. Restore it with that version.")
    return about


def _chunks(
    file: ZipFile, name: str, content: ArchiveContent, shape: type[Struct]
) -> Iterator[list[dict[str, Any]]]:
    decode, digest, count = msgspec.json.Decoder(shape).decode, hashlib.sha256(), 0
    rows: list[dict[str, Any]] = []
    with file.open(f"{name}.jsonl") as lines:
        for line in lines:
            digest.update(line)
            count += 1
            rows.append(msgspec.structs.asdict(decode(line)))
            if len(rows) == CHUNK:
                yield rows
                rows = []
    if (count, digest.hexdigest()) != (content.rows, content.sha256):
        raise BadBackup(
            f"The table {name} of this backup differs from what was written. The file is damaged."
        )
    if rows:
        yield rows
