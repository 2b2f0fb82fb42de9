"""What is new in a report since the one before, in sentences. Pure."""

from collections.abc import Iterator

from app.outcomes.view.content import ReportContent
from app.outcomes.view.report_view import MeasureView, report_view
from app.outcomes.view.series_view import SeriesView


def news(earlier: ReportContent | None, later: ReportContent) -> tuple[str, ...]:
    """Goal by goal and measure by measure; empty for a first report."""
    if earlier is None:
        return ()
    before, after = report_view(earlier), report_view(later)
    goals, measures = {goal.id for goal in earlier.goals}, {one.content.id: one for one in before.measures}
    sentences = [f"A new goal: {goal.title}." for goal in later.goals if goal.id not in goals]
    for one in after.measures:
        same = measures.pop(one.content.id, None)
        sentences += _of_measure(same, one) if same else [f"A new measure: {one.definition.name}."]
    sentences += [f"No longer measured: {gone.definition.name}." for gone in measures.values()]
    return tuple(sentences) or ("Nothing has changed since.",)


def _of_measure(before: MeasureView, after: MeasureView) -> Iterator[str]:
    name = after.definition.name
    if before.content.version != after.content.version:
        yield f"{name}: counted in another way (version {after.content.version})."
    if before.content.targets != after.content.targets:
        yield f"{name}: the targets have changed."
    earlier = {one.row.series: one for one in before.series}
    for series in after.series:
        yield from _of_series(name, earlier.get(series.row.series), series)
    known = {(event.when, event.words) for event in before.content.happened}
    for event in after.content.happened:
        if (event.when, event.words) not in known:
            yield f"{name}: noted, {event.words}."


def _of_series(name: str, before: SeriesView | None, after: SeriesView) -> Iterator[str]:
    whose = f"{name}, {after.whose}"
    if before is None:
        yield f"{whose}: reported for the first time."
        return
    values = {dot.start: (dot.value, dot.status == "suppressed") for dot in before.reading.points}
    fresh = [dot for dot in after.reading.points if dot.start not in values and dot.value is not None]
    if fresh:
        count = "one new value" if len(fresh) == 1 else f"{len(fresh)} new values"
        yield f"{whose}: {count}, the latest {after.value} in {after.period}."
    revised = [
        dot.label
        for dot in after.reading.points
        if dot.start in values and values[dot.start] != (dot.value, dot.status == "suppressed")
    ]
    if revised:
        yield f"{whose}: revised for {', '.join(revised[:3])}{' and others' if len(revised) > 3 else ''}."
    was, is_ = _verdicts(before), _verdicts(after)
    if was != is_:
        yield f"{whose}: now {is_}, before {was}."


def _verdicts(series: SeriesView) -> str:
    target = series.assurance_words
    return series.variation.words.lower() + (f" and {target[0].lower()}{target[1:]}" if target else "")
