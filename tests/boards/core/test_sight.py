"""What a viewer gets of an item. What is not plainly theirs to see is nothing."""

from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from msgspec import structs

from app.access import Actor, Hat, Refused, Role
from app.boards.core import ops as o
from app.boards.core.board import Board, BoardChange, Item
from app.boards.core.delivery import everything
from app.boards.core.sight import (
    Audience,
    View,
    Viewer,
    could_hold,
    is_private,
    see,
    see_removed,
    viewer_in,
    viewer_of,
)
from tests.boards.play import ANA, BEN, GIL, OLA, SUE, Play, held, sees, uid, viewers
from tests.boards.scripts import Done, Script, Step, play, steps

VIEWERS = [Role.GUEST, Role.OBSERVER, Role.MEMBER, Role.STEWARD, Role.SCREEN]


def seen(play: Play, id: str, viewer: Viewer) -> View | None:
    return see(play.board, play.item(id), viewer)


@pytest.fixture
def table() -> Play:
    """Ana's card, her draft, a link between them, a comment on each: uid 1 to 5."""
    play = Play()
    card, draft = play.card(ANA), play.draft(ANA)
    play.link(ANA, card, draft)
    play.comment(ANA, card)
    play.comment(ANA, draft)
    return play


CARD, DRAFT, LINK, REMARK, HIDDEN = (uid(i) for i in range(1, 6))


@pytest.mark.parametrize("role", list(Role))
def test_O3_only_who_is_of_the_space_sees_anything(table: Play, role: Role) -> None:
    for person in ("ana", "ben", None):
        for id in (CARD, REMARK):
            assert (seen(table, id, viewer_in(role, person)) is not None) is (role in VIEWERS)
        for id in (DRAFT, LINK, HIDDEN):
            assert (seen(table, id, viewer_in(role, person)) is not None) is (
                role in VIEWERS and person == "ana"
            )


def test_a_view_is_what_the_item_says_who_made_it_and_when(table: Play) -> None:
    card = table.item(CARD)

    view = View(CARD, "card", 1, {**card.fields, "by": "ana", "at": card.at})
    assert seen(table, CARD, sees(BEN)) == view
    assert seen(table, CARD, sees(ANA)) == view
    assert "by" not in card.fields


def test_P2_only_a_draft_says_that_it_is_one(table: Play) -> None:
    for id, says in ((CARD, False), (DRAFT, True), (LINK, True), (REMARK, False), (HIDDEN, True)):
        view = seen(table, id, sees(ANA))
        assert view is not None
        assert view.fields.get("draft", False) is says


def test_O3_a_kind_of_item_that_is_not_known_is_seen_by_nobody(table: Play) -> None:
    odd = structs.replace(table.item(CARD), item="riddle")

    for viewer in viewers():
        assert see(table.board, odd, viewer) is None


def test_a_viewer_without_a_person_owns_nothing() -> None:
    nobody = Item("i", "card", 1, 1, "", 1.0, {"text": "x"}, {})
    board = Board("b1", "s1")

    assert see(board, nobody, viewer_in(Role.MEMBER, None)) is None
    assert not could_hold(board, nobody, viewer_in(Role.MEMBER, None), 9)


def test_what_hangs_on_a_card_is_seen_where_all_its_cards_are(table: Play) -> None:
    table.act(ANA, o.PublishCard(DRAFT))
    assert seen(table, LINK, sees(OLA)) is not None

    table.act(BEN, o.RemoveCard(DRAFT))
    assert seen(table, LINK, sees(OLA)) is None
    assert seen(table, LINK, sees(ANA)) is None
    assert seen(table, HIDDEN, sees(ANA)) is None
    assert seen(table, REMARK, sees(OLA)) is not None


def test_what_hangs_on_nothing_is_seen_by_nobody(table: Play) -> None:
    bare = structs.replace(table.board, items=table.board.items.delete(CARD))

    for id in (REMARK, LINK):
        assert see(bare, bare.items[id], sees(ANA)) is None
        assert not could_hold(bare, bare.items[id], sees(ANA), 99)


