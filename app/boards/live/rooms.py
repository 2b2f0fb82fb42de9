"""The live boards of this process: opened when somebody comes, kept up to date with other processes."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from functools import partial
from itertools import count
from random import random
from time import monotonic
from weakref import WeakValueDictionary

from litestar.di import NamedDependency

from app.boards.core.closing import AGAIN, GONE, Close
from app.boards.core.recent_changes import REMEMBERED
from app.boards.core.stage.read import running_stage
from app.boards.live import recheck
from app.boards.live.current import Current
from app.boards.live.followers import Followers
from app.boards.live.live_board import Live, due_to_go
from app.boards.live.looks import Looks
from app.boards.live.outline import OutlineDrawer
from app.boards.live.quotas import SETTLE_EVERY, USUAL, Allowance, Quotas
from app.boards.live.room import Ended, Room
from app.boards.live.session import Session
from app.boards.live.stage.progress import progress_of
from app.boards.live.stage.screens import NO_SCREENS, Screens
from app.boards.live.turn.passes import Passes
from app.boards.storage import errors, store
from app.connections import in_words
from app.db import Database
from app.limits.newcomers import ANY_NUMBER, AT_ONCE, Entrance
from app.spaces import seats
from app.supervision import Tasks, one_by_one

log = logging.getLogger(__name__)

RIGHTS_EVERY, SEQ_EVERY = 0.5, 2.0  # seconds between polls, in case a wake-up was lost (rule O5)
PROGRESS_EVERY = 1.0  # seconds between two times that followers of a workshop are told how far people are
LOOKS_EVERY = 2.0  # seconds between two times that who looks at what is stored
MAX_SOCKETS = 8  # a person


class Rooms:
    """Opens each board once. `ring` wakes the other processes; `secret` is the server's, for ballots."""

    def __init__(
        self,
        db: Database,
        ring: Callable[[str, int], None],
        *,
        limited: bool = True,
        secret: str = "",
        screens: Screens = NO_SCREENS,
        outline: OutlineDrawer | None = None,
        allowance: Allowance = USUAL,
    ) -> None:
        self.db, self.ring, self.limited, self.secret = db, ring, limited, secret
        self.screens, self.outline = screens, outline
        self.quotas, self.tasks = Quotas(db, allowance, limited=limited), Tasks()
        self.live: dict[str, Live] = {}
        self.sockets: Counter[str] = Counter()
        self.conns, self.looks, self._passes = count(1), Looks(db), Passes(any_number=db.sqlite)
        self.entrance = Entrance(ANY_NUMBER if db.sqlite else AT_ONCE)
        self._opening: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(self, board_id: str) -> Live:
        """The live board. Raises store.Missing; a board that fails to load keeps no state (rule S9)."""
        lock = self._opening.setdefault(board_id, asyncio.Lock())
        async with lock:
            if board_id not in self.live:
                async with self.db.read() as tx:
                    board = await store.load(tx, board_id)
                    clashes = await store.clashes(tx, board, board.seq - REMEMBERED)
                    epoch = await seats.rights_of(tx, board.space)
                    head = await store.head_of(tx, board_id)  # not older than the rights
                    space_state = await seats.state_of(tx, board.space)
                current = Current(board, clashes)
                followers = Followers(current, self.screens, self.outline)
                room = Room(current, self.db, epoch, self.ring, followers, self._passes, self.secret)
                room.set_state(head.state, space_state, head.set_up)
                task = self.tasks.start(f"board {board_id}", room.run(), partial(self._ended, board_id, room))
                self.live[board_id] = Live(room, followers, task)
        self.live[board_id].used = monotonic()
        return self.live[board_id]

    async def open_at(self, board_id: str, cursor: int) -> Live:
        """The live board, up to date with a client that another process has sent deeds up to `cursor`.

        Clients may send any cursor: never more is waited for than is stored. Raises store.Missing.
        """
        live = await self.open(board_id)
        if cursor > live.room.board.seq:
            async with self.db.read() as tx:
                stored = await store.seqs(tx, [board_id])
            try:
                await live.room.reach(min(cursor, stored.get(board_id, 0)))
            except Ended:
                return await self.open(board_id)  # read just now, so it is up to date
        return live

    def start(self) -> None:
        """Begin to poll the database for what no wake-up told."""
        for name, seconds, poll in (
            ("rights", RIGHTS_EVERY, self._poll_rights),
            ("sign-ins", RIGHTS_EVERY, self._poll_sign_ins),
            ("new deeds", SEQ_EVERY, self._poll_seqs),
            ("looks", LOOKS_EVERY, self._write_looks),
            ("progress", PROGRESS_EVERY, self._tell_progress),
            ("quotas", SETTLE_EVERY, self.quotas.settle),
        ):
            self.tasks.keep(name, partial(self._every, seconds, poll))

    async def stop(self) -> None:
        """Let every commit that began end, then close."""
        for live in self.live.values():
            live.followers.stop()
        self.live.clear()
        await self.tasks.stop()
        for poll in (self._write_looks, self.quotas.settle):
            await self._try(poll())

    async def farewell(self) -> None:
        """Tell everyone that this process ends, and to come back at slightly different times."""
        for live in self.live.values():
            for i, session in enumerate(list(live.followers.sessions.values())):
                live.followers.dismiss(
                    session,
                    Close.UNAVAILABLE,
                    "Throughline is restarting. You will be connected again in a moment.",
                    i % 50 / 10,
                )

    def wake(self, topic: str, number: int) -> None:
        """A wake-up from the relay."""
        kind, _, id = topic.partition(":")
        if kind == "board" and id in self.live:
            self.live[id].room.wake(number)
        elif kind == "space" and self._of_space(id):
            self._soon(self._recheck(id))

    def gap(self) -> None:
        """Wake-ups may have been missed."""
        self._soon(self._poll_seqs())
        self._soon(self._poll_rights())

    async def _poll_seqs(self) -> None:
        if not self.live:
            return
        ids = list(self.live)
        seqs = await self.db.run_quick_read(lambda tx: store.seqs(tx, ids))
        for id in seqs.keys() & self.live.keys():
            self.live[id].room.wake(seqs[id])
        for live in due_to_go(self.live.values()):
            self._close(live, *GONE)

    async def _poll_rights(self) -> None:
        spaces = {live.room.board.space for live in self.live.values()}
        if not spaces:
            return
        rights = await self.db.run_quick_read(lambda tx: seats.rights(tx, spaces))
        rooms = [live.room for live in self.live.values()]
        behind = {one.board.space for one in rooms if one.epoch != rights.get(one.board.space, 0)}
        await one_by_one(behind, self._recheck, "Rights in a space")

    def _of_space(self, space_id: str) -> list[Live]:
        return [live for live in self.live.values() if live.room.board.space == space_id]

    async def _recheck(self, space_id: str) -> None:
        """Decide again who may be on the boards of the space, and as what. Where that fails, nobody may."""
        on = [(live, list(live.followers.sessions.values())) for live in self._of_space(space_id)]
        try:
            ids, everybody = [live.room.board.id for live, _ in on], [one for _, each in on for one in each]
            async with self.db.read(of_board=True) as tx:
                now = await recheck.read(tx, space_id, ids, everybody)
        except errors.UNAVAILABLE:
            raise
        except Exception:
            log.exception("Space %s: who may be on its boards could not be decided", space_id)
            for live, _ in on:
                self._close(live, *AGAIN)
            return
        for live, sessions in on:
            self._enforce(live, sessions, now)

    def _enforce(self, live: Live, sessions: list[Session], now: recheck.SpaceNow) -> None:
        if live.room.board.id not in now.boards:
            self._close(live, *GONE)
            return
        state, set_up = now.boards[live.room.board.id]
        changed = live.room.set_state(state, now.state, set_up)
        recheck.enforce(live.followers, sessions, now.sign_ins, changed=changed)
        live.room.epoch = now.rights

    async def _poll_sign_ins(self) -> None:
        """A sign-in ends by the clock alone: no epoch rises and no wake-up comes."""
        await one_by_one(list(self.live.values()), partial(recheck.check_sign_ins, self.db), "Sign-ins")

    async def _tell_progress(self) -> None:
        """Tell how far people are, where a workshop runs and that has changed."""
        await one_by_one(list(self.live.values()), self._tell_progress_of, "Progress of a workshop")

    async def _tell_progress_of(self, live: Live) -> None:
        if live.followers.sessions and running_stage(live.room.board):
            live.followers.tell_progress(await progress_of(self.db, self.secret, live.room.board))

    async def _write_looks(self) -> None:
        """Store who follows which board, and up to which deed."""
        present = {
            (id, session.person): live.room.board.seq
            for id, live in self.live.items()
            for session in live.followers.sessions.values()
            if session.end is None and session.person
        }
        await self.looks.write(present)

    def _ended(self, board_id: str, room: Room) -> None:
        """The task of a room has ended: unless it was let go, its people are told to come again."""
        room.end()
        live = self.live.get(board_id)
        if live is not None and live.room is room:
            log.error("Board %s is closed: its task has ended", board_id)
            self._close(live, *(GONE if room.is_gone else AGAIN))

    def _close(self, live: Live, code: Close, say: str) -> None:
        """Let the room go: it is idle, or its board is gone, as a rehearsal's copy may be at any time."""
        self.live.pop(live.room.board.id, None)
        for session in list(live.followers.sessions.values()):
            live.followers.dismiss(session, code, say, random() if code is Close.UNAVAILABLE else None)
        live.followers.stop()
        live.task.cancel()

    async def _every(self, seconds: float, poll: Callable[[], Coroutine[None, None, None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._try(poll())

    async def _try(self, poll: Coroutine[None, None, None]) -> None:
        """Run one poll. While the database is away, the next one will do."""
        try:
            await poll
        except (*errors.UNAVAILABLE, store.Missing) as error:
            log.warning("Could not look for news: %s", in_words(error))

    def _soon(self, poll: Coroutine[None, None, None]) -> None:
        self.tasks.start("a look for news", self._try(poll))


LiveRooms = NamedDependency[Rooms]
