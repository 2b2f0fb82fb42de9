"""Loads what a register shows as a table: all rows that its filters leave, on all pages."""

from typing import Any

from app.db import Tx
from app.records import register_store, store
from app.records.core.as_json import as_json
from app.records.core.kinds import KINDS
from app.records.core.record import Record
from app.records.core.register import NOBODY, Asked
from app.records.core.register_table import Cell, RegisterTable
from app.records.core.sight import see
from app.records.pages.register import RegisterRow, reader_of, rows_of
from app.spaces.space import Seat
from app.spaces.space_people import SpacePeople, load_space_people


async def load_table(tx: Tx, seat: Seat, asked: Asked) -> RegisterTable:
    """What the person with this seat sees of what is asked for, in its order."""
    people = await load_space_people(tx, seat)
    found = await register_store.everything(tx, seat.space.id, asked, reader_of(people, asked.q))
    rows = await rows_of(tx, people, found)
    kind = KINDS.get(asked.kind)
    columns = kind.columns if kind else ()
    head = (
        "Kind",
        kind.title.label if kind else "What is kept",
        *(name for column in columns for name in (column.head, f"{column.head}: more")),
        "State",
        "Kept true by",
        "Organisation",
        "Look again",
        "Rests on it",
        "Changed",
    )
    title = kind.plural if kind else "Nobody holds" if asked.kind == NOBODY else "Records"
    cells = [
        (
            *_first(row.record),
            *(cell for one in columns for cell in one.cell(row.record)),
            *_rest(row, people),
        )
        for row in rows
    ]
    return RegisterTable(title, head, cells, await _json(tx, people, [row.record for row in rows]))


def _first(record: Record) -> tuple[Cell, ...]:
    return (KINDS[record.kind].word if record.kind in KINDS else "Record", record.title)


def _rest(row: RegisterRow, people: SpacePeople) -> tuple[Cell, ...]:
    record = row.record
    tender = people.people.get(record.tender or "")
    name = people.name(record.tender) if record.tender else ""
    return (
        row.word,
        "Nobody holds this" if row.nobody_holds else name,
        tender.organisation_name if tender and row.held else "",
        record.look_again,
        row.rests,
        record.changed_at.date(),
    )


async def _json(tx: Tx, people: SpacePeople, records: list[Record]) -> list[dict[str, Any]]:
    """Ties to what the person does not see are left out."""
    seat = people.seat
    ids = {tie.other for one in records for tie in one.ties if tie.kind == "record"}
    ids |= {one.replaced_by for one in records if one.replaced_by}
    visible = {one.id: one for one in records}
    missing = ids - set(visible)
    found = await store.find_many(tx, seat.space.id, missing) if missing else {}
    visible |= {id: one for id, one in found.items() if see(one, seat.actor)}
    names = {id: one.name for id, one in people.people.items()}
    return [as_json(one, names, visible) for one in records]
