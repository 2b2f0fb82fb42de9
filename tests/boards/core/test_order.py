"""Who comes after whom, and where a card lies that was given no place."""

from hypothesis import given, settings
from hypothesis import strategies as st
from immutables import Map

from app.boards.core import ops as o
from app.boards.core import order
from app.boards.core.board import SECTIONS, Board, Item
from app.boards.core.order import LONGEST, between
from tests.boards.play import ANA, BEN, Play, uid
from tests.boards.scripts import Step, play, steps


def orders(play: Play, section: str = "") -> list[str]:
    return [key for key, _ in play.board.order.get(section, ())]


@given(steps)
def test_T7_among_what_is_shown_no_two_have_the_same_turn(drawn: list[Step]) -> None:
    for board in play(drawn).boards:
        for keys in board.order.values():
            assert len({key for key, _ in keys}) == len(keys)
            assert list(keys) == sorted(keys)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 5)), max_size=30))
def test_T7_whoever_is_put_after_another_comes_right_after_them(moves: list[tuple[int, int]]) -> None:
    play = Play()
    cards = [play.card() for _ in range(6)]
    model = list(cards)
    for which, after in moves:
        if which == after:
            continue
        card, neighbour = cards[which], cards[after] if after >= 0 else None
        play.act(BEN, o.MoveCard(card, after=neighbour))
        model.remove(card)
        model.insert(model.index(neighbour) + 1 if neighbour else 0, card)

        assert play.turn() == model


def test_T7_a_key_is_between_its_neighbours_and_plain_text_compares_them() -> None:
    assert between(None, None) < between(between(None, None), None)
    assert "a0" < between("a0", "a1") < "a1"


def test_T7_many_turns_between_two_cards_end_in_fresh_short_keys_for_the_list() -> None:
    play = Play()
    first, one, two, last = (play.card() for _ in range(4))
    draft = play.draft(ANA)
    before = play.fields(draft)
    longest = 0
    for i in range(1_200):
        mover, other = (one, two) if i % 2 else (two, one)
        play.act(BEN, o.MoveCard(mover, after=first))
        assert play.turn() == [first, mover, other, last]
        longest = max(longest, *(len(key) for key in orders(play)))

    assert 40 < longest <= LONGEST
    assert play.fields(draft) == before


def test_T7_fresh_keys_are_taken_back_with_the_deed_that_made_them() -> None:
    play = Play()
    first, one, two = (play.card() for _ in range(3))
    while True:
        before = {id: play.fields(id)["order"] for id in (first, one, two)}
        one, two = two, one
        change = play.act(BEN, o.MoveCard(one, after=first))
        if len(change.touched) > 1:
            break
    assert orders(play) == ["a0", "a1", "a2"]
    assert play.turn() == [first, one, two]

    play.undo(BEN)
    assert {id: play.fields(id)["order"] for id in before} == before


def test_P2_a_draft_that_is_moved_very_often_comes_last_in_the_end_and_nobody_else_is_touched() -> None:
    play = Play()
    first, last = play.card(), play.card()
    one, two = play.draft(ANA), play.draft(ANA)
    while True:
        one, two = two, one
        change = play.act(ANA, o.MoveCard(one, after=first))
        assert change.touched == (one,)
        assert len(play.fields(one)["order"]) <= LONGEST
        if play.fields(one)["order"] > play.fields(last)["order"]:
            break
    assert play.turn() == [first, last]


def test_P2_the_turn_of_what_is_shown_tells_nothing_of_drafts() -> None:
    play = Play()
    section = play.section()
    one = play.card(section=section)
    for _ in range(3):
        play.draft(ANA, section=section)
    two = play.card(ANA, section=section)
    outside = play.card(ANA)
    play.act(ANA, o.MoveCard(outside, section=section))

    assert play.turn(section) == [one, two, outside]
    assert orders(play, section) == ["a0", "a1", "a2"]


def test_P2_a_card_put_after_ones_own_draft_comes_after_the_last_shown_one_before_it() -> None:
    play = Play()
    one, two, three = play.card(), play.card(), play.card()
    draft = play.draft(ANA)
    play.act(ANA, o.MoveCard(draft, after=one))
    play.act(ANA, o.MoveCard(three, after=draft))

    assert play.turn() == [one, three, two]
    assert orders(play)[1] == between("a0", "a1")


def test_P2_a_card_put_after_a_draft_that_is_first_comes_first() -> None:
    play = Play()
    one, two = play.card(), play.card()
    draft = play.draft(ANA)
    play.act(ANA, o.MoveCard(draft, after=None))
    play.act(ANA, o.MoveCard(two, after=draft))

    assert play.turn() == [two, one]


def test_a_draft_takes_its_turn_among_ones_own_drafts_and_what_everyone_sees() -> None:
    play = Play()
    play.card()
    one, two, three = play.draft(ANA), play.draft(ANA), play.draft(ANA)
    play.draft(BEN)
    play.act(ANA, o.MoveCard(three, after=one))
    keys = [play.fields(id)["order"] for id in (one, three, two)]

    assert keys == sorted(keys)
    assert keys[1] == between(keys[0], keys[2])


