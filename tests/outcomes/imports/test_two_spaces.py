"""What is imported and undone in one space leaves alone what is under way in another."""

import pytest
from msgspec.structs import replace

from app.db import Database, now
from app.outcomes.imports.writing import turns, undo
from app.outcomes.measures import observation_store
from tests.outcomes.imports.import_forms import measured
from tests.outcomes.imports.test_pages import LONG, take
from tests.outcomes.imports.test_staging import ROWS, door_of, in_parts, meanwhile, no_rounds
from tests.outcomes.test_prepare import anew, kept, nothing
from tests.spaces.conftest import Winter
from tests.spaces.house import House

__all__ = ["in_parts", "no_rounds"]


async def changed_in(home: House, winter: Winter) -> str:
    """Numbers that a second import changed; gives that import."""
    imports = await measured(home, winter)
    for rows in (ROWS, ROWS.replace(",100,,", ",90,,")):
        await take(home, winter.bo, imports, LONG + rows)
    changed = f"SELECT id FROM batch WHERE space_id = '{winter.id}' AND changed > 0"
    return str(await home.value(changed))


async def second_space(home: House, winter: Winter) -> Winter:
    """Another space of the same people."""
    space = await home.space(winter.ana, "Coast")
    trust, hospice = [await home.organisation(space, name) for name in ("Coast Trust", "Coast Hospice")]
    await home.seat(space, winter.bo, trust)
    return Winter(space, trust, hospice, winter.ana, winter.bo, winter.cleo)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("tries", [turns.TRIES, 0])
async def test_an_undo_is_done_at_the_first_try_though_another_space_undoes_one_meanwhile(
    home: House, winter: Winter, in_parts: None, monkeypatch: pytest.MonkeyPatch, tries: int
) -> None:
    """Without any try left, the other space does all of its own at once."""
    summer = await second_space(home, winter)
    ours, theirs = await changed_in(home, winter), await changed_in(home, summer)
    ours_door, theirs_door = await door_of(home, winter), await door_of(home, summer)
    stages: list[str] = []

    async def undo_theirs() -> None:
        monkeypatch.setattr(turns, "TRIES", tries)
        elsewhere = Database(home.db.url)
        try:
            await undo.undo(replace(theirs_door, db=elsewhere), theirs, nothing)
        finally:
            await elsewhere.close()

    also = meanwhile(undo_theirs, 8, at="replaced")

    def follow(stage: str, number: int) -> None:
        stages.append(stage)
        if stages.count("read anew") == 1:
            also(stage, number)

    await undo.undo(ours_door, ours, follow)

    assert stages.count("read anew") == 1
    assert await home.values("SELECT DISTINCT denominator FROM observation WHERE current") == ["100"]
    assert await home.value("SELECT count(*) FROM observation WHERE current") == 32
    assert await kept(home) == await anew(home)


async def test_the_periodic_round_settles_each_space(
    home: House, winter: Winter, monkeypatch: pytest.MonkeyPatch
) -> None:
    summer = await second_space(home, winter)
    settle = turns.settle

    async def ended_before(*_: object) -> None:
        """The processes were killed as soon as the import was undone."""

    batches = [await changed_in(home, one) for one in (winter, summer)]
    monkeypatch.setattr(turns, "settle", ended_before)
    for one, batch in zip((winter, summer), batches, strict=True):
        await undo.undo(await door_of(home, one), batch, nothing)
    monkeypatch.setattr(turns, "settle", settle)
    left = "SELECT count(*) FROM observation WHERE turns_with IS NOT NULL"
    assert await home.value(left) == 32

    await turns.settle_all(home.db, now())

    assert await home.value(left) == 0
    async with home.db.read() as tx:
        lines = await observation_store.observed(tx, await home.values("SELECT id FROM series"))
    assert sum(map(len, lines.values())) == 32
    assert await home.value("SELECT count(*) FROM observation WHERE current") == 32