def test_what_is_removed_is_seen_by_nobody_and_offered_to_those_who_might_bring_it_back(table: Play) -> None:
    for id in (CARD, DRAFT):
        table.act(ANA, o.RemoveCard(id))
    for who, offered in ((ANA, 2), (BEN, 1), (GIL, 1), (OLA, 1), (SUE, 1)):
        viewer = sees(who)
        assert [seen(table, id, viewer) for id in (CARD, DRAFT)] == [None, None]
        views = [see_removed(table.board, table.item(id), viewer) for id in (CARD, DRAFT)]
        assert len([view for view in views if view]) == offered
    assert see_removed(table.board, table.item(CARD), viewer_in(Role.FORMER, "ana")) is None


def test_P2_a_remark_that_somebody_took_back_is_offered_to_nobody_else(table: Play) -> None:
    table.act(ANA, o.RemoveComment(REMARK))

    for who in (BEN, GIL, OLA, SUE):
        assert see_removed(table.board, table.item(REMARK), sees(who)) is None


def test_what_is_there_is_not_offered_to_be_brought_back(table: Play) -> None:
    assert see_removed(table.board, table.item(CARD), sees(ANA)) is None


def test_what_hung_on_a_card_that_is_gone_is_not_offered_to_be_brought_back(table: Play) -> None:
    table.act(ANA, o.RemoveComment(REMARK))
    view = see_removed(table.board, table.item(REMARK), sees(ANA))
    assert view is not None
    assert (view.id, view.item, view.seq, view.fields["by"], view.fields["text"], view.fields["at"]) == (
        REMARK,
        "comment",
        table.seq(),
        "ana",
        "A remark",
        1_700_000_000.0,
    )

    table.act(ANA, o.RemoveCard(CARD))
    assert see_removed(table.board, table.item(REMARK), sees(ANA)) is None


def test_D3_what_somebody_could_hold_is_what_they_saw_at_their_cursor(table: Play) -> None:
    ana, ben = sees(ANA), sees(BEN)
    assert [could_hold(table.board, table.item(CARD), ben, at) for at in (0, 1, 5)] == [False, True, True]
    assert [could_hold(table.board, table.item(DRAFT), ana, at) for at in (1, 2, 5)] == [False, True, True]
    assert not could_hold(table.board, table.item(DRAFT), ben, 5)

    table.act(ANA, o.PublishCard(DRAFT))
    assert [could_hold(table.board, table.item(DRAFT), ben, at) for at in (5, 6)] == [False, True]
    table.act(ANA, o.RemoveCard(DRAFT))
    assert [could_hold(table.board, table.item(DRAFT), ben, at) for at in (6, 7)] == [True, False]
    assert [could_hold(table.board, table.item(HIDDEN), ben, at) for at in (5, 6, 7)] == [False, True, False]


def test_a_draft_and_what_hangs_on_it_is_private_until_it_is_published(table: Play) -> None:
    ids = (CARD, DRAFT, LINK, REMARK, HIDDEN)
    assert [is_private(table.item(id)) for id in ids] == [False, True, True, False, True]

    table.act(ANA, o.PublishCard(DRAFT))
    assert not any(is_private(table.item(id)) for id in ids)


def test_D8_an_audience_is_all_that_sight_depends_on_and_its_name_tells_none_of_it() -> None:
    circles = [frozenset[str](), frozenset({"a"}), frozenset({"a", "b"})]
    audiences = [Audience(*all_of) for all_of in product(Role, Hat, circles, range(5))]
    names = {one.name for one in audiences}

    assert len(names) == len(set(audiences)) == len(Role) * len(Hat) * 3 * 5
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in names)
    assert Audience(Role.MEMBER, epoch=3) == Audience(Role.MEMBER).at(3)
    assert Audience(Role.MEMBER, epoch=3).name == Audience(Role.MEMBER).at(3).name
    assert viewer_in(Role.MEMBER, "ana").at(3) == Viewer(Audience(Role.MEMBER, epoch=3), "ana")


