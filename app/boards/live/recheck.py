"""Who may stay on a board: decided again when rights change, and when a sign-in or a guest's time is over."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from msgspec import Struct

from app.access import Thing, decide
from app.boards.live.followers import Followers
from app.boards.live.session import Session
from app.db import Database, Tx
from app.people import actions as people
from app.spaces import seats
from app.spaces.space import Seat


class SignInStatus(Struct, frozen=True):
    """What the database says of some sign-ins: their seats in the space, and which of them still hold."""

    seats: dict[str, Seat]
    signed_in: Collection[str]


def due(crowd: Followers, at: datetime) -> list[Session]:
    """Those whose time is over; and who has just come, as rights may have changed before they sat down."""
    here = crowd.sessions.values()
    return [s for s in here if s.end is None and (s.until is None or s.until <= at)]


async def look(tx: Tx, space_id: str, sessions: Iterable[Session]) -> SignInStatus:
    """Four questions for any number of people, and one more where somebody has no seat."""
    logins = {session.login for session in sessions}
    found = await seats.seats(tx, space_id, logins)
    without = logins - found.keys()
    return SignInStatus(found, await people.who_hold(tx, without) if without else ())


async def note_use(db: Database, sessions: Iterable[Session]) -> None:
    """Write down when a sign-in was last used to change something here: that asked for no page."""
    used = {s.login: datetime.fromtimestamp(s.used, UTC) for s in sessions if s.used}
    if used:
        async with db.write() as tx:
            await people.note_use(tx, used)


def judge(
    crowd: Followers, sessions: Iterable[Session], found: SignInStatus, *, changed: bool = False
) -> None:
    """Say goodbye to whoever may not stay; whoever may do other things now gets everything anew (rule D5).

    So does everyone where the board itself has `changed`.
    """
    for session in sessions:
        if session.conn not in crowd.sessions:
            continue  # left while we looked
        seat = found.seats.get(session.login)
        if seat is None and session.login not in found.signed_in:
            crowd.bye(session, 4401, "Your sign-in has ended. Sign in to go on.")
        elif seat is None or decide(seat.actor, "board.follow", Thing(crowd.room.board.state)):
            crowd.bye(session, 4403, "You are no longer part of this space.")
        else:
            session.until = seat.until
            if crowd.move(session, seat.actor) or changed:
                crowd.welcome_again(session)
