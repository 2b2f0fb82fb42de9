"""One deed being applied: the board so far, which items were touched, how to take it back."""

from typing import Any

from msgspec import structs

from app.access import Code, Refused
from app.boards.core.board import (
    Board,
    BoardChange,
    Clash,
    Deed,
    Inverse,
    Item,
    TextVersion,
    Withheld,
    ends_of,
)
from app.boards.core.indexes import put
from app.boards.core.layout.taken_spots import TakenSpots
from app.boards.core.ops import Batch, TakeBack
from app.boards.core.sight import see, see_removed, viewer_of
from app.boards.core.words import rewording
from app.boards.core.words.item_texts import first, newest

FIRST_WORDS = 80  # characters
MOST_CHANGES = 40_000  # of items, by all parts of a batch: else one message could keep a board for minutes


NEWER = (
    "A newer version of Throughline wrote this, so it cannot be changed here until that version runs again."
)


class NewerItem(Item, frozen=True):
    """What a newer version wrote and this one cannot read: shown as a box, never written (rule S10)."""


class Changeset:
    """Collects what one deed does; `finish` makes a `BoardChange` of it."""

    def __init__(self, board: Board, deed: Deed) -> None:
        self.board, self.deed, self.seq = board, deed, board.seq + 1
        self.viewer = viewer_of(deed.actor, board)
        self.me = deed.actor.person or ""
        self.touched: dict[str, None] = {}
        self.inverse: list[Inverse] = []
        self.merged: list[str] = []
        self.merged_with: str | None = None
        self.clash: Clash | None = None
        self.skipped = 0
        self.cleaned: list[str] = []
        self.spots = TakenSpots()
        self.left_out: dict[str, str] = {}
        self.destroyed: list[str] = []
        self.changes = 0

    def finish(self) -> BoardChange:
        """All changes together, under the deed's seq."""
        board = structs.replace(self.board, seq=self.seq)
        return BoardChange(
            board,
            tuple(self.touched),
            tuple(self._first_inverses() if isinstance(self.deed.op, Batch | TakeBack) else self.inverse),
            tuple(self.merged),
            self.clash,
            self.skipped,
            tuple(dict.fromkeys(self.cleaned)),
            self.merged_with,
            tuple(self.destroyed),
            self.left_out,
        )

    def raise_epoch(self) -> None:
        """What somebody may see changes by more than single items say: `Board.epoch`."""
        self.board = structs.replace(self.board, epoch=self.board.epoch + 1)

    def visible(self, id: str, *kinds: str) -> Item:
        """The live item `id`, if the person acting sees it. Raises not_found, for hidden and absent alike."""
        item = self.board.items.get(id)
        if item is None or item.item not in kinds or see(self.board, item, self.viewer) is None:
            raise Refused(Code.NOT_FOUND, f"That {kinds[0]} is no longer here.")
        return item

    def item(self, id: str) -> Item:
        return self.board.items[id]

    def add(
        self, id: str, item: str, fields: dict[str, Any], *, shown: bool, owner: str | None = None
    ) -> None:
        """A new item of the kind `item`; without `shown` only its owner sees it, of an `owner` "" nobody."""
        rev = dict.fromkeys((*fields, "removed"), self.seq)
        seq = self.seq
        new = Item(
            id,
            item,
            seq,
            seq,
            self.me if owner is None else owner,
            self.deed.at,
            fields,
            rev,
            seq if shown else None,
            versions=first(fields, self.seq, self.me, self.deed.client),
        )
        self.inverse.append(Inverse(id, "removed", True, 0))
        self._put(new)

    def set(self, item: Item, *versions: TextVersion, **fields: Any) -> Item:
        """Give fields new values; those that stay as they are cost nothing and change no rev.

        `versions` are remembered of the item's texts, the newest few of them; the last says whose they are.
        """
        self._refuse_newer(item)
        changed = {name: value for name, value in fields.items() if item.fields[name] != value}
        if not changed:
            return item
        for name in changed:
            self.inverse.append(Inverse(item.id, name, item.fields[name], origin(item, name)))
        new = structs.replace(
            item,
            fields={**item.fields, **changed},
            rev={**item.rev, **dict.fromkeys(changed, self.seq)},
            stands={k: v for k, v in item.stands.items() if k not in changed} if item.stands else item.stands,
            versions=newest((*item.versions, *versions)) if versions else item.versions,
            authored=rewording.authored(item, versions[-1].by if versions else self.me, changed),
            seq=self.seq,
        )
        self._put(new)
        return new

    def amend(self, item: Item, **fields: Any) -> None:
        """Set fields of an item that this same deed has added: undo takes it away whole."""
        self._put(structs.replace(item, fields={**item.fields, **fields}))

    def set_computed(self, item: Item, **fields: Any) -> None:
        """Set fields that the server computes: undo does not take them back. None removes a field."""
        others = {name: value for name, value in item.fields.items() if name not in fields}
        given = {name: value for name, value in fields.items() if value is not None}
        self._put(structs.replace(item, fields={**others, **given}, seq=self.seq))

    def remove(self, item: Item) -> None:
        self.inverse.append(Inverse(item.id, "removed", False, origin(item, "removed")))
        self._set_removed(item, self.seq)

    def restore(self, item: Item) -> None:
        self.inverse.append(Inverse(item.id, "removed", True, origin(item, "removed")))
        self._set_removed(item, None)

    def note_held(self, section: str, cards: list[str]) -> None:
        """Remember which cards lay in a section that was removed."""
        self._put(structs.replace(self.item(section), held=tuple(cards)))

    def show(self, item: Item) -> None:
        """Let everyone see a draft. Its earlier texts are dropped: a merge could reveal them to others."""
        last = {version.field: version for version in item.versions}
        shown = structs.replace(item, shown=self.seq, seq=self.seq, versions=tuple(last.values()))
        self._put(shown)
        self.touch_attached(item.id)

    def replace_words(
        self,
        item: Item,
        text: str,
        versions: tuple[TextVersion, ...],
        *,
        taken_out: dict[str, Any] | None,
        withheld: Withheld | None,
        authored: TextVersion | None = None,
    ) -> None:
        """Take a card's words out, or put them back. No undo, and no merge, reaches the words before."""
        fields = {**item.fields, "text": text, "taken_out": taken_out}
        if taken_out is None:
            del fields["taken_out"]
        rev = {**item.rev, "text": self.seq}
        stands = {name: seq for name, seq in item.stands.items() if name != "text"}
        new = structs.replace(item, fields=fields, rev=rev, stands=stands, versions=versions)
        self._put(structs.replace(new, withheld=withheld, authored=authored, seq=self.seq))

    def reveal(self, item: Item, at: float, **fields: Any) -> None:
        """Show a private note, as written at the time `at`; undo does not hide it again (rule W3)."""
        self.set_computed(structs.replace(item, at=at), **fields)
        self.show(self.item(item.id))

    def keep_no_inverse(self) -> None:
        """This deed cannot be taken back: reveals, phases and votes are not undone (rule T6)."""
        self.inverse.clear()

    def leave_out(self, id: str) -> None:
        """Note that a part of a batch was not done, with the first words of what is gone (see_removed)."""
        item = self.board.items.get(id)
        view = see_removed(self.board, item, self.viewer) if item else None
        fields = view.fields if view else {}
        self.left_out[id] = str(fields.get("text") or fields.get("title") or "")[:FIRST_WORDS]

    def note_origin(self, item: Item, field: str, seq: int) -> None:
        """Note that `field` has the value of the deed `seq` again."""
        self._put(structs.replace(item, stands={**item.stands, field: seq}))

    def touch_attached(self, card: str) -> None:
        """Links and comments are visible with their cards, so they change when a card comes or goes."""
        for id in self.board.attached.get(card, ()):
            item = self.board.items.get(id)
            if item is not None and item.removed is None:
                self._put(self._shown(structs.replace(item, seq=self.seq)))

    def _first_inverses(self) -> list[Inverse]:
        """Several parts may have set the same field: undo is about the value before the first of them."""
        first: dict[tuple[str, str], Inverse] = {}
        for one in self.inverse:
            first.setdefault((one.id, one.field), one)
        return list(first.values())

    def _set_removed(self, item: Item, removed: int | None) -> None:
        rev = {**item.rev, "removed": self.seq}
        origins = {k: v for k, v in item.stands.items() if k != "removed"}
        new = structs.replace(item, removed=removed, rev=rev, stands=origins, seq=self.seq)
        self._put(new if removed is not None else self._shown(new))
        if item.item == "card":
            self.touch_attached(item.id)

    def _shown(self, item: Item) -> Item:
        """A link or comment is shown from when all its cards are, and of that time (rule P2)."""
        ends = [self.board.items.get(end) for end in ends_of(item)]
        all_shown = bool(ends) and all(end is not None and end.shown is not None for end in ends)
        if item.shown or not all_shown:
            return item
        return structs.replace(item, shown=self.seq, at=self.deed.at)

    def _refuse_newer(self, item: Item | None) -> None:
        """What a newer version wrote is never written by this one: it would lose what it does not know."""
        if isinstance(item, NewerItem):
            raise Refused(Code.UNAVAILABLE, NEWER)

    def _put(self, item: Item) -> None:
        self._refuse_newer(self.board.items.get(item.id))
        self.changes += 1
        if self.changes > MOST_CHANGES and isinstance(self.deed.op, Batch):
            raise Refused(Code.TOO_LONG, "That is too much to change at once. Do it in smaller steps.")
        self.spots.follow(self.board.items.get(item.id), item)
        self.board = put(self.board, item)
        self.touched[item.id] = None


def origin(item: Item, field: str) -> int:
    """The deed whose value a field has: the last to set it, or the one that an undo set back to."""
    return item.stands.get(field, item.rev.get(field, 0))
