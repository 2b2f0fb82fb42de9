"""A second implementation of the same rules for comparing: slow, simple, and written without the first.

Everything is a fraction, every rule looks at every window that holds a row, and rows are plain dictionaries.
"""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import comb, floor, log2
from typing import Any

ERROR = {"ok": False}


def spc(series: dict[str, Any], profile: str = "mdc-r-0.2.2") -> dict[str, Any]:
    """The answer to a series whose shape is sound; ERROR where R stops or a date appears twice."""
    r, england = profile == "mdc-r-0.2.2-strict", profile == "mdc-england-2023"
    options = series["options"]
    rows = sorted(
        (
            {
                "date": o["date"],
                "y": None if o["value"] is None else Fraction(str(o["value"])),
                "v": o["value"],
            }
            for o in series["observations"]
        ),
        key=lambda row: row["date"],
    )
    dates = [row["date"] for row in rows]
    if len(set(dates)) < len(dates):
        return ERROR
    if r and all(row["y"] is None for row in rows):
        return ERROR
    number_rows(rows, dates, options["rebase"], r)
    screen = options["screen_outliers"] and not england
    segments = []
    for number in sorted({row["segment"] for row in rows}):
        part = [row for row in rows if row["segment"] == number]
        if r and r_stops(part):
            return ERROR
        segment = lines(part, number, options["fix_after_n_points"], screen, r)
        segments.append(segment)
        for i in range(len(part)):
            facts(part[i], segment)
        for i in range(len(part)):
            part[i]["cause"] = cause(part, i, r, england, options["improvement_direction"])
    last = [row for row in rows if row["segment"] == segments[-1]["number"]]
    better = options["improvement_direction"]
    assured = assurance(segments[-1], last, options["target"], better, r)
    return {
        "ok": True,
        "segments": [shown_segment(segment) for segment in segments],
        "points": [shown_point(row, better) for row in rows],
        "variation_icon": variation(segments[-1], last, better, r),
        "assurance_icon": {"consistent_pass": "pass", "consistent_fail": "fail"}.get(assured, assured)
        if assured
        else None,
        "assurance_type": assured,
        "short_group_warning": any(segment["n"] < 13 for segment in segments),
    }


def number_rows(rows: list[Any], dates: list[str], rebase: list[str], r: bool) -> None:
    starts = [day in rebase for day in dates]
    if not r:
        for day in rebase:
            later = [i for i, other in enumerate(dates) if other >= day]
            if day not in dates and later and later[0] > 0:
                starts[later[0]] = True
    for i, row in enumerate(rows):
        row["segment"] = sum(starts[: i + 1])


def r_stops(part: list[Any]) -> bool:
    for i in range(len(part) - 6):
        window = [row["y"] for row in part[i : i + 7]]
        steps = [(a, b) for a, b in pairwise(window) if a is not None and b is not None]
        if None in window and (all(a < b for a, b in steps) or all(a > b for a, b in steps)):
            return True
    return False


def lines(part: list[Any], number: int, fixed: int | None, screen: bool, r: bool) -> dict[str, Any]:
    base = [row["y"] for row in part][: fixed or len(part)]
    known = [y for y in base if y is not None]
    ranges = [abs(base[i] - base[i - 1]) for i in range(1, len(base)) if None not in (base[i], base[i - 1])]
    amr = sum(ranges, Fraction(0)) / len(ranges) if ranges else None
    if amr is not None and screen:
        kept = [one for one in ranges if one < Fraction(3267, 1000) * amr]
        screened = sum(kept, Fraction(0)) / len(kept) if kept else None
        amr = screened if r or screened else amr
    found: dict[str, Any] = {"number": number, "first": part[0]["date"], "last": part[-1]["date"]}
    mean = sum(known, Fraction(0)) / len(known) if known else None
    found |= {"n": len(part), "mean": mean, "amr": amr}
    for name, times in (
        ("lpl", Fraction(-266, 100)),
        ("upl", Fraction(266, 100)),
        ("low", Fraction(-532, 300)),
        ("high", Fraction(532, 300)),
    ):
        found[name] = None if mean is None or amr is None else mean + times * amr
    return found


