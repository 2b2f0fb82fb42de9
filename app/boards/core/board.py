"""What a board is: items by id, their order, and what hangs on what. Values only; nothing here decides."""

from collections.abc import Mapping
from typing import Any

from immutables import Map
from msgspec import Struct

from app.access import Actor, Role, State
from app.boards.core.ops import Doing

OUTSIDE = ""  # the order of cards that lie in no section
SECTIONS = "#"  # the order of the sections themselves
THEMES = "%"  # the order of the themes of a workshop
LISTS = {"section": SECTIONS, "theme": THEMES}


class TextVersion(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A text as one client left it: what a later merge compares with, and what a clash keeps."""

    field: str
    seq: int
    by: str
    client: str  # that wrote it; "" when the server merged two
    text: str


class Withheld(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that were taken out, while they can still be put back: by whom, of which organisation, when."""

    text: str
    by: str
    organisation: str | None
    at: float


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """A card, section, link or comment. All numbers but `at` (unix seconds) are the seq of a deed.

    `seq` last changed it, `born` made it, `rev` last set each field. `stands` names, for a field that an undo
    set back, the deed whose value it has again. Since `shown` everyone may see it, None for a draft;
    `removed` took it away. `authored` has the author's own words while a card shows words of somebody else.
    """

    id: str
    item: str
    seq: int
    born: int
    owner: str
    at: float
    fields: dict[str, Any]
    rev: dict[str, int]
    shown: int | None = None
    removed: int | None = None
    stands: dict[str, int] = {}
    versions: tuple[TextVersion, ...] = ()
    withheld: Withheld | None = None  # nobody is shown it
    authored: TextVersion | None = None
    held: tuple[str, ...] = ()  # of a removed section: the cards that lay in it, others' drafts too


class SetUp(Struct, frozen=True):
    """Who may change a board's sections: everyone who writes, or once `locked` those who may set it up.

    Those are its stewards and, unless `by_members` is False, its members.
    """

    locked: bool = False
    by_members: bool = True


Key = tuple[str, str]  # (order, id): ties are broken by id


class Board(Struct, frozen=True):
    """A board at one moment. `items` holds removed ones too, the indexes those that everyone may see now."""

    id: str
    space: str
    seq: int = 0
    state: State = State.OPEN
    set_up: SetUp = SetUp()
    floor: int = 0  # the last deed whose tombstones are gone
    epoch: int = 0  # rises when what people may see changes: who comes back from before needs all of it
    items: Map[str, Item] = Map()
    order: Map[str, tuple[Key, ...]] = Map()
    attached: Map[str, tuple[str, ...]] = Map()  # card -> its links and comments, removed ones too
    drafts: Map[str, tuple[str, ...]] = Map()  # person -> own live drafts
    wrote: Map[str, int] = Map()  # person -> how many of the items are theirs, removed ones too
    stage: str = ""  # the newest stage, running or ended
    cards: int = 0  # live and shown: drafts count for their owner alone, or a full board would tell
    live: int = 0


class Inverse(Struct, frozen=True, array_like=True):
    """How to take one field of a deed back. Of the field `removed` the value says whether to remove."""

    id: str
    field: str
    value: Any
    stood: int  # the deed that had set this value


class Outside(Struct, frozen=True):
    """What a deed needs to know that is not on the board, as its transaction found it.

    `chance` are random bytes, for a reveal; `roles` those of the people whom ops name; `counts` what the
    ballots of a phase come to, for an op that closes its vote.
    """

    chance: bytes = b""
    roles: Mapping[str, Role] = {}
    counts: Mapping[str, Any] = {}


class Deed(Struct, frozen=True):
    """An op with who does it, by which client, when (unix seconds), and the seq they had read (`base`).

    `read` has, by field, the texts that theirs were made of, where the client says so. `known` are earlier
    deeds by seq, who did them and how to take them back, for an op that takes back those of somebody else.
    """

    op: Doing
    actor: Actor
    client: str
    at: float
    base: int | None = None
    inverse: tuple[Inverse, ...] = ()  # of the deed that an Undo takes back
    read: dict[str, str] | None = None
    outside: Outside = Outside()
    known: Mapping[int, tuple[str, tuple[Inverse, ...]]] = {}


class Clash(Struct, frozen=True):
    """Two people's texts for one field that could not be merged; both are kept, both people are told."""

    id: str
    field: str
    yours: str
    theirs: str
    other: str  # the person whose text was there before


class BoardChange(Struct, frozen=True):
    """What a deed does: the next board, the ids it touched, how to take it back, what to tell the writer."""

    board: Board
    touched: tuple[str, ...]
    inverse: tuple[Inverse, ...] = ()
    merged: tuple[str, ...] = ()  # fields whose text now has both people's changes
    clash: Clash | None = None
    skipped: int = 0  # fields an undo left alone, because others changed them since
    cleaned: tuple[str, ...] = ()  # fields whose text had characters that cannot be stored
    merged_with: str | None = None  # the person whose changes the merged fields have too
    destroyed: tuple[str, ...] = ()  # items whose earlier words the log must not keep either
    left_out: dict[
        str, str
    ] = {}  # of a batch: what was gone, by id, with its words as far as they may be known


def is_live(item: Item | None) -> bool:
    """Whether it is there and not removed; a draft is live too."""
    return item is not None and item.removed is None


def place_of(item: Item | None) -> tuple[str, str, str] | None:
    """Where an item is in the order: (list, key, id); None when it is in no list."""
    if item is None or item.removed is not None or item.shown is None:
        return None
    if item.item == "card":
        return (item.fields["section"] or OUTSIDE, item.fields["order"], item.id)
    list_ = LISTS.get(item.item)
    return (list_, item.fields["order"], item.id) if list_ else None


def ends_of(item: Item) -> tuple[str, ...]:
    """The cards an item is attached to: two for a link, one for a comment, none for others."""
    if item.item == "link":
        return (item.fields["start"], item.fields["end"])
    return (item.fields["card"],) if item.item == "comment" else ()
