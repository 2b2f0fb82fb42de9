"""What people do with files of numbers: upload one, choose its mapping, import it, undo an import."""

import hashlib
import zlib
from collections.abc import Mapping
from typing import Any

from msgspec import json
from msgspec.structs import replace

from app.access import NOT_FOUND, Actor, Code, Refused
from app.db import Tx
from app.outcomes.imports import store as batch_store
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.imports.sources import table, workbook
from app.outcomes.imports.sources.table import TablePlace
from app.outcomes.imports.writing import undo
from app.outcomes.jobs.runner import JobRunner, run_job
from app.spaces.actions import Door, change

SMALL = 30_000  # bytes as packed; about a thousand rows
SMALL_BATCH = 1_000  # values
MOST_NAME = 120


async def upload(door: Door, jobs: JobRunner, name: str, content: bytes) -> str:
    """Store a file and start looking at it; returns its id. Raises Refused where it is empty or too large."""
    if len(content) > table.MOST_BYTES:
        raise Refused(Code.TOO_LONG, "The file is larger than 20 MB.")
    if not content:
        raise Refused(Code.INVALID, "The file is empty.")
    packed = zlib.compress(content, 1)
    async with change(door, "measure.import") as under_way:
        if under_way.seat.actor.organisation is None:
            raise Refused(Code.NOT_ALLOWED, NOT_FOUND)
        upload_id = await batch_store.add_upload(
            under_way.tx,
            door.space_id,
            under_way.seat.actor.person or "",
            under_way.at,
            file_name=" ".join(name.split())[-MOST_NAME:],
            file_sha256=hashlib.sha256(content).hexdigest(),
            content=packed,
        )
    await run_job(door, jobs, "look", upload_id, small=_small(packed))
    return upload_id


async def choose_mapping(door: Door, jobs: JobRunner, mappings: Mapping[str, ColumnMapping]) -> None:
    """Store the mapping of one or several files, by their ids, and start the dry run of each."""
    files = {}
    async with change(door, "measure.import") as under_way:
        for upload_id, mapping in mappings.items():
            files[upload_id] = await _find(under_way.tx, door, under_way.seat.actor, upload_id)
            asked = json.encode(mapping).decode()
            await batch_store.set_upload(under_way.tx, upload_id, asked=asked, plan="")
    for upload_id, file in files.items():
        await run_job(door, jobs, "check", upload_id, small=_small(file.content))


async def fill_in(door: Door, upload_id: str, mapping: ColumnMapping) -> None:
    """Fill the form of the mapping in, as a recipe has it; nothing is checked yet."""
    async with change(door, "measure.import") as under_way:
        await _find(under_way.tx, door, under_way.seat.actor, upload_id)
        asked = json.encode(mapping).decode()
        await batch_store.set_upload(under_way.tx, upload_id, asked=asked, plan="")


async def choose_table(door: Door, jobs: JobRunner, upload_id: str, place: TablePlace) -> None:
    """Say where the table is, and look at the file again."""
    async with change(door, "measure.import") as under_way:
        file = await _find(under_way.tx, door, under_way.seat.actor, upload_id)
        kept = json.encode(FileLook("rows", place=place)).decode()
        await batch_store.set_upload(under_way.tx, upload_id, look=kept, asked="", plan="")
    await run_job(door, jobs, "look", upload_id, small=_small(file.content))


async def check_again(door: Door, jobs: JobRunner, upload_id: str) -> None:
    """Look again what an import would change, with the mapping that the file has."""
    async with change(door, "measure.import") as under_way:
        file = await _find(under_way.tx, door, under_way.seat.actor, upload_id)
        if not file.asked:
            raise Refused(Code.INVALID, "Say first what the columns mean.")
    await run_job(door, jobs, "check", upload_id, small=_small(file.content))


async def back_to_mapping(door: Door, jobs: JobRunner, upload_id: str) -> None:
    """Back to the form of the mapping, with what was chosen."""
    async with change(door, "measure.import") as under_way:
        file = await _find(under_way.tx, door, under_way.seat.actor, upload_id)
        await batch_store.set_upload(under_way.tx, upload_id, plan="")
    if not file.look:
        await run_job(door, jobs, "look", upload_id, small=_small(file.content))


async def start_import(door: Door, jobs: JobRunner, upload_id: str, *, leave_out: bool) -> None:
    """Start the import that the dry run showed. `leave_out`: without the rows that are refused."""
    async with change(door, "measure.import") as under_way:
        file = await _find(under_way.tx, door, under_way.seat.actor, upload_id)
        if not file.plan:
            raise Refused(Code.INVALID, "Check first what would change.")
        mapping = json.decode(file.asked or b'{"layout":"long"}', type=ColumnMapping)
        mapping = replace(mapping, leave_out=leave_out)
        await batch_store.set_upload(under_way.tx, upload_id, asked=json.encode(mapping).decode())
    await run_job(door, jobs, "apply", upload_id, small=_small(file.content))


async def discard(door: Door, upload_id: str) -> None:
    """Delete an uploaded file without importing it."""
    async with change(door, "measure.import") as under_way:
        await _find(under_way.tx, door, under_way.seat.actor, upload_id)
        await batch_store.drop_upload(under_way.tx, upload_id)


async def start_undo(door: Door, jobs: JobRunner, batch_id: str) -> None:
    """Start undoing an import. Only the person who imported it may."""
    async with change(door, "measure.undo_import") as under_way:
        batch = await undo.to_undo(under_way.tx, under_way.seat, batch_id)
    await run_job(door, jobs, "undo", batch_id, small=batch.added + batch.changed <= SMALL_BATCH)


def _small(packed: bytes) -> bool:
    """Whether to read a file in this process: never a workbook, because reading one can crash the process."""
    return len(packed) <= SMALL and not workbook.is_workbook(zlib.decompressobj().decompress(packed, 4))


async def _find(tx: Tx, door: Door, actor: Actor, upload_id: str) -> Any:
    file = await batch_store.find_upload(tx, door.space_id, upload_id, actor)
    if file is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return file
