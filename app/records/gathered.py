"""What a theme or a phase's result of a workshop gives to a record: its words, its notes, its numbers."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from app.boards.core.board import Board, Item
from app.boards.core.sight import View, see, viewer_of
from app.boards.core.stage.read import Phase, is_not_kept, phase_of, phases_of
from app.boards.live.rooms import Rooms
from app.records.keep_form import GATHERED, read_places
from app.records.quotes import Place, board_of
from app.spaces.space import Seat


class Gathered(Struct, frozen=True):
    """`counts` has how many people chose an answer, by its words in lower case: "3 of 12"."""

    title: str
    places: tuple[Place, ...] = ()
    counts: dict[str, str] = {}


async def load_gathered(rooms: Rooms, seat: Seat, asked: Mapping[str, str]) -> Gathered | None:
    """What the address or form names, as far as the person sees it. Raises Refused for a foreign board."""
    for name in GATHERED:
        for board_id, id in read_places(asked.get(name, ""))[:1]:
            board = await board_of(rooms, seat, board_id)
            item = board.items.get(id)
            view = see(board, item, viewer_of(seat.actor, board)) if item else None
            if view and name == "theme" and view.item == "theme":
                return _theme(board, view)
            phase = phase_of(board, id) if view and view.item == "phase" else None
            if name == "result" and phase and not phase.vote_open:
                return _result(board, phase, seat)
    return None


def _theme(board: Board, view: View) -> Gathered:
    return Gathered(view.fields["title"], _notes_in(board, view.id))


def _result(board: Board, phase: Phase, seat: Seat) -> Gathered:
    """The thing that the room goes on with, else that with most dots; of a choice the numbers."""
    if phase.vote.how == "choice":
        return Gathered(phase.prompt, counts=counts_of(phase))
    dots = {total.id: total.dots for total in phase.totals.of} if phase.totals else {}
    item = board.items.get(phase.one or max(dots, key=lambda id: dots[id], default=""))
    view = see(board, item, viewer_of(seat.actor, board)) if item else None
    if item is None or view is None or is_not_kept(board, item):
        return Gathered(phase.prompt)
    if view.item == "theme":
        return _theme(board, view)
    return Gathered(" ".join(view.fields["text"].split()), ((board.id, view.id),))


def counts_of(phase: Phase) -> dict[str, str]:
    """How many people chose each answer, by its words in lower case; nothing where too few answered."""
    totals = phase.totals
    if totals is None or totals.too_few:
        return {}
    dots = {total.id: total.dots for total in totals.of}
    return {
        words.casefold(): f"{dots[str(at)]} of {totals.people}"
        for at, words in enumerate(phase.vote.options)
        if str(at) in dots
    }


class Vote(Struct, frozen=True):
    """A closed choice among some answers: how many chose each, in the order in which they were asked."""

    place: Place  # board and phase
    prompt: str
    opened: float
    dots: tuple[int, ...]


async def votes_on(rooms: Rooms, seat: Seat, boards: Collection[str], answers: int) -> list[Vote]:
    """The closed votes on these boards that had so many answers, the latest first.

    Those where too few people chose are left out.
    """
    found = []
    for board_id in boards:
        board = await board_of(rooms, seat, board_id)
        for phase in phases_of(board):
            counts = phase.totals and not phase.totals.too_few and phase.vote.how == "choice"
            if counts and phase.totals and len(phase.vote.options) == answers and not phase.vote_open:
                dots = {total.id: total.dots for total in phase.totals.of}
                chosen = tuple(dots.get(str(at), 0) for at in range(answers))
                found.append(Vote((board_id, phase.id), phase.prompt, phase.opened, chosen))
    return sorted(found, key=lambda vote: -vote.opened)


def _notes_in(board: Board, theme: str) -> tuple[Place, ...]:
    """The cards of a theme, in the order of the outline: quoting leaves out what somebody does not see."""
    cards = [i for i in board.items.values() if i.item == "card" and i.fields.get("theme") == theme]
    return tuple((board.id, card.id) for card in sorted(cards, key=_turn))


def _turn(card: Item) -> tuple[str, str, str]:
    return (card.fields["section"] or "", card.fields["order"], card.id)
