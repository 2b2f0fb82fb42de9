"""Trying a workshop on the server itself: pretend people come to a copy and act at the pace of people.

The facilitator leads it from their console. It ends when they end it, when they stay away, after two hours,
or with the process; then the copy is removed.
"""

import logging
from asyncio import CancelledError, sleep
from collections import deque
from datetime import timedelta
from random import Random
from time import monotonic

from msgspec import Struct

from app.access import Actor, Code, Refused, Role
from app.boards.core.board import Board
from app.boards.core.ops import AddCard
from app.boards.core.stage.votes import Cast
from app.boards.live import actions as live
from app.boards.live.rooms import Rooms
from app.boards.live.stage.casts import CastTicket
from app.boards.storage import look_store
from app.boards.storage.store import Missing
from app.config import Config
from app.db import Database, DatabaseFault, now
from app.people import actions as people
from app.rehearse.workshop import copied as copies
from app.rehearse.workshop import minds, words
from app.rehearse.workshop.copied import Copied
from app.spaces import seats
from app.spaces.actions import Ring
from app.spaces.joining import join
from app.spaces.joining.join import Browser
from app.spaces.rules import GuestForm
from app.supervision import Tasks, rounds

PEOPLE = 24  # at most copies.MOST_PEOPLE
AT_ONCE = 5  # workshops that are tried on one process
LOOK_EVERY = 0.5  # seconds
HOLD_EVERY, SEEN_EVERY, LAPSED_EVERY = 10.0, 45.0, 10.0
COMES_EVERY = (0.3, 2.5)  # seconds from one who joins to the next
LONGEST, AWAY_FOR = timedelta(hours=2), timedelta(minutes=15)  # then it ends by itself
BUSY = "Several workshops are being tried out on this server just now. Try again in a while."
AWAY = (DatabaseFault, OSError, TimeoutError)

log = logging.getLogger(__name__)


class TryOuts:
    """The workshops that are tried on this process."""

    def __init__(self, db: Database, rooms: Rooms, ring: Ring, config: Config, tasks: Tasks) -> None:
        self.db, self.rooms, self.ring, self.config, self.tasks = db, rooms, ring, config, tasks
        self.running: dict[str, TryOut] = {}
        self.speed = 1.0  # how much faster than people: for tests

    async def make(self, space_id: str, workshop_id: str, lead: str) -> Copied:
        """A copy for this person to lead. Raises Refused."""
        if len(self.running) >= AT_ONCE:
            raise Refused(Code.UNAVAILABLE, BUSY)
        copied = await copies.make(self.db, space_id, workshop_id, lead)
        one = self.running[copied.space] = TryOut(self, copied)
        self.tasks.start(f"trying workshop {copied.workshop}", one.run(), one.ended)
        return copied

    async def remove_lapsed(self) -> None:
        """For ever: what nobody holds any more is removed, at start and then every few seconds."""
        what = "Workshops that were tried out"
        await rounds(lambda: copies.remove_lapsed(self.db), first=0.0, every=LAPSED_EVERY, what=what)

    async def end(self, space_id: str) -> None:
        """Remove the copy, wherever it is played: those who look at it are told that it is gone."""
        await copies.remove(self.db, space_id)
        self.ring(seats.topic(space_id), 0)
        self.rooms.wake(seats.topic(space_id), 0)


class Pretend(Struct):
    """A pretend person who has come, and what they are still to do: when, and what."""

    number: int
    actor: Actor
    plan: deque[tuple[float, minds.Act]]


