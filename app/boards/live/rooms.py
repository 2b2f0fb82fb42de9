"""The live boards of this process: opened when somebody comes, kept up to date with other processes."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from itertools import count
from time import monotonic

from litestar.di import NamedDependency

from app.boards.core.closing import Close
from app.boards.core.recent_changes import REMEMBERED
from app.boards.core.stage.read import running_stage
from app.boards.live import recheck
from app.boards.live.codec import BURST, RATE
from app.boards.live.current import Current
from app.boards.live.followers import Followers
from app.boards.live.looks import Looks
from app.boards.live.messages import Progress
from app.boards.live.progress import progress_of
from app.boards.live.room import Room
from app.boards.live.screens import NO_SCREENS, Screens
from app.boards.storage import errors, store
from app.db import Database, now
from app.realtime.paces import Paces
from app.spaces import seats

log = logging.getLogger(__name__)

EPOCH_EVERY, SEQ_EVERY = 0.5, 2.0  # seconds between polls, in case a wake-up was lost (rule O5)
PROGRESS_EVERY = 1.0  # seconds between two times that followers of a workshop are told how far people are
LOOKS_EVERY = 2.0  # seconds between two times that who looks at what is stored
EMPTY_FOR = 60.0  # seconds after which an empty room is closed
MAX_SOCKETS = 8  # a person


class Live:
    """An open board: its room, those who follow it, and the task that runs the room."""

    def __init__(self, room: Room, followers: Followers) -> None:
        self.room, self.followers = room, followers
        self.task = asyncio.get_running_loop().create_task(room.run())
        self.used = monotonic()
        self.progress: Progress | None = None  # as its followers were last told


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
    ) -> None:
        self.db, self.ring, self.limited = db, ring, limited
        self.secret, self.screens = secret, screens
        self.paces = Paces(RATE if limited else 0, BURST)
        self.live: dict[str, Live] = {}
        self.sockets: Counter[str] = Counter()
        self.conns = count(1)
        self.looks = Looks(db)
        self._opening: dict[str, asyncio.Lock] = {}
        self._polls: list[asyncio.Task[None]] = []

    async def open(self, board_id: str) -> Live:
        """The live board. Raises store.Missing; a board that fails to load keeps no state (rule S9)."""
        lock = self._opening.setdefault(board_id, asyncio.Lock())
        async with lock:
            if board_id not in self.live:
                async with self.db.read() as tx:
                    board = await store.load(tx, board_id)
                    clashes = await store.clashes(tx, board, board.seq - REMEMBERED)
                    epoch = await seats.epoch_of(tx, board.space)
                    state = await store.state_of(tx, board_id)  # not older than the epoch
                    space_state = await seats.state_of(tx, board.space)
                    set_up = await store.set_up_of(tx, board_id)
                current = Current(board, clashes)
                followers = Followers(current, self.screens)
                room = Room(current, self.db, epoch, self.ring, followers, self.secret)
                room.set_state(state, space_state, set_up)
                self.live[board_id] = Live(room, followers)
        live = self.live[board_id]
        live.used = monotonic()
        return live

    async def open_at(self, board_id: str, cursor: int) -> Live:
        """The live board, up to date with a client that another process has sent deeds up to `cursor`.

        Clients may send any cursor: never more is waited for than is stored. Raises store.Missing.
        """
        live = await self.open(board_id)
        if cursor > live.room.board.seq:
            async with self.db.read() as tx:
                stored = await store.seqs(tx, [board_id])
            await live.room.reach(min(cursor, stored.get(board_id, 0)))
        return live

    def start(self) -> None:
        """Begin to poll the database for what no wake-up told."""
        loop = asyncio.get_running_loop()
        self._polls = [
            loop.create_task(self._every(EPOCH_EVERY, self._poll_epochs)),
            loop.create_task(self._every(EPOCH_EVERY, self._poll_sign_ins)),
            loop.create_task(self._every(SEQ_EVERY, self._poll_seqs)),
            loop.create_task(self._every(LOOKS_EVERY, self._write_looks)),
            loop.create_task(self._every(PROGRESS_EVERY, self._tell_progress)),
        ]

    async def stop(self) -> None:
        """Let every commit that began end, then close."""
        for live in self.live.values():
            live.followers.stage.stop()
        for task in (*self._polls, *(live.task for live in self.live.values())):
            task.cancel()
        await asyncio.gather(
            *self._polls, *(live.task for live in self.live.values()), return_exceptions=True
        )
        self.live.clear()
        await self._try(self._write_looks())

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
        elif kind == "space":
            for live in self.live.values():
                if live.room.board.space == id and number != live.room.epoch:
                    self._soon(self._recheck(live))

    def gap(self) -> None:
        """Wake-ups may have been missed."""
        self._soon(self._poll_seqs())
        self._soon(self._poll_epochs())

    # -- what others changed -----------------------------------------------------------------------

    async def _poll_seqs(self) -> None:
        if not self.live:
            return
        async with self.db.read() as tx:
            seqs = await store.seqs(tx, self.live)
        for id, seq in seqs.items():
            if id in self.live:
                self.live[id].room.wake(seq)
        for live in list(self.live.values()):
            if self._is_idle(live):
                self._close(live)

    async def _poll_epochs(self) -> None:
        spaces = {live.room.board.space for live in self.live.values()}
        if not spaces:
            return
        async with self.db.read() as tx:
            epochs = await seats.epochs(tx, spaces)
        for live in list(self.live.values()):
            if epochs.get(live.room.board.space, 0) != live.room.epoch:
                await self._recheck(live)

    async def _recheck(self, live: Live) -> None:
        """Decide again who may be here, and as what."""
        room, sessions = live.room, list(live.followers.sessions.values())
        async with self.db.read() as tx:
            epoch = await seats.epoch_of(tx, room.board.space)
            status = await recheck.status_of(tx, room.board.space, sessions)
            try:
                state = await store.state_of(tx, room.board.id)
                set_up = await store.set_up_of(tx, room.board.id)
            except store.Missing:
                self._close(live)
                return
            space_state = await seats.state_of(tx, room.board.space)
        changed = room.set_state(state, space_state, set_up)
        recheck.enforce(live.followers, sessions, status, changed=changed)
        room.epoch = epoch

    async def _poll_sign_ins(self) -> None:
        """A sign-in ends by the clock alone: no epoch rises and no wake-up comes."""
        for live in list(self.live.values()):
            due = recheck.due(live.followers, now())
            if due:
                await recheck.note_use(self.db, due)
                async with self.db.read() as tx:
                    status = await recheck.status_of(tx, live.room.board.space, due)
                recheck.enforce(live.followers, due, status)

    async def _tell_progress(self) -> None:
        """Tell how far people are, where a workshop runs and that has changed."""
        for live in list(self.live.values()):
            if live.followers.sessions and running_stage(live.room.board):
                progress = await progress_of(self.db, self.secret, live.room.board)
                if progress is not None and progress != live.progress:
                    live.progress = progress
                    live.followers.tell_progress(progress)

    async def _write_looks(self) -> None:
        """Store who follows which board, and up to which deed."""
        present = {
            (id, session.person): live.room.board.seq
            for id, live in self.live.items()
            for session in live.followers.sessions.values()
            if session.end is None
        }
        await self.looks.write(present)

    def _close(self, live: Live) -> None:
        """Close the room: it is idle, or its board is gone, as the copy of a rehearsal may be at any time."""
        for session in list(live.followers.sessions.values()):
            live.followers.dismiss(session, Close.GONE, "This board is no longer here.")
        live.followers.stage.stop()
        live.task.cancel()
        self.live.pop(live.room.board.id, None)
        self._opening.pop(live.room.board.id, None)

    def _is_idle(self, live: Live) -> bool:
        idle = not live.followers.sessions and not live.room.waiting
        return idle and monotonic() - live.used > EMPTY_FOR

    async def _every(self, seconds: float, poll: Callable[[], Coroutine[None, None, None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._try(poll())

    async def _try(self, poll: Coroutine[None, None, None]) -> None:
        """Run one poll. While the database is away, the next one will do."""
        try:
            await poll
        except (*errors.UNAVAILABLE, store.Missing) as error:
            log.warning("Could not look for news: %s", type(error).__name__)

    def _soon(self, poll: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(self._try(poll))
        self._polls.append(task)
        task.add_done_callback(self._polls.remove)


LiveRooms = NamedDependency[Rooms]
