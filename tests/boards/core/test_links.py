"""What happens to a board when somebody links two cards, or comments on one."""

from time import process_time

import pytest

from app.access import Code, Refused
from app.boards.core import ops as o
from app.boards.core.kinds import LINK_MEANINGS
from app.boards.core.sight import see
from tests.boards.play import ANA, BEN, OLA, Play, sees, uid

NEW = uid(900)


def refused(play: Play, op: o.Op, code: Code, who: object = ANA) -> None:
    with pytest.raises(Refused) as caught:
        play.act(who, op)  # type: ignore[arg-type]
    assert caught.value.code is code


@pytest.fixture
def play() -> Play:
    """Two cards, uid(1) and uid(2)."""
    play = Play()
    play.card(), play.card()
    return play


ONE, TWO = uid(1), uid(2)


@pytest.mark.parametrize("means", list(LINK_MEANINGS))
def test_a_link_says_how_one_card_bears_on_another(play: Play, means: str) -> None:
    link = play.link(BEN, ONE, TWO, means)

    assert play.fields(link) == {"start": ONE, "end": TWO, "means": means}
    assert play.board.attached[ONE] == play.board.attached[TWO] == (link,)
    assert play.item(link).shown == play.seq()


def test_a_link_that_means_nothing_is_refused(play: Play) -> None:
    link = play.link(BEN, ONE, TWO)

    refused(play, o.AddLink(NEW, ONE, TWO, "likes"), Code.INVALID)
    refused(play, o.EditLink(link, "likes"), Code.INVALID)


def test_a_card_is_not_linked_to_itself(play: Play) -> None:
    refused(play, o.AddLink(NEW, ONE, ONE, "serves"), Code.INVALID)


def test_two_cards_are_linked_in_one_way_only_once(play: Play) -> None:
    link = play.link(BEN, ONE, TWO, "serves")
    refused(play, o.AddLink(NEW, ONE, TWO, "serves"), Code.INVALID)

    other = play.link(BEN, ONE, TWO, "tests")
    play.link(BEN, TWO, ONE, "serves")
    refused(play, o.EditLink(other, "serves"), Code.INVALID)
    play.act(ANA, o.EditLink(link, "serves"))

    play.act(ANA, o.RemoveLink(link))
    again = play.link(BEN, ONE, TWO, "serves")
    refused(play, o.RestoreLink(link), Code.INVALID)
    play.act(ANA, o.RemoveLink(again))
    play.act(ANA, o.RestoreLink(link))
    assert see(play.board, play.item(link), sees(OLA)) is not None


def test_a_comment_is_no_link(play: Play) -> None:
    play.comment(BEN, ONE)
    play.link(BEN, ONE, TWO, "serves")

    assert len(play.board.attached[ONE]) == 2


def test_a_link_can_be_given_another_meaning_by_anyone(play: Play) -> None:
    link = play.link(BEN, ONE, TWO, "serves")
    play.act(ANA, o.EditLink(link, "tests"))

    assert play.fields(link)["means"] == "tests"


def test_links_hang_on_cards_only(play: Play) -> None:
    section = play.section()

    refused(play, o.AddLink(NEW, ONE, section, "serves"), Code.NOT_FOUND)
    refused(play, o.AddLink(NEW, section, ONE, "serves"), Code.NOT_FOUND)
    refused(play, o.AddComment(NEW, section, "Words"), Code.NOT_FOUND)


def test_a_comment_hangs_on_its_card_and_is_edited_by_its_author(play: Play) -> None:
    comment = play.comment(BEN, ONE, "A remark")
    assert play.fields(comment) == {"card": ONE, "text": "A remark"}

    play.act(BEN, o.EditComment(comment, "Another"))
    assert play.fields(comment)["text"] == "Another"


@pytest.mark.parametrize(
    ("text", "code"), [("", Code.INVALID), ("\0", Code.INVALID), ("a" * 4001, Code.TOO_LONG)]
)
def test_a_comment_needs_some_words_and_not_too_many(play: Play, text: str, code: Code) -> None:
    comment = play.comment(BEN, ONE)

    refused(play, o.AddComment(NEW, ONE, text), code)
    refused(play, o.EditComment(comment, text), code, BEN)


def test_what_is_removed_can_be_brought_back(play: Play) -> None:
    link, comment = play.link(BEN, ONE, TWO), play.comment(BEN, ONE)
    play.act(ANA, o.RemoveLink(link))
    play.act(BEN, o.RemoveComment(comment))
    assert see(play.board, play.item(link), sees(OLA)) is None
    assert see(play.board, play.item(comment), sees(OLA)) is None

    play.act(ANA, o.RestoreLink(link))
    play.act(BEN, o.RestoreComment(comment))
    assert see(play.board, play.item(link), sees(OLA)) is not None
    assert see(play.board, play.item(comment), sees(OLA)) is not None
    assert play.act(ANA, o.RestoreLink(link)).touched == ()


def test_what_hung_on_a_card_that_has_gone_is_not_brought_back_alone(play: Play) -> None:
    comment = play.comment(BEN, ONE)
    play.act(BEN, o.RemoveComment(comment))
    play.act(ANA, o.RemoveCard(ONE))

    refused(play, o.RestoreComment(comment), Code.NOT_FOUND, BEN)
    assert play.item(comment).removed is not None


def test_P2_what_hangs_on_a_draft_is_as_hidden_as_the_draft(play: Play) -> None:
    draft = play.draft(ANA)
    comment, link = play.comment(ANA, draft), play.link(ANA, ONE, draft)
    back = play.link(ANA, draft, ONE)

    for id in (comment, link, back):
        assert play.item(id).shown is None
        assert see(play.board, play.item(id), sees(BEN)) is None
        assert see(play.board, play.item(id), sees(ANA)) is not None


def test_P2_a_comment_removed_from_a_draft_is_shown_to_nobody_until_it_is_brought_back(play: Play) -> None:
    draft = play.draft(ANA)
    comment, link = play.comment(ANA, draft), play.link(ANA, ONE, draft)
    play.act(ANA, o.RemoveComment(comment))
    play.act(ANA, o.RemoveLink(link))
    play.act(ANA, o.PublishCard(draft))
    assert play.item(comment).shown is play.item(link).shown is None

    play.act(ANA, o.RestoreComment(comment))
    assert play.item(comment).shown == play.seq()
    play.act(ANA, o.RestoreLink(link))
    assert see(play.board, play.item(link), sees(BEN)) is not None


def test_P2_a_comment_brought_back_to_a_draft_stays_hidden(play: Play) -> None:
    draft = play.draft(ANA)
    comment, link = play.comment(ANA, draft), play.link(ANA, ONE, draft)
    play.act(ANA, o.RemoveComment(comment))
    play.act(ANA, o.RestoreComment(comment))
    play.act(ANA, o.RemoveLink(link))
    play.act(ANA, o.RestoreLink(link))

    assert play.item(comment).shown is play.item(link).shown is None


def test_thousands_of_links_from_one_card_take_no_longer_than_thousands_elsewhere() -> None:
    """A file may hold them, and while it is taken in others wait for the database."""
    play = Play()
    centre, others = play.card(), [play.card() for _ in range(1000)]
    began = process_time()
    for other in others:
        for means in LINK_MEANINGS:
            play.link(ANA, centre, other, means)

    assert process_time() - began < 8  # seconds; it takes half of one, and took half a minute
