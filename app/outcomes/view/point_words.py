"""What kind of point a value is, in the words of its chart: the same in legend, table and files. Pure."""

from collections.abc import Mapping

from app.outcomes.charts.markers import MARKERS
from app.outcomes.readings.reading import Dot, Reading
from app.outcomes.spc.icons import PointType

NOT_JUDGED = "A value"
WORDS_OF_CHART: Mapping[str, Mapping[PointType, str]] = {
    "xmr": {type: sign.words for type, sign in MARKERS.items()},
    "run": {
        "common_cause": NOT_JUDGED,
        "special_cause_improvement": "In a long run on the better side of the median",
        "special_cause_concern": "In a long run on the worse side of the median",
        "special_cause_neutral_high": "In a long run above the median",
        "special_cause_neutral_low": "In a long run below the median",
    },
    "line": dict.fromkeys(MARKERS, NOT_JUDGED),
}


def words_of(reading: Reading, dot: Dot) -> str:
    """The words of a point; “A value” where nothing judges it, such as without limits or left out of them."""
    return WORDS_OF_CHART[reading.chart][dot.type] if is_judged(reading, dot) else NOT_JUDGED


def is_judged(reading: Reading, dot: Dot) -> bool:
    """Whether limits or a median say what kind of point it is."""
    if reading.chart == "xmr":
        segments = reading.segments[dot.segment : dot.segment + 1]
        return dot.counts and any(one.drawn != "none" for one in segments)
    return dot.counts and reading.chart == "run"
