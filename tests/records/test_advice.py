"""Advice stands beside its field and refuses nothing; refusals are said in their form; who left is marked."""

from collections.abc import AsyncIterator

import pytest

from app.db import new_id
from app.records.core.kind import Kind
from app.records.core.kinds import KINDS
from tests.records.desk import Desk, desk_at
from tests.records.people import Kept


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with desk_at(sqlite_url) as made:
        yield made


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_each_advice_names_a_field_or_a_list_that_there_is(kind: Kind) -> None:
    record = Kept(kind=kind.tag, title="We need more beds").now
    places = {"title", "look_again", *(one.name for one in kind.fields), *(one.tag for one in kind.lists)}

    assert {name for name, _ in kind.advises(record)} <= places
    assert sorted(" ".join(kind.beside(record).values())) == sorted(" ".join(kind.checks(record)))


def test_a_dilemma_whose_sides_do_not_need_each_other_is_told_that_it_may_be_something_else() -> None:
    dilemma = KINDS["dilemma"]
    yes = {
        "pole_a": "Flow",
        "pole_b": "Choice",
        "ongoing": "yes",
        "need": "yes",
        "good": "yes",
        "hurts": "yes",
    }
    said = [
        dict(dilemma.advises(Kept(fields={**yes, **more}).now)) for more in ({}, {"need": "no"}, {"need": ""})
    ]

    assert said == [{}, {"need": "If this is a no, it may be a problem or a decision instead."}, {}]


async def test_advice_stands_in_the_preview_beside_the_field_and_beside_the_list(desk: Desk) -> None:
    fields = {"kind": "problem", "title": "We need more beds", "tender": "me", "cards": ""}
    advice = "The title may have a solution in it."
    preview = await desk.ana.post(f"{desk.base}/keep", **fields)
    form = await desk.ana.post(f"{desk.base}/keep", step="edit", **fields)
    id = await desk.keep(desk.ana, "problem", "We need more beds")
    page, edit = await desk.ana.get(f"{desk.base}/{id}"), await desk.ana.get(f"{desk.base}/{id}/edit")

    for answer in (preview, form, page, edit):
        assert (answer.status_code, advice in answer.text) == (200, True)
    beside = form.text.index(advice)
    assert form.text.index('name="title"') < beside < form.text.index('name="field-who"')
    seen_from = page.text.index('id="list-seen_from"')
    assert seen_from < page.text.index("It is seen from fewer than two places.") < seen_from + 6000
    assert "It is seen from" not in (await desk.gus.get(f"{desk.base}/{id}")).text


async def test_what_is_refused_is_said_in_its_form_and_beside_its_field(desk: Desk) -> None:
    one, two = await desk.keep(desk.ana, "dilemma", "One"), await desk.keep(desk.ana, "dilemma", "Two")
    first = {"id": new_id(), "other": f"record:{two}", "means": "led_to"}
    assert await desk.do(desk.ana, one, "add_tie", **first) == 303
    back = {"id": new_id(), "other": f"record:{one}", "means": "led_to"}
    circle = (await desk.ana.post(f"{desk.base}/{two}/ops", do="add_tie", **back)).text
    form = circle[circle.index('value="add_tie"') :]
    assert "lead back to where it began" in form[: form.index("</form>")]

    past = (await desk.ana.post(f"{desk.base}/{one}/ops", do="look_again", on="2020-01-01")).text
    form = past[past.index('value="look_again"') :]
    assert "Choose a day that is still to come." in form[: form.index("</form>")]

    row = {"id": new_id(), "list": "ups_a", "field-text": "x" * 301}
    long = (await desk.ana.post(f"{desk.base}/{one}/ops", do="add_row", **row)).text
    form = long[long.index('id="add-ups_a"') :]
    assert "at most 300 characters long" in form[: form.index("</form>")]
    assert "x" * 301 in form[: form.index("</form>")]
    assert long.count('class="error"') == 1


async def test_lines_of_an_organisation_that_has_gone_stay_and_say_so(desk: Desk) -> None:
    dilemma = await desk.keep(desk.ana, "dilemma", "Quick and slow", await desk.card(desk.ben, "A note"))
    term = await desk.keep(desk.ana, "term", "Discharge")
    assert (
        await desk.do(desk.ben, dilemma, "add_row", id=new_id(), list="ups_a", **{"field-text": "A bed"})
        == 303
    )
    for who, words in ((desk.ana, "To leave"), (desk.ben, "To be well")):
        row = {"id": new_id(), "list": "meanings", "field-meaning": words}
        assert await desk.do(who, term, "add_row", **row) == 303
    south = str(await desk.home.value("SELECT organisation_id FROM record_row WHERE list = 'ups_a'"))
    name = await desk.home.value(f"SELECT name FROM organisation WHERE id = '{south}'")
    await desk.home.set(f"UPDATE organisation_seat SET state = 'left' WHERE organisation_id = '{south}'")
    page = (await desk.ana.get(f"{desk.base}/{dilemma}")).text
    words = (await desk.ana.get(f"{desk.base}/{term}")).text

    assert "A bed" in page
    assert f"{name} (no longer here)</span>" in page
    assert "To be well" in words
    assert f"{name} (no longer here)</span>" in words
    assert (await desk.ana.get(f"/records/{dilemma}.json")).status_code == 200
