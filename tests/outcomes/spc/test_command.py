"""`python -m app spc`: whatever comes in, JSON comes out, and what cannot be read is told in a sentence."""

import json
import subprocess
import sys
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.outcomes.spc.command import answer

ROOT = Path(__file__).parents[3]
ROWS = [{"date": f"2024-{month:02}-01", "value": month % 3} for month in range(1, 13)]


def ask(data: Any, **flags: bool) -> Any:
    return json.loads(answer(json.dumps(data).encode(), **flags))


def refusal(text: str | bytes, **flags: bool) -> str:
    """The sentence with which it is refused."""
    found = json.loads(answer(text.encode() if isinstance(text, str) else text, **flags))
    assert set(found) == {"ok", "error"}
    assert found["ok"] is False
    assert found["error"].endswith(".")
    assert "\n" not in found["error"]
    return str(found["error"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "null",
        "true",
        "12",
        '"text"',
        "{",
        "{}",
        "[" * 100_000,
        '{"a":' * 100_000,
        "hello",
        b"\xff\xfe\x00",
        b"\x00",
        '{"observations": null}',
        '{"observations": {}}',
        '{"observations": []}',
        '{"observations": [[]]}',
        '{"observations": [null]}',
        '{"observations": [{}]}',
        '{"observations": "2024-01-01"}',
        "{'observations': []}",
    ],
)
@pytest.mark.parametrize("flags", [{}, {"strict": True}, {"run": True}])
def test_what_is_no_series_is_refused(text: str | bytes, flags: dict[str, bool]) -> None:
    refusal(text, **flags)


@pytest.mark.parametrize(
    "value",
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "-1e301",
        "9" * 302,
        "9" * 10_000,
        '"5"',
        '""',
        "true",
        "[]",
        "[5]",
        "{}",
    ],
)
def test_what_is_no_number_is_refused(value: str) -> None:
    refusal(f'{{"observations": [{{"date": "2024-01-01", "value": {value}}}]}}')
    refusal(f'{{"observations": [{{"date": "2024-01-01", "value": 1}}], "options": {{"target": {value}}}}}')
    refusal(f'{{"values": [1, {value}]}}', run=True)


@pytest.mark.parametrize(
    "day",
    [
        "null",
        "5",
        "true",
        "[]",
        '""',
        '"2024-02-30"',
        '"2024-1-1"',
        '"20240101"',
        '"2024-W01-1"',
        '"0000-01-01"',
        '"01/02/2024"',
        '"2024-01-01T00:00:00"',
        '" 2024-01-01"',
        '"２０２４-01-01"',
        '"\\ud800"',
    ],
)
def test_what_is_no_day_is_refused(day: str) -> None:
    refusal(f'{{"observations": [{{"date": {day}, "value": 1}}]}}')
    if day != "null":
        refusal(json.dumps({"observations": ROWS})[:-1] + f', "options": {{"rebase": [{day}]}}}}')


@pytest.mark.parametrize(
    "options",
    [
        {"improvement_direction": "up"},
        {"improvement_direction": 1},
        {"improvement_direction": ["increase"]},
        {"rebase": "2024-01-01"},
        {"rebase": [1]},
        {"rebase": {"2024-01-01": 1}},
        {"fix_after_n_points": 11},
        {"fix_after_n_points": 0},
        {"fix_after_n_points": -12},
        {"fix_after_n_points": 12.5},
        {"fix_after_n_points": "12"},
        {"fix_after_n_points": True},
        {"screen_outliers": "yes"},
        {"screen_outliers": 1},
        {"profile": "mdc"},
        {"profile": {}},
        [],
        "increase",
        5,
    ],
)
def test_options_that_mean_nothing_are_refused(options: Any) -> None:
    refusal(json.dumps({"observations": ROWS, "options": options}))


def test_a_refusal_names_what_is_wrong() -> None:
    twice = {"observations": [*ROWS, {"date": "2024-02-01", "value": None}]}

    assert refusal(json.dumps(twice)) == "The date 2024-02-01 appears twice."
    assert "observation 2" in refusal(
        json.dumps({"observations": [ROWS[0], {"date": "2024-02-01", "value": "x"}]})
    )
    assert "“" + "x" * 40 + "”" in refusal(json.dumps({"observations": [{"date": "x" * 10_000}]}))
    assert "mdc-england-2023" in refusal(json.dumps({"observations": ROWS, "options": {"profile": "?"}}))


