"""Works out what was found in one series: which chart, which limits, which signals, and when more is due."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from app.outcomes.measures import periods
from app.outcomes.measures.measure import Chart, Definition, Observed, Rebase, Status, Target, in_force
from app.outcomes.measures.suppression import is_small
from app.outcomes.measures.values import is_divided
from app.outcomes.readings.narrative import MOVED, RULES, sentence
from app.outcomes.readings.reading import ENGINE, Aim, Dot, LimitLines, Reading, RunReading
from app.outcomes.spc import chart_choice, run_chart, trial_limits, xmr
from app.outcomes.spc.profiles import MDC_R, Profile
from app.outcomes.spc.series import Observation, Options
from app.outcomes.spc.special_cause import Cause
from app.outcomes.spc.trial_limits import Shown


def find(
    definition: Definition,
    observed: Sequence[Observed],
    targets: Sequence[Target] = (),
    rebases: Sequence[Rebase] = (),
    profile: Profile = MDC_R,
) -> Reading:
    """The reading of what was observed, in order of time. Small counts are taken out before all else."""
    dots = tuple(dot(definition, one) for one in observed)
    chart, why = _chart(definition, dots)
    latest = next((one for one in reversed(dots) if one.value is not None), None)
    found = Reading(
        profile.name,
        ENGINE,
        chart,
        why,
        dots,
        latest=latest,
        data_until=latest.end if latest else None,
        due=_due(definition, latest),
    )
    if latest is None:
        return replace(found, say=sentence(definition, found))
    held = in_force(targets, latest.start)
    found = replace(found, target=Aim(held.value, held.comparator, held.kind) if held else None)
    found = _as_xmr(found, definition, rebases, profile) if chart == "xmr" else _as_run(found)
    flagged = next(one for one in reversed(found.points) if one.value is not None)
    found = replace(found, latest=flagged)
    return replace(found, say=sentence(definition, found))


def dot(definition: Definition, one: Observed) -> Dot:
    """One observation as everybody may see it."""
    frame = Dot(one.start, one.end, one.label, None, one.status, note=one.note)
    if one.value is None:
        return replace(frame, numerator=one.numerator, denominator=one.denominator)
    if is_small(definition, one):
        return replace(frame, status="suppressed")
    return replace(
        frame,
        value=one.value,
        numerator=one.numerator,
        denominator=one.denominator,
        low95=one.low95,
        high95=one.high95,
    )


def _chart(definition: Definition, dots: Sequence[Dot]) -> tuple[Chart, str]:
    """The chart to draw and why not the one that was asked for; limits that mislead are never drawn.

    Few points get trial limits (`few_points`) and keep the XmR chart that they will need anyway.
    """
    if definition.pooled:
        return "line", chart_choice.OVERLAP
    if definition.chart != "xmr":
        return definition.chart, ""
    offered = chart_choice.offer([Observation(one.start, one.value) for one in dots])
    if offered.say == chart_choice.SELDOM and sum(one.value is not None for one in dots) > 1:
        return "run", chart_choice.SELDOM
    return "xmr", offered.say if offered.chart == "xmr" and offered.say else ""


def _as_xmr(found: Reading, definition: Definition, rebases: Sequence[Rebase], profile: Profile) -> Reading:
    options = Options(
        improvement_direction=definition.direction,
        target=found.target.value if found.target else None,
        rebase=tuple(sorted({one.begins for one in rebases})),
        fix_after_n_points=definition.fixed_after,
        profile=profile,
    )
    reading = xmr.read([Observation(one.start, one.value) for one in found.points], options)
    shown = trial_limits.shown(reading)
    return replace(
        found,
        points=_flagged(found.points, reading, shown),
        segments=tuple(
            _limits(one, drawn) for one, drawn in zip(reading.segments, shown.limits, strict=True)
        ),
        variation=shown.variation,
        assurance=shown.assurance,
        notes=_notes(reading, shown),
    )


def _flagged(dots: Sequence[Dot], reading: xmr.XmrReading, shown: Shown) -> tuple[Dot, ...]:
    """The dots with what the rules say of them, where limits are drawn at all."""
    first = reading.segments[0].number
    found = []
    for one, point in zip(dots, reading.points, strict=True):
        segment = point.segment - first
        if shown.limits[segment] == "none" or one.value is None or point.cause is Cause.COMMON:
            found.append(replace(one, segment=segment))
        else:
            said = {"type": point.type, "cause": RULES[point.cause], "rule": point.cause.value}
            found.append(replace(one, segment=segment, **said))
    return tuple(found)


def _limits(segment: xmr.Segment, drawn: trial_limits.Drawn) -> LimitLines:
    first, last = segment.first_date, segment.last_date
    if drawn == "none":
        return LimitLines(first, last, segment.mean, None, None, drawn, segment.values)
    return LimitLines(first, last, segment.mean, segment.lpl, segment.upl, drawn, segment.values)


def _notes(reading: xmr.XmrReading, shown: Shown) -> tuple[str, ...]:
    moved = [
        MOVED.format(asked=periods.long_date(one.asked), begins=periods.long_date(one.begins))
        for one in reading.moved
        if one.begins
    ]
    return (*([shown.say] if shown.say else []), *moved)


def _as_run(found: Reading) -> Reading:
    if found.chart == "line":
        return found
    read = run_chart.read([one.value for one in found.points])
    return replace(
        found,
        run=RunReading(
            read.median,
            read.useful,
            read.longest_run,
            read.longest_run_max,
            read.crossings,
            read.crossings_min,
            read.signal,
        ),
    )


def _due(definition: Definition, latest: Dot | None) -> date | None:
    """When the value of the period after the latest one is expected. Nobody waits for what is irregular."""
    if latest is None or definition.frequency == "irregular":
        return None
    following = periods.of_day(latest.end + timedelta(days=1), definition.frequency)
    return following.end + timedelta(days=definition.lag_days)


def adds_up(definition: Definition) -> bool:
    """Whether organisations can be added up: what is only a value, such as a median, cannot."""
    return definition.sums and (is_divided(definition) or definition.value_kind == "count")


def whole(definition: Definition, lines: Sequence[Sequence[Observed]]) -> list[Observed]:
    """All lines of a measure as one: numerators and denominators added up, percentages never averaged.

    A period counts where everyone who reported in the period before has reported; otherwise it is missing.
    Whether the sum may be shown `hiding` says.
    """
    by_start: dict[date, dict[int, Observed]] = {}
    for number, line in enumerate(lines):
        for one in line:
            by_start.setdefault(one.start, {})[number] = one
    found: list[Observed] = []
    before: set[int] = set()
    for start in sorted(by_start):
        reported = {number: one for number, one in by_start[start].items() if one.value is not None}
        some = next(iter(by_start[start].values()))
        found.append(_sum(definition, some, list(reported.values()), complete=before <= reported.keys()))
        before = set(reported)
    return found


def _sum(definition: Definition, some: Observed, parts: list[Observed], *, complete: bool) -> Observed:
    frame = Observed("", some.start, some.end, 0, None, status="missing", label=some.label)
    if not parts or not complete:
        return replace(frame, note="Not everyone has reported." if parts else "")
    provisional = any(one.status == "provisional" for one in parts)
    status: Status = "provisional" if provisional else "final"
    if definition.value_kind == "count":
        return replace(frame, value=_added([one.value for one in parts]), status=status)
    n, d = _added([one.numerator for one in parts]), _added([one.denominator for one in parts])
    if n is None or not d:
        return frame
    value = Decimal(format((n * definition.multiplier / d).quantize(Decimal("1E-12")).normalize(), "f"))
    return replace(frame, value=value, numerator=n, denominator=d, status=status)


def _added(parts: list[Decimal | None]) -> Decimal | None:
    """The sum, None when any part is not known."""
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None
