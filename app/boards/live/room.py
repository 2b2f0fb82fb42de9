"""A live board in this process: takes ops in turn, commits them in groups, then tells its followers."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable
from functools import partial
from typing import TypeVar

from msgspec import structs

from app.access import Code, Refused, Role, State
from app.boards.core.board import Board, SetUp
from app.boards.core.group_commit import GroupCommit, OpRequest, decide_group
from app.boards.core.ops import Undo
from app.boards.core.recent_changes import Clashes
from app.boards.live.casts import CastTicket, commit_casts
from app.boards.live.current import Current
from app.boards.live.listener import Listener
from app.boards.live.outside import look_outside
from app.boards.live.queue import take_casts, take_ops
from app.boards.live.ticket import Answer, Ticket, answer_in
from app.boards.storage import commit, errors, store
from app.db import Database
from app.spaces import seats
from app.spaces.space import Seat

log = logging.getLogger(__name__)

GROUP = 64  # deeds in one transaction at most
MAX_SEQ = 2**31  # deeds of a board; a database would not take a larger number
LONGEST_WAIT = 5.0  # seconds between two tries at most, while the database does not answer

T = TypeVar("T")


class Room:
    """The only writer of its board in this process. Its task outlives every connection (rule S5)."""

    def __init__(
        self,
        current: Current,
        db: Database,
        epoch: int,
        ring: Callable[[str, int], None],
        listener: Listener,
        secret: str = "",
    ) -> None:
        self.current, self.db, self.ring, self.listener = current, db, ring, listener
        self.secret = secret  # of this server: with it the marks of ballots are made
        self.epoch = epoch  # of the space, as its sessions were last decided by
        self.space_state = State.OPEN
        self.announced = (self.board.state, self.board.set_up)  # as its sessions were last told
        self.committed = current.board.seq  # the last deed that is known to be stored, by any process
        self.waiting: deque[Ticket | CastTicket] = deque()
        self._bell, self._advanced = asyncio.Event(), asyncio.Event()

    @property
    def board(self) -> Board:
        """The board as this process knows it now."""
        return self.current.board

    # -- from outside ------------------------------------------------------------------------------

    def submit(self, ticket: Ticket | CastTicket) -> None:
        """Put a request in the queue."""
        self.waiting.append(ticket)
        self._bell.set()

    def wake(self, seq: int) -> None:
        """Another process committed deed `seq`."""
        if seq > self.committed:
            self.committed = seq
            self._bell.set()

    async def reach(self, seq: int) -> None:
        """Return once this process knows the board up to deed `seq`, which must have been committed."""
        self.wake(seq)
        while self.board.seq < seq:
            await self._advanced.wait()

    def set_state(self, state: State, space_state: State, set_up: SetUp) -> bool:
        """The board, or its space, was archived, restored or locked. True when its sessions must be told."""
        self._set_state(state, space_state, set_up)
        before, self.announced = self.announced, (self.board.state, self.board.set_up)
        return self.announced != before

    async def run(self) -> None:
        """Until cancelled: commit what waits, else read what others committed."""
        while True:
            await self._bell.wait()
            self._bell.clear()  # before reading, so that a ring during the work is not lost
            while self.waiting or self.committed > self.board.seq:
                pause = self.listener.pause(len(self.waiting))
                if pause > 0:
                    await asyncio.sleep(pause)
                await self._turn()

    # -- one turn ----------------------------------------------------------------------------------

    async def _turn(self) -> None:
        if casts := take_casts(self.waiting, GROUP):
            await self._patiently(lambda: commit_casts(self, casts))
        elif tickets := take_ops(self.waiting, GROUP):
            await self._commit(tickets)
        elif self.committed > self.board.seq:
            await self._patiently(self.catch_up)

    async def _commit(self, tickets: list[Ticket]) -> None:
        before = self.board
        group, answers = await self._patiently(lambda: self._store(tickets))
        clashes = [(deed.seq, deed.clash) for deed in group.deeds if deed.clash]
        self._advance(group.after, group.touched, clashes)
        if group.deeds:
            self.ring(f"board:{self.board.id}", self.board.seq)
        for ticket, answer in zip(tickets, answers, strict=True):
            ticket.on_answer(answer)
        self.listener.tell_changes(before, group)

    async def _store(self, tickets: list[Ticket]) -> tuple[GroupCommit, list[Answer]]:
        """One transaction: decide, apply, append (rule S2). Once more when another process was first (S6)."""
        while True:
            try:
                return await self._store_once(tickets)
            except errors.GuardFailed:
                await self.catch_up()
            except errors.Duplicate:
                # Usually another process answered the same n just now; the second reading sees that.
                try:
                    return await self._store_once(tickets)
                except errors.GuardFailed:
                    await self.catch_up()
                except errors.Duplicate:
                    return await self._store_singly(tickets)
            except errors.DatabaseError as error:
                if not errors.is_about_values(error):
                    raise
                return await self._store_singly(tickets)

    async def _store_once(self, tickets: list[Ticket]) -> tuple[GroupCommit, list[Answer]]:
        """Decided by what their people may do now: should that change meanwhile, once more (rule O5)."""
        requests, epoch = [ticket.request for ticket in tickets], self.epoch
        if any(ticket.epoch is not None and ticket.epoch < epoch for ticket in tickets):
            requests, epoch = await self._with_present_rights(tickets)  # it changed while they waited
        while True:
            try:
                return await self.db.run_write(partial(self._transaction, requests, epoch))
            except errors.EpochChanged:
                requests, epoch = await self._with_present_rights(tickets)

    def _transaction(
        self, requests: list[OpRequest], epoch: int, tx: commit.SyncTx
    ) -> tuple[GroupCommit, list[Answer]]:
        board = self.board
        if seats.epoch_in(tx, board.space) != epoch:
            raise errors.EpochChanged
        keys = {request.key for request in requests if request.n is not None}
        undone = [r.op.of for r in requests if isinstance(r.op, Undo) and 0 < r.op.of < MAX_SEQ]
        last = commit.last_ns(tx, board.id, keys)
        outside = look_outside(tx, self.secret, board, requests)
        group = decide_group(board, requests, last, commit.inverses(tx, board.id, undone), outside)
        commit.append(tx, group)
        answers = [answer_in(tx, board.id, *both) for both in zip(requests, group.answers, strict=True)]
        for i in group.faults:
            answers[i] = structs.replace(answers[i], fault=True)
        return group, answers

    async def _store_singly(self, tickets: list[Ticket]) -> tuple[GroupCommit, list[Answer]]:
        """A deed that the database will not take is refused alone; its neighbours are kept (rule S7)."""
        if len(tickets) == 1:
            log.error("Board %s: the database would not take a deed", self.board.id)
            refused = structs.replace(tickets[0], request=tickets[0].request.refused_as_unstorable())
            return await self._store_once([refused])
        half = len(tickets) // 2
        first, answers = await self._store(tickets[:half])
        self._advance(first.after, first.touched)
        second, more = await self._store(tickets[half:])
        both = structs.replace(
            second,
            deeds=(*first.deeds, *second.deeds),
            touched=(*first.touched, *second.touched),
            before=first.before,
        )
        return both, answers + more

    async def _with_present_rights(self, tickets: list[Ticket]) -> tuple[list[OpRequest], int]:
        """The requests by what their people may do now, and the epoch at which that was so.

        The board, or its space, may have been archived: then they are decided by that as well.
        """
        seat_by_login, epoch = await self.present_seats({ticket.login for ticket in tickets})
        left = Refused(Code.NOT_ALLOWED, "You are no longer part of this space.")
        requests = []
        for ticket in tickets:
            request, seat = ticket.request, seat_by_login.get(ticket.login)
            if seat is not None:
                request = structs.replace(request, actor=seat.actor)
            elif request.actor.role is not Role.JOB:
                request = structs.replace(request, op=left)
            requests.append(request)
        return requests, epoch

    async def present_seats(self, logins: Collection[str]) -> tuple[dict[str, Seat], int]:
        """The seats of these sign-ins now, and the epoch at which that was so."""
        async with self.db.read() as tx:
            epoch = await seats.epoch_of(tx, self.board.space)
            seat_by_login = await seats.seats(tx, self.board.space, logins)
            state = await store.state_of(tx, self.board.id)
            set_up = await store.set_up_of(tx, self.board.id)
            self._set_state(state, await seats.state_of(tx, self.board.space), set_up)
        return seat_by_login, epoch

    async def catch_up(self) -> None:
        before = self.board
        async with self.db.read() as tx:
            board = await store.catch_up(tx, before)
            clashes = await store.clashes(tx, board, before.seq)
        touched = [id for id, item in board.items.items() if item.seq > before.seq]
        self._advance(self._locked(board), touched, clashes)
        self.listener.tell_changes(before, None)
        for _, clash in clashes:  # the one whose words were there before may be here
            self.listener.tell_clash(clash)

    def _set_state(self, state: State, space_state: State, set_up: SetUp) -> None:
        self.space_state = space_state
        self.current.board = self._locked(structs.replace(self.board, state=state, set_up=set_up))

    def _locked(self, board: Board) -> Board:
        """With its space a board is archived too."""
        archived = self.space_state is State.ARCHIVED
        return structs.replace(board, state=State.ARCHIVED) if archived else board

    def _advance(self, board: Board, touched: Iterable[str], clashes: Clashes = ()) -> None:
        self.current.advance(board, touched, clashes)
        self.committed = max(self.committed, board.seq)
        self._advanced.set()
        self._advanced = asyncio.Event()

    async def _patiently(self, act: Callable[[], Awaitable[T]]) -> T:
        """Until it is done: while the database is away nothing is acknowledged, nothing lost (rule S8)."""
        wait = 0.05
        while True:
            try:
                return await act()
            except errors.UNAVAILABLE as error:
                log.warning("Board %s waits for the database: %s", self.board.id, type(error).__name__)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
