"""The driver diagram as a tree: which driver is under which, which links are allowed, and the order. Pure."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from app.access import Code, Refused
from app.outcomes.goals.goal import Driver, Level

ABOVE = {Level.SECONDARY: Level.PRIMARY, Level.CHANGE: Level.SECONDARY}
BELOW = {upper: lower for lower, upper in ABOVE.items()}
WORDS = {Level.PRIMARY: "primary driver", Level.SECONDARY: "secondary driver", Level.CHANGE: "change idea"}


class Branch(Struct, frozen=True):
    """A driver with the drivers under it.

    A driver that moves several upper ones is a branch under the first of them; the others name it in `also`.
    `others` are the further upper drivers of this one.
    """

    driver: Driver
    others: tuple[Driver, ...]
    lowers: tuple["Branch", ...]
    also: tuple[Driver, ...]
    first: bool  # among its neighbours, for moving it
    last: bool


class DriverTree(Struct, frozen=True):
    """Primary drivers with all under them; `loose` ones have no upper driver, higher levels first."""

    branches: tuple[Branch, ...]
    loose: tuple[Branch, ...]


def driver_tree(drivers: Sequence[Driver]) -> DriverTree:
    """The tree that the drivers of one goal make."""
    ordered = sorted(drivers, key=lambda one: (one.position, one.id))
    loose = [one for one in ordered if one.level is not Level.PRIMARY and _first_upper(one, ordered) is None]
    loose.sort(key=lambda one: (one.level is Level.CHANGE, one.position))
    primary = [one for one in ordered if one.level is Level.PRIMARY]
    return DriverTree(_branches(primary, ordered), _branches(loose, ordered))


def _branches(these: Sequence[Driver], all_: Sequence[Driver]) -> tuple[Branch, ...]:
    return tuple(_branch(one, all_, one is these[0], one is these[-1]) for one in these)


def _branch(one: Driver, all_: Sequence[Driver], first: bool, last: bool) -> Branch:
    under = [lower for lower in all_ if one.id in lower.uppers]
    whole = [lower for lower in under if _first_upper(lower, all_) == one.id]
    also = tuple(lower for lower in under if _first_upper(lower, all_) != one.id)
    home = _first_upper(one, all_)
    others = tuple(upper for upper in all_ if upper.id in one.uppers and upper.id != home)
    return Branch(one, others, _branches(whole, all_), also, first, last)


def _first_upper(one: Driver, ordered: Sequence[Driver]) -> str | None:
    return next((upper.id for upper in ordered if upper.id in one.uppers), None)


def uppers_for(level: Level, chosen: Collection[str], drivers: Sequence[Driver]) -> tuple[str, ...]:
    """The chosen ids, sorted. Raises Refused where one is not a driver of the level above."""
    above = {one.id for one in drivers if one.level is ABOVE.get(level)}
    if not set(chosen) <= above:
        raise Refused(Code.INVALID, "A driver can only be connected to drivers of the level above it.")
    return tuple(sorted(set(chosen)))


def moved(drivers: Sequence[Driver], driver_id: str, *, up: bool) -> list[str]:
    """All ids in their new order, after a driver has swapped places with its neighbour of the same level."""
    ordered = sorted(drivers, key=lambda one: (one.position, one.id))
    ids = [one.id for one in ordered]
    one = next(one for one in ordered if one.id == driver_id)
    home = _first_upper(one, ordered)
    siblings = [
        other.id for other in ordered if other.level is one.level and _first_upper(other, ordered) == home
    ]
    place = siblings.index(driver_id) + (-1 if up else 1)
    if not 0 <= place < len(siblings):
        return ids
    here, other = ids.index(driver_id), ids.index(siblings[place])
    ids[here], ids[other] = ids[other], ids[here]
    return ids
