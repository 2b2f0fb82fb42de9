"""The one sentence that describes a chart, and the rules of special cause in words. Pure."""

from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import quantity
from app.outcomes.readings.reading import Dot, LimitLines, Reading
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


def sentence(definition: Definition, reading: Reading) -> str:
    """What a chart shows and no more: the latest value, its place between the limits, the target."""
    latest = reading.latest
    if latest is None:
        return "There are no values yet."
    opening = f"{latest.label}: {quantity(definition, latest.value)}"
    parts = [opening + _place(definition, reading, latest), _target(definition, reading)]
    return "; ".join(part for part in parts if part) + "."


def _place(definition: Definition, reading: Reading, latest: Dot) -> str:
    if reading.chart == "run" and reading.run:
        signal = "more than chance" if reading.run.signal else "no more than chance"
        median = quantity(definition, reading.run.median)
        return f", with a median of {median}; the runs and crossings of the line show {signal}"
    if reading.chart != "xmr" or not reading.segments or reading.segments[-1].drawn == "none":
        return ""
    limits = reading.segments[latest.segment]
    trial = "trial " if limits.drawn == "trial" else ""
    if latest.rule == Cause.ABOVE_LIMIT:
        return f", above the upper {trial}limit of {quantity(definition, limits.upl)}{_meaning(latest)}"
    if latest.rule == Cause.BELOW_LIMIT:
        return f", below the lower {trial}limit of {quantity(definition, limits.lpl)}{_meaning(latest)}"
    if latest.rule:
        return f", {latest.cause}{_meaning(latest)}"
    between = f"{quantity(definition, limits.lpl)} and {quantity(definition, limits.upl)}"
    return f", as expected between {trial}limits of {between}"


def _meaning(latest: Dot) -> str:
    words = {
        "special_cause_improvement": ", which is an improvement",
        "special_cause_concern": ", which is a concern",
    }
    return words.get(latest.type, "")


def _target(definition: Definition, reading: Reading) -> str:
    if reading.target is None:
        return ""
    target = quantity(definition, reading.target.value)
    if reading.assurance is None or not reading.segments:
        return f"the target is {target}"
    subject = f"the target of {target}"
    limits = reading.segments[-1]
    place = _side_of_limits(limits, float(reading.target.value))
    return {
        "pass": f"{subject} {place}, so it can be expected to be met",
        "fail": f"{subject} {place}, so the process as it is cannot be expected to meet it",
        "inconsistent": f"{subject} lies within the limits, so it is met some of the time by chance",
    }[reading.assurance]


def _side_of_limits(limits: LimitLines, target: float) -> str:
    if limits.lpl is not None and target < limits.lpl:
        return "lies below the lower limit"
    if limits.upl is not None and target > limits.upl:
        return "lies above the upper limit"
    return "lies where all values are"
