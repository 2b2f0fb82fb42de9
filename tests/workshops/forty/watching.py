"""Who looks on while a whole agenda is played, lets things go wrong, and judges what anybody was given."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser

from app.boards.core.board import Board
from app.boards.core.stage.read import notes_of, phases_of, present_phase
from app.people import actions as people
from app.people import store
from app.rehearse.workshop.minds import Act, Question
from app.rehearse.workshop.play import Played
from app.rehearse.workshop.pretend import PretendPhone
from tests.support.server import Server
from tests.support.until import until
from tests.workshops.forty.screens import NOBODY, Screens, doors_of, lasting, loaded

LOST = 10  # phones that lose their line
QUICK = 5.0  # seconds, after which people as fast as these had all answered before
GONE = 120.0  # seconds of the workshop's clock for which nobody leads
LOOKS = 1  # private steps, and votes, at which every door is tried


@dataclass
class Watch:
    """All screens of a workshop; with `breaks` the server is killed, lines are lost, and nobody leads."""

    server: Server
    breaks: bool = False
    browser: Browser | None = None
    screens: Screens = field(default_factory=Screens)
    heard: dict[int, list[bytes]] = field(default_factory=dict)
    authors: dict[str, int] = field(default_factory=dict)  # of notes, by their beginning
    choices: set[str] = field(default_factory=set)
    held: dict[int, list[tuple[Act, Question]]] = field(default_factory=dict)
    judged = private = votes = kills = gone = lost = 0

    # -- while it is played ----------------------------------------------------------------------------

    async def during(self, played: Played) -> None:
        if played.number == 0:
            await self.screens.open(played, self.browser)
            for phone in played.phones:
                self._listen_to(phone)
        of = played.question
        if of is None:
            return
        phase = present_phase(await played.lead.board())
        if of.things:
            await self._vote(played)
        elif self.breaks and self.gone == 0 and phase and phase.write == "private" and phase.kept:
            await self._nobody_leads(played, of)

    async def _nobody_leads(self, played: Played, of: Question) -> None:
        """The facilitator is signed out and away until two minutes after the time is over.

        Meanwhile ten phones lose their line with words on it, and the server is killed; all of it is answered
        before anybody is back.
        """
        lead, loop = played.lead, asyncio.get_running_loop()
        over = loop.time() + (of.minutes * 60 + GONE) / played.asked.speed
        kept, lead.cookies = dict(lead.cookies), {}
        for line in self.screens.lines[:2]:
            line.lose_line()
        async with lead.db.write() as tx:
            await store.end_logins(tx, lead.copied.lead)
        await self._go_wrong(played)
        await until(lambda: loop.time() > over, 120, "two minutes are over")
        await until(lambda: all(phone.settled for phone in played.phones), 40, "all is answered")
        now = present_phase(await lead.board())
        assert now is not None
        assert now.id == of.phase, "nobody has moved on"
        async with lead.db.write() as tx:
            token = await people.start_session(tx, lead.copied.lead, "Another laptop", shared=True)
        lead.cookies = dict.fromkeys((name for name in kept if name.endswith("session")), token)
        for line in self.screens.lines[:2]:
            line.cookie = lead.cookie
            line.come_back()
        await self.screens.signed_in_again(f"{self.server.url}{lead.console}", lead.cookie)
        console = await loaded(played, lead.cookie, [lead.console])
        assert of.phase in console[lead.console], "the console is where it was"
        self.gone += 1

    async def _go_wrong(self, played: Played) -> None:
        """Ten lose their line, with words or dots on it; then the server is killed."""
        lost, tally = played.phones[:LOST], played.phones[0].workshop.tally
        before, late = len(tally.note_ns) + len(tally.dot_ns), asyncio.get_running_loop().time() + QUICK
        self._let_vote(played.phones[: 2 * LOST])
        for one in lost:
            one.lose_line()

        def amid_answers() -> bool:
            some = len(tally.note_ns) + len(tally.dot_ns) > before + 5
            return some or asyncio.get_running_loop().time() > late

        await until(amid_answers, 20, "some have answered, or all had before")
        self._let_vote(played.phones)
        if self.kills == 0:
            self.kills += 1
            await self.server.kill9()
            await self.server.start()
        for one in lost:
            one.come_back()
        await until(lambda: all(one.line is not None for one in played.phones), 20, "all are back")
        self.lost += len(lost)

    async def _vote(self, played: Played) -> None:
        """While it is open no page of anybody else changes by a dot, but for how many have voted."""
        lead = played.lead
        look = self.votes < LOOKS
        doors = doors_of(played, all_of_them=False) if look else []
        before = lasting(await loaded(played, lead.cookie, doors))
        await until(lambda: len(self.held) == len(played.phones), 20, "all have made up their minds")
        await until(lambda: all(self._done(one) for one in self.held.values()), 20, "of all of it")
        if self.breaks:
            await self._go_wrong(played)
        self._let_vote(played.phones)
        await until(lambda: self._all_voted(played), 40, "all have voted")
        after = lasting(await loaded(played, lead.cookie, doors))
        changed = {door: lines ^ before[door] for door, lines in after.items() if lines != before[door]}
        assert changed == {}, f"an open vote is to be seen: {changed}"
        self.votes += 1

    def _done(self, held: list[tuple[Act, Question]]) -> bool:
        return held[-1][0].do == "finish"

    def _all_voted(self, played: Played) -> bool:
        of, dots = played.question, played.phones[0].workshop.tally.dots
        return of is not None and len({person for person, _ in dots.get(of.phase, {})}) == len(played.phones)

    def _let_vote(self, phones: Sequence[PretendPhone]) -> None:
        """Dots are held back until all has been looked at as it is without any."""
        for phone in phones:
            for one, of in self.held.pop(phone.number, []):
                PretendPhone.act(phone, one, of)

    def _listen_to(self, phone: PretendPhone) -> None:
        """Note down what it is sent, and what its person writes and chooses."""
        heard, receive, act = self.heard.setdefault(phone.number, []), phone.receive, phone.act

        def hears(payload: bytes) -> None:
            heard.append(payload)
            receive(payload)

        def acts(one: Act, of: Question) -> None:
            if one.do == "note":
                self.authors[one.id[:8]] = phone.number
            self.choices |= {one.choice} if len(one.choice) > 2 else set()
            if of.things:
                self.held.setdefault(phone.number, []).append((one, of))
            else:
                act(one, of)

        phone.receive, phone.act = hears, acts  # type: ignore[method-assign]

    # -- judging ---------------------------------------------------------------------------------------

    async def after(self, played: Played) -> None:
        """What is private now always was: nobody else was sent it, on no screen, and nobody can load it."""
        board = await played.lead.board()
        if now := present_phase(board):
            await self.screens.at_phase(now.id)
        private = private_in(board)
        self.private += len(private)
        heard = [(reader, b"\n".join(payloads)) for reader, payloads in self.heard.items()]
        for reader, told in [*heard, *await self.screens.told()]:
            found = [one for one in private if self.authors[one] != reader and one.encode() in told]
            assert found == [], f"{found} on a screen of {reader} after step {played.number}"
            assert b'"choice":' not in told, "nobody is sent what others chose"
        if private and self.judged < LOOKS:
            await self._look(played, private)
        log = self.server.log
        assert [one for one in (*self.authors, *self.choices) if one in log] == []

    async def _look(self, played: Played, private: set[str]) -> None:
        """Through each door, as who leads and as somebody who takes part."""
        self.judged += 1
        last = played.phones[-1]
        for reader, cookie in ((NOBODY, played.lead.cookie), (last.number, last.cookie)):
            for door, told in (await loaded(played, cookie, doors_of(played, all_of_them=True))).items():
                assert [one for one in private if self.authors[one] != reader and one in told] == [], door


def private_in(board: Board) -> set[str]:
    """The beginnings of the notes that nobody has revealed."""
    notes: list[Any] = notes_of(board, tuple(phase.id for phase in phases_of(board)))
    return {note.id[:8] for note in notes if note.shown is None}
