"""Gathering on a phone without JavaScript: into themes, out of them again, and one's own step taken back."""

import re
from typing import Any

from app.db import new_id
from tests.workshops.conftest import Stage, text_of


async def gathering(stage: Stage, move: str = "everyone") -> tuple[str, list[str]]:
    """Three notes that all read, and may gather: the phase, and the notes."""
    await stage.begin()
    first = await stage.ask()
    notes = [await stage.wrote(stage.winter.bo, first, words) for words in ("No bed", "No ramp", "No van")]
    await stage.reveal(first)
    phase = await stage.ask("What belongs together?", first, write="off", move=move, about=[first])
    return phase, notes


async def gathers(stage: Stage, who: Any, phase: str, cards: list[str], **fields: str) -> Any:
    """As a browser sends it: each ticked note under the same name."""
    await who.get("/join")
    token = ("_csrf_token", who.http.cookies["tl_csrf"])
    pairs = [("phase", phase), *(("cards", id) for id in cards), *fields.items(), token]
    content = "&".join(f"{name}={value.replace(' ', '+')}" for name, value in pairs)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return await who.http.post(stage.path, content=content, headers=headers)


async def made(stage: Stage, who: Any, phase: str, cards: list[str], title: str = "Getting in") -> str:
    id = new_id()
    answer = await gathers(stage, who, phase, cards, do="add_theme", new_id=id, title=title)
    assert answer.status_code == 303, answer.text
    return id


async def test_ticked_notes_go_into_a_new_theme_and_everybody_reads_it(stage: Stage) -> None:
    phase, notes = await gathering(stage)
    bo, cleo = stage.winter.bo, stage.winter.cleo
    assert 'name="cards"' in await stage.page(bo)
    theme = await made(stage, bo, phase, notes[:2])

    page = await stage.page(cleo)
    inside = page.split(f'id="theme-{theme}"')[1].split("</section>")[0]
    assert "Getting in" in inside
    assert "No bed" in inside
    assert "No ramp" in inside
    assert "No van" not in inside


async def test_a_theme_is_renamed_merged_split_and_removed(stage: Stage) -> None:
    phase, notes = await gathering(stage)
    bo = stage.winter.bo
    one, two = await made(stage, bo, phase, notes[:1]), await made(stage, bo, phase, notes[1:], "Other")
    for fields in (
        {"do": "edit_theme", "id": one, "title": "Getting home"},
        {"do": "merge_themes", "id": one, "other": two},
    ):
        assert (await gathers(stage, bo, phase, [], **fields)).status_code == 303
    page = text_of(await stage.page(bo))
    assert "Getting home" in page
    assert "Other" not in page
    assert (await gathers(stage, bo, phase, [notes[0]], split=one)).status_code == 303
    loose = (await stage.page(bo)).split('id="theme-none"')[1].split("</section>")[0]
    assert "No bed" in loose
    assert "No van" not in loose
    assert (await gathers(stage, bo, phase, [], do="remove_theme", id=one)).status_code == 303
    assert "Getting home" not in await stage.page(bo)


async def test_ones_own_step_is_taken_back_from_the_page_that_follows(stage: Stage) -> None:
    phase, notes = await gathering(stage)
    bo = stage.winter.bo
    answer = await gathers(stage, bo, phase, notes, do="add_theme", new_id=new_id(), title="All")
    page = (await bo.get(answer.headers["location"])).text
    assert "Undo: Theme added." in page
    seq = re.search(r'name="undo_of" value="(\d+)"', page)
    assert seq
    undone = await bo.post(stage.path, undo_of=seq[1])

    assert undone.headers["location"].endswith("done=undone")
    assert 'id="theme-none"' in await stage.page(bo)
    assert ">All<" not in await stage.page(bo)
    cleo = await stage.winter.cleo.post(stage.path, undo_of=seq[1])
    assert cleo.status_code >= 400, "a deed of another person"


async def test_what_a_form_lacks_is_said_and_the_title_stays(stage: Stage) -> None:
    phase, notes = await gathering(stage)
    bo = stage.winter.bo
    none = await gathers(stage, bo, phase, [], do="add_theme", new_id=new_id(), title="A long thought")
    assert none.status_code == 422
    assert "Tick the notes first." in text_of(none.text)
    assert 'value="A long thought"' in none.text
    nameless = await gathers(stage, bo, phase, notes, do="add_theme", new_id=new_id(), title="")
    assert nameless.status_code == 422
    assert f'value="{notes[0]}" form="gather" checked' in nameless.text


async def test_where_facilitators_gather_phones_have_no_form_and_titles_are_given_back(
    stage: Stage,
) -> None:
    phase, notes = await gathering(stage, "facilitators")
    bo, ana = stage.winter.bo, stage.winter.ana
    assert 'name="cards"' not in await stage.page(bo)
    assert 'name="cards"' in await stage.page(ana), "she facilitates, from her phone too"
    refused = await gathers(stage, bo, phase, notes, do="add_theme", new_id=new_id(), title="My theme")
    assert refused.status_code == 403
    assert "My theme" in refused.text
    assert 'name="cards"' not in await stage.page(stage.oli)


async def test_an_observer_gathers_nothing(stage: Stage) -> None:
    phase, notes = await gathering(stage)
    assert 'name="cards"' not in await stage.page(stage.oli)
    answer = await gathers(stage, stage.oli, phase, notes, do="add_theme", new_id=new_id(), title="Mine")
    assert answer.status_code == 403
