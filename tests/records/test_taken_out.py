"""Words that are taken out of a card are gone from the records that quote it, their histories included."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from app.boards.core.ops import AddSection
from app.boards.core.stage.ops import AgreeTakenOut, PutBack, TakeOut
from app.boards.core.stage.taken_out import WORDS
from app.boards.live import withheld_job
from app.db import new_id, now
from app.records.taken_out_job import TakenOutJob, settle
from tests.records.desk import Desk, desk_at
from tests.spaces.house import Person

CANARY = "Mr Canary of bed nine\nfell twice"
LINE = "Mr Canary of bed nine fell twice"
SAYS = "Taken out by a steward: it was about a patient."


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    async with desk_at(database_url) as made:
        yield made


async def settled(desk: Desk) -> None:
    await settle(desk.home.db, desk.rooms, lambda _topic, _number: None, desk.board)


async def stored_words(desk: Desk) -> str:
    """All that is stored of records."""
    found: list[str] = []
    async with desk.home.db.read() as tx:
        for columns in (
            "title || fields || reason FROM record",
            "fields FROM record_row",
            "op FROM record_change",
        ):
            found += (await tx.exec_driver_sql(f"SELECT {columns}")).scalars().all()
    return " ".join(found)


async def kept(desk: Desk, writer: Person) -> tuple[str, str]:
    """A card of `writer` and the dilemma that was made of it: its words are title, field, line and source."""
    section, card = new_id(), new_id()
    await desk.op(desk.ana, AddSection(section, "Upsides A"))
    card = await desk.card(writer, CANARY, section)
    quoted = {"section-ups_a": section, "field-purpose": LINE}
    id = await desk.keep(desk.ana, "dilemma", LINE, card, **quoted)
    row = next(row for row in (await desk.record(id)).rows if row.list == "ups_a")
    await desk.do(desk.ana, id, "edit_row", id=row.id, **{"field-text": "Mr Canary fell"})
    await desk.do(desk.ana, id, "add_row", id=new_id(), list="ups_b", **{"field-text": "Something else"})
    return card, id


async def seen(desk: Desk, id: str) -> str:
    pages = [
        f"{desk.base}/{id}",
        f"{desk.base}",
        f"{desk.base}.json",
        f"/records/{id}.json",
        f"{desk.base}/{id}/edit",
    ]
    return " ".join([(await desk.ben.get(page)).text for page in pages])


async def test_others_words_are_hidden_at_once_come_back_and_are_destroyed_with_the_cards(desk: Desk) -> None:
    card, id = await kept(desk, desk.ben)
    whole = await desk.record(id)
    assert "Canary" in await seen(desk, id)

    await desk.op(desk.ana, TakeOut(card, "patient"))
    await settled(desk)
    hidden = await desk.record(id)
    assert "Canary" not in await seen(desk, id)
    assert (hidden.title, hidden.fields["purpose"]) == (SAYS, SAYS)
    assert [row.fields["text"] for row in hidden.rows] == [SAYS, SAYS, "Something else"]
    assert [row.by for row in hidden.rows] == [desk.ben.id, desk.ben.id, desk.ana.id]
    assert hidden.revision == whole.revision

    await desk.op(desk.ana, PutBack(card))
    await settled(desk)
    assert await desk.record(id) == whole

    await desk.op(desk.ana, TakeOut(card, "patient"))
    await settled(desk)
    assert "Canary" in await stored_words(desk)
    await withheld_job.destroy_overdue(desk.home.db, desk.rooms, now() + timedelta(days=8))
    await settled(desk)
    assert "Canary" not in await stored_words(desk)
    assert await desk.record(id) == hidden


async def test_ones_own_words_are_destroyed_at_once_and_what_follows_can_be_done(desk: Desk) -> None:
    card, id = await kept(desk, desk.ana)
    await desk.op(desk.ana, TakeOut(card))
    await settled(desk)

    assert "Canary" not in await stored_words(desk)
    assert await desk.do(desk.ana, id, "put_back", revision="3") == 303
    assert (await desk.record(id)).of("ups_b") == []


async def test_of_two_cards_each_comes_back_by_itself_and_another_organisation_agrees(desk: Desk) -> None:
    one, id = await kept(desk, desk.ben)
    two = await desk.card(desk.ben, "Canary two")
    other = await desk.keep(desk.ana, "question", "Canary two", two)
    for card in (one, two):
        await desk.op(desk.ana, TakeOut(card, "patient"))
    await settled(desk)
    await desk.op(desk.ben, AgreeTakenOut(one))
    await desk.op(desk.ana, PutBack(two))
    await settled(desk)

    assert (await desk.record(id)).title == SAYS
    assert (await desk.record(other)).title == "Canary two"
    assert "Mr Canary" not in await stored_words(desk)


async def test_words_before_that_repeat_what_was_taken_out_are_not_shown_and_do_not_come_back(
    desk: Desk,
) -> None:
    card = await desk.card(desk.ben, "Mrs Canary waited nine hours in bed 4")
    poles = {"field-pole_a": "Canary", "field-pole_b": "Choice"}
    id = await desk.keep(desk.ana, "dilemma", "Mrs Canary waited nine hours", card, **poles)
    line = new_id()
    await desk.do(desk.ana, id, "add_row", id=line, list="ups_a", **{"field-text": "Canary waits"})
    words = {"title": "Nine hours of waiting", "field-pole_a": "Flow", "seen": "2"}
    await desk.ben.post(f"{desk.base}/{id}/edit", **words)
    await desk.do(desk.ben, id, "edit_row", id=line, **{"field-text": "People wait"})
    assert "Restore these words" in (await desk.abe.get(f"{desk.base}/{id}")).text

    await desk.op(desk.ana, TakeOut(card, "patient"))
    await settled(desk)
    for who in (desk.gus, desk.abe, desk.ben):
        page = (await who.get(f"{desk.base}/{id}")).text
        assert "Words before" not in page
        assert "Canary" not in page
        assert "Restore these words" not in page
    for who in (desk.abe, desk.ben):  # Ben may undo what is his own
        for revision in ("3", "4"):
            assert await desk.do(who, id, "put_back", revision=revision) == 422
    now = await desk.record(id)
    assert (now.title, now.fields["pole_a"]) == ("Nine hours of waiting", "Flow")
    assert now.of("ups_a")[0].fields["text"] == "People wait"

    await desk.op(desk.ana, PutBack(card))
    await settled(desk)
    assert await desk.do(desk.abe, id, "put_back", revision="3") == 303


async def test_words_are_taken_out_also_where_a_line_came_back_by_them(desk: Desk) -> None:
    """Without them nothing brings the line back, and what was done to it then stops nothing."""
    section = new_id()
    await desk.op(desk.ana, AddSection(section, "Upsides A"))
    card = await desk.card(desk.ben, CANARY, section)
    id = await desk.keep(desk.ana, "dilemma", "Quick", card, **{"section-ups_a": section})
    line = (await desk.record(id)).of("ups_a")[0].id
    await desk.do(desk.ana, id, "edit_row", id=line, **{"field-text": "Somebody fell"})
    await desk.do(desk.ana, id, "remove_row", id=line)
    assert await desk.do(desk.abe, id, "put_back", revision="2") == 303
    assert await desk.do(desk.abe, id, "remove_row", id=line) == 303
    assert await desk.do(desk.ana, id, "add_row", id=new_id(), list="ups_b", **{"field-text": "Rest"}) == 303

    await desk.op(desk.ben, TakeOut(card))
    await settled(desk)
    assert "Canary" not in await stored_words(desk)
    assert [row.fields["text"] for row in (await desk.record(id)).of("ups_b")] == ["Rest"]


async def test_what_only_repeats_a_short_word_of_a_choice_stays(desk: Desk) -> None:
    card = await desk.card(desk.ben, "own")
    id = await desk.keep(desk.ana, "decision", "We begin", card, **{"field-authority": "own"})
    await desk.op(desk.ana, TakeOut(card))
    await settled(desk)

    assert (await desk.record(id)).fields["authority"] == "own"


async def test_a_board_rings_when_words_are_taken_out_and_the_job_hears_it(desk: Desk) -> None:
    card = await desk.card(desk.ben, "Canary")
    rung: list[str] = []
    job = TakenOutJob(desk.home.db, desk.rooms, lambda _topic, _number: None)
    (await desk.rooms.open(desk.board)).room.ring = lambda topic, _number: rung.append(topic)
    await desk.card(desk.ben, "Another")
    before = list(rung)
    await desk.op(desk.ana, TakeOut(card))
    for topic in rung:
        job.heard(topic, 1)

    assert before == [f"board:{desk.board}"]
    assert sorted(rung[1:]) == [f"board:{desk.board}", f"{WORDS}:{desk.board}"]
    assert job._due.waiting == {desk.board}


async def test_a_card_whose_words_were_taken_out_is_not_kept_in_their_place(desk: Desk) -> None:
    card = await desk.card(desk.ben, CANARY)
    await desk.op(desk.ana, TakeOut(card, "patient"))

    page = await desk.ana.get(f"{desk.base}/keep?kind=dilemma&cards={desk.board}/{card}")

    assert page.status_code == 200
    assert "Taken out by" not in page.text
