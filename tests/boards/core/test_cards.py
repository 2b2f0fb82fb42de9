"""What happens to a board when somebody adds, edits, moves, shows or removes a card."""

import pytest
from msgspec import structs

from app.access import Actor, Code, Refused
from app.boards.core import ops as o
from app.boards.core.board import Board
from app.boards.core.cards import MAX_CARDS, MAX_EVER, MAX_ITEMS, MAX_OF_GUEST, MAX_OWN
from app.boards.core.indexes import load
from app.boards.core.kinds import CARD_KINDS
from app.boards.core.sight import see
from app.boards.core.sizes import FAR
from tests.boards.play import ANA, BEN, GIL, OLA, Play, sees, uid

NEW = uid(900)


def refused(play: Play, op: o.Op, code: Code, who: object = ANA) -> str:
    with pytest.raises(Refused) as caught:
        play.act(who, op)  # type: ignore[arg-type]
    assert caught.value.code is code
    return caught.value.say


def place(play: Play, id: str) -> tuple[float, float]:
    return (play.fields(id)["x"], play.fields(id)["y"])


# -- adding --------------------------------------------------------------------------------------------


def test_a_new_card_holds_what_was_given_and_comes_last_in_its_section() -> None:
    play = Play()
    section = play.section()
    first = play.card(section=section)
    play.act(BEN, o.AddCard(NEW, "ask", "Who can lend a room?", section, 30.0, 41.0))

    assert play.fields(NEW) == {
        "kind": "ask",
        "text": "Who can lend a room?",
        "section": section,
        "x": 30.0,
        "y": 41.0,
        "w": 200.0,
        "order": "a1",
    }
    assert play.turn(section) == [first, NEW]
    assert (play.item(NEW).owner, play.item(NEW).shown) == ("ben", play.seq())


@pytest.mark.parametrize("kind", list(CARD_KINDS))
def test_every_kind_of_card_can_be_added(kind: str) -> None:
    play = Play()

    assert play.fields(play.card(kind=kind))["kind"] == kind


def test_a_kind_that_is_none_is_refused_by_name_but_not_at_length() -> None:
    play = Play()
    card = play.card()

    assert "'poem'" in refused(play, o.AddCard(NEW, "poem", "Words"), Code.INVALID)
    assert "'poem'" in refused(play, o.EditCard(card, kind="poem"), Code.INVALID)
    assert len(refused(play, o.AddCard(NEW, "x" * 9000, "Words"), Code.INVALID)) < 100


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u3000"])
def test_a_card_needs_some_words(text: str) -> None:
    play = Play()
    card = play.card()

    assert refused(play, o.AddCard(NEW, "note", text), Code.INVALID) == "A card needs some words."
    assert refused(play, o.EditCard(card, text=text), Code.INVALID) == "A card needs some words."


def test_a_card_without_a_place_lies_in_the_next_free_one() -> None:
    play = Play()
    one, two = play.card(), play.card()
    play.act(ANA, o.RemoveCard(one))
    three, four = play.card(), play.card()

    assert (place(play, two), place(play, three), place(play, four)) == ((248, 24), (24, 24), (472, 24))


def test_a_card_with_half_a_place_gets_nought_for_the_other() -> None:
    play = Play()

    assert place(play, play.card(x=50.0)) == (50.0, 0.0)
    assert place(play, play.card(y=50.0)) == (0.0, 50.0)


def test_a_place_is_kept_on_the_board_and_to_a_tenth() -> None:
    play = Play()
    card = play.card(x=1e12, y=-1e300)
    assert place(play, card) == (FAR, -FAR)

    play.act(ANA, o.MoveCard(card, x=float("inf"), y=12.34))
    assert place(play, card) == (FAR, 12.3)


