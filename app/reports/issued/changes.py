"""What is new in a report since the one before, in sentences. Pure."""

from collections.abc import Iterable

from app.outcomes.measures.number_format import quantity
from app.outcomes.readings import verdict
from app.outcomes.readings.reading import Reading
from app.outcomes.view.content import MeasureContent, ReportContent, ReportRow


def news(before: ReportContent | None, after: ReportContent) -> tuple[str, ...]:
    """Goal by goal and measure by measure; empty for a first report."""
    if before is None:
        return ()
    known = {one.id: one for one in before.measures}
    goals = {goal.id for goal in before.goals}
    found = [f"A new goal: {goal.title}." for goal in after.goals if goal.id not in goals]
    for one in after.measures:
        earlier = known.get(one.id)
        found += _of_measure(earlier, one) if earlier else [f"A new measure: {one.definition.name}."]
    there = {one.id for one in after.measures}
    found += [f"No longer measured: {one.definition.name}." for one in before.measures if one.id not in there]
    return tuple(found) or ("Nothing has changed since.",)


def _of_measure(before: MeasureContent, after: MeasureContent) -> Iterable[str]:
    name = after.definition.name
    if before.version != after.version:
        yield f"{name}: counted in another way (version {after.version})."
    if before.targets != after.targets:
        yield f"{name}: the targets have changed."
    earlier = {row.series: row for row in before.told}
    for row in after.told:
        yield from _of_row(name, earlier.get(row.series), row, after)
    known = {(what.when, what.words) for what in before.happened}
    for what in after.happened:
        if (what.when, what.words) not in known:
            yield f"{name}: noted, {what.words}."


def _of_row(name: str, before: ReportRow | None, after: ReportRow, measure: MeasureContent) -> Iterable[str]:
    whose = f"{name}, {after.whose}"
    if before is None:
        yield f"{whose}: reported for the first time."
        return
    values = {dot.start: (dot.value, dot.status == "suppressed") for dot in before.found.points}
    fresh = [dot for dot in after.found.points if dot.start not in values and dot.value is not None]
    if fresh and after.found.latest:
        latest = after.found.latest
        count = "one new value" if len(fresh) == 1 else f"{len(fresh)} new values"
        yield f"{whose}: {count}, the latest {quantity(measure.definition, latest.value)} in {latest.label}."
    changed = [
        dot.label
        for dot in after.found.points
        if dot.start in values and values[dot.start] != (dot.value, dot.status == "suppressed")
    ]
    if changed:
        yield f"{whose}: revised for {', '.join(changed[:3])}{' and others' if len(changed) > 3 else ''}."
    was, is_ = _words(before.found, measure), _words(after.found, measure)
    if was != is_:
        yield f"{whose}: now {is_}, before {was}."


def _words(found: Reading, measure: MeasureContent) -> str:
    moved = verdict.variation(found, measure.definition).words
    aim = verdict.assurance(found, measure.definition)
    return moved.lower() + (f" and {aim.words[0].lower()}{aim.words[1:]}" if aim else "")
