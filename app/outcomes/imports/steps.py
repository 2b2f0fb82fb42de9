"""The jobs of an import that the worker runs: look at the file, dry run, apply. `writing/undo` undoes it."""

import zlib
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, json
from msgspec.structs import replace

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx
from app.outcomes.goals import permissions
from app.outcomes.goals import store as goal_store
from app.outcomes.imports import (
    guess,
    look_at_file,
    preview,
    read_file,
    reading_form,
    refused_rows,
)
from app.outcomes.imports import store as batch_store
from app.outcomes.imports.flags import lacking, serial_days
from app.outcomes.imports.flags.row_flags import FlaggedRow
from app.outcomes.imports.flags.spelled_alike import spelled_otherwise
from app.outcomes.imports.plan import Lookup, ParsedRow, RefusedRow
from app.outcomes.imports.preview import ImportPreview
from app.outcomes.imports.read_file import ParsedFile
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.imports.sharing import actions as passing_on
from app.outcomes.imports.sharing import codes, share_out
from app.outcomes.imports.sharing import store as sharing_store
from app.outcomes.imports.sources.table import TablePlace
from app.outcomes.imports.unplaced import UnclearPlaces
from app.outcomes.imports.writing import kept_rows, staging, turns
from app.outcomes.imports.writing import prepare as writing
from app.outcomes.imports.writing.prepare import AGAIN, PreparedImport
from app.outcomes.jobs.progress import Progress
from app.outcomes.measures import observation_store, series_store
from app.outcomes.measures import store as measure_store
from app.outcomes.spc.series import Unreadable
from app.phrases import day_now
from app.spaces import seats
from app.spaces.actions import Door, change, owners_of, seat_for
from app.spaces.space import Seat

CLOSED = "Only organisations that own the goal can import numbers for this measure."


async def look(door: Door, upload_id: str, report_progress: Progress) -> None:
    """Store the layout of a file; the page then proposes a mapping. Our own layout needs none."""
    async with door.db.read() as tx:
        file = await _file(tx, await _seat(tx, door), upload_id)
        measures = await measure_store.of_space(tx, door.space_id)
    try:
        file_look = _look(zlib.decompress(file.content), _chosen_place(file), report_progress)
    except Unreadable as why:
        await _keep(door, upload_id, plan=_packed(ImportPreview(problem=str(why))))
        return
    mapping = guess.guess_mapping(file_look, measures)
    decided = not file_look.encodings and not reading_form.open_questions(file_look, mapping, measures)
    if file_look.layout == "long" and decided and not file_look.problem:
        await _keep(door, upload_id, look=_packed(file_look), asked=_packed(mapping))
        await check(door, upload_id, report_progress)
    else:
        await _keep(door, upload_id, look=_packed(file_look), asked="")


async def check(door: Door, upload_id: str, report_progress: Progress) -> None:
    """The dry run: store what would be added, changed, left the same and refused."""
    async with door.db.read() as tx:
        seat = await _seat(tx, door)
        file = await _file(tx, seat, upload_id)
        mapping = json.decode(file.asked, type=ColumnMapping)
        lookup = await _lookup(tx, seat, mapping)
    try:
        parsed = _parse(file, mapping, lookup, report_progress)
    except Unreadable as why:
        if isinstance(why, UnclearPlaces):
            asked = ImportPreview(unclear_places=str(why), names_another=why.names_another)
        else:
            asked = ImportPreview(problem=str(why))
        await _keep(door, upload_id, plan=_packed(asked))
        return
    report_progress("compared", 0)
    async with door.db.read() as tx:
        plan, new = await writing.plan_of(tx, parsed.good)
        otherwise = await _spelled_otherwise(tx, new)
    report_progress("compared", len(plan))
    async with door.db.read() as tx:
        names = {one.id: one.name for one in await owners_of(tx, door.space_id)}
    new_keys = {row.series for row in new}
    shown = preview.preview(plan, parsed, lookup, new_keys, seat.organisation_name)
    theirs = share_out.counted(parsed.shared, lookup, names)
    told = lacking.sentences(plan, parsed, mapping, seat.organisation_name)
    seen = json.decode(file.look, type=FileLook) if file.look else None
    in_book = bool(seen and seen.sheets)
    days = serial_days.sentences(parsed.texts, lookup.today, in_book=in_book)
    shown = replace(shown, shared=theirs, lacking=(*told, *days))
    shown = preview.with_headings(shown, seen, mapping, lookup) if seen else shown
    shown = preview.with_flags(shown, otherwise)
    as_rows = parsed.bad and mapping.layout != "shared"  # else there is no file of theirs to correct
    refused = _refused_csv(file, mapping, parsed.bad) if as_rows else None
    kept = kept_rows.packed(parsed, mapping, lookup)
    await _keep(door, upload_id, plan=_packed(shown), refused=refused, parsed=kept)


