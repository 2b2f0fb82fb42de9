"""The words of a measure: choices in forms, names of its fields, the line under its name. Pure."""

from collections.abc import Sequence

from app.outcomes.measures.measure import Definition

KINDS = [
    ("outcome", "Outcome", "Did anything change for people?"),
    ("process", "Process", "Do we do what we said we would?"),
    ("balancing", "Balancing", "Does something else get worse at the same time?"),
]
VALUE_KINDS = [
    ("proportion", "A share of all, such as a percentage"),
    ("rate", "A rate, such as falls for 1,000 bed days"),
    ("count", "A count of events or people"),
    ("mean", "An average or a median, such as days waited"),
    ("time_between", "The time between rare events"),
    ("score", "A score, such as from a survey"),
]
DIRECTIONS = [
    ("increase", "Higher is better"),
    ("decrease", "Lower is better"),
    ("neutral", "Neither is better by itself"),
]
FREQUENCIES = [
    ("day", "Every day"),
    ("week", "Every week"),
    ("month", "Every month"),
    ("quarter", "Every quarter"),
    ("calendar_year", "Every calendar year"),
    ("financial_year", "Every financial year, from April"),
    ("irregular", "At irregular times"),
]
CHARTS = [
    ("xmr", "XmR chart: a line with its usual range"),
    ("run", "Run chart: a line with its median"),
    ("line", "A plain line"),
]
MULTIPLIERS = [
    ("", "As it fits: a share out of 100, a rate out of 1,000"),
    ("1", "As it is"),
    ("100", "Out of 100"),
    ("1000", "Out of 1,000"),
    ("100000", "Out of 100,000"),
]
SMALL_NUMBERS = [
    (
        "internal",
        "Only people of this space will read them",
        "Every number is shown, also of one or two people. This is right too for numbers published already.",
    ),
    (
        "published",
        "They will be published, or shown to others",
        "Small counts are hidden in every page and report. A series with hidden numbers gets no verdict.",
    ),
]
# What new limits and a value left out are called, by the kind of chart.
NEW_LIMITS = {"xmr": "New limits", "run": "New median", "line": "New limits"}
LEFT_OUT = {
    "xmr": "left out of the limits",
    "run": "left out of the median",
    "line": "left out of the limits",
}
TARGET_KINDS = [
    ("standard", "A standard that holds for everybody"),
    ("ambition", "An ambition of our own"),
    ("trajectory", "A step on the way"),
]
COMPARATORS = [(">=", "At least"), ("<=", "At most")]
NOTE_KINDS = [
    ("change", "We changed something"),
    ("event", "Something happened around us"),
    ("data", "The counting changed"),
    ("pdsa", "A test began or ended"),
]
FIELDS = {
    "name": "name",
    "description": "what it shows",
    "kind": "kind",
    "value_kind": "kind of number",
    "numerator": "what is counted",
    "denominator": "out of what",
    "exclusions": "what is left out",
    "multiplier": "how the number is given",
    "unit": "unit",
    "decimals": "decimal places",
    "direction": "which way is better",
    "frequency": "how often",
    "source": "source",
    "collected": "how it is collected",
    "licence": "licence",
    "caveats": "what to keep in mind",
    "lag_days": "days until a number is expected",
    "suppress_below": "small numbers",
    "chart": "chart",
    "pooled": "overlapping periods",
    "fixed_after": "fixed limits",
    "sums": "adding up organisations",
}


def label_of(choices: Sequence[tuple[str, ...]], value: str) -> str:
    """The words of a choice."""
    return next(choice[1] for choice in choices if choice[0] == value)


def at_a_glance(definition: Definition) -> str:
    """'Outcome measure, every month, higher is better': a line under the name."""
    kind = label_of(KINDS, definition.kind)
    often = label_of(FREQUENCIES, definition.frequency).lower().replace("april", "April")
    return f"{kind} measure, {often}, {label_of(DIRECTIONS, definition.direction).lower()}"
