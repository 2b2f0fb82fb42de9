"""Each takes back their own deeds, field by field, and nothing of what others did since."""

from typing import Any

import pytest
from hypothesis import assume, given
from msgspec import structs

from app.boards.core import ops as o
from app.boards.core.board import SECTIONS, Board, BoardChange
from tests.boards.play import ANA, BEN, Play, assert_same, reloaded, uid
from tests.boards.scripts import Script, Step, play, steps


def standing(board: Board) -> dict[str, tuple[bool, dict[str, Any]]]:
    """What is there and what it says, without when."""
    return {id: (item.removed is None, item.fields) for id, item in board.items.items()}


def last_of(script: Script) -> BoardChange:
    """The last deed, if it can be taken back and is none of taking back."""
    assume(script.done and isinstance(script.done[-1].came, BoardChange))
    change = script.done[-1].came
    assert isinstance(change, BoardChange)
    assume(bool(change.inverse))
    return change


@given(steps)
def test_T6_undo_gives_all_fields_back_and_redo_all_of_them_again(drawn: list[Step]) -> None:
    script = play(drawn, undo=False)
    last_of(script)
    who, at = script.done[-1].who, script.play
    before, after = standing(script.boards[-2]), standing(at.board)
    born = {id: there for id, there in after.items() if id not in before}

    undone = at.undo(who)
    assume(not undone.skipped)
    assert standing(at.board) == before | {id: (False, fields) for id, (_, fields) in born.items()}

    redone = at.undo(who)
    assert redone.skipped == 0
    assert standing(at.board) == after

    at.undo(who)
    assert standing(at.board) == before | {id: (False, fields) for id, (_, fields) in born.items()}


@pytest.mark.parametrize("out", [True, False])
def test_T6_redo_of_a_move_to_another_section_brings_its_place_along(out: bool) -> None:
    at = Play()
    first, second = at.section(title="One"), at.section(title="Two")
    card = at.card(section=first, x=0, y=40)
    at.act(ANA, o.MoveCard(card, section=None if out else second, x=300, y=200))
    moved = dict(at.board.items[card].fields)
    at.undo(ANA)
    redone = at.undo(ANA)

    assert redone.skipped == 0
    assert at.board.items[card].fields == moved


@given(steps)
def test_T6_undo_leaves_alone_what_others_changed_since(drawn: list[Step]) -> None:
    script = play(drawn)
    board = script.play.board
    for place, done in enumerate(script.done):
        if not isinstance(done.came, BoardChange) or not done.came.inverse:
            continue
        again = Play(board)
        again.inverses = dict(script.play.inverses)
        of = script.boards[place + 1].seq
        change = again.undo(done.who, of)
        mine = {(i.id, i.field) for i in done.came.inverse}
        taken = {id for id in change.touched if again.board.items[id].removed == change.board.seq}
        for id in change.touched:
            item, was = again.board.items[id], board.items[id]
            for name in item.fields:
                moved_out = name in ("section", "x", "y") and was.fields.get("section") in taken
                if item.fields[name] != was.fields[name] and name != "order" and not moved_out:
                    assert (id, name) in mine or was.removed is not None
                    assert of in (was.rev[name], was.stands.get(name)) or was.removed is not None


@given(steps)
def test_T6_a_board_after_undo_can_be_read_afresh(drawn: list[Step]) -> None:
    script = play(drawn)
    for seq, (person, _) in list(script.play.inverses.items()):
        who = next(done.who for done in script.done if done.who.person == person)
        script.play.undo(who, seq)

    assert_same(reloaded(script.play.board), script.play.board)


def test_T6_what_another_changed_since_is_left_and_said() -> None:
    play = Play()
    card = play.card(ANA, "One two", x=1.0)
    play.act(ANA, o.EditCard(card, text="One three", kind="ask"))
    edit = play.seq()
    play.act(BEN, o.EditCard(card, kind="offer"))
    change = play.undo(ANA, edit)

    assert (play.fields(card)["text"], play.fields(card)["kind"]) == ("One two", "offer")
    assert change.skipped == 1


def test_T6_undo_goes_back_step_by_step_past_what_was_undone() -> None:
    play = Play()
    card = play.card(ANA, "One")
    seqs = []
    for text in ("Two", "Three"):
        play.act(ANA, o.EditCard(card, text=text))
        seqs.append(play.seq())

    assert play.undo(ANA, seqs[1]).skipped == 0
    assert play.fields(card)["text"] == "Two"
    assert play.undo(ANA, seqs[0]).skipped == 0
    assert play.fields(card)["text"] == "One"


