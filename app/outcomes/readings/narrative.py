"""The one sentence that describes a chart, and the rules of special cause in words. Pure."""

from collections.abc import Callable, Sequence

from app.outcomes.measures.labels import LEFT_OUT
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import Value, places_apart, quantity
from app.outcomes.readings.natural_range import natural_range
from app.outcomes.readings.reading import Dot, Reading
from app.outcomes.readings.shift import lasting_shift
from app.outcomes.spc.special_cause import Cause

RULES = {
    Cause.ABOVE_LIMIT: "above the upper limit",
    Cause.BELOW_LIMIT: "below the lower limit",
    Cause.RISING: "one of 7 or more rising in a row",
    Cause.FALLING: "one of 7 or more falling in a row",
    Cause.TWO_ABOVE: "one of two in three near the upper limit",
    Cause.TWO_BELOW: "one of two in three near the lower limit",
    Cause.SHIFT_ABOVE: "one of 7 or more in a row above the mean",
    Cause.SHIFT_BELOW: "one of 7 or more in a row below the mean",
}
REBASE_MOVED = "New limits were asked for from {asked}; the first period from then on begins on {begins}."
MEDIAN_MOVED = "A new median was asked for from {asked}; the first period from then on begins on {begins}."
MEANING = {"imp": ", which is an improvement", "con": ", which is a concern"}
InWords = Callable[[Value | None], str]


def hidden_words(hidden: int, known: int) -> str:
    """How many values are hidden, and that the rest is not judged."""
    if hidden == known:
        return (
            "All values are hidden as small numbers."
            if known > 1
            else "The value is hidden as a small number."
        )
    are = "is hidden as a small number" if hidden == 1 else "are hidden as small numbers"
    return f"{hidden} of {known} values {are}, so what is left is not judged."


def sentence(definition: Definition, reading: Reading) -> str:
    """What a chart shows and no more: the latest value, its place between the limits, the target."""
    latest = reading.latest
    if latest is None:
        return "There are no values yet."
    words = in_words(definition, reading)
    parts = [
        _opening(reading, latest, words) + _place(reading, latest, words),
        _target(definition, reading, words),
    ]
    said = "; ".join(part for part in parts if part)
    return f"{said}. {reading.why}" if reading.hidden else f"{said}."


def in_words(definition: Definition, reading: Reading) -> InWords:
    """Writes the numbers of one series: within the range of the measure, different ones apart."""
    holds, places = natural_range(definition, reading.points), places_of(definition, reading)

    def words(value: Value | None) -> str:
        return quantity(definition, holds.nearest(value) if isinstance(value, float) else value, places)

    return words


def places_of(definition: Definition, reading: Reading, targets: Sequence[Value] = ()) -> int:
    """Decimals that keep the latest value, limits and targets of a series apart, and its limits and mean."""
    holds = natural_range(definition, reading.points)
    last = reading.segments[-1] if reading.segments and reading.segments[-1].drawn != "none" else None
    known = (last.lpl, last.mean, last.upl) if last else ()
    lines = [holds.nearest(line) for line in known if line is not None]
    limits = [lines[0], lines[-1]] if lines else [reading.run.median] if reading.run else []
    aims = [*targets, *([reading.target.value] if reading.target else [])]
    latest = reading.latest.value if reading.latest else None
    together = ([*limits, latest, *aims], lines)
    alone = ([one] for one in (latest, *aims))  # so that none of these is said to be zero
    return max(places_apart(definition, values) for values in (*together, *alone))


def _opening(reading: Reading, latest: Dot, words: InWords) -> str:
    if latest.value is None:
        return f"{latest.label}: hidden as a small number"
    return f"{latest.label}: {words(latest.value)}"


