"""A board read from the database is the board that grew."""

from hypothesis import given
from msgspec import structs

from app.boards.core.board import Board, is_live
from app.boards.core.indexes import load
from tests.boards.play import ANA, BEN, Play, assert_same, filled, reloaded
from tests.boards.scripts import Step, play, steps


@given(steps)
def test_S6_a_board_read_afresh_equals_the_board_after_all_its_deeds(drawn: list[Step]) -> None:
    board = play(drawn).play.board

    assert_same(reloaded(board), board)


@given(steps)
def test_S6_the_items_with_a_later_seq_are_all_that_another_process_needs(drawn: list[Step]) -> None:
    script = play(drawn)
    board = script.play.board

    for before in script.boards[::5]:
        later = [item for item in board.items.values() if item.seq > before.seq]
        assert {i.id for i in later} == {id for id, i in board.items.items() if before.items.get(id) != i}


@given(steps)
def test_S6_a_process_that_was_behind_stands_where_all_stand_once_it_has_read_those(
    drawn: list[Step],
) -> None:
    script = play(drawn)
    board = script.play.board

    for before in script.boards[1::7]:
        later = [item for item in board.items.values() if item.seq > before.seq]
        assert_same(load(structs.replace(before, seq=board.seq), later), board)


@given(steps)
def test_S1_every_deed_takes_the_next_seq_and_a_refusal_takes_none(drawn: list[Step]) -> None:
    script = play(drawn)

    for before, after, done in zip(script.boards[:-1], script.boards[1:], script.done, strict=True):
        assert after.seq == before.seq + (not isinstance(done.came, Exception))


@given(steps)
def test_the_indexes_hold_what_is_live_and_shown_and_nothing_else(drawn: list[Step]) -> None:
    board = play(drawn).play.board
    shown = {i.id for i in board.items.values() if is_live(i) and i.shown is not None}
    listed = [id for keys in board.order.values() for _, id in keys]
    drafts = {i.id for i in board.items.values() if i.item == "card" and is_live(i) and i.shown is None}

    assert len(listed) == len(set(listed))
    assert set(listed) == {id for id in shown if board.items[id].item in ("card", "section")}
    assert {id for own in board.drafts.values() for id in own} == drafts
    assert board.live == len(shown)
    assert board.cards == len([id for id in shown if board.items[id].item == "card"])


def test_a_draft_counts_for_nobody_until_it_is_shown() -> None:
    play = Play()
    play.card(BEN)
    play.draft(ANA)

    assert (play.board.cards, play.board.live) == (1, 1)
    assert list(filled(play.board.drafts)) == ["ana"]


def test_an_empty_board_is_whole() -> None:
    assert_same(reloaded(Board("b1", "s1")), Board("b1", "s1"))
