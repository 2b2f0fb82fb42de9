"""What two processes on one database know of a board."""

import asyncio
import weakref

import pytest
from sqlalchemy import delete, event, select, update

from app.access import Actor, Role, State
from app.boards.core.ops import AddCard, RemoveCard
from app.boards.live import actions
from app.boards.live.live_board import EMPTY_FOR, EMPTY_FOR_OF_MANY, MOST_EMPTY
from app.boards.live.rooms import Rooms
from app.boards.live.turn.ticket import Ticket
from app.boards.storage.tables import board, item
from app.db import new_id, now
from app.people.store import logins_of
from app.spaces.seats import seat as seat_of
from tests.boards.conftest import Desk
from tests.boards.live.test_room_lives import Line, follow
from tests.support.until import until

ROUNDS = 40  # in which a board is archived amid commits


@pytest.fixture
async def behind(desk: Desk) -> Rooms:
    """The rooms of another process, which no wake-up reaches; it read the board while it was empty."""
    rooms = Rooms(desk.home.db, lambda topic, number: None)
    await rooms.open(desk.id)
    return rooms


async def test_D4_nobody_is_sent_back_in_time_by_a_process_that_is_behind(desk: Desk, behind: Rooms) -> None:
    await desk.card(desk.winter.ana, "Told by the other process")

    there = await behind.open_at(desk.id, 1)

    assert there.room.board.seq == 1
    await behind.stop()


async def test_D4_a_cursor_that_nobody_has_given_out_keeps_nobody_waiting(desk: Desk, behind: Rooms) -> None:
    async with asyncio.timeout(5):
        there = await behind.open_at(desk.id, 10**12)

    assert there.room.board.seq == 0
    await behind.stop()


async def test_D4_what_was_cleared_meanwhile_is_gone_at_a_process_that_is_behind(
    desk: Desk, behind: Rooms
) -> None:
    cleared = await desk.card(desk.winter.ana, "Cleared away")
    there = await behind.open_at(desk.id, 1)
    kept = await desk.card(desk.winter.ana, "Stays")
    async with desk.home.db.write() as tx:
        await tx.execute(update(board).where(board.c.id == desk.id).values(floor=2))
        await tx.execute(delete(item).where(item.c.id == cleared))

    await there.room.reach(2)

    assert set(there.room.board.items) == {kept}
    await behind.stop()


async def test_a_poll_takes_no_connection_that_asks_in_many_steps(desk: Desk, behind: Rooms) -> None:
    taken: list[object] = []
    event.listen(behind.db.engine.sync_engine, "checkout", lambda *of: taken.append(of))
    for poll in (behind._poll_seqs, behind._poll_rights):
        await poll()

    assert not taken  # on SQLite each step there changes threads; on PostgreSQL see test_steps_to_postgres
    await behind.stop()


async def test_O5_nothing_is_written_on_a_board_that_another_process_has_archived(
    desk: Desk, behind: Rooms
) -> None:
    async with desk.home.db.read() as tx:
        login = str((await logins_of(tx, desk.winter.bo.id))[0].id)
        seat = await seat_of(tx, login, desk.winter.id)
    assert seat is not None
    await desk.winter.ana.post(f"{desk.path}/archive")

    late = actions.request(seat.actor, AddCard(new_id(), "note", "Too late"))
    answer = (await actions.act(behind, desk.id, seat, [late]))[0]

    assert answer.result is not None
    assert answer.result.code == "locked"
    await behind.stop()


async def test_O5_an_op_that_waited_while_its_person_was_removed_is_not_done(
    desk: Desk, behind: Rooms
) -> None:
    winter = desk.winter
    async with desk.home.db.read() as tx:
        seat = await seat_of(tx, str((await logins_of(tx, winter.bo.id))[0].id), winter.id)
    assert seat is not None
    late = actions.request(seat.actor, AddCard(new_id(), "note", "Too late"))
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/remove")
    await behind._poll_rights()  # by then the room itself knows, and would not look again

    answer = (await actions.act(behind, desk.id, seat, [late]))[0]

    assert (await behind.open(desk.id)).room.epoch > seat.space.rights
    assert answer.result is not None
    assert answer.result.code == "not_allowed"
    await behind.stop()


async def test_T2_a_process_that_opens_a_board_knows_whose_words_were_overwritten(
    desk: Desk, behind: Rooms
) -> None:
    bo, ana = desk.winter.bo, desk.winter.ana
    card = await desk.card(ana, "the quick fox")
    await desk.act(bo, "edit_card", id=card, text="the slow fox", base=1)
    await desk.act(ana, "edit_card", id=card, text="the clever fox", base=1)
    await desk.card(ana, "Later")
    restarted = Rooms(desk.home.db, lambda topic, number: None)

    for rooms in (behind, restarted):
        recent = (await rooms.open_at(desk.id, 4)).room.current.recent
        found = [[one.theirs for one in recent.overwritten(bo.id, cursor)] for cursor in (1, 2, 3)]

        assert found == [["the slow fox"], ["the slow fox"], []]
        assert not recent.overwritten(ana.id, 1)
        await rooms.stop()


