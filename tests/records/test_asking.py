"""Who can be asked to keep a record true, in a space with more people than one reads through."""

from collections.abc import AsyncIterator

import pytest

from tests.records.desk import Desk, desk_at
from tests.support.world import World, people

MANY = 60


@pytest.fixture
async def crowd(sqlite_url: str) -> AsyncIterator[Desk]:
    """Members 1 to 60 of North beside the others."""
    async with desk_at(sqlite_url) as made:
        north = str(await made.home.value("SELECT id FROM organisation WHERE name = 'North'"))
        await people(sqlite_url, World(made.space, made.board, {"North": north}), MANY)
        yield made


async def test_of_many_people_the_first_are_offered_and_the_others_found_by_name(crowd: Desk) -> None:
    id = await crowd.keep(crowd.ana, "dilemma", "A title")
    path = f"{crowd.base}/{id}"
    whole = (await crowd.ana.get(path)).text
    ben = (await crowd.ana.get(f"{path}?named=b%C3%A9n")).text
    of_south = (await crowd.ana.get(f"{path}?named=south")).text
    nobody = (await crowd.ana.get(f"{path}?named=<zoe>")).text

    assert "The first 50 of 62 people" in whole
    assert whole.count(", North</option>") == 50
    assert "Ben, South" not in whole
    assert ", North</option>" not in ben
    assert all("Ben, South</option>" in page for page in (ben, of_south))
    assert 'value="bén"' in ben
    assert "Nobody who could be asked has these words." in nobody
    assert "<zoe>" not in nobody


async def test_who_was_found_is_asked_and_a_refusal_keeps_what_was_looked_for(crowd: Desk) -> None:
    id = await crowd.keep(crowd.ana, "dilemma", "A title")
    refused = await crowd.ana.post(f"{crowd.base}/{id}/ops", do="offer", person="nobody", named="ben")
    asked = await crowd.do(crowd.ana, id, "offer", person=crowd.ben.id, named="ben")

    assert refused.status_code == 422
    assert '<input type="hidden" name="named" value="ben">' in refused.text
    assert f'value="{crowd.ben.id}"' in refused.text
    assert asked == 303
    assert (await crowd.record(id)).offered == crowd.ben.id