def test_a_place_that_is_no_number_is_refused() -> None:
    play = Play()
    card, nan = play.card(), float("nan")

    for op in (
        o.AddCard(NEW, "note", "Words", x=nan),
        o.AddCard(NEW, "note", "Words", y=nan),
        o.MoveCard(card, x=nan),
        o.MoveCard(card, y=nan),
        o.ResizeCard(card, w=nan),
    ):
        refused(play, op, Code.INVALID)


def test_a_full_board_takes_no_more_cards() -> None:
    play = Play()
    play.board = structs.replace(play.board, cards=MAX_CARDS - 1)
    draft = play.draft(ANA)

    assert "5000" in refused(play, o.AddCard(NEW, "note", "Words"), Code.FULL)
    refused(play, o.AddCard(NEW, "note", "Words", draft=True), Code.FULL)
    play.card(BEN)
    refused(play, o.AddCard(NEW, "note", "Words"), Code.FULL, BEN)
    refused(play, o.PublishCard(draft), Code.FULL)
    assert play.item(draft).shown is None


def test_a_card_is_brought_back_only_where_there_is_room() -> None:
    play = Play()
    card, draft = play.card(BEN), play.draft(ANA)
    play.act(BEN, o.RemoveCard(card))
    play.board = structs.replace(play.board, cards=MAX_CARDS - 1)

    assert draft in play.board.drafts["ana"]
    refused(play, o.RestoreCard(card), Code.FULL, ANA)
    play.act(BEN, o.RestoreCard(card))
    assert play.board.cards == MAX_CARDS


@pytest.mark.parametrize("op", ["card", "section", "link", "comment"])
def test_a_full_board_takes_nothing_more_at_all(op: str) -> None:
    play = Play()
    card, other = play.card(), play.card()
    make: dict[str, o.Op] = {
        "card": o.AddCard(NEW, "note", "Words"),
        "section": o.AddSection(NEW, "Title"),
        "link": o.AddLink(NEW, card, other, "serves"),
        "comment": o.AddComment(NEW, card, "Words"),
    }
    before = play.board
    play.board = structs.replace(before, live=MAX_ITEMS)
    refused(play, make[op], Code.FULL)

    play.board = structs.replace(before, live=MAX_ITEMS - 1)
    play.act(ANA, make[op])


def test_a_board_on_which_too_much_has_been_removed_is_full_too() -> None:
    class Long(dict[str, object]):
        def __len__(self) -> int:
            return MAX_EVER

    play = Play()
    play.board = structs.replace(play.board, items=Long())

    refused(play, o.AddCard(NEW, "note", "Words"), Code.FULL)


@pytest.mark.parametrize(("who", "most"), [(GIL, MAX_OF_GUEST), (BEN, MAX_OWN)], ids=["guest", "member"])
def test_nobody_fills_a_board_for_all_the_others(who: Actor, most: int) -> None:
    play = Play()
    play.board = structs.replace(play.board, wrote=play.board.wrote.set(who.person or "", most - 1))
    last = play.card(who)
    play.act(ANA, o.RemoveCard(last))

    for op in (o.AddCard(NEW, "note", "Words"), o.AddSection(NEW, "Title")):
        with pytest.raises(Refused, match=f"You have added {most} items to this board") as refusal:
            play.act(who, op)
        assert refusal.value.code == Code.FULL
    play.card(ANA)


def test_whose_things_a_board_holds_is_known_of_one_that_was_read_too() -> None:
    play = Play()
    one = play.card(ANA)
    play.card(GIL)
    play.comment(GIL, one)
    play.act(ANA, o.RemoveCard(one))

    assert dict(play.board.wrote) == {"ana": 1, "gil": 2}
    assert load(Board("b1", "s1"), list(play.board.items.values())).wrote == play.board.wrote


# -- editing -------------------------------------------------------------------------------------------


