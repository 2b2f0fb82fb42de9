"""Hypothesis strategies of series: made of pieces that come close to every rule, with all options."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Values = list[float | int | None]

levels = st.integers(-4, 4)
noise = st.lists(st.one_of(levels, st.none(), levels.map(lambda n: n / 10)), min_size=1, max_size=12)
ramps = st.builds(
    lambda begin, step, length: [begin + step * i for i in range(length)],
    levels,
    st.sampled_from([-2, -1, -0.1, 0, 0.1, 1, 2]),
    st.integers(2, 10),
)
flats = st.builds(lambda level, length: [level] * length, levels, st.integers(1, 14))
to_and_fro = st.builds(lambda one, other, length: [one, other] * length, levels, levels, st.integers(1, 7))
spikes = st.sampled_from([-40, -12, 12, 40]).map(lambda value: [value])
floats = st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=14)
pieces = st.one_of(noise, ramps, flats, to_and_fro, spikes, floats)


@st.composite
def values(draw: st.DrawFn, most: int = 6) -> Values:
    drawn: Values = [value for piece in draw(st.lists(pieces, min_size=1, max_size=most)) for value in piece]
    return drawn


@st.composite
def series(draw: st.DrawFn) -> dict[str, Any]:
    """A series in JSON: sound in shape, its dates in any order, sometimes one of them twice."""
    drawn = draw(values())
    gaps = draw(st.lists(st.integers(1, 3), min_size=len(drawn), max_size=len(drawn)))
    days = [date(2020, 1, 1) + timedelta(days=sum(gaps[:i])) for i in range(len(drawn))]
    observations = [{"date": str(day), "value": value} for day, value in zip(days, drawn, strict=True)]
    if draw(st.integers(0, 19)) == 0:
        observations.append(dict(observations[0]))
    around = st.integers(-2, sum(gaps) + 2).map(lambda n: str(date(2020, 1, 1) + timedelta(days=n)))
    options = {
        "improvement_direction": draw(st.sampled_from(["increase", "decrease", "neutral"])),
        "target": draw(st.one_of(st.none(), st.sampled_from(drawn), st.integers(-15, 15))),
        "rebase": draw(st.one_of(st.just([]), st.lists(around, max_size=3))),
        "fix_after_n_points": draw(st.one_of(st.none(), st.integers(12, 20))),
        "screen_outliers": draw(st.booleans()),
    }
    return {"options": options, "observations": draw(st.permutations(observations))}
