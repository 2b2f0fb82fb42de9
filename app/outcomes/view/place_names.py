"""Names of organisations and areas that stand side by side: two places never have the same one. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Set

Place = tuple[str | None, str]  # the id of an organisation, or None and the code of an area


def shared(named: Iterable[tuple[Place, str]]) -> frozenset[str]:
    """The names that more than one place has, in small letters. A place may come with several names."""
    places: dict[str, set[Place]] = defaultdict(set)
    for place, name in named:
        places[name.casefold()].add(place)
    return frozenset(name for name, those in places.items() if len(those) > 1)


def told_apart(place: Place, name: str, shared: Set[str]) -> str:
    """The name of a place. Where another is called the same, an area has its code behind it.

    The whole, which is called as its space is, has words behind it then, and an area without another code
    has the word. Organisations of a space never have the same name.
    """
    if not name or name.casefold() not in shared:
        return name
    if place == (None, ""):
        return f"{name} (all together)"
    if place[0]:
        return name
    return f"{name} (area)" if place[1].casefold() == name.casefold() else f"{name} ({place[1]})"
