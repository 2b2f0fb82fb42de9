"""A client that types: a text box that others' words come into, and words that cannot be saved.

Follows the rules of texts and of words that stay (T2, T3, C3, C9), as the page does.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from msgspec import Struct

from app.access import Code
from app.boards.core.group_commit import OpResult
from app.boards.core.ops import EditCard, Op, Undo
from app.boards.core.text.merge3 import merge
from tests.simulator.client import Client, Entry
from tests.simulator.ledger import Ledger
from tests.simulator.mistakes import Mistake
from tests.simulator.texts import words_of
from tests.simulator.wire import Bye, Changes, Pong, Send, Welcome

TRIES = 3  # how often an op may break the connection


class Box(Struct):
    """A text box on a card: what stands in it, and what that is a change of."""

    card: str
    text: str
    read: str
    base: int

    @property
    def is_unsent(self) -> bool:
        return self.text != self.read


class Draft(Struct, frozen=True):
    """Words that are not saved, and whose they are."""

    person: str
    words: str


class Writer(Client):
    def __init__(
        self,
        person: str,
        name: str,
        random: Random,
        mistake: Mistake | None,
        ledger: Ledger,
        shared: list[str],
    ) -> None:
        super().__init__(person, name, random, mistake)
        self.ledger = ledger
        self.shared = shared  # the cards that are written in boxes, and in nothing else
        self.box: Box | None = None
        self.says_read = person != "dan"  # else only the `base`, as forms do
        self.locked = False
        self.was_told_to_go = False
        self.unsaved: list[Draft] = []
        self.clashes: list[dict[str, str]] = []
        self.breaks = 0  # of the connection, with something of ours on its way, since the last answer

    # -- what the person types ---------------------------------------------------------------------

    def open(self, card: str) -> None:
        """The box of another card; the one before is left, and so sent."""
        self.leave()
        view = self.replica.get(card)
        if view is not None and not self._is_sending(card):
            text = view.fields["text"]
            self.box = Box(card, text, text, view.seq)

    def type(self, change: Callable[[str], str]) -> None:
        if self.box is None:
            return
        after = change(self.box.text)
        self.ledger.edited(self.person, self.box.card, self.box.text, after)
        self.box.text = after

    def say(self) -> None:
        """What is typed is sent, if it can be."""
        box = self.box
        if box is None or not box.is_unsent or self.locked or self.out:
            return
        op = EditCard(box.card, text=box.text)
        read = {"text": box.read} if self.says_read else None
        box.read = box.text
        if not self._merged(op):
            self._enqueue(op, box.base, read)

    def leave(self) -> None:
        """The box is closed: its words are sent, or under "Not saved"."""
        self.say()
        if self.box is not None and self.box.is_unsent:
            self._keep(self.box.text)
        self.box = None

    def choose(self, choice: str) -> None:
        """Between the two versions of the oldest clash; done to the text as it stands now (rule T2)."""
        if not self.clashes or self._is_sending(self.clashes[0]["id"]):
            return
        clash = self.clashes.pop(0)
        view = self.replica.get(clash["id"])
        if view is None:
            return
        yours, theirs, now = clash["yours"], clash["theirs"], view.fields["text"]
        if self.mistake is Mistake.CHOICE_OVERWRITES:
            self.ledger.chosen(self.person, yours, f"{yours}\n{theirs}")
            self._enqueue(EditCard(view.id, text=f"{yours}\n{theirs}"), None)
            return
        text = f"{now}\n{theirs}" if choice == "both" else merge(yours, theirs, now)
        if text is not None and text != now:
            self.ledger.chosen(self.person, now, text)
            self._enqueue(EditCard(view.id, text=text), view.seq, {"text": now})

    def _may_wish(self, op: Op) -> bool:
        return not self._is_box_op(op)

    def _is_box_op(self, op: Op | Undo) -> bool:
        return isinstance(op, EditCard) and isinstance(op.text, str) and op.id in self.shared

    def _is_sending(self, card: str) -> bool:
        return any(isinstance(entry.op, EditCard) and entry.op.id == card for entry in self.queue)

    # -- what comes in -----------------------------------------------------------------------------

    def hear(self, message: Any) -> None:
        super().hear(message)
        if isinstance(message, Welcome | Changes | Pong):
            self._lock(locked=message.locked)
        if isinstance(message, Bye):
            self.was_told_to_go = True
            self.leave()
        self._take_in()

    def turned_away(self) -> None:
        """Something on the way answers 403, and does not name the board."""
        if self.mistake is Mistake.PROXY_ENDS_BOARD:
            self.out = True
        self._hang_up()

    def _lock(self, *, locked: bool) -> None:
        self.locked = locked
        if locked and self.mistake is Mistake.ARCHIVE_DROPS_WORDS:
            self.box = None

    def _take_in(self) -> None:
        """Others' words come into the box where they fit; else they stand beside it (rule T3)."""
        box = self.box
        if box is None or self._is_sending(box.card) or not self.welcomed:
            return
        view = self.replica.get(box.card)
        if view is None:
            self._lose_card(box)
            return
        now = view.fields["text"]
        text = merge(box.read, box.text, now)
        if self.mistake is Mistake.READ_AHEAD and text is not None:
            text = box.text
        if text is not None:
            box.text, box.read, box.base = text, now, view.seq

    def _lose_card(self, box: Box) -> None:
        if box.is_unsent and self.mistake is not Mistake.REMOVAL_DROPS_WORDS:
            self._keep(box.text)
        self.box = None

    def _keep(self, text: str) -> None:
        """Under "Not saved"."""
        self.unsaved.append(Draft(self.person, text))

    def _answer(self, outcome: OpResult) -> None:
        entry = next((entry for entry in self.queue if entry.n == outcome.n), None)
        super()._answer(outcome)
        if entry is None:
            return
        self.breaks = 0
        if self._is_box_op(entry.op) and outcome.seq in self.deeds:
            self.deeds.remove(outcome.seq)
        if self._is_box_op(entry.op) and outcome.conflict is not None:
            self.clashes.append(outcome.conflict)
        text = getattr(entry.op, "text", None)
        if outcome.code and isinstance(text, str) and self.mistake is not Mistake.REFUSED_WORDS_DROPPED:
            self._keep(text)
        if outcome.code == Code.LOCKED:
            self._lock(locked=True)
        self.send()

    # -- the connection ----------------------------------------------------------------------------

    def lost(self) -> None:
        on_the_way = [entry for entry in self.queue if entry.sent]
        if on_the_way and self._is_careful:
            on_the_way[0].failed += 1
        self.breaks += 1 if on_the_way else 0
        super().lost()

    def reload(self, *, keep: bool) -> None:
        if self.mistake is Mistake.RELOAD_DROPS_WORDS:
            self.box = None
        self.leave()
        super().reload(keep=keep)

    @property
    def _is_careful(self) -> bool:
        """Whether one op at a time goes out, to find the one that breaks the connection (rule C3)."""
        return self.breaks >= TRIES and self.mistake is not Mistake.ONE_HOLDS_UP_ALL

    def _ready(self) -> list[Entry]:
        return self.queue[:1] if self._is_careful else self.queue

    def _message(self, n: int, entry: Entry) -> Send:
        if entry.failed >= TRIES:
            return Send(n, None, None)
        return super()._message(n, entry)

    def words(self) -> set[str]:
        """All that is in the box, waits to be sent, or is not saved."""
        box = words_of(self.box.text) if self.box else set()
        return box | words_kept(self.queue, self.unsaved)


def words_kept(queue: list[Entry], unsaved: list[Draft]) -> set[str]:
    texts = [*(draft.words for draft in unsaved), *(getattr(entry.op, "text", None) for entry in queue)]
    return set().union(*(words_of(text) for text in texts if isinstance(text, str)))
