"""Whoever has followed up to a cursor and is told what is new stands where everyone stands."""

import pytest
from hypothesis import given
from msgspec import structs

from app.access import Role
from app.boards.core import ops as o
from app.boards.core.board import Board
from app.boards.core.delivery import (
    LOOSE,
    Delta,
    can_resume,
    everything,
    owners_of_other_parts,
    owners_of_private,
    parts,
    parts_since,
    private_views,
    since,
)
from app.boards.core.sight import Audience, View, Viewer, viewer_in
from tests.boards.play import ANA, BEN, EVERYONE, OLA, Play, held, sees, uid, viewers
from tests.boards.scripts import Script, Step, play, steps

BEN_SEES, OLA_SEES, ANA_SEES = sees(BEN), sees(OLA), sees(ANA)


def told(holding: dict[str, View], news: Delta) -> dict[str, View]:
    """What a client holds after news."""
    assert not {view.id for view in news.puts} & set(news.dels)
    return {id: v for id, v in (holding | held(news.puts)).items() if id not in news.dels}


def changed(script: Script, cursor: int) -> set[str]:
    board = script.play.board
    return {item.id for item in board.items.values() if item.seq > cursor}


@given(steps)
def test_D1_news_since_any_cursor_make_of_what_was_held_the_whole_of_now(drawn: list[Step]) -> None:
    script = play(drawn)
    now = script.play.board

    for viewer in viewers():
        whole_now = held(everything(now, viewer).puts)
        for then in script.boards:
            holding = held(everything(then, viewer).puts)
            assert told(holding, since(now, viewer, then.seq)) == whole_now
            assert told(holding, since(now, viewer, then.seq, changed(script, then.seq))) == whole_now


@given(steps)
def test_D8_whoever_is_not_apart_needs_no_more_than_the_frame_of_their_group(drawn: list[Step]) -> None:
    script = play(drawn)
    now = script.play.board

    for then in script.boards:
        ids = changed(script, then.seq)
        for actor in EVERYONE:
            viewer = sees(actor)
            if actor.person not in owners_of_private(now, viewer_in(actor.role), then.seq, ids):
                group = since(now, viewer_in(actor.role), then.seq, ids)
                assert told(held(everything(then, viewer).puts), group) == held(everything(now, viewer).puts)


@given(steps)
def test_D8_what_everyone_sees_and_ones_own_make_the_whole(drawn: list[Step]) -> None:
    board = play(drawn).play.board

    for actor in EVERYONE:
        viewer = sees(actor)
        public = held(everything(board, viewer_in(actor.role)).puts)
        mine = held(private_views(board, viewer))
        assert not set(public) & set(mine)
        assert public | mine == held(everything(board, viewer).puts)


@given(steps)
def test_D3_nobody_is_told_even_the_id_of_what_they_could_never_hold(drawn: list[Step]) -> None:
    script = play(drawn)
    now = script.play.board

    for viewer in viewers():
        ever: set[str] = set()
        for then in script.boards:
            ever |= {view.id for view in everything(then, viewer).puts}
        for then in script.boards:
            assert set(since(now, viewer, then.seq).dels) <= ever


def test_D3_a_removed_card_is_a_del_for_those_who_held_it_and_nothing_for_those_who_came_later() -> None:
    play = Play()
    play.card()
    card = play.card()
    before = play.seq()
    play.act(BEN, o.RemoveCard(card))
    after = play.seq()
    play.act(BEN, o.AddCard(uid(77), "note", "Later"))

    assert since(play.board, BEN_SEES, before).dels == [card]
    assert since(play.board, BEN_SEES, after).dels == []
    assert since(play.board, BEN_SEES, after, [card]).dels == []
    assert since(play.board, BEN_SEES, 1).dels == []


def test_D3_the_comment_of_a_card_that_had_gone_before_is_not_named_later() -> None:
    play = Play()
    card = play.card()
    comment = play.comment(BEN, card, "One")
    edited = play.act(BEN, o.EditComment(comment, "Two")).board.seq
    play.act(ANA, o.RemoveCard(card))
    cursor = play.seq()
    play.undo(BEN, edited)

    assert since(play.board, BEN_SEES, cursor, [comment]) == Delta([], [])
    assert sorted(since(play.board, BEN_SEES, edited).dels) == [card, comment]


def test_D8_the_owner_of_a_draft_shown_and_removed_in_one_frame_is_told_and_nobody_else() -> None:
    play = Play()
    card = play.draft(ANA)
    cursor = play.seq()
    play.act(ANA, o.PublishCard(card))
    play.act(BEN, o.RemoveCard(card))

    assert owners_of_private(play.board, OLA_SEES, cursor, [card]) == {"ana"}
    assert since(play.board, ANA_SEES, cursor, [card]).dels == [card]
    assert since(play.board, BEN_SEES, cursor, [card]) == Delta([], [])


def test_D8_once_a_draft_is_shown_its_owner_is_one_of_the_group_again() -> None:
    play = Play()
    card = play.draft(ANA)
    play.act(ANA, o.PublishCard(card))
    play.act(BEN, o.EditCard(card, text="Other words"))

    for cursor in range(play.seq()):
        assert owners_of_private(play.board, OLA_SEES, cursor, [card, "absent"]) == set()


