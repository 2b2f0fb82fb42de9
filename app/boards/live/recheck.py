"""Who may stay on a board: decided again when rights change, and when a sign-in or a guest's time ends."""

import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from random import random

from msgspec import Struct

from app.access import Role, State, Thing, decide
from app.boards.core.board import SetUp
from app.boards.core.closing import AGAIN, Close
from app.boards.live.followers import Followers
from app.boards.live.live_board import Live
from app.boards.live.session import Session
from app.boards.storage import screen_links, store
from app.boards.storage.screen_links import ScreenLink
from app.db import Database, Tx, now
from app.people import actions as people
from app.spaces import seats
from app.spaces.space import Seat

log = logging.getLogger(__name__)

SCREENS_EVERY = timedelta(seconds=2)  # between two looks at whether a projector's link still holds


class SpaceNow(Struct, frozen=True):
    """All that says who may be on the boards of one space, and in what state these are, by their ids."""

    rights: int
    state: State
    boards: dict[str, tuple[State, SetUp]]
    sign_ins: "SignInStatus"


class SignInStatus(Struct, frozen=True):
    """What the database says of some sign-ins: their seats in the space, and which of them still hold."""

    seats: dict[str, Seat]
    signed_in: Collection[str]
    screens: Mapping[str, ScreenLink] = {}  # of projectors, by the name that they have for a sign-in


async def read(tx: Tx, space_id: str, boards: Collection[str], sessions: Iterable[Session]) -> SpaceNow:
    """One reading for all boards of a space that are open here; those that are gone are left out."""
    rights = await seats.rights_of(tx, space_id)  # first: it must not be newer than what is read after it
    state = await seats.state_of(tx, space_id)
    return SpaceNow(rights, state, await store.states(tx, boards), await status_of(tx, space_id, sessions))


def due(followers: Followers, at: datetime) -> list[Session]:
    """Sessions whose sign-in ends by `at`, and new ones: rights may have changed by now."""
    sessions = followers.sessions.values()
    return [s for s in sessions if s.end is None and (s.until is None or s.until <= at)]


async def status_of(tx: Tx, space_id: str, sessions: Iterable[Session]) -> SignInStatus:
    """The seats and sign-ins of these sessions: four queries in all, one more where a seat is gone."""
    sessions = list(sessions)
    screens = {one.login.removeprefix(screen_links.LOGIN) for one in sessions if _is_screen(one)}
    links = await screen_links.opened_in(tx, screens) if screens else {}
    logins = {session.login for session in sessions if not _is_screen(session)}
    seat_by_login = await seats.seats(tx, space_id, logins)
    without = logins - seat_by_login.keys()
    signed_in = await people.who_hold(tx, without) if without else ()
    found = {f"{screen_links.LOGIN}{id}": link for id, link in links.items()}
    return SignInStatus(seat_by_login, signed_in, found)


async def note_use(db: Database, sessions: Iterable[Session]) -> None:
    """Store when each sign-in was last used for an op: sockets ask for no page, which would note it."""
    used = {
        s.login: datetime.fromtimestamp(s.last_op, UTC) for s in sessions if s.last_op and not _is_screen(s)
    }
    if used:
        async with db.write() as tx:
            await people.note_use(tx, used)


async def check_sign_ins(db: Database, live: Live) -> None:
    """Decide again about those whose sign-in ends about now."""
    sessions = due(live.followers, now())
    if sessions:
        await note_use(db, sessions)
        async with db.read() as tx:
            status = await status_of(tx, live.room.board.space, sessions)
        enforce(live.followers, sessions, status)


def enforce(
    followers: Followers, sessions: Iterable[Session], status: SignInStatus, *, changed: bool = False
) -> None:
    """Dismiss those who may not stay; those whose rights changed get a fresh welcome (rule D5).

    So does everyone where the board itself has `changed`: it was archived, or restored. Of whom it cannot be
    decided, they come again.
    """
    for session in sessions:
        if session.conn not in followers.sessions:
            continue  # left while we looked
        try:
            if _is_screen(session):
                _enforce_screen(followers, session, status.screens.get(session.login), changed)
            else:
                _enforce_one(followers, session, status, changed)
        except Exception:
            log.exception("Board %s: who may stay could not be decided of one", followers.current.board.id)
            followers.dismiss(session, *AGAIN, random())


def _enforce_one(followers: Followers, session: Session, status: SignInStatus, changed: bool) -> None:
    seat = status.seats.get(session.login)
    if seat is None and session.login not in status.signed_in:
        followers.dismiss(session, Close.SIGNED_OUT, "Your sign-in has ended. Sign in to continue.")
    elif seat is None or decide(seat.actor, "board.follow", Thing(followers.current.board.state)):
        followers.dismiss(session, Close.NOT_A_MEMBER, "You are no longer part of this space.")
    else:
        session.until = seat.until
        session.set_actor(seat.actor, seat.space.rights)
        if changed or session.sees_otherwise_on(followers.current.board):
            followers.welcome_again(session)


def _is_screen(session: Session) -> bool:
    return session.actor.role is Role.SCREEN


def _enforce_screen(followers: Followers, session: Session, link: ScreenLink | None, changed: bool) -> None:
    """A projector stays while its link holds: that may be withdrawn at any time, and no epoch rises by it."""
    ends = screen_links.until(link, followers.current.board) if link else None
    if ends is None or ends <= now():
        followers.dismiss(session, Close.SIGNED_OUT, "This projector shows nothing any more.")
        return
    session.until = now() + SCREENS_EVERY
    if changed:
        followers.welcome_again(session)
