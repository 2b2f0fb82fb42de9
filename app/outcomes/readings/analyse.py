"""Computes the reading of one series: chart, limits, signals, and when the next value is due. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from msgspec.structs import replace

from app.outcomes.measures import periods
from app.outcomes.measures.measure import (
    Chart,
    Comparator,
    Definition,
    Observed,
    Rebase,
    Status,
    Target,
    in_force,
)
from app.outcomes.measures.suppression import is_small
from app.outcomes.measures.values import is_divided
from app.outcomes.readings.as_run import as_run, observation
from app.outcomes.readings.continuity import absent_note, period_of
from app.outcomes.readings.narrative import MEDIAN_MOVED, REBASE_MOVED, RULES, hidden_words, sentence
from app.outcomes.readings.reading import ENGINE, Aim, Dot, LimitLines, Reading
from app.outcomes.spc import chart_choice, trial_limits, xmr
from app.outcomes.spc.profiles import MDC_R, Profile
from app.outcomes.spc.rebases import EffectiveRebase
from app.outcomes.spc.series import Direction, Observation, Options
from app.outcomes.spc.special_cause import Cause
from app.outcomes.spc.trial_limits import Shown

# A target is read by its own sign: “at most” is met below it, whichever way is better.
SIDES: dict[Comparator, Direction] = {">=": "increase", "<=": "decrease"}


def analyse(
    definition: Definition,
    observed: Sequence[Observed],
    targets: Sequence[Target] = (),
    rebases: Sequence[Rebase] = (),
    profile: Profile = MDC_R,
    excluded: Mapping[date, str] = MappingProxyType({}),
) -> Reading:
    """The reading of values in order of time. Small counts are hidden before anything is computed.

    `excluded` are the reasons why values are left out of the limits, by first day of their period.
    """
    dots = tuple(dot(definition, one) for one in observed)
    if excluded:
        dots = tuple(replace(one, excluded=excluded.get(one.start, "")) for one in dots)
    hidden = sum(one.status == "suppressed" for one in dots)
    chart, why = _chart(definition, dots, hidden)
    latest = next((one for one in reversed(dots) if is_known(one)), None)
    reading = Reading(
        profile.name,
        ENGINE,
        chart,
        why,
        dots,
        latest=latest,
        data_until=latest.end if latest else None,
        due=_due(definition, latest),
        hidden=hidden,
    )
    if latest is None:
        return replace(reading, say=sentence(definition, reading))
    target = in_force(targets, latest.start)
    reading = replace(reading, target=Aim(target.value, target.comparator, target.kind) if target else None)
    if chart != "line":
        reading = _judged(reading, definition, rebases, profile)
    return replace(reading, say=sentence(definition, reading))


def is_known(dot: Dot) -> bool:
    """Whether there is a number of this period, shown or hidden."""
    return dot.value is not None or dot.status == "suppressed"


def _judged(reading: Reading, definition: Definition, rebases: Sequence[Rebase], profile: Profile) -> Reading:
    """The reading with limits or medians, types of points and verdicts. No value of it is hidden."""
    if reading.chart == "xmr":
        reading = _as_xmr(reading, definition, rebases, profile)
    else:
        reading, moved = as_run(reading, definition.direction, rebases)
        reading = replace(reading, notes=_moved(moved, MEDIAN_MOVED))
    absent = absent_note(definition, reading.points)
    # once more, because the rules may have given it a type and a cause
    latest = next(one for one in reversed(reading.points) if one.value is not None)
    return replace(reading, latest=latest, notes=reading.notes + ((absent,) if absent else ()))


def dot(definition: Definition, one: Observed) -> Dot:
    """One value as everybody may see it: a small one has lost its numbers."""
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


def _chart(definition: Definition, dots: Sequence[Dot], hidden: int) -> tuple[Chart, str]:
    """The chart to draw, and a sentence where it is not the chosen one. Misleading limits are never drawn.

    Series with few points keep the XmR chart and get trial limits (see `spc.trial_limits`). What is left when
    small numbers are hidden lacks one end of its range: limits, medians and runs of it would mislead.
    """
    if hidden:
        return "line", hidden_words(hidden, sum(map(is_known, dots)))
    if definition.pooled:
        return "line", chart_choice.OVERLAP
    if definition.chart != "xmr":
        return definition.chart, ""
    suggestion = chart_choice.suggest([Observation(one.start, one.value) for one in dots])
    if suggestion.say == chart_choice.SELDOM and sum(one.value is not None for one in dots) > 1:
        return "run", chart_choice.SELDOM
    return "xmr", suggestion.say if suggestion.chart == "xmr" and suggestion.say else ""


def _as_xmr(reading: Reading, definition: Definition, rebases: Sequence[Rebase], profile: Profile) -> Reading:
    options = Options(
        improvement_direction=definition.direction,
        target=reading.target.value if reading.target else None,
        target_side=SIDES[reading.target.comparator] if reading.target else None,
        rebase=tuple(sorted({one.begins for one in rebases})),
        fix_after_n_points=definition.fixed_after,
        profile=profile,
    )
    chart = xmr.read([observation(one) for one in reading.points], options)
    shown = trial_limits.shown(chart)
    return replace(
        reading,
        points=_with_causes(reading.points, chart, shown),
        segments=tuple(_limits(one, drawn) for one, drawn in zip(chart.segments, shown.limits, strict=True)),
        variation=shown.variation,
        assurance=None if _is_undecided(chart) else shown.assurance,
        notes=_notes(chart, shown),
    )


def _is_undecided(chart: xmr.XmrReading) -> bool:
    """Whether both limits lie on the target, although values differ: they were fixed before, or left out.

    By its rule the target would be hit or miss then, whether all later values meet it or none does.
    """
    last = chart.segments[-1]
    return chart.assurance == "inconsistent" and last.lpl is not None and last.lpl == last.upl


def _with_causes(dots: Sequence[Dot], chart: xmr.XmrReading, shown: Shown) -> tuple[Dot, ...]:
    """The dots with segment, type and cause; only dots with limits get type and cause."""
    first = chart.segments[0].number
    marked = []
    for one, point in zip(dots, chart.points, strict=True):
        segment = point.segment - first
        if shown.limits[segment] == "none" or not one.counts or point.cause is Cause.COMMON:
            marked.append(replace(one, segment=segment))
        else:
            signal = {"type": point.type, "cause": RULES[point.cause], "rule": point.cause.value}
            marked.append(replace(one, segment=segment, **signal))
    return tuple(marked)


def _limits(segment: xmr.Segment, drawn: trial_limits.Drawn) -> LimitLines:
    first, last = segment.first_date, segment.last_date
    if drawn == "none":
        return LimitLines(first, last, segment.mean, None, None, drawn, segment.values)
    return LimitLines(first, last, segment.mean, segment.lpl, segment.upl, drawn, segment.values)


def _notes(chart: xmr.XmrReading, shown: Shown) -> tuple[str, ...]:
    return (*([shown.say] if shown.say else []), *_moved(chart.moved, REBASE_MOVED))


def _moved(moved: Sequence[EffectiveRebase], words: str) -> tuple[str, ...]:
    return tuple(
        words.format(asked=periods.long_date(one.requested), begins=periods.long_date(one.begins))
        for one in moved
        if one.begins
    )


def _due(definition: Definition, latest: Dot | None) -> date | None:
    """The day by which the value of the next period is expected; None for irregular ones."""
    if latest is None or definition.frequency == "irregular":
        return None
    following = periods.after(period_of(latest), definition.frequency)
    return following.end + timedelta(days=definition.lag_days)


def adds_up(definition: Definition) -> bool:
    """Whether organisations can be added up: only counts, numerators and denominators can."""
    return definition.sums and (is_divided(definition) or definition.value_kind == "count")


def whole(definition: Definition, parts: Sequence[Sequence[Observed]]) -> list[Observed]:
    """The series of several organisations added up: numerators and denominators, never percentages.

    A period has a value only if everyone who reported in the period before has reported. Whether the sum may
    be shown is decided by `measures.suppression`.
    """
    by_start: dict[date, dict[int, Observed]] = {}
    for number, part in enumerate(parts):
        for one in part:
            by_start.setdefault(one.start, {})[number] = one
    sums: list[Observed] = []
    before: set[int] = set()
    for start in sorted(by_start):
        reported = {number: one for number, one in by_start[start].items() if one.value is not None}
        some = next(iter(by_start[start].values()))
        sums.append(_sum(definition, some, list(reported.values()), complete=before <= reported.keys()))
        before = set(reported)
    return sums


def _sum(definition: Definition, some: Observed, parts: list[Observed], *, complete: bool) -> Observed:
    frame = Observed("", some.start, some.end, 0, None, status="missing", label=some.label)
    if not parts or not complete:
        return replace(frame, note="Not everyone has reported." if parts else "")
    provisional = any(one.status == "provisional" for one in parts)
    status: Status = "provisional" if provisional else "final"
    if definition.value_kind == "count":
        return replace(frame, value=_total([one.value for one in parts]), status=status)
    n, d = _total([one.numerator for one in parts]), _total([one.denominator for one in parts])
    if n is None or not d:
        return frame
    value = Decimal(format((n * definition.multiplier / d).quantize(Decimal("1E-12")).normalize(), "f"))
    return replace(frame, value=value, numerator=n, denominator=d, status=status)


def _total(parts: list[Decimal | None]) -> Decimal | None:
    """The sum, None when any part is not known."""
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None
