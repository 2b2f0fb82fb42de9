"""Finds cards: the index names candidates, and `see` and the words themselves decide what is shown."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from msgspec import Struct, structs

from app.access import State, Thing, allowed
from app.boards.core.findable import texts_of
from app.boards.core.kinds import CARD_KINDS
from app.boards.core.sight import View, see, viewer_of
from app.boards.core.text.folding import Query, WordsOf, holds, matches, pieces, words
from app.boards.library import store as library_store
from app.boards.library.store import BoardSummary
from app.boards.storage import find_store, store
from app.boards.storage.find_store import AskedTerm, Candidate
from app.db import Tx, chunks
from app.find.result import FoundBoard, FoundCard
from app.spaces.space import Participant, Seat
from app.spaces.space_people import SpacePeople

MOST = 100  # cards shown; somebody who gets more adds a word
AT_ONCE = 200  # candidates read at once


class Search(Struct, frozen=True):
    """Who looks for what, with the people of the space by id."""

    tx: Tx
    seat: Seat
    asked: Query
    people: Mapping[str, Participant]
    words_of: WordsOf  # the same names and titles come with each card


async def find_cards(
    tx: Tx, people: SpacePeople, asked: Query, terms: Sequence[AskedTerm]
) -> tuple[list[FoundBoard], bool]:
    """The boards with the cards found on them, the latest changed first; and whether there are more cards.

    `terms` say whose names have the words that are asked for.
    """
    seat = people.seat
    search = Search(tx, seat, asked, people.people, cache(words))
    boards = [one for one in await library_store.of_space(tx, seat.space.id) if _may_show(seat, one)]
    cards, more = await _cards(search, [one.id for one in boards], [_of_cards(one) for one in terms])
    found = [
        FoundBoard(one.id, pieces(asked, one.title), one.archived, cards.get(one.id, []))
        for one in boards
        if one.id in cards or matches(asked, [one.title])
    ]
    return found, more


async def _cards(
    search: Search, boards: list[str], terms: list[AskedTerm]
) -> tuple[dict[str, list[FoundCard]], bool]:
    candidates = await find_store.search(search.tx, boards, terms, search.seat.actor.person or "")
    found: dict[str, list[FoundCard]] = defaultdict(list)
    count = 0
    for some in chunks(candidates, AT_ONCE):
        shown = await _shown(search, some)
        for one in some:
            card = shown.get(one)
            if card is None:
                continue
            if count == MOST:
                return found, True
            found[one.board].append(card)
            count += 1
    return found, False


async def _shown(search: Search, candidates: Sequence[Candidate]) -> dict[Candidate, FoundCard]:
    """Those candidates that the person may see and that match as they now are."""
    by_board: dict[str, set[str]] = defaultdict(set)
    for one in candidates:
        by_board[one.board].add(one.id)
    views = await _seen(search, by_board)
    sections = await _seen(
        search,
        {board: {str(one.fields["section"]) for one in seen.values()} for board, seen in views.items()},
    )
    shown = {}
    for board_id, seen in views.items():
        for view in seen.values():
            section = sections.get(board_id, {}).get(str(view.fields["section"]))
            card = _found(search, view, section.fields["title"] if section else "")
            if card is not None:
                shown[Candidate(board_id, view.id)] = card
    return shown


async def _seen(search: Search, wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, View]]:
    """Of each board what the person sees of these items."""
    seen = {}
    for board in await store.some(search.tx, wanted):
        viewer = viewer_of(search.seat.actor, board)
        views = (see(board, item, viewer) for item in board.items.values())
        seen[board.id] = {view.id: view for view in views if view}
    return seen


def _found(search: Search, view: View, section: str) -> FoundCard | None:
    by = search.people.get(view.fields["by"])
    author = [by.name, by.organisation_name] if by else []
    known = search.words_of
    if view.item != "card" or not matches(search.asked, texts_of(view, author, section), known):
        return None
    reworded = search.people.get(view.fields.get("reworded", ""))
    text = pieces(search.asked, view.fields["text"], known)
    title = pieces(search.asked, section, known)
    return FoundCard(view.id, view.fields["kind"], view.fields.get("draft", False), text, by, title, reworded)


def _of_cards(asked: AskedTerm) -> AskedTerm:
    kinds = (kind.tag for kind in CARD_KINDS.values() if holds(kind.word, asked.term, asked.prefix))
    return structs.replace(asked, kinds=frozenset(kinds))


def _may_show(seat: Seat, board: BoardSummary) -> bool:
    state = State.ARCHIVED if board.archived else seat.space.state
    return allowed(seat.actor, "board.show", Thing(state, seat.actor.person))
