"""The same world, where the log is thinned out and ends, and old answers are forgotten, while people write.

What is said in `world` holds here too. What an answer that is gone was about may or may not have been done;
whoever asks for it again is told so, once, and nothing is done twice.
"""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import msgspec

from app.boards.core.board import Board, Inverse
from app.boards.core.delivery import can_resume
from app.boards.core.group_commit import FORGOTTEN, ClientKey, OpResult, forgotten
from app.boards.core.words.log_words import LogEntry
from app.boards.core.words.thinning import Version, rewritten, texts_of, thinned
from tests.simulator import server
from tests.simulator.client import Client
from tests.simulator.mistakes import Mistake
from tests.simulator.store import Row
from tests.simulator.world import World

_inverse = msgspec.json.Decoder(tuple[Inverse, ...])
_result = msgspec.json.Decoder(OpResult)


class Answers(dict[tuple[ClientKey, int], OpResult]):
    """What clients were answered; for an n that was answered so long ago that this is gone, that it is."""

    def __init__(self, *, silent: bool) -> None:
        super().__init__()
        self.silent = silent

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key, default if self.silent else forgotten(key[1]))


class HorizonWorld(World):
    def __init__(self, seed: int, mistake: Mistake | None = None) -> None:
        super().__init__(seed, mistake)
        self.answers = Answers(silent=mistake is Mistake.FORGOTTEN_IS_SILENT)
        self.store.outcomes = self.answers
        self.versions: list[Version] = []  # that the thinned part of the log has
        self.thinned = self.ended = 0  # up to which deed

    def run(self) -> None:
        if self.mistake is not Mistake.RESUME_ACROSS_A_HORIZON:
            super().run()
            return
        with patch.object(server, "can_resume", _without_floor):
            super().run()

    def _acts(self) -> list[tuple[Callable[[], None], int]]:
        return [
            *super()._acts(),
            (self._thin, 4),
            (self._end, 4),
            (self._forget, 4),
            (self._forget_refusals, 2),
        ]

    def _thin(self) -> None:
        """All that is older than what any process is about to do; the whole of it is one stretch."""
        to = min(each.board.seq for each in self.servers)
        entries = {row.seq: self._entry(row) for row in self.store.log if self.ended < row.seq <= to}
        people = {row.seq: row.person for row in self.store.log}
        new = [seq for seq in entries if seq > self.thinned]
        found = [Version(*text, seq, people[seq], 0.0) for seq in new for text in texts_of(entries[seq])]
        what = thinned([*(one for one in self.versions if one.seq > self.ended), *found])
        for entry in rewritten(entries, what):
            self.store.inverses[entry.seq] = (people[entry.seq], _inverse.decode(entry.inverse))
        self.versions, self.thinned = list(what.kept), max(self.thinned, to)

    def _entry(self, row: Row) -> LogEntry:
        inverse = self.store.inverses[row.seq][1]
        result = dict.get(self.answers, ((row.person, row.client), row.n or 0), OpResult(row.n))
        return LogEntry(row.seq, *(msgspec.json.encode(one).decode() for one in (row.op, inverse, result)))

    def _end(self) -> None:
        """The log ends at some deed of long ago."""
        to = self.random.randrange(1 + min(each.board.seq for each in self.servers))
        self.ended = max(self.ended, to)
        for row in self.store.log:
            if row.seq <= self.ended:
                self.store.inverses.pop(row.seq, None)
                self.answers.pop(((row.person, row.client), row.n or 0), None)

    def _forget_refusals(self) -> None:
        for key in [key for key, result in self.answers.items() if result.code]:
            del self.answers[key]

    def _client(self, person: str, tab: str) -> Client:
        return Patient(person, tab, self.random, self.mistake)

    def _judge_answer(self, client: Client, n: int, outcome: OpResult, row: Row | None) -> None:
        if outcome.say != FORGOTTEN:
            super()._judge_answer(client, n, outcome, row)


class Patient(Client):
    """A tab that may come back when its answers are gone."""

    def _answer(self, outcome: OpResult) -> None:
        if outcome.say != FORGOTTEN:
            super()._answer(outcome)
            return
        self.queue = [entry for entry in self.queue if entry.n != outcome.n]
        self.answered[outcome.n or 0] = outcome  # nobody knows what became of it: no line of the history


def _without_floor(board: Board, cursor: int, then: str | None, now: str) -> bool:
    return can_resume(msgspec.structs.replace(board, floor=0), cursor, then, now)
