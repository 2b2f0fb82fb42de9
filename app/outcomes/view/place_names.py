"""Names of organisations and areas that stand side by side: two places never have the same one. Pure."""

from collections import Counter
from collections.abc import Mapping

Place = tuple[str | None, str]  # the id of an organisation, or None and the code of an area


def told_apart(names: Mapping[Place, str]) -> dict[Place, str]:
    """The names, with its code behind that of an area where another place is called the same."""
    alike = Counter(name.casefold() for name in names.values())
    return {
        place: f"{name} ({place[1]})" if alike[name.casefold()] > 1 and place[1] not in ("", name) else name
        for place, name in names.items()
    }
