"""Dots on their way through the room: decided in turn with its ops, and kept apart from them (rule P5)."""

import logging
from collections.abc import Callable, Collection
from functools import partial
from typing import Protocol, TypeVar

from msgspec import Struct

from app.access import Actor, Code, Refused
from app.boards.core.board import Board
from app.boards.core.stage.read import phase_of
from app.boards.core.stage.votes import FINISHED, Cast, check_cast, round_of, slots_of
from app.boards.live.turn.present_rights import LEFT, PresentRights
from app.boards.live.turn.ticket import OUR_FAULT
from app.boards.storage import ballots, errors
from app.boards.storage import store as board_store
from app.db import SyncTx, together
from app.spaces import seats

log = logging.getLogger(__name__)

T = TypeVar("T")
AWAY = Refused(Code.UNAVAILABLE, "That could not be done just now. Try again in a moment.")
OVER = Refused(Code.LOCKED, "This is over, so it does not count.")


class CastTicket(Struct, eq=False):
    """A dot in the room's queue; `on_answer` is called with None once it is durable, else with the refusal.

    `login` and `epoch` are as in a `Ticket`.
    """

    actor: Actor
    login: str
    epoch: int | None
    cast: Cast
    on_answer: Callable[[Refused | None], None]

    def give_up(self) -> None:
        """Nobody will place it here any more: its client must come again."""
        self.on_answer(AWAY)


class CastRoom(Protocol):
    """What placing dots needs of a room."""

    secret: str
    epoch: int

    @property
    def board(self) -> Board: ...

    async def catch_up(self) -> None:
        """Read what other processes have committed."""

    async def present_rights(self, logins: Collection[str]) -> PresentRights:
        """What these sign-ins may do now."""

    async def write(self, work: Callable[[SyncTx], T]) -> T:
        """One transaction, once `work` asks for that by `together`."""


async def store_casts(room: CastRoom, tickets: list[CastTicket]) -> list[Refused | None]:
    """Store these dots; the answer to each. One that cannot be stored is refused alone (rule S7).

    Raises the error again where no dot is to blame: the database does not answer, or the board is gone.
    """
    try:
        return await _store_together(room, tickets)
    except Exception as error:
        if isinstance(error, board_store.Missing):
            raise
        if isinstance(error, errors.UNAVAILABLE) and not errors.is_about_values(error):
            raise
        if len(tickets) > 1:
            return [(await store_casts(room, [ticket]))[0] for ticket in tickets]
        # The class alone: the words of the error may hold who chose what.
        log.error("Board %s: a dot could not be stored: %s", room.board.id, type(error).__name__)
        return [OUR_FAULT]


async def _store_together(room: CastRoom, tickets: list[CastTicket]) -> list[Refused | None]:
    """In one transaction, by what their people may do now (rule O5)."""
    casts: list[tuple[Actor | None, Cast]] = [(ticket.actor, ticket.cast) for ticket in tickets]
    epoch = room.epoch
    outdated = any(ticket.epoch is not None and ticket.epoch < epoch for ticket in tickets)
    while True:
        if outdated:
            now = await room.present_rights({ticket.login for ticket in tickets})
            epoch, found = now.epoch, [now.seats.get(ticket.login) for ticket in tickets]
            casts = [(s.actor if s else None, t.cast) for s, t in zip(found, tickets, strict=True)]
        try:
            return await room.write(partial(_transaction, room, casts, epoch))
        except errors.GuardFailed:
            await room.catch_up()
        except errors.EpochChanged:
            outdated = True


def _transaction(
    room: CastRoom, casts: list[tuple[Actor | None, Cast]], epoch: int, tx: SyncTx
) -> list[Refused | None]:
    together(tx)
    if seats.rights_in(tx, room.board.space) != epoch:
        raise errors.EpochChanged
    return store(tx, room.secret, room.board, casts)


def store(
    tx: SyncTx, secret: str, board: Board, casts: list[tuple[Actor | None, Cast]]
) -> list[Refused | None]:
    """Place each dot, or say why not. Raises GuardFailed where the board has changed since it was read."""
    if not ballots.is_current(tx, board):
        raise errors.GuardFailed
    phase = phase_of(board, round_of(board))
    key = ballots.key_of(tx, secret, board.id, phase.id) if phase else None
    return [_over(board, *one) if key is None else _store(tx, key, board, *one) for one in casts]


def _over(board: Board, actor: Actor | None, cast: Cast) -> Refused:
    """Why not, where nothing takes ballots any more."""
    if actor is None:
        return LEFT
    try:
        check_cast(board, actor, cast, {})
    except Refused as refused:
        return refused
    return OVER


def own_dots(tx: SyncTx, secret: str, board: Board, person: str) -> dict[int, str]:
    """What the person has chosen in the present phase, by slot; slot 0 is "I have finished"."""
    phase = phase_of(board, round_of(board))
    key = ballots.key_of(tx, secret, board.id, phase.id) if phase else None
    if phase is None or key is None:
        return {}
    return ballots.own(tx, key, (board.id, phase.id), person, (FINISHED, *slots_of(phase)))


def _store(tx: SyncTx, key: ballots.Key, board: Board, actor: Actor | None, cast: Cast) -> Refused | None:
    if actor is None:
        return LEFT
    person, phase = actor.person or "", phase_of(board, cast.phase)
    if phase is None:
        return OVER  # whatever was sent as its id, no query is given it
    own = ballots.own(tx, key, (board.id, phase.id), person, (FINISHED, *slots_of(phase)))
    try:
        check_cast(board, actor, cast, own)
    except Refused as refused:
        return refused
    ballots.put(tx, key, board.id, person, cast)
    return None
