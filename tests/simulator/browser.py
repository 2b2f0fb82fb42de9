"""A browser that several guests use one after the other, and what it keeps of each (rule C7)."""

from collections.abc import Callable

from msgspec import Struct

from tests.simulator.client import Entry
from tests.simulator.mistakes import Mistake
from tests.simulator.writer import Draft, Writer, words_kept


class Kept(Struct):
    """What a guest left: the queue and the words that are not saved."""

    person: str
    queue: list[Entry]
    unsaved: list[Draft]


class Browser:
    def __init__(self, guests: list[Writer], mistake: Mistake | None) -> None:
        self.guests = guests
        self.mistake = mistake
        self.kept: list[Kept] = []
        self.seated = guests[0]
        for other in guests[1:]:
            other.out = True

    def seat(self, person: str, welcome: Callable[[Writer], None]) -> None:
        """The sign-in before is over; now this person sits here, perhaps the same one."""
        before = self.seated
        before.leave()
        if self.mistake is not Mistake.LAPSE_FORGETS_QUEUE:
            self.kept.append(Kept(before.person, before.queue, before.unsaved))
        before.queue, before.unsaved, before.out = [], [], True
        self.seated = next(guest for guest in self.guests if guest.person == person)
        for kept in [kept for kept in self.kept if self._is_for(kept, person)]:
            self.kept.remove(kept)
            self._take(kept)
        self.seated.out = self.seated.was_told_to_go = False
        welcome(self.seated)

    def _is_for(self, kept: Kept, person: str) -> bool:
        return kept.person == person or self.mistake is Mistake.KEPT_WITHOUT_OWNER

    def _take(self, kept: Kept) -> None:
        if kept.person != self.seated.person:
            for entry in kept.queue:
                entry.n = None
        self.seated.queue += kept.queue
        self.seated.unsaved += kept.unsaved

    def words(self, person: str) -> set[str]:
        """What is kept here for this person."""
        own = [kept for kept in self.kept if kept.person == person]
        return set().union(*(words_kept(kept.queue, kept.unsaved) for kept in own))
