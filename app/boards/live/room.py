"""A live board in this process: takes ops in turn, commits them in groups, then tells its followers."""

import asyncio
import logging
from collections.abc import Callable, Collection
from functools import partial
from typing import TypeVar

from msgspec import structs

from app.access import Refused, State
from app.boards.core.board import Board, SetUp
from app.boards.core.group_commit import GroupCommit, OpRequest, OpResult, decide_group
from app.boards.core.ops import TakeBack, Undo
from app.boards.core.recent_changes import Clashes
from app.boards.core.stage.taken_out import WORDS, has_moved
from app.boards.live.current import Current
from app.boards.live.stage.casts import CastTicket, store_casts
from app.boards.live.stage.outside import look_outside
from app.boards.live.turn import present_rights
from app.boards.live.turn.answers import answers
from app.boards.live.turn.listener import Listener
from app.boards.live.turn.passes import Passes
from app.boards.live.turn.patience import Patience
from app.boards.live.turn.precedence import Precedence
from app.boards.live.turn.ticket import OUR_FAULT, Answer, Ticket
from app.boards.live.turn.ticket_queue import TicketQueue
from app.boards.storage import commit, earlier_deeds, errors, store
from app.db import Database, SyncTx, Tx

log = logging.getLogger(__name__)

GROUP = 64  # deeds in one transaction at most
MAX_SEQ = 2**31  # deeds of a board; a database would not take a larger number

T = TypeVar("T")
Stored = tuple[GroupCommit, list[Answer]]


class Ended(Exception):
    """The room is no longer run: its board has to be opened anew."""