def test_T1_kind_and_text_are_changed_apart() -> None:
    play = Play()
    card = play.card(ANA, "Words")
    play.act(BEN, o.EditCard(card, kind="ask"))
    play.act(ANA, o.EditCard(card, text="Other words"))

    assert (play.fields(card)["kind"], play.fields(card)["text"]) == ("ask", "Other words")
    assert (play.item(card).rev["kind"], play.item(card).rev["text"]) == (2, 3)


def test_an_edit_of_nothing_changes_nothing_and_is_done_all_the_same() -> None:
    play = Play()
    card = play.card(ANA, "Words")

    change = play.act(ANA, o.EditCard(card))
    same = play.act(ANA, o.EditCard(card, text="Words", kind="note"))

    assert change.touched == same.touched == ()
    assert (play.seq(), play.item(card).seq) == (3, 1)


def test_a_card_is_as_wide_as_was_asked_within_reason() -> None:
    play = Play()
    card = play.card()

    for asked, becomes in ((300.04, 300.0), (1.0, 140.0), (9000.0, 640.0)):
        play.act(BEN, o.ResizeCard(card, w=asked))
        assert play.fields(card)["w"] == becomes


# -- moving --------------------------------------------------------------------------------------------


def test_T7_entering_a_section_puts_a_card_last_and_in_a_free_place_there() -> None:
    play = Play()
    section = play.section()
    inside, card = play.card(section=section), play.card(x=500.0, y=500.0)
    play.act(BEN, o.MoveCard(card, section=section))

    assert play.turn(section) == [inside, card]
    assert place(play, card) == (248, 24)
    assert play.turn() == []


def test_T5_a_drop_into_a_section_keeps_the_place_it_was_dropped_on() -> None:
    play = Play()
    section = play.section()
    card = play.card()
    play.act(BEN, o.MoveCard(card, section=section, x=7.0, y=9.0))
    assert (place(play, card), play.turn(section)) == ((7.0, 9.0), [card])

    play.act(BEN, o.MoveCard(card, section=None, y=90.0))
    assert (place(play, card), play.turn(section)) == ((7.0, 90.0), [])


def test_a_place_never_changes_the_order() -> None:
    play = Play()
    one, two = play.card(), play.card()
    play.act(BEN, o.MoveCard(one, x=900.0, y=900.0))

    assert play.turn() == [one, two]


def test_a_card_is_put_first_or_after_another() -> None:
    play = Play()
    one, two, three = play.card(), play.card(), play.card()
    play.act(BEN, o.MoveCard(three, after=None))
    assert play.turn() == [three, one, two]

    play.act(BEN, o.MoveCard(three, after=one))
    assert play.turn() == [one, three, two]

    play.act(BEN, o.MoveCard(one, after=two))
    assert play.turn() == [three, two, one]


def test_a_card_is_put_after_another_in_the_section_it_enters() -> None:
    play = Play()
    section = play.section()
    one, two = play.card(section=section), play.card(section=section)
    card = play.card()
    play.act(BEN, o.MoveCard(card, section=section, after=one))

    assert play.turn(section) == [one, card, two]


def test_a_card_is_not_put_after_one_that_is_elsewhere_or_after_itself() -> None:
    play = Play()
    section = play.section()
    inside, outside = play.card(section=section), play.card()

    refused(play, o.MoveCard(outside, after=inside), Code.NOT_FOUND)
    refused(play, o.MoveCard(outside, after=outside), Code.NOT_FOUND)
    refused(play, o.MoveCard(outside, after=section), Code.NOT_FOUND)
    refused(play, o.MoveCard(outside, section=inside), Code.NOT_FOUND)
    refused(play, o.MoveCard(outside, section=uid(998)), Code.NOT_FOUND)


def test_staying_in_the_section_is_no_entering() -> None:
    play = Play()
    section = play.section()
    one, two = play.card(section=section), play.card(section=section)
    play.act(BEN, o.MoveCard(one, section=section))

    assert play.turn(section) == [one, two]


# -- drafts --------------------------------------------------------------------------------------------


