"""Who can be asked to keep a record true, in a space with more people than one reads through."""

from collections.abc import AsyncIterator

import pytest

from tests.records.desk import Desk, crowd_at

BEN = ">Ben, South</option>"


@pytest.fixture
async def crowd(sqlite_url: str) -> AsyncIterator[Desk]:
    async with crowd_at(sqlite_url) as made:
        yield made


async def test_of_many_people_the_first_are_offered_and_the_others_found_by_name(crowd: Desk) -> None:
    id = await crowd.keep(crowd.ana, "dilemma", "A title")
    whole = (await crowd.ana.get(f"{crowd.base}/{id}")).text

    async def named(words: str) -> str:
        answer = await crowd.ana.post(f"{crowd.base}/{id}/ops", do="offer", named=words, found="")
        assert answer.status_code == 200
        return answer.text

    ben, of_south, nobody = await named("bén"), await named("south"), await named("<zoe>")
    assert "The first 30 of 62 people" in whole
    assert whole.count(", North</option>") == 30
    assert BEN not in whole
    assert ", North</option>" not in ben
    assert all(BEN in page for page in (ben, of_south))
    assert 'value="bén"' in ben
    assert f'<option value="{crowd.ben.id}" selected' in ben  # the only one
    assert "Nobody who can be chosen has these words." in nobody
    assert "<zoe>" not in nobody
    assert (await crowd.record(id)).offered is None


async def test_who_was_found_is_asked_and_a_refusal_keeps_what_was_looked_for(crowd: Desk) -> None:
    id = await crowd.keep(crowd.ana, "dilemma", "A title")
    looked = {"named": "ben", "found": "ben"}
    refused = await crowd.ana.post(f"{crowd.base}/{id}/ops", do="offer", person="nobody", **looked)
    asked = await crowd.do(crowd.ana, id, "offer", person=crowd.ben.id, **looked)

    assert refused.status_code == 422
    assert 'name="found" value="ben"' in refused.text
    assert f'value="{crowd.ben.id}"' in refused.text
    assert asked == 303
    assert (await crowd.record(id)).offered == crowd.ben.id


async def test_looking_for_somebody_in_the_form_of_keeping_keeps_all_that_was_typed(crowd: Desk) -> None:
    form = {"kind": "dilemma", "title": "Safe and quick", "tender": "other"}
    looked = await crowd.ana.post(f"{crowd.base}/keep", **form, named="ben", found="", step="stand")
    chosen = {**form, "person": crowd.ben.id, "look_again": "2090-02-14"}
    others = await crowd.ana.post(f"{crowd.base}/keep", **chosen, named="member", look_for="person")
    kept = await crowd.ana.post(f"{crowd.base}/keep", **chosen, named="ben", found="ben", step="stand")
    id = kept.headers["location"].rpartition("/")[2]

    assert looked.status_code == others.status_code == 200
    for page in (looked.text, others.text):
        assert "Safe and quick</textarea>" in page
        assert 'value="other" checked' in page
        assert f'<option value="{crowd.ben.id}" selected>Ben, South</option>' in page
    assert looked.text.count(", North</option>") == 0
    assert others.text.count(", North</option>") == 30
    assert f'value="{crowd.gus.id}"' not in looked.text + others.text
    assert (await crowd.record(id)).offered == crowd.ben.id


async def test_who_has_left_and_guests_are_found_by_no_name(crowd: Desk) -> None:
    keep = f"{crowd.base}/keep"
    form = {"kind": "dilemma", "title": "A title", "found": ""}
    before = (await crowd.ana.post(keep, **form, named="abe")).text
    assert (await crowd.abe.post(f"/spaces/{crowd.space}/leave")).status_code == 303
    after = [(await crowd.ana.post(keep, **form, named=name)).text for name in ("abe", "gus", "ana")]

    assert f'value="{crowd.abe.id}"' in before
    assert all("Nobody who can be chosen has these words." in page for page in after)