def test_T6_what_was_undone_cannot_be_undone_once_more() -> None:
    play = Play()
    card = play.card(ANA, "One")
    play.act(ANA, o.EditCard(card, text="Two"))
    edit = play.seq()
    play.undo(ANA, edit)
    again = play.undo(ANA, edit)

    assert (again.skipped, again.touched) == (1, ())
    assert play.fields(card)["text"] == "One"


def test_T6_undo_of_adding_removes_but_not_the_words_of_others() -> None:
    play = Play()
    mine, edited, remarked, answered = (play.card(ANA) for _ in range(4))
    play.act(BEN, o.EditCard(edited, text="Ben was here"))
    play.comment(BEN, remarked)
    gone = play.comment(BEN, answered)
    play.act(BEN, o.RemoveComment(gone))
    play.comment(ANA, answered, "To myself")

    assert [play.undo(ANA, seq).skipped for seq in (1, 2, 3, 4)] == [0, 1, 1, 0]
    there = [play.item(id).removed is None for id in (mine, edited, remarked, answered)]
    assert there == [False, True, True, False]


def test_T6_a_deed_on_what_has_been_removed_since_is_left() -> None:
    play = Play()
    card = play.card(ANA, "One")
    play.act(ANA, o.EditCard(card, text="Two"))
    edit = play.seq()
    play.act(BEN, o.RemoveCard(card))

    assert play.undo(ANA, edit).skipped == 1
    assert play.fields(card)["text"] == "Two"


def test_T6_a_deed_on_what_has_been_cleared_away_is_left() -> None:
    play = Play()
    card = play.card(ANA)
    play.act(ANA, o.RemoveCard(card))
    play.board = structs.replace(play.board, items=play.board.items.delete(card))

    assert play.undo(ANA).skipped == 1


def test_T6_undo_of_removing_brings_back_and_of_bringing_back_removes() -> None:
    play = Play()
    card = play.card(BEN)
    comment = play.comment(ANA, card)
    play.act(ANA, o.RemoveCard(card))
    removal = play.seq()
    assert set(play.undo(ANA, removal).touched) == {card, comment}
    assert play.turn() == [card]

    play.act(BEN, o.RemoveCard(card))
    assert play.undo(ANA, removal).skipped == 1
    play.act(BEN, o.RestoreCard(card))
    assert play.undo(BEN).skipped == 0
    assert play.turn() == []


def test_T6_undo_of_bringing_back_does_not_sweep_away_what_others_said_since() -> None:
    play = Play()
    card = play.card(BEN)
    play.comment(ANA, card, "From before")
    play.act(BEN, o.RemoveCard(card))
    play.act(BEN, o.RestoreCard(card))
    back = play.seq()
    later = play.comment(ANA, card, "From since")
    assert play.undo(BEN, back).skipped == 1

    play.act(ANA, o.RemoveComment(later))
    assert play.undo(BEN, back).skipped == 0
    assert play.turn() == []


def test_T6_undo_of_removing_a_section_puts_its_cards_back_in_their_turn() -> None:
    play = Play()
    section = play.section(x=100.0, y=200.0)
    one, two, moved = (play.card(section=section, x=5.0, y=6.0) for _ in range(3))
    outside = play.card()
    play.act(ANA, o.RemoveSection(section))
    removal = play.seq()
    play.act(BEN, o.MoveCard(moved, x=900.0))
    change = play.undo(ANA, removal)

    assert play.turn(SECTIONS) == [section]
    assert play.turn(section) == [one, two, moved]
    assert play.turn() == [outside]
    assert (play.fields(one)["x"], play.fields(one)["y"]) == (5.0, 6.0)
    assert (play.fields(moved)["x"], change.skipped) == (900.0, 1)


def test_T6_a_card_that_was_put_elsewhere_since_stays_there_with_its_place() -> None:
    play = Play()
    section, other = play.section(x=100.0, y=200.0), play.section()
    card = play.card(section=section, x=5.0, y=6.0)
    play.act(ANA, o.RemoveSection(section))
    removal = play.seq()
    play.act(BEN, o.MoveCard(card, section=other, x=105.0, y=206.0))
    play.undo(ANA, removal)

    assert play.turn(other) == [card]
    assert (play.fields(card)["x"], play.fields(card)["y"]) == (105.0, 206.0)


@pytest.mark.parametrize("cleared", [False, True])
def test_T6_a_card_does_not_go_back_into_a_section_that_is_gone_nor_to_a_place_in_it(cleared: bool) -> None:
    play = Play()
    section = play.section(x=100.0, y=200.0)
    card = play.card(section=section, x=5.0, y=6.0)
    play.act(ANA, o.MoveCard(card, section=None, x=300.0, y=301.0))
    move = play.seq()
    play.act(BEN, o.RemoveSection(section))
    if cleared:
        play.board = structs.replace(play.board, items=play.board.items.delete(section))
    change = play.undo(ANA, move)

    fields = play.fields(card)
    assert (fields["section"], fields["x"], fields["y"]) == (None, 300.0, 301.0)
    assert change.skipped == 3 + (fields["order"] != "a0")


