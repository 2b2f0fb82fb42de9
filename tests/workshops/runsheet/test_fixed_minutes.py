"""Minutes once the five days are over: they stand, and only words that were taken out leave them."""

import pytest
from msgspec import structs

from app.db import now
from app.main import services
from app.records.taken_out_job import settle
from app.reports.minutes.job import fix_due
from tests.workshops.conftest import text_of
from tests.workshops.runsheet.held import FORMS, Held, held

__all__ = ["held"]


async def test_after_five_days_it_is_fixed_whatever_becomes_of_the_board(held: Held) -> None:
    ana, running = held.plan.winter.ana, services(held.plan.home.app)
    await held.end()
    await fix_due(running.db, running.rooms, now())
    assert await held.plan.home.count("minutes_fixed") == 0
    await held.hours_later(5 * 24 + 1)
    await fix_due(running.db, running.rooms, now())
    await fix_due(running.db, running.rooms, now())
    assert await held.plan.home.count("minutes_fixed") == 1

    board = await held.console.live()
    first, second = [
        next(one.id for one in board.items.values() if begin in str(one.fields.get("text")))
        for begin in ("hurry", "=1+1")
    ]
    ops = f"/boards/{held.console.board_id}/ops"
    await ana.post(ops, do="edit_card", id=second, text="Other words since")
    words = text_of(await held.page(held.plan.oli))
    assert "=1+1 or how?" in words
    assert "Other words" not in words

    assert (await ana.post(ops, do="take_out", id=first, why="named")).status_code == 303
    assert "hurry" not in await held.page(held.plan.oli)
    assert (await held.plan.winter.bo.post(ops, do="agree_taken_out", id=first)).status_code == 303
    await fix_due(running.db, running.rooms, now())
    stored = await held.plan.home.value("SELECT content FROM minutes_fixed")
    assert "hurry" not in stored
    assert "=1+1" in stored
    assert held.plan.winter.bo.id in stored  # people are ids: whoever is erased has no name in it
    assert "Bo, " not in stored


@pytest.mark.parametrize("kind", ["question", "parked", "missing"])
async def test_titles_of_records_in_fixed_minutes_lose_words_that_were_taken_out(
    held: Held, kind: str
) -> None:
    ana, bo, running = held.plan.winter.ana, held.plan.winter.bo, services(held.plan.home.app)
    board = await held.console.live()
    note = next(one for one in board.items.values() if "hurry" in str(one.fields.get("text")))
    words, at = note.fields["text"], f"{held.console.board_id}/{note.id}"
    path = f"{held.plan.winter.path}/records/keep"
    kept = await ana.post(path, kind=kind, title=words, step="stand", cards=at)
    assert kept.status_code == 303, text_of(kept.text)
    await held.end()
    await held.hours_later(5 * 24 + 1)
    await fix_due(running.db, running.rooms, now())
    assert words in str(await held.plan.home.value("SELECT content FROM minutes_fixed"))
    assert words in await held.page(held.plan.oli)

    ops = f"/boards/{held.console.board_id}/ops"
    for op in ({"do": "take_out", "why": "named"}, {"do": "agree_taken_out"}):
        who = ana if op["do"] == "take_out" else bo
        assert (await who.post(ops, id=note.id, **op)).status_code == 303
        await settle(running.db, running.rooms, running.rooms.ring, held.console.board_id)
        assert "hurry" not in await held.page(held.plan.oli)
        for form in FORMS[:-1]:
            assert "hurry" not in await held.file(held.plan.oli, form), form
    await fix_due(running.db, running.rooms, now())
    assert "hurry" not in str(await held.plan.home.value("SELECT content FROM minutes_fixed"))


async def test_words_that_were_withheld_when_their_note_was_cleared_away_leave_fixed_minutes(
    held: Held,
) -> None:
    ana, running = held.plan.winter.ana, services(held.plan.home.app)
    await held.end()
    await held.hours_later(5 * 24 + 1)
    await fix_due(running.db, running.rooms, now())
    board = await held.console.live()
    note, other = [
        next(one.id for one in board.items.values() if begin in str(one.fields.get("text")))
        for begin in ("hurry", "=1+1")
    ]
    ops = f"/boards/{held.console.board_id}/ops"
    assert (await ana.post(ops, do="take_out", id=note, why="named")).status_code == 303
    await fix_due(running.db, running.rooms, now())
    assert "hurry" in str(await held.plan.home.value("SELECT content FROM minutes_fixed")), "may be put back"

    current = (await running.rooms.open(held.console.board_id)).room.current
    items = current.board.items.delete(note).delete(other)
    current.board = structs.replace(current.board, items=items)
    for who in (ana, held.plan.oli):
        page = await held.page(who)
        assert "hurry" not in page
        assert "Taken out. The words are no longer here." in page
        assert "=1+1 or how?" in page, "what was only cleared away stands"
    await fix_due(running.db, running.rooms, now())
    assert "hurry" not in str(await held.plan.home.value("SELECT content FROM minutes_fixed"))


async def test_fixed_minutes_keep_the_title_that_a_record_had(held: Held) -> None:
    ana, running = held.plan.winter.ana, services(held.plan.home.app)
    path = f"{held.plan.winter.path}/records"
    board = await held.console.live()
    note = next(one.id for one in board.items.values() if "hurry" in str(one.fields.get("text")))
    at = f"{held.console.board_id}/{note}"
    await ana.post(f"{path}/keep", kind="question", title="As it was", step="stand", cards=at)
    await held.end()
    await held.hours_later(5 * 24 + 1)
    await fix_due(running.db, running.rooms, now())
    id = await held.plan.home.value("SELECT id FROM record")
    written = await ana.post(f"{path}/{id}/edit", title="As it is since", seen="1")
    assert written.status_code == 303, text_of(written.text)

    await fix_due(running.db, running.rooms, now())
    page = await held.page(held.plan.oli)
    assert "As it was" in page
    assert "As it is since" not in page


async def test_a_board_that_is_gone_does_not_keep_other_minutes_from_being_fixed(
    held: Held, caplog: pytest.LogCaptureFixture
) -> None:
    running, columns = services(held.plan.home.app), "space_id, title, purpose, authority, place, team, sheet"
    await held.end()
    await held.hours_later(5 * 24 + 1)
    for id in ("00000000-gone", "zzzzzzzz-gone"):  # one before and one after it, in whatever order they come
        more = "made_by, made_at, changed_at, revision"
        await held.plan.home.set(
            f"INSERT INTO workshop (id, board_id, stage_id, {columns}, {more}) "
            f"SELECT '{id}', NULL, 'gone', {columns}, {more} FROM workshop WHERE id = '{held.plan.id}'"
        )
    await fix_due(running.db, running.rooms, now())
    assert await held.plan.home.count("minutes_fixed") == 1
    assert caplog.text.count("its board is not here") == 2
