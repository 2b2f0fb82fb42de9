"""The verdicts on a series, in the few words that stand next to its icons. Pure."""

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
    """The words of an icon, and the fact behind them. `icon` is empty while nothing can be decided."""

    icon: str
    words: str
    because: str


def variation(reading: Reading, definition: Definition) -> Verdict:
    """Whether the series shows more than chance explains."""
    if reading.chart == "run" and reading.run:
        return _run_verdict(reading)
    if reading.variation is None:
        return Verdict("", "Too early to say", _why_undecided(reading))
    return Verdict(reading.variation, VARIATION[reading.variation], _reason(reading, definition))


def assurance(reading: Reading, definition: Definition) -> Verdict | None:
    """Whether the target can be expected to be met; None without a target."""
    if reading.target is None:
        return None
    target = quantity(definition, reading.target.value)
    if reading.assurance is None:
        return Verdict("", _not_judged(reading, definition), f"The target is {target}")
    return Verdict(reading.assurance, ASSURANCE[reading.assurance], _expected_values(reading, definition))


def _not_judged(reading: Reading, definition: Definition) -> str:
    if reading.chart != "xmr":
        return "Without limits the target is not judged"
    if definition.direction == "neutral":
        return "Neither way is better, so the target is not judged"
    return "Too early to say about the target"


def _run_verdict(reading: Reading) -> Verdict:
    run = reading.run
    if run is None or run.useful == 0:
        return Verdict("", "Too early to say", "No value lies above or below the median yet.")
    if not run.signal:
        return Verdict("common_cause", "No signal yet", "Runs and crossings are as chance makes them.")
    if run.longest_run and run.longest_run_max and run.longest_run > run.longest_run_max:
        return Verdict("", "A real shift", f"{run.longest_run} values in a row on one side of the median.")
    return Verdict("", "A real shift", f"The line crosses the median only {run.crossings} times.")


def _why_undecided(reading: Reading) -> str:
    if reading.chart == "line":
        return reading.why or "A plain line has no limits to judge by."
    return reading.notes[0] if reading.notes else "There are too few values."


def _reason(reading: Reading, definition: Definition) -> str:
    known = [dot for dot in reading.points if dot.value is not None]
    latest = known[-1]
    periods = PERIODS[definition.frequency]
    segment = [dot for dot in known if dot.segment == latest.segment]
    if latest.rule.startswith("7 Points"):
        side = "above" if "Above" in latest.rule else "below"
        length = _length_of_shift(segment, reading, above=side == "above")
        return f"{length} {periods} in a row {side} the mean"
    if latest.rule.startswith("7 Point Trend"):
        rising = "Increasing" in latest.rule
        length = _length_of_trend(segment, rising=rising)
        return f"{length} {periods} {'rising' if rising else 'falling'} in a row"
    if latest.cause:
        return f"{latest.label} is {latest.cause}"
    return "The values move as chance makes them"


def _length_of_shift(segment: list[Dot], reading: Reading, *, above: bool) -> int:
    mean = reading.segments[segment[-1].segment].mean or 0.0
    return len(list(takewhile(lambda dot: (float(dot.value or 0) > mean) == above, reversed(segment))))


def _length_of_trend(segment: list[Dot], *, rising: bool) -> int:
    values = [float(dot.value or 0) for dot in reversed(segment)]
    goes_on = (later > earlier if rising else later < earlier for later, earlier in pairwise(values))
    return 1 + len(list(takewhile(bool, goes_on)))


def _expected_values(reading: Reading, definition: Definition) -> str:
    last = reading.segments[-1]
    if last.lpl is None or last.upl is None:
        return ""
    worst, best = (last.lpl, last.upl) if definition.direction == "increase" else (last.upl, last.lpl)
    period = PERIODS[definition.frequency].rstrip("s")
    if reading.assurance == "fail":
        return f"Best {period} to expect today: {quantity(definition, best)}"
    if reading.assurance == "pass":
        return f"Worst {period} to expect today: {quantity(definition, worst)}"
    return f"Expect between {quantity(definition, last.lpl)} and {quantity(definition, last.upl)}"
