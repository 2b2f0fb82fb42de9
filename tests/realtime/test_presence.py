"""The latest of each person, one message a tick, only what changed, and late closes harm nobody (rule R1)."""

from app.realtime.presence import Here, Presence, pace

AT = Here(x=10, y=20)
THERE = Here(x=30, y=40, on="7c", writing=True)


def test_R1_one_tick_holds_the_latest_of_each_person_and_the_next_holds_nothing() -> None:
    board = Presence()
    board.put("ana", AT, 1)
    board.put("ana", THERE, 1)
    board.put("ben", AT, 2)

    assert board.tick() == {
        "type": "here",
        "people": [
            {"id": "ana", "x": 30, "y": 40, "on": "7c", "writing": True},
            {"id": "ben", "x": 10, "y": 20, "on": None, "writing": False},
        ],
        "left": [],
    }
    assert board.tick() is None


def test_R1_saying_the_same_again_is_not_news() -> None:
    board = Presence()
    board.put("ana", AT, 1)
    board.tick()
    board.put("ana", Here(x=10, y=20), 1)

    assert board.tick() is None


def test_R1_who_leaves_is_named_once() -> None:
    board = Presence()
    board.put("ana", AT, 1)
    board.tick()
    board.leave("ana", 1)

    assert board.tick() == {"type": "here", "people": [], "left": ["ana"]}
    assert board.tick() is None


def test_R1_whoever_came_and_went_between_two_ticks_was_never_there() -> None:
    board = Presence()
    board.put("ana", AT, 1)
    board.leave("ana", 1)

    assert board.tick() is None


def test_R1_whoever_left_and_came_back_between_two_ticks_never_left() -> None:
    board = Presence()
    board.put("ana", AT, 1)
    board.tick()
    board.leave("ana", 1)
    board.put("ana", THERE, 2)

    message = board.tick()

    assert message is not None
    assert [entry["id"] for entry in message["people"]] == ["ana"]
    assert message["left"] == []


def test_R1_a_late_close_of_a_replaced_connection_removes_nobody() -> None:
    board = Presence()
    board.put("ana", AT, 1)
    board.put("ana", AT, 2)
    board.tick()
    board.leave("ana", 1)
    board.leave("ben", 9)

    assert board.tick() is None
    board.leave("ana", 2)
    assert board.tick() == {"type": "here", "people": [], "left": ["ana"]}


def test_R1_a_newcomer_is_told_of_those_who_stand_still() -> None:
    board = Presence()
    assert board.everyone() is None
    board.put("ana", AT, 1)
    assert board.everyone() is None  # the next tick tells all of them, the newcomer too
    board.tick()

    assert board.everyone() == {
        "type": "here",
        "people": [{"id": "ana", "x": 10, "y": 20, "on": None, "writing": False}],
        "left": [],
    }


def test_R1_ten_times_a_second_up_to_thirty_people_and_twice_above() -> None:
    assert [pace(0), pace(30), pace(31), pace(600)] == [0.1, 0.1, 0.5, 0.5]


def test_R1_of_two_tabs_the_one_that_stays_still_shows_the_person() -> None:
    board = Presence()
    board.put("ana", AT, 1)
    board.put("ana", THERE, 2)
    board.tick()
    board.leave("ana", 2)

    assert len(board) == 1
    assert board.tick() == {
        "type": "here",
        "people": [{"id": "ana", "x": 10, "y": 20, "on": None, "writing": False}],
        "left": [],
    }
    board.leave("ana", 1)
    assert board.tick() == {"type": "here", "people": [], "left": ["ana"]}
