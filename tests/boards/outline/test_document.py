import json

import msgspec

from app.access import Actor, Role
from app.boards.core import ops as o
from app.boards.core.board import Deed
from app.boards.core.delivery import LOOSE
from app.boards.core.rules import apply
from app.boards.core.sight import Viewer, viewer_in
from app.boards.outline import document, removed
from tests.boards.play import ANA, BEN, GIL, OLA, Play, sees

EVERYONE = viewer_in(Role.MEMBER)


def loose(play: Play, viewer: Viewer = EVERYONE) -> tuple[document.CardEntry, ...]:
    """The cards outside all sections, as this viewer has them."""
    part = document.part(play.board, viewer, LOOSE)
    assert part
    return part.cards


def test_sections_come_in_their_turn_and_what_lies_in_none_comes_last() -> None:
    play = Play()
    first, second = play.section(title="First"), play.section(title="Second")
    play.card(text="Loose")
    play.act(ANA, o.MoveSection(second, after=None))

    parts = document.parts(play.board, EVERYONE)

    assert [part.id for part in parts] == [second, first, LOOSE]
    assert [line.text for line in parts[-1].cards] == ["Loose"]


def test_a_link_is_told_from_both_its_cards() -> None:
    play = Play()
    wait, dilemma = (
        play.card(text="People wait", kind="problem"),
        play.card(text="Quick and chosen", kind="dilemma"),
    )
    play.link(ANA, wait, dilemma)

    lines = {line.id: line for line in loose(play)}

    assert [(t.word, t.text, t.kind) for t in lines[wait].links] == [
        ("Leads to", "Quick and chosen", "Dilemma")
    ]
    assert [(t.word, t.text, t.kind) for t in lines[dilemma].links] == [
        ("Follows from", "People wait", "Problem")
    ]


def test_a_draft_is_in_its_authors_outline_in_its_turn_and_in_nobody_elses() -> None:
    play = Play()
    shared = play.card(text="Shared")
    draft = play.draft(ANA)
    play.comment(ANA, draft, "A note to myself")
    play.link(ANA, shared, draft)

    mine = loose(play, sees(ANA))
    theirs = loose(play, sees(BEN))

    assert [(line.id, line.draft) for line in mine] == [(shared, False), (draft, True)]
    assert [line.id for line in theirs] == [shared]
    assert theirs[0].links == ()
    assert document.part_of(play.board, sees(BEN), draft) == LOOSE


def test_comments_stand_in_the_order_they_were_made_and_know_whose_they_are() -> None:
    play = Play()
    card = play.card()
    play.comment(ANA, card, "First")
    play.comment(BEN, card, "Second")

    remarks = loose(play, sees(BEN))[0].comments

    assert [(remark.text, remark.own) for remark in remarks] == [("First", False), ("Second", True)]


def test_a_section_that_is_removed_or_never_was_is_no_part() -> None:
    play = Play()
    section = play.section()
    play.act(ANA, o.RemoveSection(section))

    assert document.part(play.board, EVERYONE, section) is None
    assert document.part(play.board, EVERYONE, "no such thing") is None


def test_a_card_is_no_part_though_it_is_an_item() -> None:
    play = Play()
    card = play.card()

    assert document.part(play.board, EVERYONE, card) is None


def test_removed_items_are_listed_latest_first_for_whoever_saw_them() -> None:
    play = Play()
    card, draft = play.card(text="For all"), play.draft(ANA, "For me")
    play.act(BEN, o.RemoveCard(card))
    play.act(ANA, o.RemoveCard(draft))

    assert [gone.words for gone in removed.removed_entries(play.board, sees(ANA))] == [
        "For me",
        "For all",
    ]
    assert [gone.words for gone in removed.removed_entries(play.board, sees(OLA))] == ["For all"]


def test_what_is_locked_does_not_keep_the_rest_from_coming_back_in_one_press() -> None:
    play = Play()
    section, card, draft = play.section(), play.card(), play.draft(BEN, "My secret")
    play.act(ANA, o.LockSection(section, locked=True))
    for who, op in ((ANA, o.RemoveSection(section)), (ANA, o.RemoveCard(card)), (BEN, o.RemoveCard(draft))):
        play.act(who, op)

    def pressed_by(who: Actor) -> list[str]:
        entries = removed.removed_entries(play.board, sees(who))
        groups = removed.removed_groups(entries, {})
        ops = [part for group in groups for part in json.loads(group.parts)]
        batch = msgspec.convert({"do": "batch", "parts": ops}, o.Batch)
        apply(play.board, Deed(batch, who, "", 1.0))
        return [part["id"] for part in ops]

    assert pressed_by(GIL) == [card]
    assert pressed_by(ANA) == [section, card]


def test_a_comment_goes_from_the_list_of_removed_with_its_card() -> None:
    play = Play()
    card = play.card()
    comment = play.comment(ANA, card)
    play.act(ANA, o.RemoveComment(comment))
    play.act(ANA, o.RemoveCard(card))

    assert [gone.id for gone in removed.removed_entries(play.board, sees(BEN))] == [card]
