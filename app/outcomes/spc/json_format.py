"""Series and readings as JSON, as `python -m app spc` takes and writes them."""

import re
from datetime import date
from typing import Any

from app.outcomes.spc import run_chart, xmr
from app.outcomes.spc.profiles import PROFILES, Profile
from app.outcomes.spc.series import Direction, Number, Observation, Options, Unreadable

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DIRECTIONS: dict[str, Direction] = {"increase": "increase", "decrease": "decrease", "neutral": "neutral"}


def series_of(data: Any) -> tuple[list[Observation], Options]:
    """The series in `{"options": {...}, "observations": [{"date": "2024-01-01", "value": 1.5}, ...]}`.

    Other keys are ignored, and options that are null. Raises Unreadable with a sentence.
    """
    if not isinstance(data, dict):
        raise Unreadable("A series is an object with observations.")
    rows = data.get("observations")
    if not isinstance(rows, list):
        raise Unreadable("The observations have to be a list.")
    return [_observation(row, place) for place, row in enumerate(rows, 1)], _options(data.get("options"))


def values_of(data: Any) -> list[Number | None]:
    """The values in `{"values": [1.5, null, ...]}`. Raises Unreadable with a sentence."""
    if not isinstance(data, dict):
        raise Unreadable("A run chart is an object with values.")
    values = data.get("values")
    if not isinstance(values, list):
        raise Unreadable("The values have to be a list.")
    return [_number(value, f"Value {place}") for place, value in enumerate(values, 1)]


def of_reading(reading: xmr.XmrReading) -> dict[str, Any]:
    """The JSON of an XmR reading. Numbers that NHSRplotthedots does not give have names with derived_."""
    return {
        "ok": True,
        "segments": [_of_segment(segment) for segment in reading.segments],
        "points": [_of_point(point) for point in reading.points],
        "variation_icon": reading.variation,
        "assurance_icon": reading.assurance_icon,
        "assurance_type": reading.assurance,
        "short_group_warning": reading.short,
    }


def of_run(run: run_chart.Run) -> dict[str, Any]:
    """The JSON of a run chart."""
    return {
        "median": run.median,
        "n_observations": run.observations,
        "n_useful": run.useful,
        "longest_run": run.longest_run,
        "longest_run_max": run.longest_run_max,
        "crossings": run.crossings,
        "crossings_min": run.crossings_min,
        "signal": run.signal,
    }


def _of_segment(segment: xmr.Segment) -> dict[str, Any]:
    return {
        "segment": segment.number,
        "first_date": segment.first_date.isoformat(),
        "last_date": segment.last_date.isoformat(),
        "n_rows": segment.rows,
        "mean": segment.mean,
        "lpl": segment.lpl,
        "upl": segment.upl,
        "short_group_warning": segment.short,
        "derived_average_moving_range": segment.average_range,
        "derived_near_lower": segment.near_lower,
        "derived_near_upper": segment.near_upper,
    }


def _of_point(point: xmr.Point) -> dict[str, Any]:
    return {
        "date": point.date.isoformat(),
        "value": None if point.value is None else float(point.value),
        "segment": point.segment,
        "special_cause_type": point.cause,
        "point_type": point.type,
        "outside_limits": point.outside,
        "near_limits": point.near,
        "side_of_mean": point.side,
    }


def _observation(row: Any, place: int) -> Observation:
    if not isinstance(row, dict):
        raise Unreadable(f"Observation {place} is not an object with a date and a value.")
    day = row.get("date")
    if type(day) is not str:
        raise Unreadable(f"Observation {place} has no date.")
    return Observation(_day(day), _number(row.get("value"), f"The value of observation {place}"))


def _options(data: Any) -> Options:
    if data is None:
        return Options()
    if not isinstance(data, dict):
        raise Unreadable("The options have to be an object.")
    given = {name: value for name, value in data.items() if value is not None}
    return Options(
        improvement_direction=_direction(given.get("improvement_direction", "increase")),
        target=_number(given.get("target"), "The target"),
        rebase=_rebase(given.get("rebase", [])),
        fix_after_n_points=_rows(given.get("fix_after_n_points")),
        screen_outliers=_yes_or_no(given.get("screen_outliers", True)),
        profile=_profile(given.get("profile", "mdc-r-0.2.2")),
    )


def _day(text: str) -> date:
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # it looks like a day, but no calendar has it
    raise Unreadable(f"{_quoted(text)} is not a date like 2024-01-31.")


def _number(value: Any, name: str) -> Number | None:
    if value is None or type(value) is float or type(value) is int:
        return value
    raise Unreadable(f"{name} is not a number.")


def _direction(value: Any) -> Direction:
    if isinstance(value, str) and value in DIRECTIONS:
        return DIRECTIONS[value]
    raise Unreadable("The improvement direction has to be increase, decrease or neutral.")


def _rebase(value: Any) -> tuple[date, ...]:
    if not isinstance(value, list) or not all(isinstance(day, str) for day in value):
        raise Unreadable("The rebase dates have to be a list of dates.")
    return tuple(_day(day) for day in value)


def _rows(value: Any) -> int | None:
    if value is None:
        return None
    if type(value) is int or (type(value) is float and value.is_integer()):
        return int(value)
    raise Unreadable("Limits can be fixed after a whole number of points only.")


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Unreadable("Whether to screen outliers has to be true or false.")


def _profile(value: Any) -> Profile:
    if isinstance(value, str) and value in PROFILES:
        return PROFILES[value]
    raise Unreadable(f"The profile has to be one of {', '.join(PROFILES)}.")


def _quoted(text: str) -> str:
    return f"“{text[:40]}”"
