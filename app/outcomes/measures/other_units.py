"""Refuses numbers with % or a currency where the measure has another unit, in files and by hand. Pure."""

import re
from collections.abc import Sequence

from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_text import CURRENCY
from app.outcomes.spc.series import Unreadable

COUNTED = ("count", "time_between")
MAY_BE_SHARES = ("mean", "score")
IN_PERCENT = re.compile(r"(?i)%|\bpct\b|cent|proz|out of 100|/ ?100")
NO_MONEY = {"proportion": "a share", "time_between": "a time"}
# Units in which no share is given. One of beds, an occupancy or a score out of 100 may be in %.
NAMED = re.compile(
    r"(?i)(seconds?|secs?|minutes?|mins?|minuten|hours?|hrs?|stunden|days?|tage|weeks?|wochen|months?|monate"
    r"|years?|jahre|points?|punkte|falls|cases|people|patients|beds|kg|km|euros?|pounds?|dollars?)"
    r" *($|\(|per\b|/(?! *100))|[£$€¥₹]"
)


def refuse_other_units(
    definition: Definition, numerator: Sequence[str], denominator: Sequence[str], value: Sequence[str]
) -> None:
    """Raise Unreadable for a share among counts, or among values in days, points and so on; for money too."""
    per_others = definition.value_kind == "rate" and definition.multiplier != 100
    counts = value if definition.value_kind in COUNTED or per_others else ()
    if share := _share(*numerator, *denominator, *counts):
        raise Unreadable(f"“{share}” is a share, where something is counted.")
    unit = definition.unit.strip()
    if definition.value_kind in MAY_BE_SHARES and NAMED.match(unit) and (share := _share(*value)):
        raise Unreadable(f"“{share}” is a share, but the measure is in {unit}.")
    if (kind := NO_MONEY.get(definition.value_kind)) and (money := _money(value)):
        raise Unreadable(f"“{money}” is an amount of money, but the measure is {kind}.")


def may_be_other(definition: Definition) -> bool:
    """Whether a share is read as one of a unit that does not say whether it is in %."""
    unit = definition.unit.strip()
    return definition.value_kind in MAY_BE_SHARES and bool(unit) and not IN_PERCENT.search(unit)


def _money(texts: Sequence[str]) -> str:
    return next(
        (text[:40] for text in texts if not text.isdigit() and any(one in text for one in CURRENCY)), ""
    )


def _share(*texts: str) -> str:
    return next((text[:40] for text in texts if text.rstrip().endswith("%")), "")
