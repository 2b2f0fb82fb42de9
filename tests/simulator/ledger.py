"""Every word that was typed, and where each must be in the end: no word is lost or made up without a word."""

from msgspec import Struct

from app.boards.core.group_commit import OpResult
from app.boards.core.ops import EditCard
from tests.simulator.client import Client, Entry
from tests.simulator.store import Store
from tests.simulator.texts import only_adds, words_of


class Typed(Struct, frozen=True):
    """Who typed a word, and into which card."""

    person: str
    card: str


class Ledger:
    def __init__(self) -> None:
        self.typed: dict[str, Typed] = {}
        self.given = set[str]()  # what stood there from the beginning
        self.removed = set[str]()  # by somebody's own hand
        self.quoted = set[tuple[str, str]]()  # by (person, word): taken over from another's text on purpose
        self.made_up: list[str] = []

    # -- while it happens --------------------------------------------------------------------------

    def edited(self, person: str, card: str, before: str, after: str) -> None:
        """Somebody has changed the text in their box."""
        for word in words_of(after) - words_of(before):
            self.typed.setdefault(word, Typed(person, card))
        self.removed |= words_of(before) - words_of(after)

    def chosen(self, person: str, before: str, after: str) -> None:
        """Somebody has chosen between two versions."""
        self.quoted |= {(person, word) for word in words_of(after)}
        self.removed |= words_of(before) - words_of(after)

    def shown(self, text: str) -> None:
        """This text is on the board."""
        self.made_up += sorted(words_of(text) - set(self.typed) - self.given)

    # -- at the end --------------------------------------------------------------------------------

    def judge(self, store: Store, clients: list[Client], places: dict[str, set[str]]) -> None:
        """`places` has, by person, the words that are in a box of theirs or kept for them."""
        assert not self.made_up, f"Words that nobody wrote: {self.made_up[:3]}"
        for client in clients:
            for entry in client.asked.values():
                self._judge_sender(client.person, entry)
            for n, result in client.answered.items():
                _judge_clash(client.asked[n], result)
        told = set().union(*(_told(result) for result in store.outcomes.values()))
        fine = self.removed | told
        lost = [
            f"{word} of {typed.person}"
            for word, typed in self.typed.items()
            if word not in fine and not self._has_place(word, typed, store, places.get(typed.person, set()))
        ]
        assert not lost, f"Words without a place: {lost[:3]}"

    def _has_place(self, word: str, typed: Typed, store: Store, places: set[str]) -> bool:
        item = store.items.get(typed.card)
        if item is None and typed.card in store.born:
            return True  # cleared away with its card, thirty days after somebody removed it
        return word in places or (item is not None and word in words_of(item.fields["text"]))

    def _judge_sender(self, person: str, entry: Entry) -> None:
        text = getattr(entry.op, "text", None)
        if not isinstance(text, str) or entry.read is None:
            return
        for word in words_of(text) - words_of(entry.read.get("text", "")):
            typed = self.typed.get(word)
            own = typed is None or typed.person == person or (person, word) in self.quoted
            assert own, f"{person} sent {word}, which is somebody else's"


def _told(result: OpResult) -> set[str]:
    """Words that gave way to others, of which both people are told."""
    clash = result.conflict
    return words_of(clash["theirs"]) - words_of(clash["yours"]) if clash else set()


def _judge_clash(entry: Entry, result: OpResult) -> None:
    """Where both only add nothing clashes."""
    if result.conflict is None or entry.read is None or not isinstance(entry.op, EditCard):
        return
    read, clash = entry.read["text"], result.conflict
    only_added = only_adds(read, clash["yours"]) and only_adds(read, clash["theirs"])
    assert not only_added, f"Two who only added were told that they clash: {result.conflict}"
