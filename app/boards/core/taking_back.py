"""Takes back what somebody else did: a field that still has a value of theirs gets the one before.

What others changed since stays as they made it, and is said. Only what everybody sees is looked at; drafts
stay as they are, but for those of others that lay in a section which comes back.
"""

from collections.abc import Container, Iterable, Mapping
from enum import StrEnum

from app.access import Code, Refused
from app.boards.core import links, order
from app.boards.core.board import Board, Inverse, Item, TextVersion, is_live
from app.boards.core.cards import MAX_CARDS
from app.boards.core.changeset import Changeset, NewerItem, origin
from app.boards.core.locks import is_kept_from
from app.boards.core.ops import TakeBack
from app.boards.core.sections import are_full, take_off
from app.boards.core.sight import OWN
from app.boards.core.stage.read import running_stage
from app.boards.core.undo import PLACE_FIELDS
from app.boards.core.words.item_texts import TEXTS

NOTHING = "There is nothing left to put back there."
Steps = Mapping[int, Inverse]  # of one field: by deed, how to take it back
Trail = dict[str, dict[int, Inverse]]  # of one item, by field
BEFORE_ALL = 0
RANK = {"section": 0, "theme": 1, "card": 2, "link": 3, "comment": 4}


class Kept(StrEnum):
    """Why something stays as it is."""

    SINCE = "since"
    LOCKED = "locked"
    FULL = "full"
    GONE = "gone"
    WORKSHOP = "workshop"
    THEIRS = "theirs"


def trails(op: TakeBack, known: Mapping[int, tuple[str, tuple[Inverse, ...]]]) -> dict[str, Trail]:
    """By item, what the deeds of the person did to its fields; deeds of anybody else do not count."""
    found: dict[str, Trail] = {}
    for seq in op.deeds:
        person, inverses = known.get(seq, ("", ()))
        for one in inverses if person == op.person else ():
            # a deed may set a field more than once: before it was what its first way back says
            found.setdefault(one.id, {}).setdefault(one.field, {}).setdefault(seq, one)
    return found


def take_back(work: Changeset, op: TakeBack) -> None:
    """Raises not_found where nothing of it is left to take back."""
    put_back(work, op)
    if not work.inverse:
        raise Refused(Code.NOT_FOUND, NOTHING)


def put_back(work: Changeset, op: TakeBack) -> dict[str, Kept]:
    """Take back what is left of it, in the order of `op.items`; gives what stays as it is, and why."""
    all_trails = trails(op, work.deed.known)
    kept: dict[str, Kept] = {}
    for id in op.items:
        item, trail = work.board.items.get(id), all_trails.get(id)
        if item is None or trail is None or item.shown is None:
            continue
        why = _Of(work, op.person, item, trail).put_back(all_trails)
        if why:
            kept[id] = why
    return kept


def in_turn(board: Board, all_trails: Mapping[str, Trail], apart: Container[str] = ()) -> list[str]:
    """The items that everybody sees, in an order in which they can: what others lie in comes first.

    What goes away goes last, so that nothing of others lies in it by then. Those `apart` follow their likes.
    """
    places: list[tuple[bool, int, bool, str]] = []
    for id, trail in all_trails.items():
        item = board.items.get(id)
        if item is None or item.shown is None:
            continue
        way = way_back(item, "removed", trail.get("removed", {}))
        goes, rank = way is not None and bool(way.value), RANK.get(item.item, len(RANK))
        places.append((goes, -rank if goes else rank, id in apart, id))
    return [id for *_, id in sorted(places)]


def way_back(item: Item, field: str, steps: Steps) -> Inverse | None:
    """The value before theirs, where the field has one of theirs; whoever did it in between is left alone."""
    at = item.rev.get(field, BEFORE_ALL)
    at = at if at in steps else origin(item, field)
    found = None
    while at in steps:
        found = steps[at]
        if found.stood >= at:
            break
        at = found.stood
    return found


