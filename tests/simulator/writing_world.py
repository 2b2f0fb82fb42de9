"""The same world, where people also type in each other's texts while boards close, cards go, guests lapse.

What is said in `world` holds here too. Beyond that no word that anybody typed may be lost or made up.
"""

from collections.abc import Callable

from app.access import READERS, Role
from app.boards.core import ops as o
from app.boards.core.sight import View
from tests.boards.play import uid
from tests.simulator.browser import Browser
from tests.simulator.client import Client
from tests.simulator.ledger import Ledger, Typed
from tests.simulator.mistakes import Mistake
from tests.simulator.server import Session
from tests.simulator.texts import TEXTS, with_change, with_less, with_more, words_of
from tests.simulator.wire import Connection, Send
from tests.simulator.world import PEOPLE, TABS, World
from tests.simulator.writer import Writer

SHARED = [uid(2_000_000 + i) for i in range(len(TEXTS))]
FILTERED = "casino"  # a word that the network of one person does not let through
BEHIND_FILTER = "ben"
CHOICES = ("both", "theirs")


class WritingWorld(World):
    """Two guests share a browser; one of them at a time is here."""

    people = {**PEOPLE, "hal": Role.FORMER}
    tabs = {**TABS, "hal1": "hal"}
    calm_rounds = 300  # an op that does not pass is found by trying again and again

    def __init__(self, seed: int, mistake: Mistake | None = None) -> None:
        self.ledger = Ledger()
        self.ledger.given = set().union(*map(words_of, TEXTS))
        self.writers: list[Writer] = []
        super().__init__(seed, mistake)
        guests = [writer for writer in self.writers if writer.person in ("gil", "hal")]
        self.browser = Browser(guests, mistake)

    def _client(self, person: str, tab: str) -> Client:
        writer = Writer(person, tab, self.random, self.mistake, self.ledger, SHARED)
        self.writers.append(writer)
        return writer

    def _begin(self) -> None:
        super()._begin()
        self.clients.append(self.writer)
        for id, text in zip(SHARED, TEXTS, strict=True):
            self.writer.wish(o.AddCard(id, "note", text))
        self._calm()
        self.clients.remove(self.writer)

    def _acts(self) -> list[tuple[Callable[[], None], int]]:
        return [
            *super()._acts(),
            (self._type, 44),
            (self._say, 20),
            (self._open_box, 6),
            (self._choose, 6),
            (self._refuse, 1),
            (self._write_filtered, 1),
            (self._lapse, 3),
            (self._sit_down, 8),
        ]

    # -- what people do ----------------------------------------------------------------------------

    def _some_writer(self) -> Writer:
        return self.random.choice([writer for writer in self.writers if not writer.out])

    def _open_box(self) -> None:
        self._open(self._some_writer())

    def _open(self, writer: Writer) -> None:
        """Readers have no boxes; who becomes one has theirs still."""
        if self.store.roles[writer.person] is not Role.OBSERVER:
            writer.open(self.random.choice(SHARED))

    def _type(self) -> None:
        writer, below = self._some_writer(), self.random.randrange
        if writer.box is None:
            self._open(writer)
        self.words += 1
        number, how = 100 + self.words, below(8)
        if how == 0:
            writer.type(lambda text: with_less(below, text))
        elif how in (1, 2):
            writer.type(lambda text: with_change(below, text, number))
        else:
            writer.type(lambda text: with_more(below, text, number))

    def _say(self) -> None:
        self._some_writer().say()

    def _choose(self) -> None:
        asked = [writer for writer in self.writers if writer.clashes and not writer.out]
        if asked:
            self.random.choice(asked).choose(self.random.choice(CHOICES))

    def _write_filtered(self) -> None:
        """A new card with a word in it that does not pass the network of its writer."""
        writer = next(writer for writer in self.writers if writer.person == BEHIND_FILTER)
        self.words += 1
        id, word = uid(self.words), f"{FILTERED}{self.words}"
        self.ledger.typed[word] = Typed(writer.person, id)
        writer.wish(o.AddCard(id, "note", word))

    # -- what the network does ---------------------------------------------------------------------

    def _arrive(self, line: Connection) -> None:
        text = getattr(line.up[0].op, "text", None) if isinstance(line.up[0], Send) else None
        if line.person == BEHIND_FILTER and isinstance(text, str) and FILTERED in text:
            line.cut()
        else:
            super()._arrive(line)

    def _refuse(self) -> None:
        """A proxy answers 403 for a while."""
        self._some_writer().turned_away()

    # -- guests ------------------------------------------------------------------------------------

    def _change_role(self) -> None:
        """Guests come and go by their hours here."""
        now = self.store.roles["ola"]
        self.store.change_role("ola", Role.MEMBER if now is Role.OBSERVER else Role.OBSERVER)

    def _lapse(self) -> None:
        """The hours of a guest are over."""
        if not self.browser.seated.out:
            self.store.change_role(self.browser.seated.person, Role.FORMER)

    def _sit_down(self) -> None:
        """At a page that says that the sign-in is over: the same guest again, or somebody else."""
        if self.browser.seated.out:
            self.browser.seat(self.random.choice(["gil", "hal"]), self._welcome)

    def _welcome(self, guest: Writer) -> None:
        self.store.change_role(guest.person, Role.GUEST)
        guest.reload(keep=False)
        self.life[guest.name] += 1
        self._connect(guest)

    # -- the calm, and judging ---------------------------------------------------------------------

    def _reconnect_all(self) -> None:
        super()._reconnect_all()
        for writer in self.writers:
            writer.say()
            if not writer.out:
                writer.choose(self.random.choice(CHOICES))

    def _spy(self, session: Session, puts: list[View], dels: list[str]) -> None:
        super()._spy(session, puts, dels)
        for view in puts:
            if view.id in SHARED:
                self.ledger.shown(view.fields["text"])

    def _judge(self) -> None:
        for writer in self.writers:
            allowed = self.store.roles[writer.person] in READERS
            assert writer.was_told_to_go or not writer.out or not allowed, (
                f"{writer.name} is out, and the board never said so"
            )
            owners = {draft.person for draft in writer.unsaved}
            assert owners <= {writer.person}, f"{writer.person} was shown unsaved words of {owners}"
        self.ledger.judge(self.store, self.clients, self._places())
        super()._judge()

    def _places(self) -> dict[str, set[str]]:
        return {
            person: self.browser.words(person).union(
                *(writer.words() for writer in self.writers if writer.person == person)
            )
            for person in self.people
        }
