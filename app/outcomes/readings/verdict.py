"""The verdicts on a series, in the few words that stand next to its icons. Pure."""

from itertools import takewhile

from msgspec import Struct

from app.outcomes.measures.measure import Definition
from app.outcomes.readings.as_run import FEWEST_USEFUL
from app.outcomes.readings.continuity import UNITS, unit_of
from app.outcomes.readings.narrative import InWords, in_words, limits_on_target
from app.outcomes.readings.reading import Dot, Reading, RunReading
from app.outcomes.readings.shift import lasting_shift, segment_of_latest, trailing_side
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
# Where the latest values have shifted, the limits speak of what was before.
ASSURANCE_BEFORE_SHIFT: dict[AssuranceIcon, str] = {
    "pass": "Could be expected to meet the target",
    "fail": "Target out of reach as things were",
    "inconsistent": "Met the target by chance",
}


class Verdict(Struct, frozen=True):
    """The words of an icon, and the fact behind them. `icon` is empty while nothing can be decided."""

    icon: str
    words: str
    because: str


def variation(reading: Reading, definition: Definition) -> Verdict:
    """Whether the series shows more than chance explains."""
    if reading.hidden:
        return Verdict("", "Not judged", reading.why)
    if reading.chart == "run" and reading.run:
        return _run_verdict(reading, reading.run, definition)
    if reading.variation is None:
        return Verdict("", "Too early to say", _why_undecided(reading))
    if reading.variation == "common_cause":
        return _no_signal(
            reading, "The values move as chance makes them", "The latest values move as chance makes them"
        )
    return Verdict(reading.variation, VARIATION[reading.variation], _reason(reading, definition))


def assurance(reading: Reading, definition: Definition) -> Verdict | None:
    """Whether the target can be expected to be met; None without a target."""
    if reading.target is None:
        return None
    words = in_words(definition, reading)
    if reading.assurance is None:
        return Verdict("", _not_judged(reading, definition), f"The target is {words(reading.target.value)}")
    shifted = bool(lasting_shift(reading))
    said = (ASSURANCE_BEFORE_SHIFT if shifted else ASSURANCE)[reading.assurance]
    return Verdict(reading.assurance, said, _expected_values(reading, definition, words, shifted=shifted))


def _not_judged(reading: Reading, definition: Definition) -> str:
    if reading.hidden:
        return "With hidden values the target is not judged"
    if reading.chart != "xmr":
        return "Without limits the target is not judged"
    if definition.direction == "neutral":
        return "Neither way is better, so the target is not judged"
    if limits_on_target(definition, reading):
        return "Both limits lie on the target, so it is not judged"
    return "Too early to say about the target"


def _no_signal(reading: Reading, because: str, because_now: str) -> Verdict:
    """No signal at all, or none now where there were some before."""
    earlier = sum(dot.type != "common_cause" for dot in reading.points)
    if not earlier:
        return Verdict("common_cause", "No signal yet", because)
    signals = (
        "value was more than chance explains" if earlier == 1 else "values were more than chance explains"
    )
    return Verdict("common_cause", "No signal now", f"{because_now}; {earlier} earlier {signals}")


def _run_verdict(reading: Reading, run: RunReading, definition: Definition) -> Verdict:
    if run.useful == 0:
        return Verdict("", "Too early to say", "No value lies above or below the median yet")
    if run.useful < FEWEST_USEFUL and not run.signal:
        return Verdict("", "Too early to say", _too_few(run))
    if not run.signal:
        now = "Since the new median runs and crossings are as chance makes them"
        return _no_signal(reading, "Runs and crossings are as chance makes them", now)
    words = VARIATION[reading.variation] if reading.variation else "A shift earlier"
    return Verdict(reading.variation or "", words, _run_reason(reading, run, definition))


def _too_few(run: RunReading) -> str:
    lie = "1 value lies" if run.useful == 1 else f"{run.useful} values lie"
    return f"Only {lie} above or below the median: too few to judge by"


def _run_reason(reading: Reading, run: RunReading, definition: Definition) -> str:
    """The long run behind the signal, the latest of several; else how seldom the line crosses the median."""
    number = reading.points[-1].segment
    part = [dot for dot in reading.points if dot.segment == number and dot.counts]
    long = [dot for dot in part if dot.type != "common_cause"]
    if not long:
        times = "once" if run.crossings == 1 else f"{run.crossings} times"
        return f"The line crosses the median only {times}"
    side = [dot for dot in part if dot.start <= long[-1].start]
    own = list(takewhile(lambda dot: dot.type == long[-1].type or dot.value == run.median, reversed(side)))
    count = sum(dot.type != "common_cause" for dot in own)
    unit = unit_of(definition, [dot for dot in reading.points if own[-1].start <= dot.start <= own[0].start])
    until = "" if reading.variation else f", up to {long[-1].label}"
    above = "above" if long[-1].value is not None and float(long[-1].value) > (run.median or 0) else "below"
    return f"{count} {unit if count == len(own) else 'values'} in a row {above} the median{until}"


def _why_undecided(reading: Reading) -> str:
    if reading.chart == "line":
        return reading.why or "A plain line has no limits to judge by."
    return reading.notes[0] if reading.notes else "There are too few values."


def _reason(reading: Reading, definition: Definition) -> str:
    segment = segment_of_latest(reading)
    latest = segment[-1]
    if latest.rule.startswith("7 Points"):
        above = "Above" in latest.rule
        run = trailing_side(segment, reading.segments[latest.segment].mean or 0.0, above=above)
        return f"{len(run)} {unit_of(definition, run)} in a row {'above' if above else 'below'} the mean"
    if latest.rule.startswith("7 Point Trend"):
        rising = "Increasing" in latest.rule
        run = _trailing_trend(segment, rising=rising)
        return f"{len(run)} {unit_of(definition, run)} {'rising' if rising else 'falling'} in a row"
    return f"{latest.label} is {latest.cause}"


def _trailing_trend(segment: list[Dot], *, rising: bool) -> list[Dot]:
    """The last points that all rise or fall. A missing value ends the run, as two equal ones do."""
    run = segment[-1:]
    for earlier in reversed(segment[:-1]):
        if not earlier.counts or earlier.value is None or run[0].value is None:
            break
        if earlier.value == run[0].value:
            break
        if (run[0].value > earlier.value) != rising:
            break
        run.insert(0, earlier)
    return run


def _expected_values(reading: Reading, definition: Definition, words: InWords, *, shifted: bool) -> str:
    last = reading.segments[-1]
    if last.lpl is None or last.upl is None or reading.target is None:
        return ""
    # A target is read by its own sign.
    at_least = reading.target.comparator == ">="
    worst, best = (last.lpl, last.upl) if at_least else (last.upl, last.lpl)
    period = UNITS[definition.frequency].rstrip("s")
    when = "of the process as it was" if shifted else "to expect today"
    if reading.assurance == "fail":
        return f"Best {period} {when}: {words(best)}"
    if reading.assurance == "pass":
        return f"Worst {period} {when}: {words(worst)}"
    expect = "The process as it was lay" if shifted else "Expect"
    return f"{expect} between {words(last.lpl)} and {words(last.upl)}"
