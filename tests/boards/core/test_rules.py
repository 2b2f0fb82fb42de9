"""May and apply: whoever may not, or cannot see, is refused, and nothing is changed by a refusal."""

import pytest
from hypothesis import given
from msgspec import structs

from app.access import Actor, Code, Refused, Role, State
from app.boards.core import ops as o
from app.boards.core.board import Deed
from app.boards.core.rules import apply
from app.boards.core.stage.ops import StageOp, ThemeOp
from tests.boards.play import ANA, BEN, EVERYONE, GIL, OLA, SUE, Play, uid
from tests.boards.scripts import Step, play, steps

NEW = uid(900)


def every_op(play: Play) -> list[o.SingleOp]:
    """One op of each kind that a member could do on this small board right now."""
    section, card, other = play.section(), play.card(), play.card()
    link, comment = play.link(ANA, card, other), play.comment(ANA, card)
    gone = play.card()
    play.act(ANA, o.RemoveCard(gone))
    away = play.section()
    play.act(ANA, o.RemoveSection(away))
    unlinked = play.link(ANA, other, card)
    play.act(ANA, o.RemoveLink(unlinked))
    unsaid = play.comment(ANA, other)
    play.act(ANA, o.RemoveComment(unsaid))
    return [
        o.AddCard(NEW, "note", "Words"),
        o.EditCard(card, text="Others"),
        o.MoveCard(card, x=5.0),
        o.ResizeCard(card, w=300.0),
        o.PublishCard(play.draft(ANA)),
        o.RemoveCard(card),
        o.RestoreCard(gone),
        o.DuplicateCard(NEW, card),
        o.AddSection(NEW, "Title"),
        o.EditSection(section, title="Others"),
        o.MoveSection(section, x=5.0),
        o.RemoveSection(section),
        o.RestoreSection(away),
        o.LockSection(section, locked=True),
        o.AddLink(NEW, card, other, "serves"),
        o.EditLink(link, "serves"),
        o.RemoveLink(link),
        o.RestoreLink(unlinked),
        o.AddComment(NEW, card, "Words"),
        o.EditComment(comment, "Others"),
        o.RemoveComment(comment),
        o.RestoreComment(unsaid),
    ]


TAGS = [type(op).__struct_config__.tag for op in every_op(Play())]


def refusal(play: Play, who: Actor, op: o.Op | o.Undo) -> Refused:
    before = play.board
    with pytest.raises(Refused) as caught:
        play.act(who, op)
    assert play.board is before
    return caught.value


def test_every_op_there_is_has_its_place_in_these_tests() -> None:
    assert [type(op) for op in every_op(Play())] == list(o.SingleOp.__args__)
    of_workshops = {*ThemeOp.__args__, *StageOp.__args__}  # these have tests of their own
    assert set(o.Op.__args__) == {*o.SingleOp.__args__, *of_workshops, o.Batch}


@pytest.mark.parametrize("place", range(len(TAGS)), ids=TAGS)
@pytest.mark.parametrize("role", [Role.GUEST, Role.MEMBER, Role.STEWARD])
@pytest.mark.parametrize("batched", [False, True], ids=["alone", "in a batch"])
def test_O1_whoever_writes_may_do_every_op_and_it_changes_what_it_names(
    place: int, role: Role, batched: bool
) -> None:
    play = Play()
    op = every_op(play)[place]
    before, who = play.board, Actor(role, "ana", "north")
    asked = o.Batch((op,)) if batched else op
    if role is Role.GUEST and isinstance(op, o.LockSection):
        assert refusal(play, who, asked).code is Code.NOT_ALLOWED
        return

    change = play.act(who, asked)

    assert op.id in change.touched
    assert change.board.seq == before.seq + 1
    assert change.board.items[op.id] != before.items.get(op.id)
    assert change.board.items[op.id].seq == change.board.seq


@pytest.mark.parametrize("place", range(len(TAGS)), ids=TAGS)
@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.GUEST, Role.MEMBER, Role.STEWARD)])
@pytest.mark.parametrize("batched", [False, True], ids=["alone", "in a batch"])
def test_O5_nobody_else_may_do_any_op(place: int, role: Role, batched: bool) -> None:
    play = Play()
    op = every_op(play)[place]

    code = refusal(play, Actor(role, "ana", "north"), o.Batch((op,)) if batched else op).code

    assert code is (Code.NOT_ALLOWED if role in (Role.OBSERVER, Role.SCREEN) else Code.NOT_FOUND)


