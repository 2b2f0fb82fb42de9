"""What on the boards of a space needs a person: clashes, comments on their cards, drafts left unseen."""

from collections.abc import Iterator

from app.boards.core.board import Clash
from app.boards.core.sight import see, viewer_of
from app.boards.library import gallery
from app.boards.library import store as library_store
from app.boards.library.digest import BoardDigest
from app.boards.library.store import BoardSummary
from app.boards.storage import look_store, store
from app.characters import set_apart
from app.db import Tx
from app.phrases import ago, in_quotes, plural
from app.spaces.hooks import NeedsYou
from app.spaces.space import Seat

MOST = 70  # characters of a card that are quoted


async def needs(tx: Tx, seat: Seat) -> list[NeedsYou]:
    """First what clashed with the person's words, then cards of theirs reworded or commented, then drafts."""
    boards = [one for one in await library_store.of_space(tx, seat.space.id) if not one.archived]
    digests = await gallery.digests_of(tx, seat, boards)
    person = seat.actor.person or ""
    seen = await look_store.seen(tx, person, [one.id for one in boards])
    unread = {one.id: seen[one.id] for one in boards if seen.get(one.id, one.seq) < one.seq}
    clashed = await store.clashed(tx, unread)
    clashes = [
        need for one in boards if one.id in clashed for need in await _clashes(tx, seat, one, seen[one.id])
    ]
    comments = [
        need for one in boards for need in _comments(one, digests[one.id], person, seen.get(one.id, one.seq))
    ]
    reworded = [
        need for one in boards for need in _reworded(one, digests[one.id], person, seen.get(one.id, one.seq))
    ]
    drafts = [need for one in boards for need in _drafts(one, digests[one.id], person)]
    return [*clashes, *reworded, *comments, *drafts]


async def _clashes(tx: Tx, seat: Seat, one: BoardSummary, seen: int) -> list[NeedsYou]:
    """Texts of theirs, or on their cards, that somebody else wrote over since they looked."""
    board = await store.load(tx, one.id)
    found: dict[str, Clash] = {}
    for _, clash in await store.clashes(tx, board, seen):
        item = board.items[clash.id]
        is_theirs = seat.actor.person in (clash.other, item.owner)
        if is_theirs and see(board, item, viewer_of(seat.actor, board)) is not None:
            found[clash.id] = clash
    where = f"On {set_apart(one.title)}. Both texts are kept."
    say = "Your words and another person's could not be joined"
    return [NeedsYou(say, where, _place(one, id), "Look again", "question") for id in found]


def _reworded(one: BoardSummary, now: BoardDigest, person: str, seen: int) -> Iterator[NeedsYou]:
    """Cards of theirs that others have reworded since they looked."""
    cards = [card for card in now.reworded if card.owner == person and card.since > seen]
    if cards:
        say = f"{plural(len(cards), 'card')} of yours {'was' if len(cards) == 1 else 'were'} reworded"
        link = f"/boards/{one.id}/cards/{cards[0].id}/words" if len(cards) == 1 else _place(one, cards[0].id)
        yield NeedsYou(say, f"On {set_apart(one.title)}. Your words are kept.", link, "Look", "note")


def _comments(one: BoardSummary, now: BoardDigest, person: str, seen: int) -> Iterator[NeedsYou]:
    fresh = now.new_comments(person, seen)
    cards = list(dict.fromkeys(comment.card for comment in fresh))
    if len(cards) == 1:
        many = plural(len(fresh), "new comment")
        say = f"{many} on your card {in_quotes(fresh[0].words, MOST)}"
        yield NeedsYou(say, f"On {set_apart(one.title)}.", _place(one, cards[0]), "Read", "ask")
    elif cards:
        say = f"{plural(len(fresh), 'new comment')} on {len(cards)} of your cards"
        yield NeedsYou(say, f"On {set_apart(one.title)}.", _place(one, cards[0]), "Read", "ask")


def _drafts(one: BoardSummary, now: BoardDigest, person: str) -> Iterator[NeedsYou]:
    drafts = sorted(now.drafts.get(person, ()), key=lambda draft: draft.at)
    if not drafts:
        return
    oldest = drafts[0]
    say = f"Your draft is still unseen: {in_quotes(oldest.words, MOST)}"
    if len(drafts) > 1:
        say = f"{len(drafts)} of your drafts are still unseen"
    detail = f"On {set_apart(one.title)}, {ago(oldest.at)}."
    yield NeedsYou(say, detail, _place(one, oldest.id), "Open", "note")


def _place(one: BoardSummary, card: str) -> str:
    return f"/boards/{one.id}/outline?card={card}#card-{card}"
