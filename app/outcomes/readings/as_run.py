"""The reading of a run chart: a median for each part, long runs, what the last part comes to. Pure."""

from collections.abc import Sequence

from msgspec.structs import replace

from app.outcomes.measures.measure import Rebase
from app.outcomes.readings.reading import Dot, Reading, RunPart, RunReading
from app.outcomes.spc import icons, run_chart
from app.outcomes.spc.icons import Variation
from app.outcomes.spc.rebases import EffectiveRebase
from app.outcomes.spc.series import Direction, Number, Observation

# With fewer of them no run is too long and no crossings are too few, however they lie.
FEWEST_USEFUL = 6


def as_run(
    reading: Reading, better: Direction, rebases: Sequence[Rebase]
) -> tuple[Reading, list[EffectiveRebase]]:
    """The reading with its parts, points with the part they belong to, and rebases on other days."""
    rows = [observation(one) for one in reading.points]
    parts, moved = run_chart.parts(rows, {one.begins for one in rebases})
    points: list[Dot] = []
    found: list[RunPart] = []
    for number, part in enumerate(parts):
        own = reading.points[part.begin : part.end]
        run = _reading(part.run)
        found.append(RunPart(own[0].start, own[-1].start, run))
        points += _marked(own, number, part.run, better)
    last = parts[-1]
    variation = _variation([one.value for one in rows[last.begin : last.end]], last.run, better)
    made = replace(
        reading, points=tuple(points), run=found[-1].run, run_parts=tuple(found), variation=variation
    )
    return made, moved


def observation(dot: Dot) -> Observation:
    """A dot as the rules of a chart see it: one that is left out has no value for them."""
    return Observation(dot.start, dot.value if dot.counts else None)


def _reading(run: run_chart.Run) -> RunReading:
    return RunReading(
        run.median,
        run.useful,
        run.longest_run,
        run.longest_run_max,
        run.crossings,
        run.crossings_min,
        run.signal,
    )


def _marked(dots: Sequence[Dot], number: int, run: run_chart.Run, better: Direction) -> list[Dot]:
    """The dots of one part; those of long runs with their type and cause."""
    marked = [replace(one, segment=number) for one in dots]
    for long in _long_runs([observation(one).value for one in dots], run):
        type = icons.side_type(better, high=long.above)
        cause = f"one of {len(long.rows)} in a row {'above' if long.above else 'below'} the median"
        for row in long.rows:
            marked[row] = replace(marked[row], type=type, cause=cause)
    return marked


def _long_runs(values: Sequence[Number | None], run: run_chart.Run) -> list[run_chart.LongRun]:
    return [] if run.longest_run_max is None else run_chart.long_runs(values, run.longest_run_max)


def _variation(values: Sequence[Number | None], run: run_chart.Run, better: Direction) -> Variation | None:
    """Better or worse by the side on which the line ends; None where a signal does not last until then.

    None too where there are too few values for a signal. It lasts where the last run is longer than chance
    allows, or where so few crossings have left the line on another side than it began.
    """
    if not run.useful:
        return None
    if not run.signal:
        return "common_cause" if run.useful >= FEWEST_USEFUL else None
    long = [one for one in _long_runs(values, run) if one.latest]
    if long:
        return icons.side_variation(better, high=long[0].above)
    sides = [above for _, above in run_chart.sides(values)]
    few = run.crossings is not None and run.crossings_min is not None and run.crossings < run.crossings_min
    return icons.side_variation(better, high=sides[-1]) if few and sides[0] != sides[-1] else None
