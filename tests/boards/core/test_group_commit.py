"""A group commit: deeds in turn, each done once, each answered."""

import logging
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from app.access import Actor, Code, Refused
from app.boards.core import group_commit, rules
from app.boards.core import ops as o
from app.boards.core.board import Board
from app.boards.core.group_commit import (
    FORGOTTEN,
    LONG_AGO,
    Gap,
    GroupCommit,
    OpRequest,
    OpResult,
    Repeat,
    decide_group,
    forgotten,
)
from tests.boards.play import ANA, BEN, GIL, OLA, Play, uid

EMPTY = Board("b1", "s1")


def ask(
    n: int | None, op: o.Op | o.Undo | Refused, who: Actor = ANA, client: str = "tab", **more: Any
) -> OpRequest:
    return OpRequest(who, client, n, op, 1.0, **more)


def add(number: int, text: str = "Words") -> o.AddCard:
    return o.AddCard(uid(number), "note", text)


def again(group: GroupCommit, *asked: OpRequest) -> GroupCommit:
    """What comes after a group that was stored."""
    inverses = {d.seq: (d.request.actor.person or "", d.inverse) for d in group.deeds}
    return decide_group(group.after, list(asked), group.last_n, inverses)


def test_C1_deeds_are_done_in_turn_and_each_is_answered_with_its_seq() -> None:
    group = decide_group(EMPTY, [ask(1, add(1)), ask(1, add(2), BEN), ask(2, add(3))], {}, {})

    assert group.answers == tuple(OpResult(n, seq=seq, undo=True) for n, seq in ((1, 1), (1, 2), (2, 3)))
    assert group.last_n == {("ana", "tab"): 2, ("ben", "tab"): 1}
    assert [done.seq for done in group.deeds] == [1, 2, 3]
    assert group.touched == (uid(1), uid(2), uid(3))
    assert (group.before, group.after.seq, group.refused, group.faults) == (EMPTY, 3, (), ())


def test_C11_what_was_done_or_answered_too_long_ago_is_not_known_any_more() -> None:
    first = decide_group(EMPTY, [ask(1, add(1))], {}, {})
    (undone,) = decide_group(first.after, [ask(2, o.Undo(1))], first.last_n, {}).answers
    (ahead,) = decide_group(first.after, [ask(2, o.Undo(2))], first.last_n, {}).answers

    assert undone == OpResult(2, code="not_found", say=LONG_AGO)
    assert ahead == OpResult(2, code="not_found", say="There is nothing of yours to undo there.")
    assert forgotten(7) == OpResult(7, code="not_found", say=FORGOTTEN)


def test_C2_an_n_that_was_answered_is_answered_again_and_done_no_more() -> None:
    first = decide_group(EMPTY, [ask(1, add(1)), ask(1, add(2))], {}, {})
    assert first.answers == (OpResult(1, seq=1, undo=True), Repeat(1))
    assert first.after.seq == 1

    second = again(first, ask(1, add(3)))
    assert (second.answers, second.after, second.last_n) == ((Repeat(1),), first.after, {})


def test_C2_an_n_after_a_gap_waits_for_what_is_missing() -> None:
    group = decide_group(EMPTY, [ask(3, add(1)), ask(2, add(2))], {("ana", "tab"): 1}, {})

    assert group.answers == (Gap(1), OpResult(2, seq=1, undo=True))
    assert group.last_n == {("ana", "tab"): 2}
    assert uid(1) not in group.after.items


def test_C2_the_client_id_of_another_person_starts_afresh() -> None:
    group = decide_group(EMPTY, [ask(1, add(1), BEN)], {("ana", "tab"): 9}, {})

    assert group.answers == (OpResult(1, seq=1, undo=True),)
    assert group.last_n == {("ben", "tab"): 1}


def test_C3_a_refusal_uses_up_its_n_and_blocks_nothing() -> None:
    group = decide_group(EMPTY, [ask(1, add(1, " ")), ask(2, add(2))], {}, {})

    assert group.answers[0] == OpResult(1, code="invalid", say="A card needs some words.")
    assert group.answers[1] == OpResult(2, seq=1, undo=True)
    assert group.refused == ((ask(1, add(1, " ")), group.answers[0]),)
    assert group.last_n == {("ana", "tab"): 2}
    assert again(group, ask(1, add(1, " "))).answers == (Repeat(1),)


def test_O3_what_could_not_be_read_is_refused_and_uses_up_its_n() -> None:
    unread = Refused(Code.INVALID, "That is nothing a board knows.")
    group = decide_group(EMPTY, [ask(1, unread)], {}, {})

    assert group.answers == (OpResult(1, code="invalid", say="That is nothing a board knows."),)
    assert group.last_n == {("ana", "tab"): 1}
    assert group.faults == ()


def test_C2_without_an_n_there_is_no_turn_to_keep() -> None:
    group = decide_group(
        EMPTY, [ask(None, add(1)), ask(None, add(1)), ask(None, add(2))], {("ana", "tab"): 7}, {}
    )

    assert group.answers[0] == OpResult(None, seq=1, undo=True)
    assert group.answers[1].code == "invalid"  # type: ignore[union-attr]
    assert group.answers[2] == OpResult(None, seq=2, undo=True)
    assert group.last_n == {}


def test_T6_only_ones_own_deeds_can_be_taken_back_also_in_the_same_batch() -> None:
    group = decide_group(
        EMPTY, [ask(1, add(1)), ask(2, o.Undo(1)), ask(1, add(2), BEN), ask(3, o.Undo(3))], {}, {}
    )

    assert [a.code for a in group.answers] == [None, None, None, "not_found"]  # type: ignore[union-attr]
    assert group.after.items[uid(1)].removed == 2
    assert again(group, ask(4, o.Undo(3))).answers[0].code == "not_found"  # type: ignore[union-attr]
    assert again(group, ask(2, o.Undo(3), BEN)).after.items[uid(2)].removed == 4


