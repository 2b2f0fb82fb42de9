"""Whether all values of a whole are of the same organisations. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from app.outcomes.measures.measure import Observed

UNEVEN = "Not all values are of the same organisations: a change may come from who has reported."


def uneven_note(whole: Sequence[Observed], parts: Sequence[Sequence[Observed]]) -> str:
    """A sentence where some periods of a whole are of other organisations than others; else empty."""
    reported: dict[date, set[int]] = defaultdict(set)
    for number, part in enumerate(parts):
        for one in part:
            if one.value is not None:
                reported[one.start].add(number)
    known = {frozenset(reported[one.start]) for one in whole if one.value is not None}
    return UNEVEN if len(known) > 1 else ""
