"""The one sentence that a chart is described by, and the rules of special cause in words for people."""

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


def sentence(definition: Definition, found: Reading) -> str:
    """What the chart says, in one sentence; it never says more than the chart shows."""
    latest = found.latest
    if latest is None:
        return "There are no values yet."
    begin = f"{latest.label}: {quantity(definition, latest.value)}"
    parts = [begin + _place(definition, found, latest), _target(definition, found)]
    return "; ".join(part for part in parts if part) + "."


def _place(definition: Definition, found: Reading, latest: Dot) -> str:
    if found.chart == "run" and found.run:
        signal = "more than chance" if found.run.signal else "no more than chance"
        median = quantity(definition, found.run.median)
        return f", with a median of {median}; the runs and crossings of the line show {signal}"
    if found.chart != "xmr" or not found.segments or found.segments[-1].drawn == "none":
        return ""
    limits = found.segments[latest.segment]
    trial = "trial " if limits.drawn == "trial" else ""
    if latest.rule == Cause.ABOVE_LIMIT:
        return f", above the upper {trial}limit of {quantity(definition, limits.upl)}{_meant(latest)}"
    if latest.rule == Cause.BELOW_LIMIT:
        return f", below the lower {trial}limit of {quantity(definition, limits.lpl)}{_meant(latest)}"
    if latest.rule:
        return f", {latest.cause}{_meant(latest)}"
    between = f"{quantity(definition, limits.lpl)} and {quantity(definition, limits.upl)}"
    return f", as expected between {trial}limits of {between}"


def _meant(latest: Dot) -> str:
    words = {
        "special_cause_improvement": ", which is an improvement",
        "special_cause_concern": ", which is a concern",
    }
    return words.get(latest.type, "")


def _target(definition: Definition, found: Reading) -> str:
    if found.target is None:
        return ""
    aim = quantity(definition, found.target.value)
    if found.assurance is None or not found.segments:
        return f"the target is {aim}"
    said = f"the target of {aim}"
    limits = found.segments[-1]
    place = _beside(limits, float(found.target.value))
    return {
        "pass": f"{said} {place}, so it can be expected to be met",
        "fail": f"{said} {place}, so the process as it is cannot be expected to meet it",
        "inconsistent": f"{said} lies within the limits, so it is met some of the time by chance",
    }[found.assurance]


def _beside(limits: LimitLines, target: float) -> str:
    if limits.lpl is not None and target < limits.lpl:
        return "lies below the lower limit"
    if limits.upl is not None and target > limits.upl:
        return "lies above the upper limit"
    return "lies where all values are"
