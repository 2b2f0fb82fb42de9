"""What a reading comes to, in the few words that stand beside its icons. Pure."""

from itertools import pairwise, takewhile

from msgspec import Struct

from app.outcomes.measures.measure import Definition, Frequency
from app.outcomes.measures.number_format import quantity
from app.outcomes.readings.reading import Dot, Reading
from app.outcomes.spc.icons import AssuranceIcon, Variation

VARIATION: dict[Variation, str] = {
    "common_cause": "No signal yet",
    "improvement_high": "Improving",
    "improvement_low": "Improving",
    "concern_high": "Getting worse",
    "concern_low": "Getting worse",
    "neutral_high": "Higher than usual",
    "neutral_low": "Lower than usual",
}
ASSURANCE: dict[AssuranceIcon, str] = {
    "pass": "Can be expected to meet the target",
    "fail": "Target out of reach as things are",
    "inconsistent": "Meets the target by chance",
}
PERIODS: dict[Frequency, str] = {
    "day": "days",
    "week": "weeks",
    "month": "months",
    "quarter": "quarters",
    "calendar_year": "years",
    "financial_year": "years",
    "irregular": "values",
}


class Verdict(Struct, frozen=True):
    """An icon's words, and the fact behind them. `icon` empty: nothing can be said yet."""

    icon: str
    words: str
    because: str


def variation(found: Reading, definition: Definition) -> Verdict:
    """Whether anything changed."""
    if found.chart == "run" and found.run:
        return _of_run(found)
    if found.variation is None:
        return Verdict("", "Too early to say", _why_none(found))
    return Verdict(found.variation, VARIATION[found.variation], _because(found, definition))


def assurance(found: Reading, definition: Definition) -> Verdict | None:
    """Whether the target can be expected to be met; None where there is no target to speak of."""
    if found.target is None:
        return None
    aim = quantity(definition, found.target.value)
    if found.assurance is None:
        return Verdict("", _not_judged(found, definition), f"The target is {aim}")
    return Verdict(found.assurance, ASSURANCE[found.assurance], _expected(found, definition))


def _not_judged(found: Reading, definition: Definition) -> str:
    if found.chart != "xmr":
        return "Without limits the target is not judged"
    if definition.direction == "neutral":
        return "Neither way is better, so the target is not judged"
    return "Too early to say about the target"


def _of_run(found: Reading) -> Verdict:
    run = found.run
    if run is None or run.useful == 0:
        return Verdict("", "Too early to say", "No value lies beside the median yet.")
    if not run.signal:
        return Verdict("common_cause", "No signal yet", "Runs and crossings are as chance makes them.")
    if run.longest_run and run.longest_run_max and run.longest_run > run.longest_run_max:
        return Verdict("", "A real shift", f"{run.longest_run} values in a row on one side of the median.")
    return Verdict("", "A real shift", f"The line crosses the median only {run.crossings} times.")


def _why_none(found: Reading) -> str:
    if found.chart == "line":
        return found.why or "A plain line has no limits to judge by."
    return found.notes[0] if found.notes else "There are too few values."


def _because(found: Reading, definition: Definition) -> str:
    known = [dot for dot in found.points if dot.value is not None]
    latest = known[-1]
    periods = PERIODS[definition.frequency]
    segment = [dot for dot in known if dot.segment == latest.segment]
    if latest.rule.startswith("7 Points"):
        side = "above" if "Above" in latest.rule else "below"
        return f"{_in_a_row(segment, found, above=side == 'above')} {periods} in a row {side} the mean"
    if latest.rule.startswith("7 Point Trend"):
        rising = "Increasing" in latest.rule
        return f"{_steps(segment, rising=rising)} {periods} {'rising' if rising else 'falling'} in a row"
    if latest.cause:
        return f"{latest.label} is {latest.cause}"
    return "The values move as chance makes them"


def _in_a_row(segment: list[Dot], found: Reading, *, above: bool) -> int:
    mean = found.segments[segment[-1].segment].mean or 0.0
    return len(list(takewhile(lambda dot: (float(dot.value or 0) > mean) == above, reversed(segment))))


def _steps(segment: list[Dot], *, rising: bool) -> int:
    values = [float(dot.value or 0) for dot in reversed(segment)]
    on = (two[0] > two[1] if rising else two[0] < two[1] for two in pairwise(values))
    return 1 + len(list(takewhile(bool, on)))


def _expected(found: Reading, definition: Definition) -> str:
    last = found.segments[-1]
    if last.lpl is None or last.upl is None:
        return ""
    worst, best = (last.lpl, last.upl) if definition.direction == "increase" else (last.upl, last.lpl)
    period = PERIODS[definition.frequency].rstrip("s")
    if found.assurance == "fail":
        return f"Best {period} to expect today: {quantity(definition, best)}"
    if found.assurance == "pass":
        return f"Worst {period} to expect today: {quantity(definition, worst)}"
    return f"Expect between {quantity(definition, last.lpl)} and {quantity(definition, last.upl)}"