def facts(row: Any, line: dict[str, Any]) -> None:
    y = row["y"]
    row["outside"] = row["near"] = row["side"] = None
    if y is not None and line["mean"] is not None:
        row["side"] = 1 if y > line["mean"] else -1 if y < line["mean"] else 0
        if line["amr"] is not None:
            row["outside"] = y > line["upl"] or y < line["lpl"]
            row["near"] = not row["outside"] and (y > line["high"] or y < line["low"])


def windows(part: list[Any], i: int, size: int) -> list[list[Any]]:
    """All windows of so many rows that hold row i."""
    return [
        part[begin : begin + size]
        for begin in range(i - size + 1, i + 1)
        if begin >= 0 and begin + size <= len(part)
    ]


def goes(window: list[Any], way: int) -> bool:
    ys = [row["y"] for row in window]
    return None not in ys and all((b - a) * way > 0 for a, b in pairwise(ys))


def cause(part: list[Any], i: int, r: bool, england: bool, better: str) -> str:
    rules = holding(part, i, r, england)
    if england:
        good = [rule for rule in rules if point_type(rule, better).endswith("improvement")]
        rules = good or rules
    return rules[0] if rules else "Common Cause"


def holding(part: list[Any], i: int, r: bool, england: bool) -> list[str]:
    """All rules that hold for a row."""
    row, rules = part[i], []
    word = "Above" if row["side"] == 1 else "Below"
    if row["outside"]:
        rules.append("Above UCL" if row["side"] == 1 else "Below LCL")
    rules += [f"7 Point Trend ({'In' if way == 1 else 'De'}creasing)" for way in trends(part, i, r)]
    counts = [bool(one["near"] or (england and one["outside"])) for one in part]
    for window in windows(part, i, 3):
        sides = {one["side"] for one in window}
        near = [one for one, counted in zip(part, counts, strict=True) if counted and one in window]
        if sides in ({1}, {-1}) and len(near) >= 2 and counts[i]:
            rules.append(f"2 in 3 {word} CL")
    for window in windows(part, i, 7):
        if {one["side"] for one in window} in ({1}, {-1}):
            rules.append(f"7 Points {word} CL")
    return rules


def trends(part: list[Any], i: int, r: bool) -> list[int]:
    def in_one(j: int, way: int) -> bool:
        return any(goes(window, way) for window in windows(part, j, 7))

    up, down = in_one(i, 1), in_one(i, -1)
    if not r or not (up or down):
        return [1] * up + [-1] * down
    next_too = i + 1 < len(part) and (in_one(i + 1, 1) or in_one(i + 1, -1))
    a, b = (i, i + 1) if next_too else (i - 1, i)
    return [1 if part[b]["y"] > part[a]["y"] else -1]


def high_or_low(cause_: str) -> int:
    if "Above" in cause_ or "Increasing" in cause_:
        return 1
    return -1 if "Below" in cause_ or "Decreasing" in cause_ else 0


def point_type(cause_: str, better: str) -> str:
    way = high_or_low(cause_)
    if way == 0:
        return "common_cause"
    if better == "neutral":
        return f"special_cause_neutral_{'high' if way == 1 else 'low'}"
    good = (way == 1) == (better == "increase")
    return f"special_cause_{'improvement' if good else 'concern'}"


def variation(line: dict[str, Any], last: list[Any], better: str, r: bool) -> str | None:
    if not r and line["amr"] is None:
        return None
    row = last[-1] if r else [row for row in last if row["y"] is not None][-1]
    kind = point_type(row["cause"], better).removeprefix("special_cause_")
    if kind in ("improvement", "concern"):
        kind += "_high" if high_or_low(row["cause"]) == 1 else "_low"
    return kind


