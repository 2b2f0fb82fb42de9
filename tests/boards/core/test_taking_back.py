"""What a guest did is put back in one press: all that nobody else has touched, and no word of others goes."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access import Actor, Code, Refused
from app.boards.core import ops as o
from app.boards.core.board import Board, BoardChange, Deed, Item
from app.boards.core.changeset import Changeset, origin
from app.boards.core.sight import see, viewer_in
from app.boards.core.taking_back import Kept, in_turn, put_back, trails
from tests.boards.play import ANA, BEN, GIL, OLA, SUE, Play, assert_same, reloaded
from tests.boards.scripts import Script, Step, play, steps

GUEST = 2  # the place of the guest among those who play
HONEST = [0, 1, 3, 4]


def op_of(at: Play, since: int = 0, person: str = "gil") -> o.TakeBack:
    deeds = tuple(seq for seq, (by, _) in at.inverses.items() if by == person and seq > since)
    op = o.TakeBack("act", person, deeds, ())
    return o.TakeBack("act", person, deeds, tuple(in_turn(at.board, trails(op, at.inverses))))


def press(at: Play, since: int = 0, who: Actor = BEN) -> dict[str, Kept]:
    """What stays as it is, and the rest put back."""
    op = op_of(at, since)
    kept = put_back(Changeset(at.board, Deed(op, who, "", at.now, known=at.inverses)), op)
    with suppress(Refused):
        at.act(who, op)
    return kept


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
    said, drafts = words(at), {id: one for id, one in at.board.items.items() if one.shown is None}

    kept = press(at, before.seq)

    for id, item in at.board.items.items():
        if id not in touched and id not in kept and item.shown is not None:
            as_before(at, item, before.items.get(id))
    for (id, field), text in said.items():
        item = at.item(id)
        assert item.removed is None or item.owner == "gil" or id in gone
        assert item.fields[field] == text or id not in touched or item.removed is not None
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


def test_words_that_come_back_are_of_whoever_wrote_them_and_never_of_whoever_puts_them_back() -> None:
    at = Play()
    card, mine = at.card(ANA, "By Ana"), at.card(ANA, "Of Ana alone")
    at.act(SUE, o.EditCard(card, text="By Sue"))
    since = at.seq()
    for id in (card, mine):
        for word in range(20):  # more than an item remembers
            at.act(GIL, o.EditCard(id, text=f"Spoilt {word}"))

    press(at, since, BEN)
    back, own = (see(at.board, at.item(id), viewer_in(OLA.role)) for id in (card, mine))

    assert back is not None
    assert own is not None
    assert (back.fields["text"], back.fields["reworded"]) == ("By Sue", "sue")
    assert (own.fields["text"], "reworded" in own.fields) == ("Of Ana alone", False)


def test_what_others_wrote_in_or_on_what_the_guest_added_stays_and_is_said() -> None:
    at = Play()
    answered, reworded, plain = (at.card(GIL, text) for text in ("Answered", "Reworded", "Plain"))
    part = at.section(GIL, "Filled by others")
    inside = at.card(BEN, "In it", section=part)
    at.comment(ANA, answered, "A good point")
    at.act(ANA, o.EditCard(reworded, text="Put better"))

    kept = press(at)

    assert kept == dict.fromkeys((answered, reworded, part), Kept.SINCE)
    assert at.item(plain).removed is not None
    assert at.fields(inside)["section"] == part


def test_no_draft_tells_by_what_stays_that_it_is_there() -> None:
    at = Play()
    part, card = at.section(GIL, "Emptied"), at.card(GIL, "Linked in secret")
    draft = at.draft(ANA, section=part)
    at.link(ANA, draft, card)

    assert press(at) == {}
    assert at.item(part).removed is not None
    assert at.item(draft).removed is None


def test_what_a_guest_wrote_before_they_showed_it_does_not_come_back() -> None:
    at = Play()
    card = at.draft(GIL, "For myself")
    since = at.seq()
    at.act(GIL, o.EditCard(card, text="For everybody"))
    at.act(GIL, o.PublishCard(card))

    press(at, since)

    assert at.fields(card)["text"] == "For everybody"
    assert "For myself" not in [version.text for version in at.item(card).versions]


def test_drafts_of_others_come_back_with_their_section_and_those_of_the_guest_stay() -> None:
    at = Play()
    part = at.section(title="Ours")
    hers, theirs = at.draft(ANA, section=part), at.draft(GIL, section=part)
    since = at.seq()
    at.act(GIL, o.RemoveSection(part))
    left = dict(at.fields(theirs))

    press(at, since, BEN)

    assert at.fields(hers)["section"] == part
    assert at.fields(theirs) == left


def test_only_deeds_of_the_named_person_count_whatever_else_is_asked_for() -> None:
    at = Play()
    card = at.card(ANA, "Of Ana")
    at.act(ANA, o.RemoveCard(card))
    op = o.TakeBack("act", "gil", tuple(at.inverses), (card,))

    with pytest.raises(Refused) as refused:
        at.act(BEN, op)

    assert refused.value.code is Code.NOT_FOUND
    assert at.item(card).removed is not None


@pytest.mark.parametrize("who", [GIL, OLA])
def test_guests_and_observers_put_nothing_back(who: Actor) -> None:
    at = Play()
    card = at.card(ANA)
    at.act(GIL, o.RemoveCard(card))

    with pytest.raises(Refused) as refused:
        at.act(who, op_of(at))

    assert refused.value.code is Code.NOT_ALLOWED
    assert isinstance(at.board, Board)