@pytest.mark.parametrize("of", [0, -1, 99, 10**30])
def test_T6_a_deed_there_never_was_cannot_be_taken_back(of: int) -> None:
    nobody = Actor(ANA.role, None)

    assert decide_group(EMPTY, [ask(1, o.Undo(of))], {}, {}).answers[0].code == "not_found"  # type: ignore[union-attr]
    assert decide_group(EMPTY, [ask(1, o.Undo(of), nobody)], {}, {}).answers[0].code == "not_found"  # type: ignore[union-attr]


def test_T6_an_observer_takes_nothing_back_not_even_from_when_they_were_a_member() -> None:
    group = decide_group(EMPTY, [ask(1, add(1))], {}, {})
    asked = ask(2, o.Undo(1), structs.replace(OLA, person="ana"))

    assert again(group, asked).answers[0].code == "not_allowed"  # type: ignore[union-attr]


def test_T2_the_answer_says_what_was_joined_and_what_clashed() -> None:
    first = decide_group(EMPTY, [ask(1, add(1, "The bus is late"))], {}, {})
    second = again(
        first,
        ask(1, o.EditCard(uid(1), text="The school bus is late"), BEN, base=1),
        ask(1, o.EditCard(uid(1), text="The bus is very late"), GIL, base=1),
        ask(2, o.EditCard(uid(1), text="The bus"), ANA, base=1),
    )

    assert second.answers[1].merged == ("text",)  # type: ignore[union-attr]
    assert second.answers[2].conflict == {  # type: ignore[union-attr]
        "id": uid(1),
        "field": "text",
        "yours": "The bus",
        "theirs": "The school bus is very late",
    }
    assert [d.clash.other if d.clash else None for d in second.deeds] == [None, None, "gil"]


def test_T6_the_answer_says_how_much_was_left_alone_and_whether_there_is_a_way_back() -> None:
    play = Play()
    card = play.card(ANA)
    play.act(ANA, o.EditCard(card, text="Other", kind="ask"))
    play.act(BEN, o.EditCard(card, kind="offer"))
    group = decide_group(
        play.board, [ask(1, o.Undo(2)), ask(2, o.EditCard(card, kind="offer"))], {}, play.inverses
    )

    assert group.answers[0] == OpResult(1, seq=4, skipped=1, undo=True)
    assert group.answers[1] == OpResult(2, seq=5, undo=False)


def test_O3_a_deed_that_breaks_our_own_rules_is_refused_alone_and_told_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = rules.apply

    def broken(board: Board, deed: object) -> object:
        if deed.op.id == uid(2):  # type: ignore[attr-defined]
            raise KeyError("of ours, not of theirs")
        return real(board, deed)  # type: ignore[arg-type]

    monkeypatch.setattr(group_commit, "apply", broken)
    with caplog.at_level(logging.ERROR):
        group = decide_group(EMPTY, [ask(1, add(1)), ask(2, add(2, "Secret words")), ask(3, add(3))], {}, {})

    assert [getattr(a, "code", None) for a in group.answers] == [None, "unavailable", None]
    assert group.faults == (1,)
    assert sorted(group.after.items) == [uid(1), uid(3)]
    assert group.last_n == {("ana", "tab"): 3}
    assert "AddCard" in caplog.text
    assert "Secret words" not in caplog.text


def test_S7_a_deed_that_the_database_will_not_take_is_the_same_request_refused() -> None:
    asked = ask(4, add(1), base=3)
    refused = asked.refused_as_unstorable()

    assert isinstance(refused.op, Refused)
    assert refused.op.code is Code.INVALID
    assert (refused.key, refused.n, refused.base) == (asked.key, 4, 3)


def test_a_request_of_nobody_has_a_key_all_the_same() -> None:
    assert ask(1, add(1), Actor(ANA.role, None)).key == ("", "tab")


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 8), st.booleans()), max_size=30),
    st.lists(st.integers(0, 30), max_size=5),
)
def test_C2_however_requests_are_repeated_and_cut_into_batches_each_is_done_once(
    sent: list[tuple[int, int, bool]], cuts: list[int]
) -> None:
    board, last, answered = EMPTY, {}, {}  # type: ignore[var-annotated]
    requests = [
        ask(n, add(100 * who + n, "Words" if good else " "), (ANA, BEN, GIL)[who]) for who, n, good in sent
    ]
    edges = sorted({0, len(requests), *(cut for cut in cuts if cut < len(requests))})
    for start, end in pairwise(edges):
        group = decide_group(board, requests[start:end], last, {})
        board, last = group.after, last | group.last_n
        for request, result in zip(requests[start:end], group.answers, strict=True):
            if isinstance(result, OpResult):
                assert (request.key, request.n) not in answered
                answered[request.key, request.n] = result

    assert board.seq == len([r for r in answered.values() if r.seq])
    for key, n in last.items():
        assert {m for k, m in answered if k == key} == set(range(1, n + 1))


def test_taking_back_what_was_cleared_away_meanwhile_says_that_nothing_is_left() -> None:
    group = decide_group(EMPTY, [ask(1, o.Undo(1))], {}, {1: ("ana", ())})

    say = "There is nothing left to undo there."
    assert group.answers == (OpResult(1, code=Code.NOT_FOUND, say=say),)