class TryOut:
    """One workshop while it is tried."""

    def __init__(self, of: TryOuts, copied: Copied) -> None:
        self.of, self.copied, self.began = of, copied, now()
        self.chance = Random(copied.workshop)
        self.seed = self.chance.randrange(1 << 30)
        self.here: list[Pretend] = []
        self.question: minds.Question | None = None
        self.asked = 0  # questions so far
        self.asked_at = 0.0
        self._due = {"hold": 0.0, "seen": 0.0, "come": 0.0}

    async def run(self) -> None:
        """Until it is over; what is left of the copy is removed in any case."""
        try:
            goes_on = True
            while goes_on:
                await sleep(LOOK_EVERY)
                goes_on = await self._round()
        finally:
            await self._remove()

    def clock(self) -> float:
        """Seconds, as pretend people count them."""
        return monotonic() * self.of.speed

    def ended(self) -> None:
        self.of.running.pop(self.copied.space, None)

    async def _remove(self) -> None:
        try:
            await self.of.end(self.copied.space)
        except (*AWAY, CancelledError):  # it lapses, and is removed by any process
            log.warning("Workshop %s was tried out; its copy is left to lapse", self.copied.workshop)

    async def _round(self) -> bool:
        """What is due now; False once it is over. While the database is away nobody does anything."""
        try:
            if self._is_due("hold", HOLD_EVERY) and not await self._goes_on():
                return False
            board = (await self.of.rooms.open(self.copied.board)).room.board
            if len(self.here) < PEOPLE and self._is_due("come", self.chance.uniform(*COMES_EVERY)):
                await self._come()
            if self._is_due("seen", SEEN_EVERY):
                for one in self.here:
                    self.of.rooms.looks.glance(board.id, one.actor.person, board.seq)
            await self._act(board)
        except Missing:
            return False
        except AWAY as away:
            log.warning("A workshop that is tried out waits: %s", type(away).__name__)
        return True

    def _is_due(self, what: str, every: float) -> bool:
        at = self.clock()
        if at < self._due[what]:
            return False
        self._due[what] = at + every
        return True

    async def _goes_on(self) -> bool:
        """Keep the copy; False where it is gone, took too long, or nobody leads it any more."""
        at = now()
        if at - self.began > LONGEST or not await copies.hold(self.of.db, self.copied):
            return False
        if at - self.began < AWAY_FOR:
            return True
        async with self.of.db.read() as tx:
            seen = await tx.run_sync(look_store.seen_since, self.copied.board, at, at - AWAY_FOR)
        return self.copied.lead in seen

    async def _come(self) -> None:
        """One more joins by the code."""
        number, houses = len(self.here), self.copied.organisations
        guest = GuestForm(words.name(number), houses[number % len(houses)])
        browser = Browser("A pretend phone", shared=True)
        joined = await join.join(self.of.db, self.of.ring, self.copied.code, guest, None, browser)
        if joined is None or joined.token is None:
            raise Missing
        async with self.of.db.read() as tx:
            person = await people.person_of(tx, joined.token)
        one = Pretend(number, Actor(Role.GUEST, person), deque())
        self.here.append(one)
        self.of.rooms.looks.glance(self.copied.board, person, 0)
        self._plan(one)

    async def _act(self, board: Board) -> None:
        """Who has something to do by now does it."""
        of = minds.asked(board)
        if (of.phase if of else None) != (self.question.phase if self.question else None):
            self.question, self.asked, self.asked_at = of, self.asked + 1, self.clock()
            for one in self.here:
                self._plan(one)
        elif of is not None:
            self.question = of
        for one in self.here:
            while one.plan and one.plan[0][0] <= self.clock():
                await self._do(one, one.plan.popleft()[1])

    def _plan(self, one: Pretend) -> None:
        """Who comes late has as long as the others had."""
        one.plan.clear()
        if self.question is not None:
            begins = max(self.asked_at, self.clock())
            acts = minds.acts(self.question, self.asked, one.number, self.seed)
            one.plan.extend((begins + act.after, act) for act in acts)

    async def _do(self, one: Pretend, act: minds.Act) -> None:
        """As that person; what is refused, since the workshop has moved on, is let go."""
        of, board_id = self.question, self.copied.board
        if of is None:
            return
        if act.do == "note":
            op = AddCard(act.id, of.kind, act.text, act.section, phase=of.phase)
            await live.act(self.of.rooms, board_id, None, [live.request(one.actor, op)])
            return
        cast = Cast(of.phase, act.slot, act.choice if act.do == "dot" else "yes")
        room = (await self.of.rooms.open(board_id)).room
        room.submit(CastTicket(one.actor, "", None, cast, lambda refused: None))