@pytest.mark.parametrize("place", range(len(TAGS)), ids=TAGS)
def test_an_archived_board_takes_no_op(place: int) -> None:
    play = Play()
    op = every_op(play)[place]
    play.board = structs.replace(play.board, state=State.ARCHIVED)

    assert refusal(play, ANA, op).code is Code.LOCKED
    assert refusal(play, ANA, o.Batch((op,))).code is Code.LOCKED
    assert refusal(play, ANA, o.Undo(1)).code is Code.LOCKED


@pytest.mark.parametrize("who", [BEN, GIL, SUE], ids=lambda who: who.person)
def test_only_its_author_changes_removes_or_brings_back_a_comment(who: Actor) -> None:
    play = Play()
    card = play.card()
    comment = play.comment(ANA, card)

    assert refusal(play, who, o.EditComment(comment, "Mine now")).code is Code.NOT_ALLOWED
    assert refusal(play, who, o.RemoveComment(comment)).code is Code.NOT_ALLOWED
    play.act(ANA, o.RemoveComment(comment))
    assert refusal(play, who, o.RestoreComment(comment)).code is Code.NOT_ALLOWED


def test_nobody_publishes_what_is_another_persons() -> None:
    play = Play()

    assert refusal(play, BEN, o.PublishCard(play.card(ANA))).code is Code.NOT_ALLOWED
    assert refusal(play, BEN, o.PublishCard(play.draft(ANA))).code is Code.NOT_FOUND


@pytest.mark.parametrize(
    "op",
    [
        lambda id: o.EditCard(id, text="Other"),
        lambda id: o.EditCard(id, kind="ask"),
        lambda id: o.MoveCard(id, x=1.0),
        lambda id: o.ResizeCard(id, w=300.0),
        lambda id: o.PublishCard(id),
        lambda id: o.RemoveCard(id),
        lambda id: o.RestoreCard(id),
        lambda id: o.AddComment(NEW, id, "Words"),
        lambda id: o.AddLink(NEW, id, uid(1), "serves"),
        lambda id: o.AddLink(NEW, uid(1), id, "serves"),
        lambda id: o.MoveCard(uid(1), after=id),
        lambda id: o.AddCard(NEW, "note", "Words", section=id),
        lambda id: o.MoveCard(uid(1), section=id),
        lambda id: o.EditSection(id, title="Other"),
        lambda id: o.MoveSection(id, x=1.0),
        lambda id: o.RemoveSection(id),
        lambda id: o.RestoreSection(id),
        lambda id: o.EditLink(id, "serves"),
        lambda id: o.RemoveLink(id),
        lambda id: o.RestoreLink(id),
        lambda id: o.EditComment(id, "Words"),
        lambda id: o.RemoveComment(id),
        lambda id: o.RestoreComment(id),
    ],
)
def test_O4_hidden_and_absent_answer_the_same(op: object) -> None:
    play = Play()
    assert play.card(BEN) == uid(1)
    hidden = [play.draft(ANA)]
    hidden += [play.comment(ANA, hidden[0]), play.link(ANA, hidden[0], uid(1))]
    gone = [play.draft(ANA)]
    gone += [play.comment(ANA, gone[0]), play.link(ANA, gone[0], uid(1))]
    play.act(ANA, o.RemoveComment(gone[1]))
    play.act(ANA, o.RemoveLink(gone[2]))
    play.act(ANA, o.RemoveCard(gone[0]))

    absent = refusal(play, BEN, op(uid(999)))  # type: ignore[operator]
    assert absent.code is Code.NOT_FOUND
    for id in (*hidden, *gone):
        refused = refusal(play, BEN, op(id))  # type: ignore[operator]
        assert (refused.code, refused.say) == (absent.code, absent.say)