class Room:
    """The only writer of its board in this process. Its task outlives every connection (rule S5)."""

    def __init__(
        self,
        current: Current,
        db: Database,
        epoch: int,
        ring: Callable[[str, int], None],
        listener: Listener,
        passes: Passes,
        secret: str = "",
    ) -> None:
        self.current, self.db, self.ring, self.listener = current, db, ring, listener
        self.secret = secret  # of this server: with it the marks of ballots are made
        self.epoch = epoch  # of rights in the space, as its sessions were last decided by
        self.announced = (self.board.state, self.board.set_up)  # as its sessions were last told
        self.committed = current.board.seq  # the last deed that is known to be stored, by any process
        self.waiting = TicketQueue()
        self.is_gone = False  # the board is no longer in the database
        self._patience, self._precedence = Patience(self.board.id, passes), Precedence(db)
        self._bell, self._advanced = asyncio.Event(), asyncio.Event()

    @property
    def board(self) -> Board:
        """The board as this process knows it now."""
        return self.current.board

    # -- from outside ------------------------------------------------------------------------------

    def submit(self, ticket: Ticket | CastTicket) -> None:
        """Put a request in the queue. A room that has ended does none: its client must come again."""
        if self.waiting.put(ticket):
            self._bell.set()
        else:
            self._tell(ticket.give_up)

    def wake(self, seq: int) -> None:
        """Another process committed deed `seq`."""
        if seq > self.committed:
            self.committed = seq
            self._bell.set()

    async def reach(self, seq: int) -> None:
        """Return once this process knows the board up to deed `seq`, which must be stored. Raises Ended."""
        self.wake(seq)
        while self.board.seq < seq:
            if self.waiting.is_closed:
                raise Ended
            await self._advanced.wait()

    def set_state(self, state: State, space_state: State, set_up: SetUp) -> bool:
        """The board, or its space, was archived, restored or locked. True when its sessions must be told."""
        self.current.set_state(state, space_state, set_up)
        before, self.announced = self.announced, (self.board.state, self.board.set_up)
        return self.announced != before

    async def run(self) -> None:
        """Until cancelled, or the board is gone: commit what waits, else read what others committed."""
        try:
            while True:
                await self._bell.wait()
                self._bell.clear()  # before reading, so that a ring during the work is not lost
                while self.waiting or self.committed > self.board.seq:
                    pause = self.listener.pause(len(self.waiting))
                    if pause > 0:
                        await asyncio.sleep(pause)
                    await self._turn()
        except store.Missing:
            self.is_gone = True

    def end(self) -> None:
        """It is run no longer: nothing waits for it, and clients come again with what has no answer."""
        for ticket in self.waiting.close():
            self._tell(ticket.give_up)
        self._advanced.set()

    async def _turn(self) -> None:
        if casts := self.waiting.take_casts(GROUP):
            await self._cast(casts)
        elif tickets := self.waiting.take_ops(GROUP):
            await self._commit(tickets)
        elif self.committed > self.board.seq:
            await self._patience.until_done(self.catch_up, self.listener.tell_waiting)
        self.waiting.answered()

    async def _cast(self, tickets: list[CastTicket]) -> None:
        answers = await self._patience.until_done(
            partial(store_casts, self, tickets), self.listener.tell_waiting
        )
        for ticket, answer in zip(tickets, answers, strict=True):
            self._tell(ticket.on_answer, answer)

    async def _commit(self, tickets: list[Ticket]) -> None:
        before = self.board
        store_all = partial(self._store, tickets, before.seq)
        group, given = await self._patience.until_done(store_all, self.listener.tell_waiting)
        clashes = [(deed.seq, deed.clash) for deed in group.deeds if deed.clash]
        self._advance(group.after, group.touched, clashes)
        if self.board.seq > before.seq:  # also by an earlier try, whose answer was lost
            self.ring(f"board:{self.board.id}", self.board.seq)
        for ticket, answer in zip(tickets, given, strict=True):
            self._tell(ticket.on_answer, answer)
        self._tell(self.listener.tell_changes, before, group)

    async def _store(self, tickets: list[Ticket], since: int) -> Stored:
        """One transaction: decide, apply, append (rule S2). Once more when another process was first (S6).

        Where this is tried again, an earlier try may have stored them after deed `since`.
        """
        doubted, refusal = 0, None
        while doubted < 2:
            try:
                return await self._store_once(tickets, since)
            except errors.GuardFailed:
                await self.catch_up()
            except errors.Duplicate:
                doubted += 1  # another process may have answered the same n just now: it is seen then
            except Exception as error:  # noqa: BLE001 - looked at and logged in there
                refusal = self._refusal_after(error)
                break
        if len(tickets) > 1:
            return await self._store_in_halves(tickets, since)
        return await self._store_refusal(tickets[0], refusal)

    async def _store_once(self, tickets: list[Ticket], since: int) -> Stored:
        """Decided by what their people may do now: should that change meanwhile, once more (rule O5)."""
        requests, epoch = [ticket.request for ticket in tickets], self.epoch
        if any(ticket.epoch is not None and ticket.epoch < epoch for ticket in tickets):
            requests, epoch = await self._with_present_rights(tickets)  # it changed while they waited
        while True:
            try:
                return await self.write(partial(self._transaction, tickets, requests, epoch, since))
            except errors.EpochChanged:
                requests, epoch = await self._with_present_rights(tickets)

    def _transaction(
        self, tickets: list[Ticket], requests: list[OpRequest], epoch: int, since: int, tx: SyncTx
    ) -> Stored:
        board, done = self.board, dict[int, OpResult]()
        if self._patience.is_again:
            earlier_deeds.wait_for(tx, board.id)  # what an earlier try of ours may still do there ends first
            done = earlier_deeds.results_since(tx, board.id, since, [one.request for one in tickets])
        asked = [request for i, request in enumerate(requests) if i not in done]
        keys = {request.key for request in asked if request.n is not None}
        undone = [r.op.of for r in asked if isinstance(r.op, Undo) and 0 < r.op.of < MAX_SEQ]
        taken = [seq for r in asked if isinstance(r.op, TakeBack) for seq in r.op.deeds]
        known = earlier_deeds.taken_back(tx, board.id, taken) | earlier_deeds.undoable(tx, board.id, undone)
        last = earlier_deeds.last_ns(tx, board.id, keys)
        outside = look_outside(tx, self.secret, board, asked)
        group = decide_group(board, asked, last, known, outside)
        commit.append(tx, group, epoch)
        rest = iter(answers(tx, board.id, asked, group))
        return group, [Answer(done[i]) if i in done else next(rest) for i in range(len(requests))]

    async def _store_in_halves(self, tickets: list[Ticket], since: int) -> Stored:
        """A deed that cannot be stored is refused alone; its neighbours are kept (rule S7)."""
        half = len(tickets) // 2
        first, its_answers = await self._store(tickets[:half], since)
        self._advance(first.after, first.touched)
        second, more = await self._store(tickets[half:], since)
        both = structs.replace(
            second,
            deeds=(*first.deeds, *second.deeds),
            touched=(*first.touched, *second.touched),
            before=first.before,
        )
        return both, its_answers + more

    async def _store_refusal(self, ticket: Ticket, refusal: Refused | None) -> Stored:
        """Refuse a deed that cannot be stored; where not even that can be stored, its client comes again."""
        log.error("Board %s: a deed could not be stored", self.board.id)
        request = ticket.request.refused_as_unstorable()
        refused = structs.replace(ticket, request=structs.replace(request, op=refusal or request.op))
        while True:
            try:
                group, given = await self._store_once([refused], self.board.seq)
                return group, [structs.replace(given[0], fault=refusal is not None)]
            except errors.GuardFailed:
                await self.catch_up()
            except Exception as error:  # noqa: BLE001 - looked at and logged in there
                self._refusal_after(error)
                return GroupCommit(self.board, self.board, (), (), (), {}, (), ()), [Answer(None, fault=True)]

    def _refusal_after(self, error: Exception) -> Refused | None:
        """Why a deed is refused that could not be stored; None where its values are to blame.

        Raises the error again where the deed is not: the database does not answer, or the board is gone.
        """
        if errors.is_about_values(error):
            return None
        if isinstance(error, (store.Missing, *errors.UNAVAILABLE)):
            raise error
        log.error("Board %s: our own code failed over a deed", self.board.id, exc_info=error)
        return OUR_FAULT

    async def _with_present_rights(self, tickets: list[Ticket]) -> tuple[list[OpRequest], int]:
        now = await self.present_rights({ticket.login for ticket in tickets})
        return present_rights.as_now(tickets, now), now.epoch

    async def present_rights(self, logins: Collection[str]) -> present_rights.PresentRights:
        """The board, or its space, may have been archived: then the rest is decided by that as well."""
        async with self.db.read(self._patience.limit, of_board=True) as tx:
            now = await present_rights.read(tx, self.board.space, self.board.id, logins)
        self.current.set_state(now.state, now.space_state, now.set_up)
        return now

    async def write(self, work: Callable[[SyncTx], T]) -> T:
        """See `Database.run_short_write`; it may take as long as the present try."""
        limit, checked = self._patience.limit, self._patience.is_again
        return await self._precedence.write(work, self, limit, checked=checked)

    async def catch_up(self) -> None:
        quick = not self._patience.is_again
        async with self.db.read(self._patience.limit, quick=quick, of_board=True) as tx:
            await self.read_news(tx)

    async def read_news(self, tx: Tx) -> None:
        """Know what other processes have stored, and tell of it. Raises store.Missing."""
        before = self.board
        board = await store.catch_up(tx, before)
        clashes = await store.clashes(tx, board, before.seq)
        touched = [id for id, item in board.items.items() if item.seq > before.seq]
        self.current.set_state(board.state, self.current.space_state, board.set_up)
        self._advance(board, touched, clashes)
        self._tell(self.listener.tell_changes, before, None)
        for _, clash in clashes:  # the one whose words were there before may be here
            self._tell(self.listener.tell_clash, clash)

    def _advance(self, board: Board, touched: Collection[str], clashes: Clashes = ()) -> None:
        """Whoever learns that words were taken out rings: whoever stored that may have ended before."""
        words_moved = has_moved(self.board, board, touched)
        self.current.advance(board, touched, clashes)
        if words_moved:
            self.ring(f"{WORDS}:{board.id}", board.seq)
        self.committed = max(self.committed, board.seq)
        self._advanced.set()
        self._advanced = asyncio.Event()

    def _tell(self, tell: Callable[..., None], *what: object) -> None:
        """What is stored holds, whatever goes wrong while others are told of it (rule S5)."""
        try:
            tell(*what)
        except Exception:
            log.exception("Board %s: not everybody could be told of what is stored", self.board.id)