def test_D3_ids_that_are_not_on_the_board_are_passed_over() -> None:
    play = Play()
    card = play.card()

    assert [view.id for view in since(play.board, BEN_SEES, 0, ["absent", card]).puts] == [card]


@pytest.mark.parametrize(
    ("floor", "cursor", "seq", "same", "may"),
    [
        (0, 5, 9, True, True),
        (0, 9, 9, True, True),
        (5, 5, 9, True, True),
        (0, 10, 9, True, False),  # further than the board: another board, or a restored one
        (6, 5, 9, True, False),  # the tombstones since are gone
        (0, 0, 9, True, False),  # never here
        (0, 5, 9, False, False),  # may see other things now
    ],
)
def test_D4_a_client_goes_on_from_its_cursor_only_where_that_is_safe(
    floor: int, cursor: int, seq: int, same: bool, may: bool
) -> None:
    board = Board("b1", "s1", seq=seq, floor=floor)
    now = Audience(Role.MEMBER, epoch=3).name

    assert can_resume(board, cursor, now if same else Audience(Role.MEMBER, epoch=2).name, now) is may
    assert not can_resume(board, cursor, None, now)


def test_news_without_puts_and_dels_are_no_news() -> None:
    play = Play()
    play.card()

    assert not Delta([], [])
    assert Delta(everything(play.board, BEN_SEES).puts, [])
    assert Delta([], ["a"])


# -- parts of the outline ------------------------------------------------------------------------------


def part_of(play: Play, before: Board, viewer: Viewer) -> set[str]:
    ids = [item.id for item in play.board.items.values() if item.seq > before.seq]
    return parts(before, play.board, ids, viewer)


def test_D13_a_card_that_moves_changes_the_part_it_leaves_and_the_one_it_enters() -> None:
    play = Play()
    one, two = play.section(), play.section()
    card, loose = play.card(section=one), play.card()

    before = play.board
    play.act(BEN, o.MoveCard(card, section=two))
    assert part_of(play, before, OLA_SEES) == {one, two}

    before = play.board
    play.act(BEN, o.EditCard(loose, text="Other"))
    assert part_of(play, before, OLA_SEES) == {LOOSE}

    before = play.board
    play.act(BEN, o.EditSection(one, title="Renamed"))
    assert part_of(play, before, OLA_SEES) == {one}


def test_D13_what_hangs_on_cards_changes_the_parts_of_all_its_cards() -> None:
    play = Play()
    one = play.section()
    inside, outside = play.card(section=one), play.card()
    before = play.board
    play.link(BEN, inside, outside)

    assert part_of(play, before, OLA_SEES) == {one, LOOSE}

    before = play.board
    play.comment(BEN, inside)

    assert part_of(play, before, OLA_SEES) == {one}


def test_D13_a_draft_changes_no_part_for_others() -> None:
    play = Play()
    one = play.section()
    before = play.board
    card = play.draft(ANA, section=one)
    play.comment(ANA, card)

    assert part_of(play, before, BEN_SEES) == set()
    assert part_of(play, before, ANA_SEES) == {one}


def test_D13_only_who_is_told_of_more_parts_than_their_group_is_apart() -> None:
    play = Play()
    one, two = play.section(), play.section()
    draft = play.draft(ANA, section=one)
    before = play.board
    play.act(ANA, o.MoveCard(draft, section=two))
    play.act(ANA, o.PublishCard(draft))

    assert part_of(play, before, ANA_SEES) == {one, two}
    assert part_of(play, before, BEN_SEES) == {two}
    assert owners_of_other_parts(before, play.board, [draft, "absent"], {two}) == {"ana"}
    assert owners_of_other_parts(before, play.board, [draft], {one, two}) == set()


def test_D13_of_what_changed_since_long_ago_every_part_there_is_or_was_is_named() -> None:
    play = Play()
    one, gone = play.section(), play.section()
    cursor = play.seq()
    play.act(BEN, o.RemoveSection(gone))
    removed = play.seq()
    play.card(BEN)

    assert parts_since(play.board, OLA_SEES, cursor) == {LOOSE, one, gone}
    assert parts_since(play.board, OLA_SEES, removed) == {LOOSE, one}
    assert parts_since(play.board, OLA_SEES, play.seq()) == set()


def test_D8_what_is_attached_to_a_draft_and_is_not_there_is_passed_over() -> None:
    play = Play()
    draft = play.draft(ANA)
    comment = play.comment(ANA, draft)
    board = structs.replace(play.board, items=play.board.items.delete(comment))

    assert [view.id for view in private_views(board, ANA_SEES)] == [draft]


def test_D13_what_is_removed_changes_the_part_it_was_in() -> None:
    play = Play()
    one = play.section()
    card = play.card(section=one)
    before = play.board
    play.act(BEN, o.RemoveCard(card))

    assert part_of(play, before, OLA_SEES) == {one}
    assert parts(before, play.board, ["absent"], OLA_SEES) == set()