def test_O4_what_is_of_another_kind_is_not_found() -> None:
    play = Play()
    section, card, other = play.section(), play.card(), play.card()
    link, comment = play.link(ANA, card, other), play.comment(ANA, card)

    for id in (section, link, comment):
        assert refusal(play, ANA, o.EditCard(id, text="Other")).code is Code.NOT_FOUND
    for id in (card, link, comment):
        assert refusal(play, ANA, o.EditSection(id, title="Other")).code is Code.NOT_FOUND
        assert refusal(play, ANA, o.RestoreSection(id)).code is Code.NOT_FOUND
    for id in (section, card, comment):
        assert refusal(play, ANA, o.RemoveLink(id)).code is Code.NOT_FOUND
    for id in (section, card, link):
        assert refusal(play, ANA, o.RemoveComment(id)).code is Code.NOT_FOUND


def test_T4_delete_beats_edit() -> None:
    play = Play()
    card = play.card(ANA)
    play.act(BEN, o.RemoveCard(card))

    refused = refusal(play, ANA, o.EditCard(card, text="Too late"))

    assert (refused.code, refused.say) == (Code.NOT_FOUND, "That card is no longer here.")


def test_O4_what_hangs_on_a_removed_card_cannot_be_touched() -> None:
    play = Play()
    card, other = play.card(), play.card()
    comment, link = play.comment(ANA, card), play.link(ANA, card, other)
    play.act(ANA, o.RemoveCard(card))

    assert refusal(play, ANA, o.EditComment(comment, "Other")).code is Code.NOT_FOUND
    assert refusal(play, ANA, o.EditLink(link, "serves")).code is Code.NOT_FOUND


def test_C2_an_id_is_used_once() -> None:
    play = Play()
    card = play.card()
    section = play.section()

    for op in (
        o.AddCard(card, "note", "Again"),
        o.AddSection(card, "Again"),
        o.AddComment(section, card, "Again"),
        o.AddCard(section, "note", "Again"),
    ):
        assert refusal(play, ANA, op).code is Code.INVALID
    play.act(ANA, o.RemoveCard(card))
    assert refusal(play, ANA, o.AddCard(card, "note", "Again")).code is Code.INVALID


@pytest.mark.parametrize(
    "id", ["", "card-1", uid(5).replace("1", "A"), uid(5) + "0", uid(5).replace("-", ""), " " + uid(5)]
)
def test_an_id_that_is_no_uuid_is_refused(id: str) -> None:
    play = Play()
    card = play.card()

    for op in (
        o.AddCard(id, "note", "Words"),
        o.AddSection(id, "Title"),
        o.AddComment(id, card, "Words"),
        o.AddLink(id, card, play.card(), "serves"),
    ):
        assert refusal(play, ANA, op).code is Code.INVALID


def test_a_refused_deed_leaves_the_board_as_it_was() -> None:
    play = Play()
    play.card()

    assert refusal(play, OLA, o.AddCard(NEW, "note", "Words")).code is Code.NOT_ALLOWED
    assert play.seq() == 1


@given(steps)
def test_O1_the_same_deeds_make_the_same_board(drawn: list[Step]) -> None:
    one, two = play(drawn), play(drawn)

    assert [str(d.came) for d in one.done] == [str(d.came) for d in two.done]
    assert dict(one.play.board.items) == dict(two.play.board.items)


@given(steps)
def test_O4_nobody_changes_anything_they_cannot_see_but_for_where_a_removed_section_leaves_it(
    drawn: list[Step],
) -> None:
    script = play(drawn)

    for before, after, done in zip(script.boards[:-1], script.boards[1:], script.done, strict=True):
        for id, item in before.items.items():
            if item.shown is None and item.owner != done.who.person and after.items[id] != item:
                changed = {k for k, v in after.items[id].fields.items() if item.fields[k] != v}
                assert changed <= {"section", "order", "x", "y"}
                assert after.items[id].removed == item.removed


def test_all_of_the_table_wear_different_hats() -> None:
    assert len({actor.role for actor in EVERYONE}) == 4


def test_apply_takes_the_time_and_the_author_from_the_deed() -> None:
    board = apply(Play().board, Deed(o.AddCard(NEW, "note", "Words"), BEN, "b", 12.5)).board

    assert (board.items[NEW].at, board.items[NEW].owner, board.items[NEW].born) == (12.5, "ben", 1)
