"""A live board in this process: takes deeds in turn, commits them in groups, tells everyone at their pace."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TypeVar

from msgspec import Struct, structs
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.access import Code, Refused, Role, State
from app.boards.core.batch import Batch, Gap, OpRequest, OpResult, Repeat, alone, settle
from app.boards.core.board import Board, Clash
from app.boards.core.ops import Undo
from app.boards.core.recent_changes import Clashes, Recent
from app.boards.storage import commit, store
from app.db import Database
from app.spaces import seats

log = logging.getLogger(__name__)

GROUP = 64  # deeds in one transaction at most
MOST = 2**31  # deeds of a board; what is beyond is no number that a database would take
ABOUT_DATA = ("DataError", "IntegrityError", "StatementError", "ProgrammingError")  # not the database
PATIENCE = 5.0  # seconds between two tries at most, while the database does not answer

T = TypeVar("T")


class Ticket(Struct, eq=False):
    """One wish on its way: the answer is given to `tell` once it is durable, or found to be refused."""

    asked: OpRequest
    login: str
    tell: Callable[["Answer"], None]


class Answer(Struct, frozen=True):
    """What became of a wish: its outcome, or that a welcome must come first (`last_n`)."""

    outcome: OpResult | None
    resend_after: int | None = None
    fault: bool = False


class EpochChanged(Exception):
    """The space has another epoch than the one the batch was decided by."""


class Room:
    """The only writer of its board in this process. Its task outlives every connection (rule S5)."""

    def __init__(self, board: Board, db: Database, epoch: int, ring: Callable[[str, int], None]) -> None:
        self.board, self.db, self.ring = board, db, ring
        self.epoch = epoch  # of the space, as its sessions were last decided by
        self.space_state = State.OPEN
        self.told = board.state  # whether it is open, as its sessions last heard
        self.heard = board.seq
        self.recent = Recent(board.seq)
        self.waiting: deque[Ticket] = deque()
        self.bell, self.moved = asyncio.Event(), asyncio.Event()
        self.on_news: Callable[[Board, Batch | None], None] = lambda before, batch: None
        self.on_clash: Callable[[Clash], None] = lambda clash: None
        self.pause: Callable[[], float] = lambda: 0.0

    # -- from outside ------------------------------------------------------------------------------

    def submit(self, ticket: Ticket) -> None:
        self.waiting.append(ticket)
        self.bell.set()

    def wake(self, seq: int) -> None:
        """Another process committed deed `seq`."""
        if seq > self.heard:
            self.heard = seq
            self.bell.set()

    async def reach(self, seq: int) -> None:
        """Return once this process knows the board up to deed `seq`, which must have been committed."""
        self.wake(seq)
        while self.board.seq < seq:
            await self.moved.wait()

    def restate(self, state: State, space_state: State) -> bool:
        """The board, or its space, was archived or restored. True when those who are here are to be told."""
        self._stand(state, space_state)
        before, self.told = self.told, self.board.state
        return self.told != before

    async def run(self) -> None:
        """Until cancelled: commit what waits, else read what others committed."""
        while True:
            await self.bell.wait()
            self.bell.clear()  # before reading, so that a ring during the work is not lost
            while self.waiting or self.heard > self.board.seq:
                floor = self.pause()
                if floor > 0:
                    await asyncio.sleep(floor)
                await self._turn()

    # -- one turn ----------------------------------------------------------------------------------

    async def _turn(self) -> None:
        tickets = [self.waiting.popleft() for _ in range(min(GROUP, len(self.waiting)))]
        if tickets:
            await self._commit(tickets)
        elif self.heard > self.board.seq:
            await self._patiently(self._catch_up)

    async def _commit(self, tickets: list[Ticket]) -> None:
        before = self.board
        batch, answers = await self._patiently(lambda: self._store(tickets))
        clashes = [(done.seq, done.clash) for done in batch.done if done.clash]
        self._become(batch.after, batch.touched, clashes)
        if batch.done:
            self.ring(f"board:{self.board.id}", self.board.seq)
        for ticket, answer in zip(tickets, answers, strict=True):
            ticket.tell(answer)
        self.on_news(before, batch)

    async def _store(self, tickets: list[Ticket]) -> tuple[Batch, list[Answer]]:
        """One transaction: decide, apply, append (rule S2). Once more when another process was first (S6)."""
        while True:
            try:
                return await self._store_once(tickets)
            except commit.Moved:
                await self._catch_up()
            except IntegrityError:
                # Usually another process answered the same n just now; the second reading sees that.
                try:
                    return await self._store_once(tickets)
                except commit.Moved:
                    await self._catch_up()
                except IntegrityError:
                    return await self._store_singly(tickets)
            except DBAPIError as error:
                if error.connection_invalidated or type(error).__name__ not in ABOUT_DATA:
                    raise
                return await self._store_singly(tickets)

    async def _store_once(self, tickets: list[Ticket]) -> tuple[Batch, list[Answer]]:
        """Decided by what their people may do now: should that change meanwhile, once more (rule O5)."""
        asked, epoch = [ticket.asked for ticket in tickets], self.epoch
        while True:
            try:
                return await self.db.run_write(partial(self._transaction, asked, epoch))
            except EpochChanged:
                asked, epoch = await self._decide_again(tickets)

    def _transaction(self, asked: list[OpRequest], epoch: int, tx: Connection) -> tuple[Batch, list[Answer]]:
        if seats.epoch_in(tx, self.board.space) != epoch:
            raise EpochChanged
        keys = {ask.key for ask in asked if ask.n is not None}
        undone = [ask.op.of for ask in asked if isinstance(ask.op, Undo) and 0 < ask.op.of < MOST]
        last = commit.last_ns(tx, self.board.id, keys)
        batch = settle(self.board, asked, last, commit.inverses(tx, self.board.id, undone))
        commit.append(tx, batch)
        answers = [self._answer(tx, ask, answer) for ask, answer in zip(asked, batch.answers, strict=True)]
        for place in batch.faults:
            answers[place] = structs.replace(answers[place], fault=True)
        return batch, answers

    async def _store_singly(self, tickets: list[Ticket]) -> tuple[Batch, list[Answer]]:
        """A deed that the database will not take is refused alone; its neighbours are kept (rule S7)."""
        if len(tickets) == 1:
            log.error("Board %s: the database would not take a deed", self.board.id)
            refused = Ticket(alone(tickets[0].asked), tickets[0].login, tickets[0].tell)
            return await self._store_once([refused])
        half = len(tickets) // 2
        first, told = await self._store(tickets[:half])
        self._become(first.after, first.touched)
        second, more = await self._store(tickets[half:])
        both = structs.replace(
            second,
            done=(*first.done, *second.done),
            touched=(*first.touched, *second.touched),
            before=first.before,
        )
        return both, told + more

    async def _decide_again(self, tickets: list[Ticket]) -> tuple[list[OpRequest], int]:
        """The wishes by what their people may do now, and the epoch at which that was so.

        The board, or its space, may have been archived: then they are decided by that as well.
        """
        async with self.db.read() as tx:
            epoch = await seats.epoch_of(tx, self.board.space)
            found = await seats.seats(tx, self.board.space, {ticket.login for ticket in tickets})
            state = await store.state_of(tx, self.board.id)
            self._stand(state, await seats.state_of(tx, self.board.space))
        gone = Refused(Code.NOT_ALLOWED, "You are no longer part of this space.")
        asked = [
            structs.replace(t.asked, actor=found[t.login].actor)
            if t.login in found
            else t.asked
            if t.asked.actor.role is Role.JOB
            else structs.replace(t.asked, op=gone)
            for t in tickets
        ]
        return asked, epoch

    def _answer(self, tx: Connection, asked: OpRequest, answer: OpResult | Repeat | Gap) -> Answer:
        if isinstance(answer, Gap):
            return Answer(None, resend_after=answer.last_n)
        if isinstance(answer, Repeat):
            return Answer(commit.outcome(tx, self.board.id, asked.key, answer.n))
        return Answer(answer)

    async def _catch_up(self) -> None:
        before = self.board
        async with self.db.read() as tx:
            board = await store.catch_up(tx, before)
            clashes = await store.clashes(tx, board, before.seq)
        board = self._locked(board)
        self.heard = max(self.heard, board.seq)
        self._become(board, [id for id, item in board.items.items() if item.seq > before.seq], clashes)
        self.on_news(before, None)
        for _, clash in clashes:  # the one whose words stood before may be here
            self.on_clash(clash)

    def _stand(self, state: State, space_state: State) -> None:
        self.space_state = space_state
        self.board = self._locked(structs.replace(self.board, state=state))

    def _locked(self, board: Board) -> Board:
        """With its space a board is archived too."""
        archived = self.space_state is State.ARCHIVED
        return structs.replace(board, state=State.ARCHIVED) if archived else board

    def _become(self, board: Board, touched: Iterable[str], clashes: Clashes = ()) -> None:
        if board.seq != self.board.seq:
            self.recent.add(board.seq, touched, clashes)
        self.board = board
        self.heard = max(self.heard, board.seq)
        self.moved.set()
        self.moved = asyncio.Event()

    async def _patiently(self, act: Callable[[], Awaitable[T]]) -> T:
        """Until it is done: while the database is away nothing is acknowledged, nothing lost (rule S8)."""
        wait = 0.05
        while True:
            try:
                return await act()
            except (DBAPIError, OSError, TimeoutError) as error:
                log.warning("Board %s waits for the database: %s", self.board.id, type(error).__name__)
            await asyncio.sleep(wait)
            wait = min(wait * 2, PATIENCE)
