"""Whose request it is, on which board: the person's seat in its space, and the board's own state."""

from contextlib import suppress

from litestar.exceptions import NotAuthorizedException
from litestar.handlers import BaseRouteHandler
from msgspec import Struct

from app.access import NOT_FOUND, Actor, Code, Refused, State, Thing, decide
from app.boards.core.board import SetUp
from app.boards.storage import store
from app.db import Tx
from app.spaces import return_tokens, seats
from app.spaces.seats import Connection
from app.spaces.space import Seat, Space
from app.web import services, who


class BoardSeat(Struct, frozen=True):
    """A person's seat at one board."""

    seat: Seat
    board_id: str
    title: str
    state: State
    set_up: SetUp = SetUp()

    @property
    def thing(self) -> Thing:
        """The board as what actions are done to."""
        locked, by_members = self.set_up.locked, self.set_up.by_members
        return Thing(self.state, self.actor.person, locked=locked, members_set_up=by_members)

    @property
    def actor(self) -> Actor:
        return self.seat.actor

    @property
    def space(self) -> Space:
        return self.seat.space


async def on_board(connection: Connection, handler: BaseRouteHandler) -> None:
    """The guard of everything under /boards/{board_id}."""
    seat = await find_seat(connection, connection.path_params["board_id"])
    refusal = decide(seat.actor, handler.opt["action"], seat.thing)
    if refusal:
        raise refusal
    connection.state.seat = seat


async def find_seat(connection: Connection, board_id: str) -> BoardSeat:
    """The seat, fresh from the database. Foreign and absent boards answer alike: not_found."""
    person = who(connection)
    if person is None:
        raise await services(connection).db.run_read(lambda tx: _signed_out(connection, tx, board_id))
    return await services(connection).db.run_read(lambda tx: _find(tx, person.login, board_id))


async def _signed_out(connection: Connection, tx: Tx, board_id: str) -> NotAuthorizedException:
    """Only for a browser that can bring a guest back it matters whether there is such a board."""
    if return_tokens.has_any(connection):
        with suppress(store.Missing):
            head = await store.head_of(tx, board_id)
            return await return_tokens.signed_out(connection, tx, head.space_id)
    return NotAuthorizedException("Sign in to continue.")


async def _find(tx: Tx, login: str, board_id: str) -> BoardSeat:
    """For a board that is not there the same queries as for one of others: no clock tells them apart."""
    head = None
    with suppress(store.Missing):
        head = await store.head_of(tx, board_id)
    seat = await seats.seat(tx, login, head.space_id if head else seats.NO_SPACE)
    if head is None or seat is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    archived = State.ARCHIVED in (head.state, seat.space.state)
    return BoardSeat(seat, board_id, head.title, State.ARCHIVED if archived else State.OPEN, head.set_up)


def seat_of(connection: Connection) -> BoardSeat:
    """The seat that the guard `on_board` has read."""
    seat: BoardSeat = connection.state.seat
    return seat
