"""Whether the tally sees what goes wrong: histories made by hand, most of them bad."""

import pytest

from app.rehearse.tally import Put, RehearsedOp, Tally

ANA, BEN = 0, 1


@pytest.fixture
def tally() -> Tally:
    return Tally(people=2)


def deed(tally: Tally, item: str, seq: int) -> RehearsedOp:
    made = tally.sent(item, now=1)
    tally.answered(made, seq, now=2)
    return made


def test_a_deed_is_delivered_when_the_last_one_has_it(tally: Tally) -> None:
    made = deed(tally, "card", 7)
    tally.received(ANA, [Put("card", 7)], now=3)
    assert not tally.settled
    tally.received(BEN, [Put("card", 7)], now=9)

    assert tally.settled
    assert made.last == 9
    assert tally.lost({"card": 7}) == 0
    assert (tally.double, tally.deliveries) == (0, 2)


def test_others_may_hear_of_it_before_its_author_has_the_answer(tally: Tally) -> None:
    made = tally.sent("card", now=1)
    tally.received(BEN, [Put("card", 7)], now=2)
    tally.answered(made, 7, now=3)
    tally.received(ANA, [Put("card", 7)], now=3)

    assert tally.settled
    assert tally.double == 0


def test_what_one_person_never_gets_is_lost(tally: Tally) -> None:
    deed(tally, "card", 7)
    tally.received(ANA, [Put("card", 7)], now=3)

    assert tally.lost({"card": 7}) == 1


def test_what_the_database_does_not_hold_is_lost(tally: Tally) -> None:
    deed(tally, "card", 7)
    for viewer in (ANA, BEN):
        tally.received(viewer, [Put("card", 7)], now=3)

    assert tally.lost({}) == 1
    assert tally.lost({"card": 6}) == 1


def test_what_was_never_acknowledged_is_not_lost(tally: Tally) -> None:
    tally.sent("card", now=1)

    assert tally.lost({}) == 0
    assert not tally.settled


def test_what_comes_twice_to_one_person_is_double(tally: Tally) -> None:
    deed(tally, "card", 7)
    tally.received(ANA, [Put("card", 7)], now=3)
    tally.received(ANA, [Put("card", 7)], now=4)

    assert tally.double == 1


def test_a_whole_board_given_again_is_not_double(tally: Tally) -> None:
    deed(tally, "card", 7)
    tally.received(ANA, [Put("card", 7)], now=3)
    tally.received(ANA, [Put("card", 7)], now=4, whole=True)

    assert tally.double == 0


def test_a_deed_done_under_two_numbers_is_double(tally: Tally) -> None:
    deed(tally, "card", 7)
    tally.received(ANA, [Put("card", 8)], now=3)

    assert tally.double == 1


def test_a_deed_acknowledged_under_another_number_than_shown_is_double(tally: Tally) -> None:
    made = tally.sent("card", now=1)
    tally.received(BEN, [Put("card", 7)], now=2)
    tally.answered(made, 8, now=3)

    assert tally.double == 1


def test_who_was_too_slow_for_a_deed_has_it_with_the_next_of_the_same_item(tally: Tally) -> None:
    first = deed(tally, "card", 7)
    tally.received(ANA, [Put("card", 7)], now=3)
    deed(tally, "card", 8)
    for viewer in (ANA, BEN):
        tally.received(viewer, [Put("card", 8)], now=5)

    assert first.last == 5
    assert tally.lost({"card": 8}) == 0


def test_nobody_waits_for_what_was_refused(tally: Tally) -> None:
    made = tally.sent("card", now=1)
    tally.answered(made, None, now=2)

    assert tally.settled
    assert (tally.refused, tally.lost({})) == (1, 0)


def test_items_of_the_board_as_it_was_do_not_count(tally: Tally) -> None:
    tally.received(ANA, [Put("old", 3), Put("old", 3)], now=1)

    assert (tally.double, tally.deliveries) == (0, 0)