def test_T7_what_goes_back_to_a_turn_that_is_taken_gets_a_new_one() -> None:
    play = Play()
    section = play.section()
    card, other = play.card(section=section), play.card()
    play.act(ANA, o.MoveCard(card, section=None))
    move = play.seq()
    play.card(BEN, section=section)
    assert play.turn() == [other, card]
    play.undo(ANA, move)

    assert play.turn(section)[-1] == card
    assert len({play.fields(id)["order"] for id in play.turn(section)}) == 2


def test_T7_a_card_brought_back_by_undo_gets_a_turn_of_its_own() -> None:
    play = Play()
    card = play.card()
    play.act(ANA, o.RemoveCard(card))
    removal = play.seq()
    other = play.card(BEN)
    play.undo(ANA, removal)

    assert play.turn() == [other, card]
    assert play.fields(card)["order"] != play.fields(other)["order"]


def test_T6_a_card_brought_back_by_undo_without_its_section_lies_outside() -> None:
    play = Play()
    section = play.section(x=100.0, y=200.0, layout="free")
    card = play.card(section=section, x=5.0, y=6.0)
    play.act(ANA, o.RemoveCard(card))
    removal = play.seq()
    play.act(BEN, o.RemoveSection(section))
    play.undo(ANA, removal)

    assert (play.fields(card)["section"], play.fields(card)["x"]) == (None, 105.0)


def test_P2_what_happened_to_anothers_draft_is_not_counted() -> None:
    play = Play()
    section = play.section(ANA)
    draft = play.draft(BEN, section=section)
    play.act(ANA, o.RemoveSection(section))
    removal = play.seq()
    play.act(BEN, o.RemoveCard(draft))

    assert play.undo(ANA, removal).skipped == 0


def test_P2_ones_own_draft_is_counted() -> None:
    play = Play()
    draft = play.draft(ANA)
    play.act(ANA, o.EditCard(draft, text="Other"))
    edit = play.seq()
    play.act(ANA, o.RemoveCard(draft))

    assert play.undo(ANA, edit).skipped == 1


def test_P2_its_turn_among_drafts_is_not_given_back_to_a_card_that_was_shown() -> None:
    play = Play()
    shown = play.card(BEN)
    first, second = play.draft(ANA), play.draft(ANA)
    play.act(ANA, o.MoveCard(first, after=second))
    move = play.seq()
    play.act(ANA, o.MoveCard(second, after=first))
    play.act(ANA, o.PublishCard(first))
    change = play.undo(ANA, move)

    assert play.turn() == [shown, first]
    assert play.fields(first)["order"] == "a1"
    assert change.skipped == 1


def test_P2_nor_is_a_turn_it_had_as_a_draft_where_publishing_did_not_change_it() -> None:
    play = Play()
    shown = play.card(BEN)
    draft = play.draft(ANA)
    play.act(ANA, o.MoveCard(draft, after=None))
    play.act(ANA, o.MoveCard(draft, after=shown))
    move = play.seq()
    play.act(ANA, o.PublishCard(draft))
    assert play.item(draft).rev["order"] == move

    assert play.undo(ANA, move).skipped == 1
    assert play.turn() == [shown, draft]


def test_T6_after_a_removal_is_undone_the_adding_can_be_undone_too() -> None:
    play = Play()
    card = play.card(ANA)
    play.act(ANA, o.RemoveCard(card))
    play.undo(ANA, 2)
    assert play.undo(ANA, 1).skipped == 0

    assert play.turn() == []


def test_T6_a_text_that_comes_back_is_what_the_next_merge_goes_on_from() -> None:
    play = Play()
    card = play.card(ANA, "One two three")
    play.act(ANA, o.EditCard(card, text="One two four"))
    play.undo(ANA)
    base = play.seq()
    play.act(ANA, o.EditCard(card, text="Nought two three"), base)
    play.act(BEN, o.EditCard(card, text="One two three five"), base)

    assert play.fields(card)["text"] == "Nought two three five"


def test_T6_undo_of_nothing_is_a_deed_that_changes_nothing() -> None:
    play = Play()
    card = play.draft(ANA)
    play.act(ANA, o.PublishCard(card))
    change = play.undo(ANA)

    assert (change.touched, change.skipped, play.seq()) == ((), 0, 3)


def test_T6_undo_of_giving_a_link_another_meaning_gives_the_first_back() -> None:
    play = Play()
    link = play.link(ANA, play.card(), play.card(), "serves")
    play.act(ANA, o.EditLink(link, "tests"))
    play.undo(ANA)

    assert play.fields(link)["means"] == "serves"
    assert uid(3) == link
