"""The live boards of this process: opened when somebody comes, kept in step with other processes."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from itertools import count
from time import monotonic
from weakref import WeakValueDictionary

from litestar.di import NamedDependency
from sqlalchemy.exc import DBAPIError

from app.boards.core.recent_changes import REMEMBERED, Recent
from app.boards.live import recheck
from app.boards.live.codec import BURST, RATE
from app.boards.live.followers import Followers
from app.boards.live.room import Room
from app.boards.storage import store
from app.db import Database, now
from app.realtime.pace import Pace
from app.spaces import seats

log = logging.getLogger(__name__)

EPOCH_EVERY, SEQ_EVERY = 0.5, 2.0  # seconds between looks, should a wake-up have been lost (rule O5)
EMPTY_FOR = 60.0  # seconds after which an empty room is closed
MAX_SOCKETS = 8  # a person


class Live:
    """A room with its crowd and its task."""

    def __init__(self, room: Room) -> None:
        self.room, self.crowd = room, Followers(room)
        self.task = asyncio.get_running_loop().create_task(room.run())
        self.used = monotonic()


class Rooms:
    """Opens each board once. `ring` wakes the other processes."""

    def __init__(self, db: Database, ring: Callable[[str, int], None], *, limited: bool = True) -> None:
        self.db, self.ring, self.limited = db, ring, limited
        self._paces: WeakValueDictionary[str, Pace] = WeakValueDictionary()
        self.live: dict[str, Live] = {}
        self.sockets: Counter[str] = Counter()
        self.conns = count(1)
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
                room = Room(board, self.db, epoch, self.ring)
                room.recent = Recent(board.seq, clashes=clashes)
                room.restate(state, space_state)
                self.live[board_id] = Live(room)
        live = self.live[board_id]
        live.used = monotonic()
        return live

    async def open_at(self, board_id: str, cursor: int) -> Live:
        """The live board, not behind what a client at `cursor` has been told by another process.

        A cursor is not believed: only what is stored is waited for. Raises store.Missing.
        """
        live = await self.open(board_id)
        if cursor > live.room.board.seq:
            async with self.db.read() as tx:
                stored = await store.seqs(tx, [board_id])
            await live.room.reach(min(cursor, stored.get(board_id, 0)))
        return live

    def pace_of(self, person: str) -> Pace:
        """The person's pace, shared by all their connections to this process."""
        pace = self._paces.get(person)
        if pace is None:
            pace = self._paces[person] = Pace(RATE if self.limited else 0, BURST)
        return pace

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._polls = [
            loop.create_task(self._every(EPOCH_EVERY, self._look_at_epochs)),
            loop.create_task(self._every(EPOCH_EVERY, self._look_at_ends)),
            loop.create_task(self._every(SEQ_EVERY, self._look_at_seqs)),
        ]

    async def stop(self) -> None:
        """Let every batch that began end, then close."""
        for task in (*self._polls, *(live.task for live in self.live.values())):
            task.cancel()
        await asyncio.gather(
            *self._polls, *(live.task for live in self.live.values()), return_exceptions=True
        )
        self.live.clear()

    async def farewell(self) -> None:
        """Tell everyone that this process is going, and to come back a little apart."""
        for live in self.live.values():
            for i, session in enumerate(list(live.crowd.sessions.values())):
                live.crowd.bye(
                    session,
                    4503,
                    "Throughline is being restarted. You will be back in a moment.",
                    i % 50 / 10,
                )

    def heard(self, topic: str, number: int) -> None:
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
        self._soon(self._look_at_seqs())
        self._soon(self._look_at_epochs())

    # -- what others changed -----------------------------------------------------------------------

    async def _look_at_seqs(self) -> None:
        if not self.live:
            return
        async with self.db.read() as tx:
            found = await store.seqs(tx, self.live)
        for id, seq in found.items():
            if id in self.live:
                self.live[id].room.wake(seq)
        for live in list(self.live.values()):
            if self._is_idle(live):
                self._shut(live)

    async def _look_at_epochs(self) -> None:
        spaces = {live.room.board.space for live in self.live.values()}
        if not spaces:
            return
        async with self.db.read() as tx:
            found = await seats.epochs(tx, spaces)
        for live in list(self.live.values()):
            if found.get(live.room.board.space, 0) != live.room.epoch:
                await self._recheck(live)

    async def _recheck(self, live: Live) -> None:
        """Decide again who may be here, and as what."""
        room, here = live.room, list(live.crowd.sessions.values())
        async with self.db.read() as tx:
            epoch = await seats.epoch_of(tx, room.board.space)
            found = await recheck.look(tx, room.board.space, here)
            try:
                state = await store.state_of(tx, room.board.id)
            except store.Missing:
                self._shut(live)
                return
            space_state = await seats.state_of(tx, room.board.space)
        recheck.judge(live.crowd, here, found, changed=room.restate(state, space_state))
        room.epoch = epoch

    async def _look_at_ends(self) -> None:
        """Time is over without anybody doing anything: no epoch rises and nothing rings."""
        for live in list(self.live.values()):
            due = recheck.due(live.crowd, now())
            if due:
                await recheck.note_use(self.db, due)
                async with self.db.read() as tx:
                    found = await recheck.look(tx, live.room.board.space, due)
                recheck.judge(live.crowd, due, found)

    def _shut(self, live: Live) -> None:
        """Nobody is here, or the board is gone: a rehearsal's copy goes while people may look at it."""
        for session in list(live.crowd.sessions.values()):
            live.crowd.bye(session, 4404, "This board is no longer here.")
        live.task.cancel()
        self.live.pop(live.room.board.id, None)
        self._opening.pop(live.room.board.id, None)

    def _is_idle(self, live: Live) -> bool:
        idle = not live.crowd.sessions and not live.room.waiting
        return idle and monotonic() - live.used > EMPTY_FOR

    async def _every(self, seconds: float, look: Callable[[], Coroutine[None, None, None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._try(look())

    async def _try(self, look: Coroutine[None, None, None]) -> None:
        """Look; while the database is away the next look will do."""
        try:
            await look
        except (DBAPIError, OSError, TimeoutError, store.Missing) as error:
            log.warning("Could not look for news: %s", type(error).__name__)

    def _soon(self, look: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(self._try(look))
        self._polls.append(task)
        task.add_done_callback(self._polls.remove)


LiveRooms = NamedDependency[Rooms]
