"""A record that a newer version wrote: shown plain wherever it stands, never dropped, never written."""

from collections.abc import AsyncIterator

import pytest

from app.boards.core.stage.ops import TakeOut
from app.db import new_id
from app.records.taken_out_job import settle
from tests.records.desk import Desk, desk_at

DAY = "2090-02-14"


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    async with desk_at(database_url) as made:
        yield made


async def newer(desk: Desk, how: str) -> str:
    """A record of a kind, of a version, or with a deed, that this version does not know."""
    id = await desk.keep(
        desk.ana, "question", "Who rings the family?", await desk.card(desk.ben, "Who rings?")
    )
    if how == "kind":
        await desk.home.set(f"UPDATE record SET kind = 'promise' WHERE id = '{id}'")
        await desk.home.set(
            f'UPDATE record_change SET op = replace(op, \'"kind":"question"\', \'"kind":"promise"\')'
            f" WHERE record_id = '{id}'"
        )
    elif how == "version":
        await desk.home.set(f"UPDATE record SET version = 9 WHERE id = '{id}'")
    else:
        await desk.home.set(
            f'UPDATE record_change SET op = replace(op, \'"do":"keep"\', \'"do":"promise"\')'
            f" WHERE record_id = '{id}'"
        )
    return id


@pytest.mark.parametrize("how", ["kind", "version", "deed"])
async def test_it_is_shown_plain_wherever_it_stands_and_no_page_fails(desk: Desk, how: str) -> None:
    id = await newer(desk, how)
    page = await desk.ben.get(f"{desk.base}/{id}")

    assert page.status_code == 200
    assert "Who rings the family?" in page.text
    assert "Ana" in page.text
    if how != "deed":
        assert "A newer version of Throughline wrote this. Here it can only be read." in page.text
    for path in (desk.base, f"{desk.base}?kind=nobody&state=all", f"{desk.base}/due", f"{desk.base}.json"):
        answer = await desk.ben.get(path)
        assert answer.status_code == 200, path
    assert "Who rings the family?" in (await desk.ben.get(desk.base)).text
    assert (await desk.ben.get(f"/records/{id}.json")).json()["title"] == "Who rings the family?"
    assert (await desk.ben.get(f"{desk.base}/{id}/look-again.ics")).status_code == 200


@pytest.mark.parametrize("how", ["kind", "version", "deed"])
async def test_nothing_writes_to_it_and_each_try_gets_a_sentence(desk: Desk, how: str) -> None:
    id = await newer(desk, how)
    before = await desk.home.value(f"SELECT count(*) FROM record_change WHERE record_id = '{id}'")
    tries = [
        await desk.ana.get(f"{desk.base}/{id}/edit"),
        await desk.ana.post(f"{desk.base}/{id}/edit", title="Mine", seen="1"),
        await desk.ana.post(
            f"{desk.base}/rows/{id}", title="Mine", title_was="Theirs", seen="1", on=DAY, on_was=DAY
        ),
    ]
    if how != "deed":
        answers = {"id": new_id(), "field-still": "yes", "on": DAY}
        tries += [
            await desk.ana.get(f"{desk.base}/{id}/review"),
            await desk.ana.post(f"{desk.base}/{id}/review", **answers),
            await desk.ana.post(f"{desk.base}/{id}/ops", do="set_state", state="answered"),
            await desk.ana.post(f"{desk.base}/{id}/lay-out", way="boxes", board=desk.board, id=new_id()),
        ]
    for answer in tries:
        assert answer.status_code in (200, 409, 422, 503), answer.url
        if answer.request.method == "POST":
            assert "newer version" in answer.text or "nothing in this" in answer.text, answer.url

    assert await desk.home.value(f"SELECT count(*) FROM record_change WHERE record_id = '{id}'") == before
    assert (await desk.home.value(f"SELECT title FROM record WHERE id = '{id}'")) == "Who rings the family?"


async def test_words_that_are_taken_out_elsewhere_wait_for_the_newer_version_and_end_no_job(
    desk: Desk,
) -> None:
    card = await desk.card(desk.ben, "Mr Canary")
    id = await desk.keep(desk.ana, "question", "Who rings?", card)
    other = await desk.keep(desk.ana, "question", "Who else?", await desk.card(desk.ben, "Mrs Canary"))
    await desk.home.set(
        f'UPDATE record_change SET op = replace(op, \'"do":"keep"\', \'"do":"promise"\')'
        f" WHERE record_id = '{id}'"
    )
    quoted = [row.card for row in (await desk.record(other)).of("sources")]
    for one in (card, quoted[0]):
        await desk.op(desk.ana, TakeOut(str(one), "patient"))
    await settle(desk.home.db, desk.rooms, lambda _topic, _number: None, desk.board)

    assert "Mrs Canary" not in (await desk.ana.get(f"{desk.base}/{other}")).text
    assert (await desk.ana.get(f"{desk.base}/{id}")).status_code == 200
