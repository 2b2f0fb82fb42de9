"""What the outline is sent drawn: pages show what they would fetch, and nothing of anybody else's."""

import msgspec
from hypothesis import given

from app.access import Actor
from app.boards.core import ops as o
from app.boards.core.board import Board
from app.boards.core.delivery import LOOSE
from app.boards.core.sight import Viewer, viewer_in
from app.boards.outline import document
from app.boards.outline.document import CardEntry
from app.boards.outline.news import EVERYTHING, MOST, OutlineNews, news_for, owners_apart
from tests.boards import scripts
from tests.boards.play import ANA, BEN, EVERYONE, OLA, Play, sees

Page = dict[str, list[CardEntry]]  # the cards of each part, in their order
NOBODY = viewer_in(ANA.role)


def fetched(board: Board, viewer: Viewer) -> Page:
    return {part.id: list(part.cards) for part in document.parts(board, viewer)}


def worked_in(page: Page, news: OutlineNews, board: Board, viewer: Viewer) -> Page:
    """The page as its script makes it: what it must ask for it gets."""
    if news.ask is None:
        return fetched(board, viewer)
    now = fetched(board, viewer)
    drop = {*news.gone, *(card.entry.id for card in news.cards)}
    page = {part: [card for card in cards if card.id not in drop] for part, cards in page.items()}
    for card in news.cards:
        part = page.setdefault(card.part, [])
        at = [one.id for one in part].index(card.after) + 1 if card.after else 0
        part.insert(at, card.entry)
    wrong = {one.id for one in news.counts if len(page.get(one.id, ())) != one.count} | set(news.ask)
    assert not wrong - set(news.ask), "a part that is not asked for has as many cards as are counted"
    return {part: now[part] if part in wrong or part not in page else page[part] for part in now}


def changed(before: Board, board: Board) -> set[str]:
    return {id for id, item in board.items.items() if item.seq > before.seq}


def told(before: Board, board: Board, who: Actor) -> OutlineNews | None:
    """The news that somebody is sent: that of everyone, unless they are among those who get their own."""
    ids, everyone = changed(before, board), viewer_in(who.role)
    shared = news_for(before, board, ids, everyone)
    apart = owners_apart(before, board, ids, shared)
    return news_for(before, board, ids, sees(who)) if who.person in apart else shared


@given(scripts.steps)
def test_a_page_that_works_every_news_in_shows_what_it_would_fetch(steps: list[scripts.Step]) -> None:
    script = scripts.play(steps)
    for who in EVERYONE:
        page = fetched(script.boards[0], sees(who))
        for before, board in zip(script.boards, script.boards[1:], strict=False):
            news = told(before, board, who)
            if news is not None:
                page = worked_in(page, news, board, sees(who))
            assert plain(page) == plain(fetched(board, sees(who)))


def plain(page: Page) -> dict[str, list[str]]:
    """All that is shown of cards but what is offered to their people alone, which is drawn for them."""
    return {
        part: [str(msgspec.to_builtins(card)).replace("'own': True", "'own': False") for card in cards]
        for part, cards in page.items()
    }


@given(scripts.steps)
def test_what_everyone_is_sent_holds_nothing_that_somebody_sees_alone(steps: list[scripts.Step]) -> None:
    script = scripts.play(steps)
    for before, board in zip(script.boards, script.boards[1:], strict=False):
        news = news_for(before, board, changed(before, board), NOBODY)
        hidden = {id for id, item in board.items.items() if item.shown is None}
        hidden_words = {board.items[id].fields.get("text") for id in hidden} - {None}
        told = str(msgspec.to_builtins(news)) if news else ""
        shown_words = {item.fields.get("text") for item in board.items.values() if item.shown is not None}
        assert not [id for id in hidden if id in told]
        assert not [text for text in hidden_words - shown_words if f"'{text}'" in told]
        assert news is None or not any(card.entry.private for card in news.cards)


def test_who_owns_nothing_of_it_is_told_nothing_of_a_draft_not_even_a_count() -> None:
    play = Play()
    section = play.section()
    before = play.board
    draft = play.draft(ANA, "Only for me", section=section)
    play.comment(ANA, draft)

    assert told(before, play.board, BEN) is None
    own = told(before, play.board, ANA)
    assert own is not None
    assert [(card.entry.id, card.after) for card in own.cards] == [(draft, "")]


def test_whoever_has_a_draft_in_the_section_is_told_where_the_new_card_stands_beside_it() -> None:
    play = Play()
    section = play.section()
    draft = play.draft(ANA, section=section)
    before = play.board
    card = play.card(BEN, section=section)

    (mine,), (theirs,) = told(before, play.board, ANA).cards, told(before, play.board, OLA).cards  # type: ignore[union-attr]
    assert (mine.entry.id, mine.after) == (card, draft)
    assert (theirs.entry.id, theirs.after) == (card, "")


def test_the_other_end_of_a_link_is_drawn_anew_when_its_words_change() -> None:
    play = Play()
    one, other = play.card(ANA, "One"), play.card(ANA, "Other")
    play.link(ANA, one, other)
    before = play.board
    play.act(ANA, o.EditCard(other, text="Other words"))

    news = told(before, play.board, BEN)
    assert news is not None
    assert {card.entry.id for card in news.cards} == {one, other}
    assert [link.text for card in news.cards for link in card.entry.links if card.entry.id == one] == [
        "Other words"
    ]


def test_a_card_that_goes_is_gone_and_one_that_was_never_shown_is_not_named() -> None:
    play = Play()
    card, draft = play.card(), play.draft(ANA)
    before = play.board
    play.act(ANA, o.RemoveCard(card))
    play.act(ANA, o.RemoveCard(draft))

    news = told(before, play.board, BEN)
    assert news is not None
    assert news.gone == [card]
    assert [(one.id, one.count) for one in news.counts] == [(LOOSE, 0)]


def test_many_cards_at_once_are_asked_for() -> None:
    play = Play()
    section = play.section()
    before = play.board
    for _ in range(MOST + 1):
        play.card(section=section)

    news = told(before, play.board, BEN)
    assert news is not None
    assert (news.ask, news.cards) == ([section], [])


def test_a_section_that_changes_is_asked_for_and_so_is_all_where_nobody_knows_what_went() -> None:
    play = Play()
    section = play.section()
    before = play.board
    play.act(ANA, o.EditSection(section, title="Another"))

    news = told(before, play.board, BEN)
    assert news is not None
    assert news.ask == [section]
    assert EVERYTHING.ask is None
