"""Logs, answers and clients have a horizon; what is left of undo, of "once" and of coming back holds."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text, update

from app.access import Actor, Role
from app.boards.core.group_commit import FORGOTTEN, LONG_AGO, OpResult
from app.boards.core.ops import AddCard, EditCard, Undo
from app.boards.core.stage.ops import TakeOut
from app.boards.live import actions
from app.boards.live.turn.ticket import Answer
from app.boards.retention import horizon_job
from app.boards.retention.horizon_job import CLIENTS, FRESH, LOG
from app.boards.retention.job import sweep
from app.boards.storage.tables import board
from app.db import Database, new_id, now
from app.main import services
from tests.boards.conftest import Desk
from tests.boards.retention.test_clearing import UNDO, holding, swept
from tests.conftest import Running
from tests.support.until import somebody_waits, until
from tests.support.wire import tab
from tests.support.world import make_world

MINUTE = timedelta(minutes=1)


async def act(desk: Desk, op: Any, n: int | None = None) -> Answer:
    """An op of Bo, of his one tab where it has a number."""
    bo = Actor(Role.MEMBER, desk.winter.bo.id, desk.winter.northfield)
    asked = actions.request(bo, op, client="tab" if n else "", n=n)
    (answer,) = await actions.act(services(desk.home.app).rooms, desk.id, None, [asked])
    return answer


async def wrote(desk: Desk, card: str, *texts: str) -> list[int]:
    """Bo writes these one after the other; gives the deeds."""
    answers = [await act(desk, EditCard(card, text=each)) for each in texts]
    return [answer.result.seq for answer in answers if answer.result and answer.result.seq]


async def shown(desk: Desk, card: str) -> str:
    return str((await services(desk.home.app).rooms.open(desk.id)).room.board.items[card].fields["text"])


async def test_T10_a_stretch_of_writing_becomes_one_version_that_one_undo_takes_back(desk: Desk) -> None:
    card = await desk.card(desk.winter.bo, "First words")
    await wrote(desk, card, "First words c", "First words changed", "First words changed at length")
    await swept(desk, now() + FRESH + MINUTE)
    undo, _ = UNDO.findall(await desk.outline(desk.winter.bo))
    in_between = [await holding(desk, f'"{words}"') for words in ("First words c", "First words changed")]

    assert in_between == [["item"], ["item"]]  # an item remembers its last texts, for merging
    assert await shown(desk, card) == "First words changed at length"
    assert undo == "4"
    await act(desk, Undo(4))
    assert await shown(desk, card) == "First words"


async def test_T10_what_was_written_within_the_hour_can_be_undone_change_by_change(desk: Desk) -> None:
    card = await desk.card(desk.winter.bo, "First words")
    deeds = await wrote(desk, card, "Second words", "Third words")
    await swept(desk, now() + FRESH - MINUTE)
    await act(desk, Undo(deeds[-1]))

    assert await shown(desk, card) == "Second words"


async def test_T10_a_stretch_that_is_looked_at_in_two_sweeps_is_one(desk: Desk) -> None:
    card = await desk.card(desk.winter.bo, "First words")
    await wrote(desk, card, "Second words", "Third words")
    await swept(desk, now() + FRESH + MINUTE)
    (last,) = await wrote(desk, card, "Fourth words")
    await swept(desk, now() + FRESH + 2 * MINUTE)
    await act(desk, Undo(last))

    assert await desk.home.value("SELECT count(*) FROM text_version") == 2
    assert await holding(desk, "Second words") == await holding(desk, "Third words") == ["item"]
    assert await shown(desk, card) == "First words"


async def test_T10_words_taken_out_while_the_log_is_thinned_out_do_not_come_back(desk: Desk) -> None:
    card = await desk.card(desk.winter.bo, "Mr Canary one")
    await wrote(desk, card, "Mr Canary two", "Mr Canary three")
    at = now() + FRESH + MINUTE
    thinning = [asyncio.create_task(horizon_job.keep_horizons(desk.home.db, at)) for _ in range(3)]
    taking = asyncio.create_task(act(desk, TakeOut(card, "patient")))
    await asyncio.gather(*thinning, taking)

    assert "deed" not in await holding(desk, "Canary")


async def test_T10_who_thins_out_waits_for_whoever_writes_to_the_log(desk: Desk) -> None:
    card = await desk.card(desk.winter.bo, "Mr Canary one")
    await wrote(desk, card, "Mr Canary two", "Mr Canary three")
    thinning: asyncio.Task[None] | None = None
    async with desk.home.db.write() as tx:  # as a commit does, the board's row first
        await tx.execute(text("UPDATE board SET changed_at = changed_at"))
        thinning = asyncio.create_task(horizon_job.keep_horizons(desk.home.db, now() + FRESH + MINUTE))
        await until(lambda: somebody_waits(desk.home.db))
        await tx.execute(text("UPDATE deed SET op = '{\"do\":\"x\"}', inverse = '[]'"))
    await thinning

    assert "deed" not in await holding(desk, "Canary")


async def test_T10_after_30_days_the_log_ends_and_undo_says_so(desk: Desk) -> None:
    card = await desk.card(desk.winter.bo, "First words")
    (edit,) = await wrote(desk, card, "Second words")
    await swept(desk, now() + LOG + MINUTE)
    undone = (await act(desk, Undo(edit))).result
    never = (await act(desk, Undo(99))).result

    assert undone is not None
    assert (undone.code, undone.say) == ("not_found", LONG_AGO)
    assert never is not None
    assert never.say == "There is nothing of yours to undo there."
    assert await desk.home.count("deed") == await desk.home.count("text_version") == 0
    assert UNDO.findall(await desk.outline(desk.winter.bo)) == ["", ""]
    assert await shown(desk, card) == "Second words"
    assert await wrote(desk, card, "Goes on") == [3]


async def test_T4_what_was_removed_lately_says_who_and_can_come_back_however_old_it_is(desk: Desk) -> None:
    bo = desk.winter.bo
    card = await desk.card(bo, "Old words")
    await desk.act(bo, "remove_card", id=card)
    await desk.home.set("UPDATE deed SET at = at - 86400 * 20 WHERE seq = 1")
    async with desk.home.db.write() as tx:
        await tx.execute(update(board).values(created_at=now() - timedelta(days=20)))
    await swept(desk, now() + timedelta(days=11))

    assert await desk.home.value("SELECT min(seq) FROM deed") == 2
    await desk.act(desk.winter.ana, "restore_card", id=card)
    assert "Old words" in await desk.outline(bo)


async def test_C11_an_answer_that_is_no_longer_kept_is_told_as_that_and_nothing_is_done_twice(
    desk: Desk,
) -> None:
    card, ill = AddCard(new_id(), "note", "Once"), EditCard(new_id(), text="Nothing there")
    done, refused = await act(desk, card, 1), await act(desk, ill, 2)
    await swept(desk, now() + LOG - MINUTE)
    kept = [await act(desk, card, 1), await act(desk, ill, 2)]
    await swept(desk, now() + LOG + MINUTE)
    gone = [await act(desk, card, 1), await act(desk, ill, 2)]
    onward = await act(desk, EditCard(card.id, text="Onward"), 3)

    assert kept == [done, refused]
    assert gone == [Answer(OpResult(n, code="not_found", say=FORGOTTEN)) for n in (1, 2)]
    assert await desk.home.count("item") == 1
    assert onward.result is not None
    assert onward.result.seq == 2


async def test_C11_a_client_that_was_away_for_half_a_year_begins_anew(desk: Desk) -> None:
    card = AddCard(new_id(), "note", "Once")
    await act(desk, card, 1)
    await swept(desk, now() + CLIENTS - MINUTE)
    known = await act(desk, EditCard(card.id, text="Known"), 2)
    await swept(desk, now() + CLIENTS + MINUTE)
    unknown = await act(desk, EditCard(card.id, text="Unknown"), 3)
    again = await act(desk, card, 1)

    assert known.result is not None
    assert unknown == Answer(None, resend_after=0)
    assert again.result is not None
    assert again.result.code == "invalid"  # its id is there already
    assert await shown(desk, card.id) == "Known"


async def test_C11_what_a_version_before_stored_has_its_time_from_when_it_is_found(desk: Desk) -> None:
    await act(desk, EditCard(new_id(), text="Nothing there"), 1)
    await desk.home.set("UPDATE client SET at = NULL")
    await desk.home.set("UPDATE refusal SET at = NULL")
    found = now() + LOG + MINUTE
    await swept(desk, found)
    both = await desk.home.count("client"), await desk.home.count("refusal")
    await swept(desk, found + LOG + MINUTE)

    assert both == (1, 1)
    assert (await desk.home.count("client"), await desk.home.count("refusal")) == (1, 0)


async def test_D4_who_comes_back_from_before_the_horizon_misses_nothing(running: Running) -> None:
    server, url = running
    world = await make_world(url)
    db = Database(url)

    async def sweep_in(time: timedelta) -> datetime:
        at = now() + time
        await sweep(db, lambda topic, number: None, at)
        return at

    async with tab(server, world, "Ana") as ana:
        stays, changes, goes = [await ana.card(name) for name in ("Stays", "Changes", "Goes")]
        async with tab(server, world, "Cat") as cat:
            before: dict[str, Any] = {"from": cat.cursor, "audience": cat.audience}
            held = dict(cat.items)
        await ana.act(do="edit_card", id=changes, text="Changed")
        await sweep_in(LOG + MINUTE)
        async with tab(server, world, "Cat", **before) as again:
            news = again.frames[0]
        await ana.act(do="remove_card", id=goes)
        await sweep_in(2 * LOG + MINUTE)
        last = await ana.act(do="edit_card", id=stays, text="Stayed")
        async with tab(server, world, "Cat", **before) as late:
            assert late.frames[0]["full"] is True
            assert late.items == ana.items
    await db.close()

    assert (news["full"], [view["id"] for view in news["puts"]]) == (False, [changes])
    assert held.keys() == {stays, changes, goes}
    assert "seq" in last


async def test_what_somebody_wrote_is_theirs_to_download_and_to_erase_after_the_log_has_ended(
    desk: Desk,
) -> None:
    bo = desk.winter.bo
    await desk.card(bo, "Written long ago")
    await desk.card(bo, "Mr Canary of a draft", draft="on")
    other = await desk.card(desk.winter.ana, "Of Ana")
    await desk.act(bo, "edit_card", id=other, text="Of Bo on Ana's")
    await swept(desk, now() + LOG + MINUTE)
    (mine,) = (await bo.get("/me/data.json")).json()["boards"]
    await bo.post("/me/erase", sure="yes")

    assert sorted(one["text"] for one in mine["wrote"]) == ["Mr Canary of a draft", "Written long ago"]
    assert mine["did"] == []
    assert await holding(desk, "Canary") == []
