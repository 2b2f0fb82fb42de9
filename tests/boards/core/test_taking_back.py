"""What a guest did is put back in one press: all that nobody else has touched, and no word of others goes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access import Refused
from app.boards.core import ops as o
from app.boards.core.board import BoardChange, Item
from app.boards.core.changeset import origin
from app.boards.core.taking_back import in_turn, trails
from app.boards.core.undo import PLACE_FIELDS
from tests.boards.play import ANA, BEN, GIL, Play, assert_same, reloaded
from tests.boards.pressing import op_of, press
from tests.boards.scripts import Script, Step, play, steps

GUEST = 2  # the place of the guest among those who play
HONEST = [0, 1, 3, 4]


def looks(item: Item) -> Any:
    """All that anybody sees of an item, but for its place in an order and when it changed."""
    fields = {name: value for name, value in item.fields.items() if name != "order"}
    return item.removed is None, fields, item.shown is None, item.authored and item.authored.text


def is_home(at: Play, old: Item) -> bool:
    """Whether the section that a card lay in is still there: nobody can put it back into one that is gone."""
    section = old.fields.get("section")
    return section is None or at.item(section).removed is None


def words(at: Play) -> dict[tuple[str, str], str]:
    """What stands on the board and was written by somebody else than the guest, by item and field.

    What an undo brought back is of whoever had written it.
    """
    return {
        (id, field): item.fields[field]
        for id, item in at.board.items.items()
        for field in {version.field for version in item.versions}
        if item.removed is None and at.inverses[origin(item, field)][0] != "gil"
    }


def acts_of_others(at: Play) -> dict[tuple[str, str], Any]:
    """What has the value that somebody else than the guest gave it, by item and field; not where it lies.

    Where it lies also changes as sections come and go.
    """
    return {
        (id, field): value
        for id, item in at.board.items.items()
        for field, value in item.fields.items()
        if field not in PLACE_FIELDS and item.removed is None and item.shown is not None
        if at.inverses.get(origin(item, field), ("gil",))[0] != "gil"
    }


def moved_in_place(at: Play) -> dict[str, Any]:
    """Where cards lie that somebody else than the guest moved, in sections that are there, by item."""
    return {
        id: {field: item.fields[field] for field in ("section", "x", "y")}
        for id, item in at.board.items.items()
        if item.item == "card" and item.removed is None and item.shown is not None
        if all(at.inverses[origin(item, field)][0] != "gil" for field in ("section", "x", "y"))
    }


def touched_by_others(script: Script, since: int) -> set[str]:
    touched: set[str] = set()
    for place, done in enumerate(script.done):
        if done.who != GIL and isinstance(done.came, BoardChange) and done.came.board.seq > since:
            was, now = script.boards[place], script.boards[place + 1]
            touched |= {id for id in done.came.touched if was.items.get(id) != now.items.get(id)}
    return touched


def removed_by_others(at: Play) -> set[str]:
    ways = [one for by, inverse in at.inverses.values() for one in inverse if by != "gil"]
    return {one.id for one in ways if one.field == "removed" and not one.value}


honest = st.lists(
    st.tuples(st.sampled_from(HONEST), st.just(9), st.lists(st.integers(0, 999), min_size=6, max_size=6)),
    max_size=14,
)


@given(honest, steps)
def test_what_nobody_else_touched_is_as_before_and_no_word_of_others_is_lost(
    first: list[Step], later: list[Step]
) -> None:
    before = play(first, undo=False).play.board
    spree = play([*first, *((GUEST if who > 4 else who, back, what) for who, back, what in later)])
    at, touched, gone = spree.play, touched_by_others(spree, before.seq), removed_by_others(spree.play)
    others, places = acts_of_others(at), moved_in_place(at)
    said, drafts = words(at), {id: one for id, one in at.board.items.items() if one.shown is None}

    kept = press(at, before.seq)

    for id, item in at.board.items.items():
        if id not in touched and id not in kept and item.shown is not None:
            as_before(at, item, before.items.get(id))
    for (id, field), text in said.items():
        item = at.item(id)
        assert item.removed is None or item.owner == "gil" or id in gone
        assert item.fields[field] == text or id not in touched or item.removed is not None
    for (id, field), value in others.items():
        assert at.item(id).removed is not None or at.fields(id)[field] == value
    for id, place in places.items():
        item = at.item(id)
        inside = place["section"] and at.item(place["section"]).removed is not None
        assert inside or item.removed is not None or place.items() <= item.fields.items()
    for id, draft in drafts.items():
        there = at.item(id)
        assert (there.removed, there.shown, there.versions) == (draft.removed, draft.shown, draft.versions)
        if draft.owner == "gil":
            assert there.fields == draft.fields or there.fields["section"] is None
    assert_same(at.board, reloaded(at.board))


def as_before(at: Play, item: Item, old: Item | None) -> None:
    if old is None:
        assert item.owner != "gil" or item.removed is not None, "what the guest added is gone"
    elif old.shown is not None and is_home(at, old):
        assert looks(item) == looks(old)


@given(honest, steps)
def test_what_was_put_back_can_be_undone_and_a_second_press_does_nothing(
    first: list[Step], later: list[Step]
) -> None:
    before = play(first, undo=False).play.board
    at = play([*first, *later]).play
    was, op = at.board, op_of(at, before.seq)
    try:
        change = at.act(BEN, op)
    except Refused:
        return
    if all(one.field == "order" for one in change.inverse):
        return  # a key that another card has by now was replaced by the one it had
    with pytest.raises(Refused):
        at.act(BEN, op)
    undoing = o.TakeBack("again", "ben", (change.board.seq,), ())
    ids = tuple(in_turn(at.board, trails(undoing, at.inverses)))
    at.act(ANA, o.TakeBack("again", "ben", (change.board.seq,), ids))

    for id, item in was.items.items():
        if item.shown is not None:
            assert looks(at.item(id))[0] is looks(item)[0]
        if item.shown is not None and item.removed is None:
            assert looks(at.item(id))[:3] == looks(item)[:3]


def test_a_link_that_is_there_again_is_not_put_back_beside_it() -> None:
    at = Play()
    card, other = at.card(ANA, "As it was"), at.card(BEN, "And this")
    link = at.link(ANA, card, other)
    since = at.seq()
    at.act(GIL, o.RemoveLink(link))
    again = at.link(BEN, card, other)
    press(at, since)

    assert [at.item(id).removed is None for id in (link, again)] == [False, True]


def test_a_spree_of_every_sort_is_put_back_and_the_guests_own_additions_are_gone() -> None:
    at = Play()
    part = at.section(title="Ours")
    card, other = at.card(ANA, "As it was", section=part), at.card(BEN, "And this")
    link, remark = at.link(ANA, card, other), at.comment(ANA, card)
    before = {id: looks(at.item(id)) for id in (part, card, other, link, remark)}
    since = at.seq()
    at.act(GIL, o.EditCard(card, text="Spoilt", kind="ask"))
    at.act(GIL, o.EditCard(card, text="Spoilt again"))
    at.act(GIL, o.MoveCard(card, section=None, x=900.0, y=900.0))
    at.act(GIL, o.RemoveLink(link))
    at.act(GIL, o.RemoveCard(other))
    at.act(GIL, o.EditSection(part, title="Theirs"))
    junk = at.card(GIL, "Junk", section=part)
    at.act(GIL, o.RemoveSection(part))
    own = at.section(GIL, "Junk too")

    kept = press(at, since)

    assert kept == {}
    assert {id: looks(at.item(id)) for id in before} == before
    assert [at.item(id).removed is None for id in (junk, own)] == [False, False]
