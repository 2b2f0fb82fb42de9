"""The type of each point, and the variation and assurance icons of a series, as in Making Data Count.

Source: nhs-r-community/NHSRplotthedots 0.2.2, R/geom_ptd_icon.R and R/ptd_calculate_assurance_type.R.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from app.outcomes.spc.limits import Limits, Lines
from app.outcomes.spc.series import Direction
from app.outcomes.spc.special_cause import HIGH, LOW, Cause

PointType = Literal[
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
]
Variation = Literal[
    "common_cause",
    "improvement_high",
    "improvement_low",
    "concern_high",
    "concern_low",
    "neutral_high",
    "neutral_low",
]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]
AssuranceIcon = Literal["pass", "fail", "inconsistent"]

POINT_TYPES: dict[Direction, tuple[PointType, PointType]] = {  # of a high point, of a low point
    "increase": ("special_cause_improvement", "special_cause_concern"),
    "decrease": ("special_cause_concern", "special_cause_improvement"),
    "neutral": ("special_cause_neutral_high", "special_cause_neutral_low"),
}
# The letter follows the better direction and not the rule: a fall that lies above the mean is concern_low.
VARIATIONS: dict[Direction, tuple[Variation, Variation]] = {
    "increase": ("improvement_high", "concern_low"),
    "decrease": ("concern_high", "improvement_low"),
    "neutral": ("neutral_high", "neutral_low"),
}
ASSURANCE_ICONS: dict[Assurance, AssuranceIcon] = {
    "consistent_pass": "pass",
    "consistent_fail": "fail",
    "inconsistent": "inconsistent",
}


def point_type(cause: Cause, better: Direction) -> PointType:
    """The type of a point with this cause, where `better` is the direction of improvement."""
    high, low = POINT_TYPES[better]
    return high if cause in HIGH else low if cause in LOW else "common_cause"


def variation(cause: Cause, better: Direction) -> Variation:
    """The variation icon of a series whose last point has this cause."""
    high, low = VARIATIONS[better]
    return high if cause in HIGH else low if cause in LOW else "common_cause"


def side_variation(better: Direction, *, high: bool) -> Variation:
    """The variation of a series that has moved up (`high`) or down."""
    return VARIATIONS[better][0 if high else 1]


def side_type(better: Direction, *, high: bool) -> PointType:
    """The type of a point that belongs to a move up (`high`) or down."""
    return POINT_TYPES[better][0 if high else 1]


def assurance(
    lines: Lines, values: Sequence[int], target: Fraction | None, better: Direction, *, as_r: bool
) -> Assurance | None:
    """Whether the process of the last segment can be expected to meet the target. All numbers have one unit.

    A target on a limit is hit or miss. Values that are all equal meet the target or not, and exactly on it is
    meeting it; R (`as_r`) calls them hit or miss. None: there is no target, direction or limit.
    """
    if target is None or better == "neutral":
        return None
    if lines.limits is None or lines.mean is None:
        return "inconsistent" if as_r else None
    if not as_r and len(set(values)) == 1:
        met = lines.mean >= target if better == "increase" else lines.mean <= target
        return "consistent_pass" if met else "consistent_fail"
    return _against(lines.limits, target, better)


def _against(limits: Limits, target: Fraction, better: Direction) -> Assurance:
    if limits.lower <= target <= limits.upper:
        return "inconsistent"
    return "consistent_pass" if (target < limits.lower) == (better == "increase") else "consistent_fail"
