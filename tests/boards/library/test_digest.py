"""What pages outside a board say of it: what is new, and what waits for whom, as far as each may see it."""

from app.access import Actor, Role
from app.boards.core.board import Board
from app.boards.core.group_commit import OpRequest, decide_group
from app.boards.core.ops import AddCard, AddComment, Op, PublishCard, RemoveCard
from app.boards.library.digest import digest
from app.db import new_id
from tests.boards import play as people
from tests.boards.core.stage.workshop import Workshop

ANA, BEN = Actor(Role.STEWARD, "ana", "north"), Actor(Role.MEMBER, "ben", "north")


def after(board: Board, *deeds: tuple[Actor, Op]) -> Board:
    batch = decide_group(board, [OpRequest(who, "", None, op, 1.0) for who, op in deeds], {}, {})
    assert not batch.refused, batch.refused
    return batch.after


def test_only_cards_of_others_count_as_new_and_only_once_everybody_sees_them() -> None:
    own, others, draft, gone = (new_id() for _ in range(4))
    board = after(Board("b", "s"), (BEN, AddCard(new_id(), "note", "seen already")))
    seen = board.seq
    board = after(board, (ANA, AddCard(own, "note", "mine")), (BEN, AddCard(others, "note", "yours")))
    board = after(board, (BEN, AddCard(draft, "note", "canary", draft=True)))
    board = after(board, (BEN, AddCard(gone, "note", "gone")), (BEN, RemoveCard(gone)))

    assert digest(board, Role.STEWARD).new_cards("ana", seen) == 1
    published = after(board, (BEN, PublishCard(draft)))
    assert digest(published, Role.STEWARD).new_cards("ana", seen) == 2
    assert digest(published, Role.STEWARD).new_cards("ana", published.seq) == 0
    assert digest(published, Role.WAITING).cards == ()


def test_a_draft_is_in_nobodys_digest_but_under_the_name_of_its_writer() -> None:
    card = new_id()
    board = after(Board("b", "s"), (BEN, AddCard(card, "note", "canary", draft=True)))
    board = after(board, (BEN, AddComment(new_id(), card, "canary too")))
    drawn = digest(board, Role.MEMBER)

    assert (drawn.people, drawn.boxes, drawn.cards, drawn.comments) == (0, (), (), ())
    assert {who: [one.words for one in drafts] for who, drafts in drawn.drafts.items()} == {"ben": ["canary"]}


def test_comments_of_others_on_ones_own_cards_are_new_until_one_has_looked() -> None:
    mine, theirs = new_id(), new_id()
    board = after(Board("b", "s"), (ANA, AddCard(mine, "note", "mine")), (BEN, AddCard(theirs, "note", "x")))
    seen = board.seq
    board = after(board, (BEN, AddComment(new_id(), mine, "to you")))
    board = after(board, (ANA, AddComment(new_id(), mine, "to myself")))
    board = after(board, (ANA, AddComment(new_id(), theirs, "to ben")))
    drawn = digest(board, Role.MEMBER)

    assert [(one.by, one.words) for one in drawn.new_comments("ana", seen)] == [("ben", "mine")]
    assert [one.by for one in drawn.new_comments("ben", seen)] == ["ana"]
    assert drawn.new_comments("ana", board.seq) == []


def test_a_private_note_of_a_workshop_is_no_draft_that_waits_for_its_writer() -> None:
    play = Workshop()
    play.note(people.BEN, play.ask(), "canary")
    play.card(people.ANA, "a draft", draft=True)
    drawn = digest(play.board, Role.MEMBER)

    assert [one.words for drafts in drawn.drafts.values() for one in drafts] == ["a draft"]
    assert drawn.workshop
    assert "canary" not in repr(drawn)