def test_drafts_of_another_list_do_not_count() -> None:
    play = Play()
    section = play.section()
    play.draft(ANA, section=section)
    draft = play.draft(ANA)

    assert play.fields(draft)["order"] == "a0"
    play.act(ANA, o.MoveCard(draft, section=section))
    assert play.fields(draft)["order"] == "a1"


def test_T7_a_draft_may_share_a_turn_and_still_be_moved_around() -> None:
    play = Play()
    draft, shown = play.draft(ANA), play.card(BEN)
    assert play.fields(draft)["order"] == play.fields(shown)["order"] == "a0"
    other = play.draft(ANA)
    for neighbour in (shown, draft):
        play.act(ANA, o.MoveCard(other, after=neighbour))
        assert play.fields(other)["order"] > "a0"


# -- places --------------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(st.integers(1, 40), st.floats(200, 1500))
def test_cards_without_a_place_do_not_lie_on_each_other(many: int, wide: float) -> None:
    play = Play()
    section = play.section(w=wide, h=8000.0)
    cards = [play.fields(play.card(section=section)) for _ in range(many)]
    spots = [(card["x"], card["y"]) for card in cards]

    for i, (x, y) in enumerate(spots):
        assert all(abs(x - u) >= 200 or abs(y - v) >= 132 for u, v in spots[:i])
        assert x == 24 or x + 200 <= play.fields(section)["w"]
        assert y >= 24


def test_what_is_added_to_a_full_section_stays_in_its_frame_and_covers_no_card_whole() -> None:
    play = Play()
    section = play.section(w=500.0, h=340.0)
    spots = [(c["x"], c["y"]) for c in (play.fields(play.card(section=section)) for _ in range(20))]

    assert spots[:4] == [(24, 24), (248, 24), (24, 180), (248, 180)]
    assert len(set(spots)) == 20
    assert all(x + 100 <= 500 and y + 60 <= 340 for x, y in spots)


@given(st.lists(st.tuples(st.integers(-50, 1000), st.integers(-50, 800)), max_size=25))
def test_a_card_without_a_place_lies_on_no_card_wherever_those_lie(lying: list[tuple[int, int]]) -> None:
    play = Play()
    for x, y in lying:
        play.card(x=float(x), y=float(y))
    card = play.fields(play.card())

    assert all(abs(card["x"] - x) >= 200 or abs(card["y"] - y) >= 132 for x, y in lying)


def test_a_narrow_section_has_one_column_and_the_board_four() -> None:
    for width, second, fifth in ((247.0, (24, 180), (24, 648)), (None, (248, 24), (24, 180))):
        play = Play()
        section = play.section(w=width, h=900.0) if width else None
        cards = [play.fields(play.card(section=section)) for _ in range(5)]
        assert (cards[1]["x"], cards[1]["y"]) == second
        assert (cards[4]["x"], cards[4]["y"]) == fifth


def test_a_gap_is_filled_and_a_card_in_the_way_is_passed_by() -> None:
    play = Play()
    play.card(x=100.0, y=100.0)

    assert [(c["x"], c["y"]) for c in (play.fields(play.card()) for _ in range(2))] == [(472, 24), (696, 24)]


def test_P2_a_draft_takes_no_place_from_others() -> None:
    play = Play()
    play.draft(ANA)
    card = play.fields(play.card(BEN))

    assert (card["x"], card["y"]) == (24, 24)


def test_outside_all_sections_a_card_without_a_place_lies_on_none_of_them() -> None:
    play = Play()
    play.section(x=0.0, y=0.0, w=500.0, h=400.0)
    play.section(x=600.0, y=100.0, w=500.0, h=700.0)
    first, second = (play.fields(play.card(BEN)) for _ in range(2))

    assert (first["x"], first["y"]) == (24, 800 + 24)
    assert (second["x"], second["y"]) == (248, 800 + 24)


def test_on_a_very_full_board_the_next_place_is_the_one_after_all() -> None:
    keys = tuple((f"a{i:04}", uid(i)) for i in range(301))
    board = Board("b1", "s1", order=Map({"": keys}))

    assert order.free_place(board, None) == (24 + (301 % 4) * 224, 24 + (301 // 4) * 156)


def test_whose_drafts_count_beside_what_everyone_sees() -> None:
    draft = Item("i", "card", 1, 1, "ana", 1.0, {}, {})
    shown = Item("i", "card", 1, 1, "ana", 1.0, {}, {}, shown=1)

    assert (order.draft_of(draft), order.draft_of(shown)) == ("ana", None)


def test_sections_have_an_order_of_their_own() -> None:
    play = Play()
    play.card()
    one, two = play.section(), play.section()

    assert play.turn(SECTIONS) == [one, two]
    assert orders(play, SECTIONS) == ["a0", "a1"]