def assurance(line: dict[str, Any], last: list[Any], target: Any, better: str, r: bool) -> str | None:
    if target is None or better == "neutral":
        return None
    if line["amr"] is None:
        return "inconsistent" if r else None
    goal, ys = Fraction(str(target)), [row["y"] for row in last if row["y"] is not None]
    if not r and min(ys) == max(ys):
        met = ys[0] >= goal if better == "increase" else ys[0] <= goal
        return "consistent_pass" if met else "consistent_fail"
    if goal > line["upl"]:
        return "consistent_fail" if better == "increase" else "consistent_pass"
    if goal < line["lpl"]:
        return "consistent_pass" if better == "increase" else "consistent_fail"
    return "inconsistent"


def shown_segment(line: dict[str, Any]) -> dict[str, Any]:
    def number(name: str) -> float | None:
        return None if line["mean"] is None or line["amr"] is None else float(line[name])

    return {
        "segment": line["number"],
        "first_date": line["first"],
        "last_date": line["last"],
        "n_rows": line["n"],
        "mean": None if line["mean"] is None else float(line["mean"]),
        "lpl": number("lpl"),
        "upl": number("upl"),
        "short_group_warning": line["n"] < 13,
        "derived_average_moving_range": number("amr"),
        "derived_near_lower": number("low"),
        "derived_near_upper": number("high"),
    }


def shown_point(row: Any, better: str) -> dict[str, Any]:
    return {
        "date": date.fromisoformat(row["date"]).isoformat(),
        "value": None if row["v"] is None else float(row["v"]),
        "segment": row["segment"],
        "special_cause_type": row["cause"],
        "point_type": point_type(row["cause"], better),
        "outside_limits": row["outside"],
        "near_limits": row["near"],
        "side_of_mean": row["side"],
    }


def run(values: list[Any]) -> dict[str, Any]:
    """The run chart by the book: toss every number of coins."""
    known = sorted(Fraction(str(value)) for value in values if value is not None)
    n = len(known)
    median = None if not n else known[n // 2] if n % 2 else (known[n // 2 - 1] + known[n // 2]) / 2
    sides: list[bool] = []
    for value in values:
        if value is not None and Fraction(str(value)) != median:
            assert median is not None
            sides.append(Fraction(str(value)) > median)
    found: dict[str, Any] = {
        "median": None if median is None else float(median),
        "n_observations": len(values),
    }
    found |= {"n_useful": len(sides), "longest_run": None, "longest_run_max": None}
    found |= {"crossings": None, "crossings_min": None, "signal": False}
    if sides:
        lengths = [1]
        for one, other in pairwise(sides):
            if one == other:
                lengths[-1] += 1
            else:
                lengths.append(1)
        found |= {"longest_run": max(lengths), "longest_run_max": floor(log2(len(sides)) + 0.5) + 3}
        found |= {"crossings": len(lengths) - 1, "crossings_min": fewest(len(sides) - 1)}
        found["signal"] = (
            found["longest_run"] > found["longest_run_max"] or found["crossings"] < found["crossings_min"]
        )
    return found


def rebased_run(rows: list[tuple[date, Any]], rebase: list[date]) -> list[tuple[list[date], dict[str, Any]]]:
    """The days and the run chart of each part: a rebase begins one on the first day from then on."""
    found: list[tuple[list[date], dict[str, Any]]] = []
    for i, (day, _) in enumerate(rows):
        before = rows[i - 1][0] if i else date.min
        if not found or any(before < asked <= day for asked in rebase):
            found.append(([], {}))
        found[-1][0].append(day)
    return [(days, run([value for day, value in rows if day in days])) for days, _ in found]


def fewest(tosses: int) -> int:
    heads, seen = 0, 1
    while 20 * seen < 2**tosses:
        heads += 1
        seen += comb(tosses, heads)
    return heads