def test_a_viewer_is_of_the_epoch_of_the_board_and_a_screen_owns_nothing() -> None:
    board = Board("b", "s", epoch=4)

    assert viewer_of(ANA, board) == Viewer(Audience(Role.MEMBER, epoch=4), "ana")
    assert viewer_of(Actor(Role.SCREEN, "ana"), board) == Viewer(Audience(Role.SCREEN, epoch=4), None)


def test_a_screen_sees_what_an_observer_sees_and_no_draft(table: Play) -> None:
    screen = viewer_of(Actor(Role.SCREEN, "ana"), table.board)

    assert everything(table.board, screen) == everything(table.board, viewer_in(Role.OBSERVER))
    assert [view.id for view in everything(table.board, screen).puts] == [CARD, REMARK]
    table.act(ANA, o.RemoveCard(CARD))
    assert see_removed(table.board, table.item(CARD), viewer_in(Role.OBSERVER)) is not None
    assert see_removed(table.board, table.item(CARD), screen) is None


@given(steps)
def test_D8_two_of_one_role_differ_only_in_what_is_their_own(drawn: list[Step]) -> None:
    board = play(drawn).play.board
    ana, ben = (held(everything(board, sees(who)).puts) for who in (ANA, BEN))

    for id in ana.keys() ^ ben.keys():
        assert board.items[id].owner in ("ana", "ben")
        assert board.items[id].shown is None
    assert all(ana[id] == ben[id] for id in ana.keys() & ben.keys())


# -- what a draft leaves behind ------------------------------------------------------------------------


def hidden_ids(script: Script) -> set[str]:
    """All that was never shown, and what somebody else then could not know of."""
    return {id for id, item in script.play.board.items.items() if item.shown is None}


def about(op: o.Op | o.Undo) -> set[str]:
    names = ("id", "card", "start", "end", "section", "after")
    return {value for name in names if isinstance(value := getattr(op, name, None), str)}


def without(script: Script, ids: set[str]) -> Script:
    """The same acts, but for those that are about these ids, on a board of their own."""
    again = Script(Play(), [], [])
    seqs: dict[int, int | None] = {}
    for place, done in enumerate(script.done):
        seqs[place] = None
        op = done.op
        if isinstance(op, o.Undo):
            of = seqs[done.back] if done.back is not None else None
            if of is None:
                continue
            op = o.Undo(of)
        elif about(op) & ids:
            continue
        try:
            came: BoardChange | Refused = again.play.act(done.who, op)
        except Refused as refused:
            came = refused
        seqs[place] = again.play.seq() if isinstance(came, BoardChange) else None
        again.done.append(Done(done.who, op, came, place))
    return again


def answer(came: BoardChange | Refused, hide: set[str]) -> Any:
    """What the one who acted is told, and what everyone can see that it did."""
    if isinstance(came, Refused):
        return (came.code, came.say)
    return (came.merged, came.clash, came.skipped)


@given(steps)
def test_P2_nobody_can_tell_whether_there_are_drafts_that_were_never_shown(drawn: list[Step]) -> None:
    """The same people do the same, once with Ana's drafts and once without: Ben sees no difference."""
    script = play(drawn)
    ids = hidden_ids(script)
    # Whoever puts a shown card after a draft of their own shows where: test_order says where that is.
    moved = [done.op for done in script.done if getattr(done.op, "after", None) in ids]
    assume(all(getattr(op, "id", None) in ids for op in moved))
    again = without(script, ids)
    kept = {done.back: done for done in again.done}

    for place, done in kept.items():
        assert place is not None
        first = script.done[place]
        mine = any(script.play.board.items[id].owner == done.who.person for id in ids)
        if not mine:
            assert answer(first.came, ids) == answer(done.came, ids)
    for viewer in (viewer_in(Role.MEMBER), viewer_in(Role.OBSERVER)):
        with_drafts = held(everything(script.play.board, viewer).puts)
        without_drafts = held(everything(again.play.board, viewer).puts)
        assert {i: v.fields for i, v in with_drafts.items()} == {
            i: v.fields for i, v in without_drafts.items()
        }
    assert (script.play.board.cards, script.play.board.live) == (
        again.play.board.cards,
        again.play.board.live,
    )
