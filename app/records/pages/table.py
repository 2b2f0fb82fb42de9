"""Loads what a register shows for files and other programs: rows of a table, and records as JSON."""

from typing import Any

from app.db import Tx
from app.phrases import day_of
from app.records import register_store, store
from app.records.core.as_json import as_json
from app.records.core.kinds import KINDS
from app.records.core.record import Record
from app.records.core.register import Asked, Cell, RegisterTable
from app.records.core.sight import see
from app.records.pages.register import RegisterRow, reader_of, rows_of, title_of
from app.records.store import Parts
from app.spaces.space import Seat
from app.spaces.space_people import SpacePeople, load_space_people


async def load_table(tx: Tx, seat: Seat, asked: Asked) -> RegisterTable:
    """What the person with this seat sees of what is asked for, in its order."""
    people = await load_space_people(tx, seat)
    kind = KINDS.get(asked.kind)
    columns = kind.columns if kind else ()
    shown = Parts(rows=bool(columns), ties=False)
    reader = reader_of(people, asked.q)
    rows = await rows_of(tx, people, await register_store.everything(tx, seat.space.id, asked, reader, shown))
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
    cells = [
        (
            *_first(row.record),
            *(cell for one in columns for cell in one.cell(row.record)),
            *_rest(row, people),
        )
        for row in rows
    ]
    return RegisterTable(title_of(asked), head, cells)


async def load_json(tx: Tx, seat: Seat, asked: Asked) -> list[dict[str, Any]]:
    """The same as other programs read them."""
    people = await load_space_people(tx, seat)
    found = await register_store.everything(tx, seat.space.id, asked, reader_of(people, asked.q))
    return await records_json(tx, people, found)


async def load_json_page(tx: Tx, seat: Seat, asked: Asked, size: int) -> tuple[list[dict[str, Any]], int]:
    """A page of them, and how many there are on all pages."""
    people = await load_space_people(tx, seat)
    reader = reader_of(people, asked.q)
    count = await register_store.count(tx, seat.space.id, asked, reader)
    found = await register_store.page(tx, seat.space.id, asked, reader, count, size)
    return await records_json(tx, people, found), count


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
        day_of(record.changed_at),
    )


async def records_json(tx: Tx, people: SpacePeople, found: list[Record]) -> list[dict[str, Any]]:
    """These records as far as the person sees them; ties to what they do not see are left out."""
    seat = people.seat
    records = [one for one in found if see(one, seat.actor)]
    ids = {tie.other for one in records for tie in one.ties if tie.kind == "record"}
    ids |= {one.replaced_by for one in records if one.replaced_by}
    visible = {one.id: one for one in records}
    others = await store.find_many(tx, seat.space.id, ids - set(visible))
    visible |= {id: one for id, one in others.items() if see(one, seat.actor)}
    names = {id: one.name for id, one in people.people.items()}
    return [as_json(one, names, visible) for one in records]
