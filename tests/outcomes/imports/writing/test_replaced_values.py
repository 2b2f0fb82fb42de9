"""Values that an import replaces: only they cease to count, at once, and count again when it is undone."""

from collections.abc import Sequence
from datetime import date

import pytest

from app.db import Database, Tx, now
from app.outcomes.imports import steps
from app.outcomes.imports.writing import staging, turns, undo
from app.outcomes.measures import observation_store
from tests.outcomes.imports.import_forms import bring, measured
from tests.outcomes.imports.test_pages import LONG, take
from tests.outcomes.imports.test_staging import ROWS, changed, door_of, in_parts, limits, meanwhile
from tests.outcomes.test_prepare import anew, kept, nothing
from tests.spaces.conftest import Winter
from tests.spaces.house import House

__all__ = ["in_parts"]


async def denominators(home: House) -> list[str]:
    """Those of all values that count."""
    async with home.db.read() as tx:
        lines = await observation_store.observed(tx, await home.values("SELECT id FROM series"))
    return sorted(str(one.denominator) for line in lines.values() for one in line)


@pytest.mark.parametrize("times", [0, turns.TRIES])
async def test_what_an_import_leaves_as_it_is_goes_on_counting(
    home: House, winter: Winter, in_parts: None, times: int
) -> None:
    """Whether it is written in parts, or at last all at once."""
    imports = await measured(home, winter)
    await take(home, winter.bo, imports, LONG + ROWS)
    lines = ROWS.splitlines(keepends=True)
    half = [one.replace(",100,,", ",90,,") if number % 2 else one for number, one in enumerate(lines)]
    file = await bring(home, winter.bo, imports, LONG + "".join(half))
    left = [date(2024, month, 1) for month in range(3, 3 + times)]

    await steps.apply(
        await door_of(home, winter), file.rsplit("/", 1)[1], meanwhile(limits(home, winter, left), 6)
    )

    assert left == []
    assert await denominators(home) == ["100"] * 8 + ["90"] * 8
    assert await home.count("observation") == 24
    assert await kept(home) == await anew(home)


async def test_an_import_of_usual_size_counts_for_an_older_version_at_the_same_moment(
    home: House, winter: Winter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ended_before(*_: object) -> None:
        """The process was killed as soon as its import was in force."""

    monkeypatch.setattr(turns, "settle", ended_before)
    await changed(home, winter)

    current = "SELECT denominator FROM observation WHERE current"  # all that an older version goes by
    assert await home.values(current) == ["90"] * 16


@pytest.mark.parametrize("downwards", [True, False])
async def test_imports_undone_in_any_order_before_anything_is_settled_leave_one_number_a_period(
    home: House, winter: Winter, monkeypatch: pytest.MonkeyPatch, downwards: bool
) -> None:
    settle = turns.settle

    async def ended_before(db: Database, space_id: str, batch: str) -> None:
        """The processes were killed as soon as their import was in force or undone, before this."""
        if batch in begun and not await home.value(f"SELECT undone_at FROM batch WHERE id = '{batch}'"):
            await settle(db, space_id, batch)

    begun: list[str] = []
    monkeypatch.setattr(turns, "settle", ended_before)
    monkeypatch.setattr(staging, "SETTLED_WITHIN", 0)
    imports, first, second = await changed(home, winter)
    await take(home, winter.bo, imports, LONG + ROWS.replace(",100,,", ",80,,"))
    third = await home.value(f"SELECT id FROM batch WHERE id NOT IN ('{first}', '{second}')")
    door = await door_of(home, winter)

    assert await denominators(home) == ["80"] * 16
    wanted = (
        {second: ["80"] * 16, third: ["100"] * 16, first: []}
        if downwards
        else {first: ["80"] * 16, third: ["90"] * 16, second: []}
    )
    for batch, then in wanted.items():
        begun.append(batch)
        await undo.undo(door, batch, nothing)
        assert await denominators(home) == then
        assert await kept(home) == await anew(home)
    monkeypatch.setattr(turns, "settle", settle)
    await turns.settle_all(home.db, now())
    assert await denominators(home) == []
    left = "SELECT count(*) FROM observation WHERE current OR turns_with IS NOT NULL"
    assert await home.value(left) == 0


async def test_many_short_series_are_marked_in_small_parts(home: House) -> None:
    """By a statement for thousands of them PostgreSQL would hold the space for seconds."""
    revisions = {f"{number:04}": 1 for number in range(1000)}
    parts: list[Sequence[str]] = []

    async def note(_: Tx, __: str, ids: Sequence[str]) -> None:
        parts.append(ids)

    async with home.db.read() as tx:
        await turns.mark_within(tx, "b", revisions, note)

    assert [id for part in parts for id in part] == sorted(revisions)
    assert max(map(len, parts)) == turns.SERIES == 200
