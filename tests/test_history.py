"""The checker is checked first: it must see every kind of wrong in histories made by hand."""

from tests.history import Act, Line, What, check

ADD, REMOVE, RESTORE = Act.ADD, Act.REMOVE, Act.RESTORE


def asked(n: int, value: str, act: Act = ADD, who: str = "ana", **more: object) -> Line:
    return Line(What.INVOKE, who, who, n, act, value, **more)  # type: ignore[arg-type]


def ok(n: int, value: str, seq: int, act: Act = ADD, who: str = "ana") -> Line:
    return Line(What.OK, who, who, n, act, value, seq)


def failed(n: int, value: str, act: Act = ADD, who: str = "ana") -> Line:
    return Line(What.FAIL, who, who, n, act, value)


def read(to: int, *items: str, who: str = "ben", final: bool = True, **more: object) -> Line:
    return Line(What.READ, who, who, to=to, items=items, final=final, **more)  # type: ignore[arg-type]


GOOD = [asked(1, "a"), ok(1, "a", 1), asked(2, "b"), ok(2, "b", 2)]


def test_a_good_history_has_nothing_wrong() -> None:
    verdict = check([*GOOD, read(1, "a", final=False), read(2, "a", "b")])

    assert verdict.wrong() == {}
    assert verdict.stable == {"a", "b"}


def test_what_was_acknowledged_and_is_not_in_the_last_read_is_lost() -> None:
    assert check([*GOOD, read(2, "a")]).wrong() == {"lost": ["b"]}


def test_what_is_there_twice_is_duplicated() -> None:
    assert check([*GOOD, read(2, "a", "b", "b")]).wrong() == {"duplicated": ["b"]}


def test_one_act_that_is_answered_as_two_deeds_is_duplicated() -> None:
    assert check([*GOOD, ok(2, "b", 3), read(3, "a", "b")]).wrong() == {"duplicated": ["b"]}


def test_one_act_that_is_answered_with_yes_and_no_is_duplicated() -> None:
    assert "duplicated" in check([*GOOD, failed(2, "b"), read(2, "a", "b")]).wrong()


def test_what_nobody_asked_for_is_a_phantom() -> None:
    assert check([*GOOD, read(2, "a", "b", "c")]).wrong() == {"phantom": ["c"]}


def test_what_was_refused_and_is_there_is_a_phantom() -> None:
    lines = [asked(1, "a"), failed(1, "a")]

    assert check([*lines, read(1, "a")]).wrong()["phantom"] == ["a"]
    assert check([*lines, read(1)]).wrong() == {}


def test_what_was_removed_and_is_back_is_resurrected() -> None:
    removed = [*GOOD, asked(3, "a", REMOVE), ok(3, "a", 3, REMOVE)]

    assert check([*removed, read(3, "a", "b")]).wrong() == {"resurrected": ["a"]}
    assert check([*removed, read(2, "a", "b", final=False), read(3, "b")]).wrong() == {}


def test_what_was_removed_and_brought_back_is_as_it_should_be() -> None:
    lines = [
        *GOOD,
        asked(3, "a", REMOVE),
        ok(3, "a", 3, REMOVE),
        asked(4, "a", RESTORE),
        ok(4, "a", 4, RESTORE),
    ]

    assert check([*lines, read(3, "b", final=False), read(4, "a", "b")]).wrong() == {}
    assert check([*lines, read(4, "b")]).wrong() == {"lost": ["a"]}


def test_a_refused_removal_removes_nothing() -> None:
    lines = [*GOOD, asked(3, "a", REMOVE, who="ben"), failed(3, "a", REMOVE, who="ben")]

    assert check([*lines, read(2, "b")]).wrong() == {"lost": ["a"]}


def test_what_was_never_answered_may_be_there_or_not_but_only_once() -> None:
    lines = [asked(1, "a")]

    assert check([*lines, read(1)]).wrong() == {}
    assert check([*lines, read(1)]).unknown == {"a"}
    assert check([*lines, read(1, "a")]).wrong() == {}
    assert check([*lines, read(1, "a")]).unknown == set()
    assert check([*lines, read(1, "a", "a")]).wrong() == {"duplicated": ["a"]}


def test_a_removal_that_was_never_answered_may_have_happened() -> None:
    lines = [*GOOD, asked(3, "a", REMOVE)]

    assert check([*lines, read(3, "b")]).wrong() == {}
    assert check([*lines, read(3, "a", "b")]).wrong() == {}