def test_P2_a_draft_is_seen_by_its_author_alone_until_it_is_published() -> None:
    play = Play()
    card = play.draft(ANA, "For myself")

    view = see(play.board, play.item(card), sees(ANA))
    assert view is not None
    assert view.fields["draft"] is True
    assert see(play.board, play.item(card), sees(BEN)) is None

    play.act(ANA, o.PublishCard(card))
    views = [see(play.board, play.item(card), sees(who)) for who in (ANA, BEN, OLA)]
    assert views[0] == views[1] == views[2]
    assert views[0] is not None
    assert "draft" not in views[0].fields


def test_P2_a_published_card_comes_last_among_what_others_see() -> None:
    play = Play()
    section = play.section()
    drafts = [play.draft(ANA, section=section) for _ in range(3)]
    shown = play.card(BEN, section=section)
    play.act(ANA, o.PublishCard(drafts[2]))
    play.act(ANA, o.PublishCard(drafts[0]))

    assert play.turn(section) == [shown, drafts[2], drafts[0]]
    assert [play.fields(id)["order"] for id in play.turn(section)] == ["a0", "a1", "a2"]


def test_P2_the_time_of_what_is_published_is_that_of_publishing() -> None:
    play = Play()
    shown, card = play.card(ANA), play.draft(ANA)
    link, comment = play.link(ANA, card, shown), play.comment(ANA, card)
    removed = play.comment(ANA, card)
    play.act(ANA, o.RemoveComment(removed))
    drafted, play.now = play.now, play.now + 3_600
    play.act(ANA, o.PublishCard(card))
    published, play.now = play.now, play.now + 3_600
    play.act(ANA, o.PublishCard(card))
    play.act(ANA, o.RemoveCard(card))
    play.act(ANA, o.RestoreCard(card))
    play.now += 3_600
    play.act(ANA, o.RestoreComment(removed))

    for id, at in ((card, published), (link, published), (comment, published), (removed, play.now)):
        view = see(play.board, play.item(id), sees(BEN))
        assert view is not None
        assert view.fields["at"] == at
    assert play.item(shown).at == drafted


def test_P2_publishing_touches_what_hangs_on_the_card() -> None:
    play = Play()
    card, shown, other = play.draft(ANA), play.card(BEN), play.draft(ANA)
    comment = play.comment(ANA, card)
    link, hidden = play.link(ANA, card, shown), play.link(ANA, card, other)

    change = play.act(ANA, o.PublishCard(card))

    assert set(change.touched) == {card, comment, link, hidden}
    assert [play.item(id).shown for id in (card, comment, link, hidden)] == [play.seq()] * 3 + [None]


def test_there_is_no_way_back_from_being_seen() -> None:
    play = Play()
    card = play.draft(ANA)
    assert play.act(ANA, o.PublishCard(card)).inverse == ()

    hidden, second = play.draft(ANA), play.draft(ANA)
    before = play.fields(second)["order"]
    assert play.act(ANA, o.PublishCard(second)).inverse == ()
    assert (play.fields(second)["order"], play.item(hidden).shown) != (before, 0)

    again = play.act(ANA, o.PublishCard(card))
    assert again.touched == ()
    assert play.item(card).shown == 2


def test_a_draft_comes_after_ones_own_drafts() -> None:
    play = Play()
    play.card(BEN)
    play.draft(BEN)
    orders = [play.fields(play.draft(ANA))["order"] for _ in range(2)]

    assert orders == ["a1", "a2"]


# -- removing ------------------------------------------------------------------------------------------


def test_a_removed_card_can_be_brought_back_by_anyone_as_it_was() -> None:
    play = Play()
    one, card = play.card(), play.card(ANA, "Words", x=5.0, y=6.0)
    before = play.fields(card)
    play.act(BEN, o.RemoveCard(card))
    assert play.turn() == [one]
    assert play.item(card).removed == play.seq()

    play.act(ANA, o.RestoreCard(card))
    assert play.fields(card) == before
    assert play.turn() == [one, card]
    assert play.item(card).removed is None


