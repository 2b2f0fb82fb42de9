"""Refuses numbers with % or a currency where the measure has another unit. Pure."""

from app.outcomes.imports.rows import FileRow
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_text import CURRENCY
from app.outcomes.spc.series import Unreadable

COUNTED = ("count", "time_between")
NO_MONEY = {"proportion": "a share", "time_between": "a time"}


def refuse_other_units(row: FileRow, definition: Definition) -> None:
    """Raise Unreadable for a share among counts, or among values in days, points and so on; for money too."""
    per_others = definition.value_kind == "rate" and definition.multiplier != 100
    counts = row.value if definition.value_kind in COUNTED or per_others else ()
    if share := _share(*row.numerator, *row.denominator, *counts):
        raise Unreadable(f"“{share}” is a share, where something is counted.")
    unit = definition.unit.strip()
    in_percent = not unit or "%" in unit or "cent" in unit.casefold()
    if definition.value_kind in ("mean", "score") and not in_percent and (share := _share(*row.value)):
        raise Unreadable(f"“{share}” is a share, but the measure is in {unit}.")
    if (kind := NO_MONEY.get(definition.value_kind)) and (money := _money(row.value)):
        raise Unreadable(f"“{money}” is an amount of money, but the measure is {kind}.")


def _money(texts: tuple[str, ...]) -> str:
    return next(
        (text[:40] for text in texts if not text.isdigit() and any(one in text for one in CURRENCY)), ""
    )


def _share(*texts: str) -> str:
    return next((text[:40] for text in texts if text.endswith("%")), "")
