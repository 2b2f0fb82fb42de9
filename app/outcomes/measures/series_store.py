"""The series of measures, in the database."""

import hashlib
import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, insert, select

from app.compiled_statements import built_once
from app.db import Tx, chunks, new_id
from app.outcomes.measures.measure import Series
from app.outcomes.tables import series

ROWS = 5_000  # in one statement


def key_of(organisation: str | None, area: str, breakdown: Sequence[tuple[str, str]]) -> str:
    """A hash that differs between the series of one measure."""
    words = json.dumps([organisation, area, sorted(breakdown)], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


async def of_measures(tx: Tx, measure_ids: Collection[str]) -> dict[str, list[Series]]:
    """The series of each measure: without breakdown first, the whole before the others, then by area."""
    by_measure: dict[str, list[Series]] = {measure_id: [] for measure_id in measure_ids}
    for ids in chunks(sorted(measure_ids)):
        for row in await tx.execute(*_of_measures(ids)):
            by_measure[row.measure_id].append(as_series(row))
    for ones in by_measure.values():
        ones.sort(key=lambda one: (bool(one.breakdown), bool(one.organisation or one.area), _name(one)))
    return by_measure


@built_once
def _of_measures(ids: Any) -> Select[Any]:
    return select(series).where(series.c.measure_id.in_(ids))


async def find(tx: Tx, series_id: str) -> Series | None:
    row = (await tx.execute(select(series).where(series.c.id == series_id))).one_or_none()
    return as_series(row) if row else None


async def ensure(
    tx: Tx,
    measure_id: str,
    organisation: str | None = None,
    area: str = "",
    area_name: str = "",
    breakdown: Sequence[tuple[str, str]] = (),
) -> Series:
    """This series of the measure, inserted where it is missing."""
    key = key_of(organisation, area, breakdown)
    query = select(series).where(series.c.measure_id == measure_id, series.c.key == key)
    row = (await tx.execute(query)).one_or_none()
    if row:
        return as_series(row)
    new = Series(new_id(), measure_id, organisation, area, area_name, tuple(sorted(breakdown)))
    await tx.execute(insert(series).values(**_row_of(new)))
    return new


async def ensure_all(tx: Tx, wanted: Sequence[Series]) -> None:
    """Insert series that are known to be missing."""
    for part in chunks(wanted, ROWS):
        await tx.execute(insert(series), [_row_of(one) for one in part])


def as_series(row: Any) -> Series:
    """A row of `series` as a value."""
    breakdown = tuple((str(dimension), str(category)) for dimension, category in json.loads(row.breakdown))
    return Series(row.id, row.measure_id, row.organisation_id, row.area, row.area_name, breakdown)


def _name(one: Series) -> tuple[str, str]:
    return (one.area_name or one.area).casefold(), str(one.breakdown)


def _row_of(one: Series) -> dict[str, Any]:
    return {
        "id": one.id,
        "measure_id": one.measure,
        "key": key_of(one.organisation, one.area, one.breakdown),
        "organisation_id": one.organisation,
        "area": one.area,
        "area_name": one.area_name,
        "breakdown": json.dumps(sorted(one.breakdown), ensure_ascii=False),
    }
