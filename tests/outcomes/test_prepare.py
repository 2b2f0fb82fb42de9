"""What takes long is worked out before anyone has to wait for it, and comes to the same."""

import asyncio
from threading import Thread
from typing import Any

import pytest
from msgspec import json
from sqlalchemy import select, update

from app.access import Refused
from app.db import Database, Tx, now
from app.outcomes.imports import steps
from app.outcomes.readings import compute as readings
from app.outcomes.readings.reading import Reading
from app.outcomes.tables import measure, reading
from app.people.store import logins_of
from app.spaces.actions import Door, hold
from app.spaces.prepare import prepare_change
from tests.outcomes.imports.import_forms import bring, measured, send
from tests.outcomes.imports.test_pages import LONG, take
from tests.spaces.conftest import Winter
from tests.spaces.house import House


def nothing(_topic: str, _number: int) -> None:
    """Nobody listens."""


async def kept(home: House) -> dict[str, Reading]:
    async with home.db.read() as tx:
        return {
            row.series_id: json.decode(row.found, type=Reading) for row in await tx.execute(select(reading))
        }


async def anew(home: House) -> dict[str, Reading]:
    """The charts as they are read from what is in the database now."""
    async with home.db.read() as tx:
        ids = list((await tx.execute(select(measure.c.id))).scalars())
        done = await readings.compute(tx, ids)
    return {row["series_id"]: json.decode(row["found"], type=Reading) for row in done.rows}


async def test_charts_read_before_the_numbers_were_written_are_those_read_from_them(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter)
    rows = "".join(f"home,,2024-{month:02}-01,{{}},100,,\n" for month in range(1, 13))
    others = "".join(f"home,R{area},2024-{month:02}-01,{month},90,,\n" for area in (1, 2) for month in (1, 2))
    seen: list[dict[str, Reading]] = []
    for person, content in (
        (winter.bo, rows.format(*range(60, 72)) + others),
        (winter.cleo, rows.format(*range(30, 42))),  # now there is a whole
        (winter.bo, rows.format(*range(60, 71), 99)),
    ):
        await take(home, person, imports, LONG + content)
        seen.append(await kept(home))
        assert seen[-1] == await anew(home)
    last = await home.value("SELECT id FROM batch WHERE changed > 0")
    await send(home, winter.bo, f"{imports}/{last}/undo")

    assert len(seen[0]) == 3
    assert len(seen[1]) == 5
    assert seen[2] != seen[1]
    assert await kept(home) == await anew(home) == seen[1]


async def test_what_was_prepared_holds_unless_the_space_has_changed(home: House, winter: Winter) -> None:
    prepared: list[Any] = []

    async def prepare(tx: Tx) -> int:
        prepared.append(tx)
        return len(prepared)

    async def and_somebody_changes_the_space(tx: Tx) -> int:
        if not prepared:
            async with hold(home.db, nothing, winter.id):  # others can write meanwhile
                pass
        return await prepare(tx)

    ahead = await prepare_change(home.db, winter.id, prepare)
    async with hold(home.db, nothing, winter.id) as tx:
        assert await ahead.current(tx) == 1
        assert len(prepared) == 1
    prepared.clear()
    ahead = await prepare_change(home.db, winter.id, and_somebody_changes_the_space)
    async with hold(home.db, nothing, winter.id) as tx:
        assert await ahead.current(tx) == 2
        assert prepared[-1] is tx


async def test_nothing_is_imported_by_what_a_measure_was_when_the_file_began_to_be_read(
    home: House, winter: Winter
) -> None:
    rows = "".join(f"home,R{area},2024-01-01,80,100,,\n" for area in range(2_000))
    file = await bring(home, winter.bo, await measured(home, winter), LONG + rows)
    async with home.db.read() as tx:
        login = str((await logins_of(tx, winter.bo.id))[0].id)

    async def put_away() -> None:
        db = Database(home.db.url)
        async with hold(db, nothing, winter.id) as tx:
            await tx.execute(update(measure).values(archived_at=now()))
        await db.close()

    def meanwhile(stage: str, rows: int) -> None:
        if (stage, rows) == ("compared", 0):  # when it is known what the rows can name
            other = Thread(target=lambda: asyncio.run(put_away()))
            other.start()
            other.join()

    door = Door(home.db, nothing, home.config, login, winter.id)
    with pytest.raises(Refused, match="have changed since you checked"):
        await steps.apply(door, file.rsplit("/", 1)[1], meanwhile)

    assert await home.count("observation") == 0