def test_one_series_that_cannot_be_read_does_not_spoil_the_others() -> None:
    good = {"observations": ROWS}
    text = (
        json.dumps([good, None, good, [good]])[:-1]
        + ', {"observations": [{"date": "2024-01-01", "value": NaN}]}]'
    )
    answers = json.loads(answer(text.encode()))

    assert [one["ok"] for one in answers] == [True, False, True, False, False]


def test_an_empty_list_is_answered_by_an_empty_list() -> None:
    assert ask([]) == []


def test_what_is_left_out_or_null_is_as_by_default() -> None:
    plain = ask({"observations": ROWS})
    nulls = dict.fromkeys(
        ("improvement_direction", "target", "rebase", "fix_after_n_points", "screen_outliers", "profile")
    )

    assert plain["ok"]
    assert ask({"observations": ROWS, "options": None}) == plain
    assert ask({"observations": ROWS, "options": nulls}) == plain
    assert ask({"observations": ROWS, "options": {"improvement_direction": "increase"}}) == plain


def test_keys_that_are_not_known_are_ignored() -> None:
    extra = {
        "observations": [{**row, "note": [float("inf")]} for row in ROWS],
        "options": {"x": 1},
        "name": {},
    }

    assert ask(extra) == ask({"observations": ROWS})


def test_a_row_without_a_value_is_missing() -> None:
    without = [row if n else {"date": row["date"]} for n, row in enumerate(ROWS)]
    null = [row if n else {**row, "value": None} for n, row in enumerate(ROWS)]

    assert ask({"observations": without}) == ask({"observations": null})


def test_a_whole_number_of_points_may_be_written_as_a_float() -> None:
    assert ask({"observations": ROWS, "options": {"fix_after_n_points": 12.0}})["ok"]
    assert ask({"observations": ROWS, "options": {"fix_after_n_points": 1e300}})["ok"]


def test_strict_is_the_profile_that_answers_as_R() -> None:
    equal = {"observations": [{**row, "value": 1} for row in ROWS], "options": {"target": 1}}
    named = {**equal, "options": {"target": 1, "profile": "mdc-r-0.2.2-strict"}}
    english = {**equal, "options": {"target": 1, "profile": "mdc-england-2023"}}

    assert ask(equal)["assurance_icon"] == "pass"
    assert ask(named)["assurance_icon"] == "inconsistent"
    assert ask(equal, strict=True) == ask(named) == ask(english, strict=True)


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert json.loads(answer(b"\xef\xbb\xbf" + json.dumps({"observations": ROWS}).encode()))["ok"]


json_ = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["observations", "options", "date", "value", "values", "target", "rebase"]), inner
        )
    ),
)


@given(json_, st.booleans(), st.booleans())
def test_any_json_is_answered(data: Any, strict: bool, run: bool) -> None:
    found = ask(data, strict=strict, run=run)

    assert isinstance(found, list) == isinstance(data, list)
    assert json.dumps(found, allow_nan=False)


@given(st.binary())
def test_any_bytes_are_answered(text: bytes) -> None:
    assert json.loads(answer(text)) is not None


@pytest.mark.parametrize("run", [False, True])
def test_ten_times_the_points_take_about_ten_times_as_long(run: bool) -> None:
    def seconds(n: int) -> float:
        days = [f"{1000 + i // 336}-{i // 28 % 12 + 1:02}-{i % 28 + 1:02}" for i in range(n)]
        values = [i * 7919 % 1009 / 10 for i in range(n)]
        rows = [{"date": day, "value": value} for day, value in zip(days, values, strict=True)]
        text = json.dumps({"values": values} if run else {"observations": rows}).encode()
        took = []
        for _ in range(3):
            before = process_time()
            answer(text, run=run)
            took.append(process_time() - before)
        return min(took)

    # what is quadratic would take a hundred times as long
    assert seconds(30_000) < 30 * seconds(3_000)


def shell(text: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app", "spc", *words], input=text, capture_output=True, cwd=ROOT, check=False
    )


def test_the_command_reads_stdin_and_writes_nothing_but_json() -> None:
    done = shell(json.dumps([{"observations": ROWS}, 5]).encode())

    assert (done.returncode, done.stderr) == (0, b"")
    assert [one["ok"] for one in json.loads(done.stdout)] == [True, False]


@pytest.mark.parametrize("words", [(), ("--strict",), ("--run",)])
def test_the_command_ends_well_on_what_it_cannot_read(words: tuple[str, ...]) -> None:
    done = shell(b'{"values": {"observations": "\xff', *words)

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["ok"] is False


def test_the_command_reads_run_charts() -> None:
    done = shell(json.dumps({"values": [1, 2, 3, None]}).encode(), "--run")

    assert json.loads(done.stdout)["median"] == 2
