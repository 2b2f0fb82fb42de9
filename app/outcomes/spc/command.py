"""What `python -m app spc` does: series as JSON in, their readings as JSON out, in the same order."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.outcomes.spc import json_format, run_chart, xmr
from app.outcomes.spc.profiles import MDC_R_STRICT
from app.outcomes.spc.series import Unreadable

DIGITS = 310  # longer numbers are beyond the range of floats, and slow to parse


def answer(text: bytes, *, strict: bool = False, run: bool = False) -> str:
    """JSON text: one answer for one object, a list of answers for a list of objects.

    What cannot be read is answered by `{"ok": false, "error": "a sentence"}`. With `strict`, series are read
    with the profile mdc-r-0.2.2-strict, whatever profile they name. With `run`, they are read as run charts.
    """
    read = _run if run else _strict if strict else _series
    try:
        data = json.loads(text.decode("utf-8-sig"), parse_int=_whole)
    except (ValueError, RecursionError):
        answers: Any = _error("That is not JSON in UTF-8, or it is nested too deeply.")
    else:
        answers = [_answered(one, read) for one in data] if isinstance(data, list) else _answered(data, read)
    return json.dumps(answers, allow_nan=False)


def _answered(data: Any, read: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    try:
        return read(data)
    except Unreadable as reason:
        return _error(str(reason))


def _series(data: Any) -> dict[str, Any]:
    observations, options = json_format.series_of(data)
    return json_format.of_reading(xmr.read(observations, options))


def _strict(data: Any) -> dict[str, Any]:
    observations, options = json_format.series_of(data)
    return json_format.of_reading(xmr.read(observations, replace(options, profile=MDC_R_STRICT)))


def _run(data: Any) -> dict[str, Any]:
    return json_format.of_run(run_chart.read(json_format.values_of(data)))


def _error(say: str) -> dict[str, Any]:
    return {"ok": False, "error": say}


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= DIGITS else float(digits)
