"""Where a chart puts the ticks of its dates, and what they say. Pure."""

from datetime import date

STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months


def ticks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """At most so many days with their words, evenly apart: months, quarters or years, whichever fit."""
    if (last - first).days < 62:
        return _ends(first, last)
    for step in STEPS:
        days = _every(step, first, last)
        if len(days) <= most:
            return [(day, f"{day:%b} {day.year}" if step < 12 else str(day.year)) for day in days]
    return _ends(first, last)


def _ends(first: date, last: date) -> list[tuple[date, str]]:
    return [(day, f"{day.day} {day:%b} {day.year}") for day in dict.fromkeys((first, last))]


def _every(step: int, first: date, last: date) -> list[date]:
    """First days of months, counted from January, from `first` to `last`."""
    count = first.year * 12 + first.month - 1 + (first.day > 1)
    count += -count % step
    days = []
    while (day := date(count // 12, count % 12 + 1, 1)) <= last:
        days.append(day)
        count += step
    return days
