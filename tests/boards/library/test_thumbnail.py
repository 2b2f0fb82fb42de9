from app.boards.core.sight import View
from app.boards.library.templates import layouts, ops_of
from app.boards.library.thumbnail import HIGH, WIDE, Rectangle, thumbnail
from app.db import new_id
from tests.boards.play import ANA, Play


def drawn(play: Play) -> tuple[Rectangle, ...]:
    return thumbnail([View(i.id, i.item, i.seq, i.fields) for i in play.board.items.values()])


def test_an_empty_board_has_an_empty_drawing() -> None:
    assert thumbnail([]) == ()


def test_everything_lies_within_the_drawing_and_cards_lie_in_their_section() -> None:
    play = Play()
    section = play.section(x=-5000, y=9000, w=900, h=700)
    play.card(section=section, x=20, y=30, kind="ask")
    play.card(x=4000, y=-300)

    frame, *cards = drawn(play)

    assert frame.kind == "section"
    for box in (frame, *cards):
        assert 0 <= box.x <= box.x + box.w <= WIDE + 2
        assert 0 <= box.y <= box.y + box.h <= HIGH + 2
    inside = next(card for card in cards if card.kind == "ask")
    assert frame.x <= inside.x <= frame.x + frame.w


def test_a_grid_is_drawn_as_on_the_canvas_and_its_cards_do_not_overlap() -> None:
    play = Play()
    section = play.section(h=200)
    for _ in range(5):
        play.card(section=section, x=0, y=0)
    frame, *cards = drawn(play)

    assert len({(card.x, card.y) for card in cards}) == 5
    assert max(card.y + card.h for card in cards) <= frame.y + frame.h


def test_a_single_card_is_drawn_small_not_blown_up() -> None:
    play = Play()
    play.card()

    assert drawn(play)[0].w < WIDE / 3


def test_every_template_can_be_laid_out_by_the_rules_of_boards() -> None:
    for name in layouts():
        play = Play()
        for op in ops_of(name, new_id):
            play.act(ANA, op)

        assert len(play.turn("#")) == len(layouts()[name].sections) >= 4
