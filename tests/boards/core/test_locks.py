"""Locked sections and a locked set-up: who may not set up the board changes neither, whatever they do."""

from random import Random
from typing import Any

import pytest
from msgspec import structs

from app.access import Actor, Code, Refused
from app.boards.core import ops as o
from app.boards.core.board import SetUp
from app.boards.core.delivery import everything
from app.boards.core.offered_ops import offered
from tests.boards.play import ANA, BEN, GIL, SUE, Play, sees, uid
from tests.boards.random_ops import MORE_VERBS, Known, random_op, unseen


def locked_board(by_members: bool = True) -> Play:
    play = Play()
    play.board = structs.replace(play.board, set_up=SetUp(locked=True, by_members=by_members))
    return play


def code(play: Play, who: Actor, op: o.Doing) -> Code | None:
    try:
        play.act(who, op)
    except Refused as refused:
        return refused.code
    return None


def test_a_guest_changes_no_locked_section_but_adds_cards_to_it() -> None:
    play = Play()
    section, other = play.section(), play.section()
    play.act(ANA, o.LockSection(section, locked=True))

    for op in (o.EditSection(section, title="Mine"), o.MoveSection(section, x=5.0), o.RemoveSection(section)):
        assert code(play, GIL, op) is Code.NOT_ALLOWED
        assert code(play, GIL, o.Batch((op,))) is Code.NOT_ALLOWED
    assert code(play, GIL, o.LockSection(section, locked=False)) is Code.NOT_ALLOWED
    assert code(play, GIL, o.AddCard(uid(90), "note", "Mine", section)) is None
    assert code(play, GIL, o.EditSection(other, title="Open to all")) is None
    assert code(play, BEN, o.EditSection(section, title="By a member")) is None


def test_undo_is_no_way_round_a_lock() -> None:
    play = Play()
    section = play.section(GIL)
    added = play.seq()
    play.act(GIL, o.MoveSection(section, x=77.0))
    moved = play.seq()
    play.act(ANA, o.LockSection(section, locked=True))

    assert play.undo(GIL, moved).skipped == 1
    assert play.undo(GIL, added).skipped == 1
    assert (play.fields(section)["x"], play.item(section).removed) == (77.0, None)


def test_a_lock_is_not_taken_back_by_whoever_may_not_set_up_any_more() -> None:
    play = Play()
    section = play.section()
    play.act(ANA, o.LockSection(section, locked=True))
    play.board = structs.replace(play.board, set_up=SetUp(by_members=False))

    assert play.undo(ANA).skipped == 1
    assert play.fields(section)["locked"] is True
    assert code(play, SUE, o.LockSection(section, locked=False)) is None


def test_with_the_set_up_locked_only_those_who_may_set_up_are_offered_sections() -> None:
    for by_members, who, may in (
        (True, GIL, False),
        (True, ANA, True),
        (False, ANA, False),
        (False, SUE, True),
    ):
        play = locked_board(by_members)
        tags = set(offered(who, play.board, play.board.state))

        assert ("add_section" in tags, "lock_section" in tags) == (may, may)
        assert "add_card" in tags
        assert (code(play, who, o.AddSection(uid(1), "Hall")) is None) is may


@pytest.mark.parametrize("seed", range(25))
def test_a_locked_set_up_survives_whatever_guests_do(seed: int) -> None:
    random, play = Random(seed), Play()
    sections = [play.section(GIL) for _ in range(3)]
    play.act(GIL, o.RemoveSection(sections[2]))
    if seed % 2:
        play.board = structs.replace(play.board, set_up=SetUp(locked=True))
    else:
        for section in sections[:2]:
            play.act(SUE, o.LockSection(section, locked=True))
    own = [seq for seq, (who, _) in play.inverses.items() if who == "gil"]
    before = {id: _set_up(play, id) for id in sections[:2]}
    for place in range(80):
        views = everything(play.board, sees(GIL)).puts
        known = Known.of(views, unseen(play.board, views))
        single = random_op(random.randrange, known, uid(1000 + place), f"w{place}", MORE_VERBS)
        op: o.Doing = random.choice([single, o.Batch((single,)), o.Undo(random.choice(own))])
        if code(play, GIL, op) is None:
            own.append(play.seq())

    assert {id: _set_up(play, id) for id in sections[:2]} == before
    if seed % 2:
        assert play.turn("#") == sections[:2]


def _set_up(play: Play, id: str) -> tuple[dict[str, Any], int | None]:
    return play.fields(id), play.item(id).removed