class _Of:
    """One item that everybody sees, with what `person` did to it."""

    def __init__(self, work: Changeset, person: str, item: Item, trail: Trail) -> None:
        self.work, self.person, self.item = work, person, item
        # what was there before it was shown is its author's alone; that it was added is not
        shown = item.shown or BEFORE_ALL
        self.trail = {
            field: {seq: one for seq, one in steps.items() if seq >= shown or field == "removed"}
            for field, steps in trail.items()
        }
        self.trail = {field: steps for field, steps in self.trail.items() if steps}
        self.is_added = item.removed is None and item.born in self.trail.get("removed", ())

    def put_back(self, others: Mapping[str, Trail]) -> Kept | None:
        item = self.item
        if isinstance(item, NewerItem):
            return Kept.SINCE
        if item.item in OWN and item.owner == self.person and not self.is_added:
            return None  # what they wrote there, and whether it is there, is theirs alone to say
        if item.fields.get("phase") and (self.is_added or running_stage(self.work.board) is not None):
            return Kept.WORKSHOP  # votes and minutes stand on it, after the workshop too
        why = self._set_removed(others) if "removed" in self.trail else None
        now = self.work.item(item.id)
        if why or now.removed is not None:
            return why
        return self._set_fields(now)

    def _set_removed(self, others: Mapping[str, Trail]) -> Kept | None:
        steps, item = self.trail["removed"], self.item
        way, is_gone = way_back(item, "removed", steps), item.removed is not None
        if way is None:
            return None if bool(steps[min(steps)].value) is is_gone else Kept.SINCE
        if bool(way.value) is is_gone:
            if is_gone and item.born not in steps:
                self._set_fields(item)
            return None
        if is_kept_from(self.work.board, self.work.deed.actor, item, "removed"):
            return Kept.LOCKED
        why = self._remove(way.stood) if way.value else self._restore(others)
        if why is None and (self.work.item(item.id).removed is not None) is bool(way.value):
            self.work.note_origin(self.work.item(item.id), "removed", way.stood)
        return why

    def _remove(self, stood: int) -> Kept | None:
        if self._is_built_upon(min(seq for seq in self.trail["removed"] if seq > stood)):
            return Kept.SINCE
        if self.item.born not in self.trail["removed"]:
            self._set_fields(self.item)  # it was removed as it had been until then
        item = self.work.item(self.item.id)
        if item.item == "section":
            take_off(self.work, item)
        else:
            self.work.remove(item)
        return None

    def _is_built_upon(self, since: int) -> bool:
        """Whether others wrote in it or on it, put cards into it, or made something else of it since."""
        item, board = self.item, self.work.board
        if item.item == "section" and board.order.get(item.id):
            return True
        if item.item == "theme":
            return any(is_live(one) and one.fields.get("theme") == item.id for one in board.items.values())
        attached = (board.items[id] for id in board.attached.get(item.id, ()))
        return (
            bool(item.fields.get("face"))
            or any(version.by != self.person and version.seq > since for version in item.versions)
            or any(
                one.owner != self.person and one.born > since and is_live(one) and one.shown is not None
                for one in attached
            )
        )

    def _restore(self, others: Mapping[str, Trail]) -> Kept | None:
        work, item = self.work, self.item
        if item.item == "section":
            if are_full(work.board):
                return Kept.FULL
            held = [work.board.items.get(id) for id in item.held]
            work.restore(item)
            self._bring_drafts(held, others)
            return None
        if item.item == "card" and work.board.cards >= MAX_CARDS:
            return Kept.FULL
        if item.item == "link" and links.is_there(work, item):
            return None  # somebody has made it again
        work.restore(order.out_of_removed_section(work, item) if item.item == "card" else item)
        return None

    def _bring_drafts(self, held: Iterable[Item | None], others: Mapping[str, Trail]) -> None:
        """Drafts that lay in the section come back into it unseen, never the person's."""
        for card in held:
            if card is None or card.shown is not None or card.owner == self.person or not is_live(card):
                continue
            steps = {field: others.get(card.id, {}).get(field, {}) for field in PLACE_FIELDS}
            ways = {field: way for field in PLACE_FIELDS if (way := way_back(card, field, steps[field]))}
            if "section" in ways and ways["section"].value == self.item.id:
                self.work.set(card, **{field: way.value for field, way in ways.items()})

    def _set_fields(self, item: Item) -> Kept | None:
        why: Kept | None = None
        ways: dict[str, Inverse] = {}
        for field, steps in self.trail.items():
            way = way_back(item, field, steps) if field != "removed" else None
            if field == "removed" or field not in item.fields:
                continue
            if way is None:
                why = why or (Kept.SINCE if item.fields[field] != steps[min(steps)].value else None)
            elif item.fields[field] == way.value or (field == "text" and item.fields.get("taken_out")):
                continue
            elif field in TEXTS and item.owner == self.person == self._writer(item, way):
                continue  # their own former words: they alone say those in their name
            elif is_kept_from(self.work.board, self.work.deed.actor, item, field):
                why = Kept.LOCKED
            else:
                ways[field] = way
        not_there = self._place_is_taken(item, ways)
        if not_there:
            why, ways = not_there, {name: way for name, way in ways.items() if name not in PLACE_FIELDS}
        self._set(item, ways)
        return why

    def _place_is_taken(self, item: Item, ways: Mapping[str, Inverse]) -> Kept | None:
        """Order and position mean something only in their own section: all of it comes back, or none."""
        if item.item != "card" or "section" not in ways:
            return None
        section, moved = ways["section"].value, min(self.trail["section"])
        if section and not is_live(self.work.board.items.get(section)):
            return Kept.GONE
        by_others = (field for field in PLACE_FIELDS if origin(item, field) not in self.trail.get(field, {}))
        return Kept.SINCE if any(item.rev.get(field, BEFORE_ALL) > moved for field in by_others) else None

    def _set(self, item: Item, ways: Mapping[str, Inverse]) -> None:
        for field, way in ways.items():
            if field in TEXTS:
                version = TextVersion(field, self.work.seq, self._writer(item, way), "", way.value)
                item = self.work.set(item, version, **{field: way.value})
        item = self.work.set(item, **{field: way.value for field, way in ways.items() if field not in TEXTS})
        for field, way in ways.items():
            self.work.note_origin(self.work.item(item.id), field, way.stood)
        if ways and item.removed is None:
            order.with_own_key(self.work, self.work.item(item.id))

    def _writer(self, item: Item, way: Inverse) -> str:
        """Whose the words are that stand there again: never of whoever puts them back (rule T9)."""
        had = (one for one in reversed(item.versions) if (one.field, one.text) == (way.field, way.value))
        wrote, _ = self.work.deed.known.get(way.stood, (item.owner, ()))
        return next((one.by for one in had), wrote)