async def _spelled_otherwise(tx: Tx, new: Sequence[ParsedRow]) -> list[FlaggedRow]:
    """The new lines that are here with values but for how they are written."""
    here = await series_store.of_measures(tx, {row.series.measure for row in new})
    alike = list(spelled_otherwise(new, (one for of_measure in here.values() for one in of_measure)))
    known = await observation_store.observed(tx, [id for id, _ in alike])
    return [flag for id, flag in alike if known.get(id)]


async def apply(door: Door, upload_id: str, report_progress: Progress) -> None:
    """Import all that the dry run showed. Raises Refused where the import would do something else by now."""
    async with door.db.read() as tx:
        seat = await _seat(tx, door)
        file = await _file(tx, seat, upload_id)
        mapping, plan = (
            json.decode(file.asked, type=ColumnMapping),
            json.decode(file.plan, type=ImportPreview),
        )
        lookup = await _lookup(tx, seat, mapping)
        kept = await batch_store.parsed_rows(tx, upload_id)
    try:
        parsed = kept_rows.unpacked(kept, mapping, lookup) or _parse(file, mapping, lookup, report_progress)
    except Unreadable as why:
        raise Refused(Code.INVALID, str(why)) from why
    if parsed.bad and not mapping.leave_out:
        raise Refused(
            Code.INVALID,
            "Some rows of this file cannot be imported. Correct them in the file, or leave them out.",
        )

    async def prepare(tx: Tx) -> PreparedImport:
        by = (await seat_for(tx, door, "measure.import")).actor.person or ""
        return await writing.prepare(tx, by, parsed.good, plan, report_progress)

    async def finish(prepared: PreparedImport | None) -> None:
        """Make what was staged count, or where nothing was, write all of it now."""
        async with change(door, "measure.import") as under_way:
            tx = under_way.tx
            if await _lookup(tx, under_way.seat, mapping) != lookup:  # the values would be others
                raise Refused(Code.CONFLICT, AGAIN)
            if prepared is None:
                await turns.settle_at_once(tx, door.space_id, under_way.at)
                prepared = await prepare(tx)
                await staging.write_whole(tx, door.space_id, file, prepared)
            else:
                await staging.take_effect(tx, file, prepared)
            await passing_on.pass_on(under_way, prepared.writing.batch or "", file, mapping, parsed.shared)

    await staging.write(door, file, prepare, finish, report_progress)


def _look(content: bytes, place: TablePlace | None, report_progress: Progress) -> FileLook:
    """What the file contains. Where a chosen place has no table, the one that is found, with the reason."""

    def on_rows(rows: int) -> None:
        report_progress("read", rows)

    if place is None:
        return look_at_file.look(content, on_rows)
    try:
        return look_at_file.look(content, on_rows, place)
    except Unreadable as why:
        return replace(look_at_file.look(content, on_rows), problem=str(why))


def _chosen_place(file: Any) -> TablePlace | None:
    """Where somebody said that the table is."""
    return json.decode(file.look, type=FileLook).place if file.look else None


def _parse(file: Any, mapping: ColumnMapping, lookup: Lookup, report_progress: Progress) -> ParsedFile:
    content = zlib.decompress(file.content)
    return read_file.parse_file(content, mapping, lookup, lambda rows: report_progress("checked", rows))


async def _lookup(tx: Tx, seat: Seat, mapping: ColumnMapping) -> Lookup:
    """The measures in use and the organisations of the space that the rows of this person can name."""
    own = seat.actor.organisation
    if own is None:
        raise Refused(Code.NOT_ALLOWED, NOT_FOUND)
    measures = await measure_store.by_code(tx, seat.space.id)
    goals = {one.id: one for one in await goal_store.of_space(tx, seat.space.id)}
    closed = {
        one.id: CLOSED
        for one in measures.values()
        if one.goal not in goals or permissions.refusal(seat, "measure.enter", goals[one.goal])
    }
    places = codes.places(await owners_of(tx, seat.space.id), await sharing_store.codes(tx, seat.space.id))
    by_code = {code.casefold(): one for code, one in measures.items()}
    today = day_now()
    return Lookup(by_code, closed, places, own, mapping.own, mapping.style, mapping.decimal, today)


async def _seat(tx: Tx, door: Door) -> Seat:
    seat = await seats.seat(tx, door.login, door.space_id)
    if seat is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return seat


async def _file(tx: Tx, seat: Seat, upload_id: str) -> Any:
    file = await batch_store.find_upload(tx, seat.space.id, upload_id, seat.actor)
    if file is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return file


def _refused_csv(file: Any, mapping: ColumnMapping, bad: Sequence[RefusedRow]) -> bytes:
    rows = refused_rows.as_csv(zlib.decompress(file.content), mapping, bad)
    return zlib.compress(rows.encode(), 1)


async def _keep(door: Door, upload_id: str, **values: str | bytes | None) -> None:
    async with door.db.write() as tx:
        await batch_store.set_upload(tx, upload_id, **values)


def _packed(one: Struct) -> str:
    return json.encode(one).decode()
