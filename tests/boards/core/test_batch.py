"""Many changes as one: done in turn by the rules of each, with one deed and one undo, or not at all."""

from random import Random

import pytest

from app.access import Code, Refused
from app.boards.core import ops as o
from app.boards.core.board import BoardChange
from app.boards.core.delivery import everything
from tests.boards.play import ANA, BEN, EVERYONE, Play, assert_same, reloaded, sees, uid
from tests.boards.random_ops import MORE_VERBS, Known, random_op, unseen


def refusal(play: Play, *parts: o.SingleOp) -> Refused:
    before = play.board
    with pytest.raises(Refused) as caught:
        play.act(ANA, o.Batch(parts))
    assert play.board is before
    return caught.value


def test_its_parts_are_one_deed_and_one_undo() -> None:
    play = Play()
    section = play.section()
    cards = [play.card(text=text) for text in "abc"]
    before = play.board
    moved = [o.MoveCard(id, section=section) for id in cards]
    change = play.act(ANA, o.Batch((*moved, o.EditCard(cards[0], kind="ask"), o.RemoveCard(cards[1]))))

    assert change.board.seq == before.seq + 1
    assert play.turn(section) == [cards[0], cards[2]]
    assert change.left_out == {}

    play.undo(ANA)
    assert play.turn() == cards
    assert [play.fields(id) for id in cards] == [before.items[id].fields for id in cards]


def test_a_field_that_two_parts_set_goes_back_to_what_it_was_before_both() -> None:
    play = Play()
    hall, yard = play.section(), play.section()
    card = play.card(section=hall)
    play.act(ANA, o.Batch((o.MoveCard(card, section=yard), o.MoveCard(card, section=None))))
    play.act(ANA, o.RemoveSection(yard))
    change = play.undo(ANA, play.seq() - 1)

    assert (play.fields(card)["section"], change.skipped) == (hall, 0)


def test_what_is_gone_meanwhile_is_left_out_and_named_to_whoever_may_restore_it() -> None:
    play = Play()
    here, gone, hidden = play.card(), play.card(BEN, "The bus is late"), play.draft(BEN, "My secret")
    play.act(BEN, o.RemoveCard(gone))
    change = play.act(ANA, o.Batch(tuple(o.EditCard(id, kind="ask") for id in (here, gone, hidden, uid(99)))))

    assert change.left_out == {gone: "The bus is late", hidden: "", uid(99): ""}
    assert change.touched == (here,)


def test_another_persons_draft_in_a_batch_is_as_if_it_were_not_there() -> None:
    play = Play()
    draft = play.draft(BEN)

    alike = [refusal(play, o.RemoveCard(id)) for id in (draft, uid(99))]
    assert {(each.code, each.say) for each in alike} == {(Code.NOT_FOUND, "That card is no longer here.")}


@pytest.mark.parametrize("parts", [0, 201])
def test_it_has_at_least_one_part_and_at_most_two_hundred(parts: int) -> None:
    play = Play()

    assert refusal(play, *[o.AddCard(uid(i), "note", "x") for i in range(parts)]).code is Code.TOO_LONG


def test_two_hundred_parts_are_done() -> None:
    play = Play()
    play.act(ANA, o.Batch(tuple(o.AddCard(uid(i), "note", "x") for i in range(200))))

    assert play.turn() == [uid(i) for i in range(200)]
    assert len({(c.fields["x"], c.fields["y"]) for c in play.board.items.values()}) == 200


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (o.EditCard(uid(1), text=" "), Code.INVALID),
        (o.EditCard(uid(1), text="x" * 4001), Code.TOO_LONG),
        (o.EditCard(uid(1), kind="poem"), Code.INVALID),
        (o.AddCard(uid(1), "note", "The same id"), Code.INVALID),
        (o.RemoveComment(uid(3)), Code.NOT_ALLOWED),
    ],
    ids=["no words", "long", "no kind", "an id twice", "another's comment"],
)
def test_any_refusal_but_of_what_is_gone_refuses_the_whole(bad: o.SingleOp, code: Code) -> None:
    play = Play()
    one, two = play.card(), play.card()
    play.comment(BEN, two)

    assert refusal(play, o.EditCard(one, kind="ask"), bad, o.RemoveCard(two)).code is code


def test_what_is_published_in_a_batch_stays_so_and_the_rest_is_undone() -> None:
    play = Play()
    draft, card = play.draft(), play.card(kind="ask")
    play.act(ANA, o.Batch((o.EditCard(card, kind="offer"), o.PublishCard(draft))))
    play.undo(ANA)

    assert play.fields(card)["kind"] == "ask"
    assert play.item(draft).shown


def test_what_came_and_went_within_a_batch_was_shown_to_nobody_and_undo_tells_nobody() -> None:
    play = Play()
    play.act(ANA, o.Batch((o.AddCard(uid(9), "note", "x"), o.RemoveCard(uid(9)))))

    assert play.undo(ANA).touched == ()


def test_a_batch_makes_of_a_board_what_its_parts_make_of_it_one_by_one() -> None:
    for seed in range(60):
        random, play = Random(seed), Play()
        for place in range(30):
            who = EVERYONE[random.randrange(len(EVERYONE))]
            views = everything(play.board, sees(who)).puts
            known = Known.of(views, unseen(play.board, views))
            ops = [
                random_op(random.randrange, known, uid(place * 10 + i), f"w{place}", MORE_VERBS)
                for i in range(4)
            ]
            alone = Play(play.board)
            came = [_tried(alone, who, op) for op in ops]
            whole = _tried(play, who, o.Batch(tuple(ops)))
            codes = {each.code for each in came if isinstance(each, Refused)}
            if isinstance(whole, Refused):
                assert codes - {Code.NOT_FOUND} or all(isinstance(each, Refused) for each in came)
            else:
                assert codes <= {Code.NOT_FOUND}
                assert set(whole.left_out) == {
                    op.id for op, each in zip(ops, came, strict=True) if isinstance(each, Refused)
                }
                assert _shown(play, who) == _shown(alone, who)
                assert_same(reloaded(play.board), play.board)


def _tried(play: Play, who: object, op: o.Op) -> BoardChange | Refused:
    try:
        return play.act(who, op)  # type: ignore[arg-type]
    except Refused as refused:
        return refused


def _shown(play: Play, who: object) -> dict[str, dict[str, object]]:
    return {v.id: v.fields for v in everything(play.board, sees(who)).puts}  # type: ignore[arg-type]