def test_after_an_undo_either_is_believed_of_what_it_was_about_and_of_nothing_else() -> None:
    undo = Line(What.INVOKE, "ana", "ana", 3, Act.UNDO, of=1)
    done = Line(What.OK, "ana", "ana", 3, Act.UNDO, seq=3, of=1)

    assert check([*GOOD, undo, done, read(3, "b")]).wrong() == {}
    assert check([*GOOD, undo, done, read(3, "a", "b")]).wrong() == {}
    assert check([*GOOD, undo, done, read(3, "a")]).wrong() == {"lost": ["b"]}
    assert check([*GOOD, undo, done, read(2, "b", final=False), read(3, "b")]).wrong().keys() == {"stale"}


def test_an_undo_of_an_undo_is_about_what_the_first_deed_was_about() -> None:
    lines = [
        *GOOD,
        asked(3, "a", REMOVE),
        ok(3, "a", 3, REMOVE),
        Line(What.INVOKE, "ana", "ana", 4, Act.UNDO, of=3),
        Line(What.OK, "ana", "ana", 4, Act.UNDO, seq=4, of=3),
        asked(5, "a", RESTORE),
        ok(5, "a", 5, RESTORE),
        Line(What.INVOKE, "ana", "ana", 6, Act.UNDO, of=4),
        Line(What.OK, "ana", "ana", 6, Act.UNDO, seq=6, of=4),
    ]

    assert check([*lines, read(6, "b")]).wrong() == {}
    assert check([*lines, read(6, "a", "b")]).wrong() == {}
    assert check([*lines[:-2], read(5, "b")]).wrong() == {"lost": ["a"]}


def test_a_read_that_lacks_what_was_done_by_then_is_stale() -> None:
    assert check([*GOOD, read(2, "a", final=False), read(2, "a", "b")]).wrong().keys() == {"stale"}


def test_a_read_that_holds_what_was_done_only_later_is_stale() -> None:
    assert check([*GOOD, read(1, "a", "b", final=False), read(2, "a", "b")]).wrong().keys() == {"stale"}


def test_a_page_that_goes_back_is_stale_and_a_page_loaded_anew_is_not() -> None:
    back = [read(2, "a", "b", final=False), read(1, "a", final=False)]
    anew = [read(2, "a", "b", final=False), read(1, "a", final=False, life=1)]

    assert check([*GOOD, *back, read(2, "a", "b")]).wrong().keys() == {"stale"}
    assert check([*GOOD, *anew, read(2, "a", "b", life=1)]).wrong() == {}


def test_a_page_that_was_told_of_its_deed_and_does_not_hold_it_is_stale() -> None:
    lines = [*GOOD, read(1, "a", who="ana", final=False)]

    assert check([*lines, read(2, "a", "b")]).wrong().keys() == {"stale"}


def test_what_is_private_is_seen_by_its_author_alone_until_it_is_shown() -> None:
    mine = [asked(1, "a", private=True), ok(1, "a", 1)]
    shown = [*mine, asked(2, "a", Act.SHOW), ok(2, "a", 2, Act.SHOW)]

    assert check([*mine, read(1, "a")]).wrong() == {"hidden_seen": ["a"]}
    assert check([*mine, read(1, "a", who="ana"), read(1)]).wrong() == {}
    assert check([*mine, read(1, who="ana")]).wrong() == {"lost": ["a"]}
    assert check([*shown, read(1, "a", final=False), read(2, "a")]).wrong() == {"hidden_seen": ["a"]}
    assert check([*shown, read(2, "a")]).wrong() == {}
    assert check([*shown, read(2)]).wrong() == {"lost": ["a"]}
    assert check([*mine, asked(2, "a", Act.SHOW), read(2, "a")]).wrong() == {}


def test_two_who_see_the_same_in_another_order_are_not_in_step() -> None:
    lines = [asked(1, "a", place=""), ok(1, "a", 1), asked(2, "b", place=""), ok(2, "b", 2)]
    one, two = {"": ("a", "b")}, {"": ("b", "a")}
    reads = [read(2, "a", "b", order=one), read(2, "a", "b", order=two, who="gil")]

    assert check([*lines, *reads]).wrong().keys() == {"disordered"}
    assert check([*lines, reads[0], reads[0]]).wrong() == {}


def test_what_was_moved_may_come_elsewhere() -> None:
    lines = [asked(1, "a", place=""), ok(1, "a", 1), asked(2, "b", place=""), ok(2, "b", 2)]
    moved = [*lines, asked(3, "a", Act.MOVE), ok(3, "a", 3, Act.MOVE)]
    reads = [
        read(2, "a", "b", final=False, order={"": ("a", "b")}),
        read(3, "a", "b", order={"": ("b", "a")}),
    ]

    assert check([*moved, *reads]).wrong() == {}