def test_bringing_back_what_is_there_changes_nothing() -> None:
    play = Play()
    card = play.card()

    assert play.act(BEN, o.RestoreCard(card)).touched == ()


def test_what_hangs_on_a_card_goes_and_comes_with_it() -> None:
    play = Play()
    card, other = play.card(), play.card()
    comment, link = play.comment(BEN, card), play.link(BEN, other, card)
    unsaid = play.comment(BEN, card)
    play.act(BEN, o.RemoveComment(unsaid))

    assert set(play.act(ANA, o.RemoveCard(card)).touched) == {card, comment, link}
    assert set(play.act(ANA, o.RestoreCard(card)).touched) == {card, comment, link}
    assert see(play.board, play.item(comment), sees(OLA)) is not None


def test_T7_a_card_that_comes_back_to_a_turn_that_is_taken_gets_a_new_one() -> None:
    play = Play()
    one, two = play.card(), play.card()
    play.act(BEN, o.RemoveCard(two))
    three = play.card()
    assert play.fields(two)["order"] == play.fields(three)["order"]
    play.act(BEN, o.RestoreCard(two))

    assert play.turn() == [one, three, two]
    assert len({play.fields(id)["order"] for id in play.turn()}) == 3


def test_a_card_whose_section_has_gone_comes_back_where_it_was_to_the_eye() -> None:
    play = Play()
    section = play.section(x=100.0, y=200.0, layout="free")
    card = play.card(section=section, x=5.0, y=6.0)
    outside = play.card()
    play.act(BEN, o.RemoveCard(card))
    play.act(BEN, o.RemoveSection(section))
    play.act(BEN, o.RestoreCard(card))

    assert play.fields(card)["section"] is None
    assert place(play, card) == (105.0, 206.0)
    assert play.turn() == [outside, card]


def test_a_card_whose_grid_has_gone_comes_back_in_a_free_place() -> None:
    play = Play()
    section = play.section()
    card = play.card(section=section, x=5.0, y=6.0)
    outside = play.card(x=24.0, y=24.0)
    play.act(BEN, o.RemoveCard(card))
    play.act(BEN, o.RemoveSection(section))
    play.act(BEN, o.RestoreCard(card))

    assert place(play, card) == (248.0, 24.0)
    assert play.turn() == [outside, card]


def test_a_card_whose_section_has_been_cleared_away_comes_back_outside() -> None:
    play = Play()
    section = play.section(x=100.0, y=200.0)
    card = play.card(section=section, x=5.0, y=6.0)
    play.act(BEN, o.RemoveCard(card))
    play.act(BEN, o.RemoveSection(section))
    play.board = structs.replace(play.board, items=play.board.items.delete(section))
    play.act(BEN, o.RestoreCard(card))

    assert (play.fields(card)["section"], place(play, card)) == (None, (5.0, 6.0))


def test_a_draft_that_is_removed_is_brought_back_as_a_draft() -> None:
    play = Play()
    card = play.draft(ANA)
    play.act(ANA, o.RemoveCard(card))
    assert not any(play.board.drafts.values())

    play.act(ANA, o.RestoreCard(card))
    assert play.board.drafts["ana"] == (card,)
    assert play.turn() == []


def test_a_copy_stands_right_after_its_card_as_wide_as_that_in_the_name_of_who_copies() -> None:
    play = Play()
    section = play.section()
    first, second = play.card(section=section), play.card(section=section)
    play.act(ANA, o.ResizeCard(first, w=300.0))
    play.act(BEN, o.DuplicateCard(NEW, first))

    assert play.turn(section) == [first, NEW, second]
    assert (play.fields(NEW)["w"], play.item(NEW).owner) == (300.0, "ben")
