"""Above its quota a person, a board or a space goes on at one op a second; nothing is refused."""

import asyncio
from time import monotonic

import pytest

from app.boards.core.ops import AddCard, Batch
from app.boards.live.codec import BURST, RATE
from app.boards.live.quotas import PIECE, ROW, SLOW, Allowance, Place, Quotas
from app.boards.storage.usage_store import HOUR
from app.db import Database
from app.main import services
from app.realtime.pace import Pace
from tests.boards.conftest import Desk

KB = 1024
SMALL = Allowance(person=10 * KB, board=20 * KB, space=40 * KB)
CARD = AddCard("c", "note", "Words")


class Clock:
    """Unix time, as a test sets it."""

    def __init__(self) -> None:
        self.at = 1_000 * HOUR + 1_800.0

    def __call__(self) -> float:
        return self.at


def quotas(db: Database, clock: Clock | None = None) -> Quotas:
    return Quotas(db, SMALL, limited=True, clock=clock or Clock())


def rate(pace: Pace) -> tuple[float, float]:
    return pace.rate, pace.burst


FULL = (RATE, BURST)


async def test_a_person_above_their_quota_slows_down_everywhere_and_others_do_not(db: Database) -> None:
    one = quotas(db)
    here, there = Place("ana", "b1", "s1"), Place("ana", "b2", "s2")
    one.charge(here, CARD, 10 * KB - ROW)
    before = rate(one.pace(here))
    one.charge(here, CARD, 1)

    assert before == FULL
    assert rate(one.pace(here)) == rate(one.pace(there)) == SLOW
    assert rate(one.pace(Place("ben", "b1", "s1"))) == FULL


@pytest.mark.parametrize(("people", "place"), [(3, Place("dan", "b1", "s9")), (5, Place("dan", "b9", "s1"))])
async def test_a_board_and_a_space_above_theirs_slow_down_for_everyone_there(
    db: Database, people: int, place: Place
) -> None:
    one = quotas(db)
    for i in range(people):
        one.charge(Place(f"p{i}", "b1" if people == 3 else f"b{i}", "s1"), CARD, 9 * KB)

    assert rate(one.pace(place)) == SLOW
    assert rate(one.pace(Place("dan", "b9", "s9"))) == FULL


async def test_it_is_counted_over_all_processes_and_through_a_restart_for_a_day(db: Database) -> None:
    clock = Clock()
    one, two = quotas(db, clock), quotas(db, clock)
    place = Place("ana", "b1", "s1")
    one.charge(place, CARD, 6 * KB)
    two.charge(place, CARD, 6 * KB)
    await one.settle()
    await two.settle()
    again = quotas(db, clock)
    again.charge(place, CARD, 0)
    await again.settle()
    over = [each.is_over(place) for each in (two, again)]
    clock.at += 23 * HOUR
    await two.settle()
    still = two.is_over(place)
    clock.at += HOUR
    await two.settle()

    assert over == [True, True]
    assert still
    assert rate(two.pace(place)) == FULL


async def test_what_could_not_be_stored_is_counted_later(db: Database) -> None:
    one = quotas(db)
    place = Place("ana", "b1", "s1")
    one.charge(place, CARD, 20 * KB)
    await db.run_write(lambda tx: tx.exec_driver_sql("ALTER TABLE usage RENAME TO elsewhere"))
    with pytest.raises(Exception, match="usage"):
        await one.settle()
    await db.run_write(lambda tx: tx.exec_driver_sql("ALTER TABLE elsewhere RENAME TO usage"))

    assert one.is_over(place)
    await one.settle()
    other = quotas(db)
    other.charge(place, CARD, 0)
    await other.settle()
    assert other.is_over(place)


async def test_above_the_quota_a_large_op_counts_for_as_many_as_it_has_pieces(db: Database) -> None:
    one = quotas(db)
    place = Place("ana", "b1", "s1")
    one.charge(place, CARD, 10 * KB)
    before = one.pace(place).tokens
    one.charge(place, CARD, 8 * PIECE)
    large = before - one.pace(place).tokens
    one.charge(place, Batch((CARD,) * 20), 2 * PIECE)

    assert large == 7
    assert before - one.pace(place).tokens == 7 + 19


async def test_where_there_are_no_limits_there_is_no_quota(db: Database) -> None:
    one = Quotas(db, SMALL, limited=False)
    place = Place("ana", "b1", "s1")
    one.charge(place, CARD, 100 * KB)

    assert one.pace(place).rate == 0


async def test_above_the_quota_ops_come_in_at_one_a_second_and_none_is_refused(desk: Desk) -> None:
    bo, rooms = desk.winter.bo, services(desk.home.app).rooms
    space = (await rooms.open(desk.id)).room.board.space
    place = Place(bo.id, desk.id, space)
    rooms.quotas.charge(place, CARD, 17 << 20)
    began = monotonic()
    await asyncio.gather(*(desk.card(bo, f"Card {i}") for i in range(3)))
    took = monotonic() - began

    assert await desk.home.count("item") == 3
    assert took > 1.9
    await rooms.quotas.settle()
    assert await desk.home.value(f"SELECT bytes > 17000000 FROM usage WHERE id = '{bo.id}'")


async def test_what_somebody_sent_is_counted_for_them_no_more_once_they_are_erased(desk: Desk) -> None:
    bo, rooms = desk.winter.bo, services(desk.home.app).rooms
    await desk.card(bo)
    await rooms.quotas.settle()
    counted = await desk.home.count("usage")
    await bo.post("/me/erase", sure="yes")

    assert (counted, await desk.home.count("usage")) == (3, 2)
