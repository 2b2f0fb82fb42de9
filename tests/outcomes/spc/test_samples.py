"""The answers of the R packages themselves, in both modes: none of these series is an odd case."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.outcomes.spc.command import answer

DATA = Path(__file__).parent / "data"
SERIES = json.loads((DATA / "xmr.json").read_text())
RUNS = json.loads((DATA / "run.json").read_text())


def near(expected: Any) -> Any:
    """The same, but for the last digits of a float: R adds floats, we add fractions."""
    if isinstance(expected, dict):
        return {name: near(value) for name, value in expected.items()}
    if isinstance(expected, list):
        return [near(value) for value in expected]
    return pytest.approx(expected, rel=1e-9, abs=1e-12) if isinstance(expected, float) else expected


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("sample", SERIES, ids=lambda sample: sample["name"])
def test_a_series_is_read_as_by_NHSRplotthedots(sample: dict[str, Any], strict: bool) -> None:
    assert json.loads(answer(json.dumps(sample).encode(), strict=strict)) == near(sample["expected"])


@pytest.mark.parametrize("sample", RUNS, ids=lambda sample: sample["name"])
def test_a_run_chart_is_read_as_by_qicharts2(sample: dict[str, Any]) -> None:
    assert json.loads(answer(json.dumps(sample).encode(), run=True)) == near(sample["expected"])


def test_a_list_is_answered_in_its_order() -> None:
    answers = json.loads(answer(json.dumps(SERIES).encode()))

    assert [a["segments"] for a in answers] == near([sample["expected"]["segments"] for sample in SERIES])