def _place(reading: Reading, latest: Dot, words: InWords) -> str:
    left_out = f", {LEFT_OUT[reading.chart]}" if latest.excluded and reading.chart != "line" else ""
    if left_out:
        return left_out
    if reading.chart == "run" and reading.run:
        if reading.run.median is None:
            return ""
        if reading.variation is None and not reading.run.signal:
            return f", with a median of {words(reading.run.median)}"
        signal = "more than chance" if reading.run.signal else "no more than chance"
        meaning = MEANING.get((reading.variation or "")[:3], "")
        median = words(reading.run.median)
        return f", with a median of {median}; the runs and crossings of the line show {signal}{meaning}"
    if reading.chart != "xmr" or not reading.segments or reading.segments[-1].drawn == "none":
        return ""
    limits = reading.segments[latest.segment]
    trial = "trial " if limits.drawn == "trial" else ""
    meaning = MEANING.get(latest.type.removeprefix("special_cause_")[:3], "")
    if latest.rule == Cause.ABOVE_LIMIT:
        return f", above the upper {trial}limit of {words(limits.upl)}{meaning}"
    if latest.rule == Cause.BELOW_LIMIT:
        return f", below the lower {trial}limit of {words(limits.lpl)}{meaning}"
    if latest.rule:
        return f", {latest.cause}{meaning}"
    if limits.lpl == limits.upl:
        same = _all_equal(reading)
        return f", as {same} are" if same else f", where both limits lie, at {words(limits.lpl)}"
    return f", as expected between {trial}limits of {words(limits.lpl)} and {words(limits.upl)}"


def _target(definition: Definition, reading: Reading, words: InWords) -> str:
    if reading.target is None:
        return ""
    target = words(reading.target.value)
    if limits_on_target(definition, reading):
        return f"the target of {target} lies where both limits are, so they say nothing about it"
    if reading.assurance is None or not reading.segments:
        return f"the target is {target}"
    place = _side_of_limits(reading, float(reading.target.value))
    return f"the target of {target} {place}, so {_expected(reading)}"


def limits_on_target(definition: Definition, reading: Reading) -> bool:
    """Whether no verdict on the target can be made of the limits, because both lie on it."""
    judged = reading.assurance or definition.direction == "neutral"
    if judged or reading.target is None or not reading.segments:
        return False
    last = reading.segments[-1]
    return last.drawn == "full" and last.lpl == last.upl == float(reading.target.value)


def _expected(reading: Reading) -> str:
    """What the limits say of the target: of the process as it is, or as it was before a shift that lasts."""
    if lasting_shift(reading):
        return {
            "pass": "the process as it was before the shift could be expected to meet it",
            "fail": "the process as it was before the shift could not be expected to meet it",
            "inconsistent": "the process as it was before the shift met it some of the time by chance",
        }[reading.assurance or ""]
    return {
        "pass": "it can be expected to be met",
        "fail": "the process as it is cannot be expected to meet it",
        "inconsistent": "it is met some of the time by chance",
    }[reading.assurance or ""]


def _side_of_limits(reading: Reading, target: float) -> str:
    limits = reading.segments[-1]
    if limits.lpl is not None and target < limits.lpl:
        return "lies below the lower limit"
    if limits.upl is not None and target > limits.upl:
        return "lies above the upper limit"
    if limits.lpl != limits.upl:
        on = {limits.lpl: "on the lower limit", limits.upl: "on the upper limit"}
        return f"lies {on.get(target, 'within the limits')}"
    return f"lies where {_all_equal(reading) or 'both limits'} are"


def _all_equal(reading: Reading) -> str:
    """Which values are all equal: all, those that count, or those since the last new limits; else empty.

    Of values before the new limits, those that were left out make no difference to those that count.
    """
    known = [dot for dot in reading.points if dot.value is not None]
    segment = [dot for dot in known if dot.segment == reading.points[-1].segment and dot.counts]
    if len({dot.value for dot in segment}) != 1:
        return ""
    if len({dot.value for dot in known}) == 1:
        return "all values"
    first = segment[0]
    since = f" since {first.label}"
    if not any(dot.excluded for dot in known if dot.start >= first.start):
        return f"all values{since}"
    before = any(dot.counts and dot.value != first.value for dot in known if dot.start < first.start)
    return f"all values that count{since if before else ''}"