async def test_S8_a_deed_without_a_number_is_known_again_when_its_commit_had_no_answer(
    desk: Desk, behind: Rooms
) -> None:
    bo = Actor(Role.MEMBER, desk.winter.bo.id, desk.winter.northfield)
    removed, added = new_id(), new_id()
    room = (await behind.open(desk.id)).room
    await actions.act(behind, desk.id, None, [actions.request(bo, AddCard(removed, "note", "Words"))])
    requests = [actions.request(bo, op) for op in (RemoveCard(removed), AddCard(added, "note", "More"))]
    tickets = [Ticket(request, "", None, lambda answer: None) for request in requests]
    before = room.board.seq
    _, first = await room._store(tickets, before)
    room._patience.is_again = True

    group, second = await room._store(tickets, before)

    assert group.deeds == ()
    assert second == first
    assert [answer.result.seq for answer in second if answer.result] == [2, 3]
    await behind.stop()


async def test_O5_no_deed_comes_after_the_archiving_of_its_board_nor_brings_it_back(
    desk: Desk, behind: Rooms
) -> None:
    """Another process archives it, without a word, while deeds are stored one after the other."""
    bo = Actor(Role.MEMBER, desk.winter.bo.id, desk.winter.northfield)
    room = (await behind.open(desk.id)).room

    async def archive() -> int:
        async with desk.home.db.write() as tx:
            await tx.execute(update(board).where(board.c.id == desk.id).values(archived_at=now()))
            return int((await tx.execute(select(board.c.seq).where(board.c.id == desk.id))).scalar_one())

    for _ in range(ROUNDS):
        requests = [actions.request(bo, AddCard(new_id(), "note", "Words")) for _ in range(3)]
        writing = [asyncio.create_task(actions.act(behind, desk.id, None, [one])) for one in requests]
        last = await archive()
        answers = [answer.result for (answer,) in await asyncio.gather(*writing)]
        asked = actions.request(bo, AddCard(new_id(), "note", "Too late"))
        (late,) = await actions.act(behind, desk.id, None, [asked])

        done = [result.seq for result in answers if result and result.seq is not None]
        assert all(seq <= last for seq in done)
        assert {result.code for result in answers if result and result.seq is None} <= {"locked"}
        assert late.result is not None
        assert late.result.code == "locked"
        assert room.board.state is State.ARCHIVED
        await desk.home.set("UPDATE board SET archived_at = NULL")
        await room.catch_up()
    await behind.stop()


async def test_S5_a_board_that_nobody_follows_is_let_go_and_freed_and_one_with_followers_stays(
    desk: Desk, behind: Rooms
) -> None:
    ids = [new_id() for _ in range(MOST_EMPTY + 2)]
    for id in ids:
        await desk.winter.ana.post(f"{desk.winter.path}/boards", title="One", template="blank", id=id)
    lives = [await behind.open(id) for id in ids]
    follow(lives[1], Actor(Role.MEMBER, desk.winter.bo.id, "o"), 1, Line())
    for i, live in enumerate(lives):
        live.used -= EMPTY_FOR_OF_MANY + len(ids) - i  # the first were used longest ago
    freed = weakref.ref(lives[0].followers)
    del lives, live
    await behind._poll_seqs()
    await until(lambda: freed() is None)

    assert set(ids) - behind.live.keys() == {ids[0], ids[2]}  # the board of the desk is open too
    for live in behind.live.values():
        live.used -= EMPTY_FOR
    await behind._poll_seqs()

    assert set(behind.live) == {ids[1]}
    await behind.stop()


async def test_S10_an_answer_that_a_newer_version_stored_leaves_those_beside_it_done_once(
    desk: Desk, behind: Rooms
) -> None:
    bo = Actor(Role.MEMBER, desk.winter.bo.id, desk.winter.northfield)
    numbered = actions.request(bo, AddCard(new_id(), "note", "Words"), client="a phone", n=1)
    await actions.act(behind, desk.id, None, [numbered])
    await desk.home.set("UPDATE deed SET outcome = '[]'")
    form = actions.request(bo, AddCard(new_id(), "note", "More"))
    told, again = await actions.act(behind, desk.id, None, [form, numbered])

    assert (told.result and told.result.seq, again.result, again.fault) == (2, None, True)
    assert await desk.home.value("SELECT count(*) FROM deed") == 2
    await behind.stop()
