"""What to look at first: what gets worse or misses its target, then what improves, then what is overdue."""

from collections.abc import Iterable

from msgspec import Struct

from app.outcomes.measures.periods import long_date
from app.outcomes.readings import verdict
from app.outcomes.view.content import GoalContent, MeasureContent, ReportContent, ReportRow


class AttentionItem(Struct, frozen=True):
    """A line of the list. `turn` orders it: 0 worse or out of reach, 1 better, 2 overdue."""

    turn: int
    measure: str
    goal: str
    whose: str
    words: str
    because: str
    variation: str = ""
    assurance: str = ""


def attention(content: ReportContent) -> list[AttentionItem]:
    """In the order of the goals and measures within each turn; organisations by name, never by result."""
    rows = ((goal, one, row) for goal in content.goals for one in goal.measures for row in one.told)
    found = [item for goal, measure, row in rows for item in _items(goal, measure, row)]
    return sorted(found, key=lambda item: item.turn)


def _items(goal: GoalContent, measure: MeasureContent, row: ReportRow) -> Iterable[AttentionItem]:
    found, definition = row.found, measure.definition
    name = (definition.name, goal.title, row.whose)
    kind = (found.variation or "")[:3]
    moved, aim = verdict.variation(found, definition), verdict.assurance(found, definition)
    if kind == "con":
        yield AttentionItem(
            0, *name, moved.words, moved.because, found.variation or "", found.assurance or ""
        )
    elif found.assurance == "fail" and aim:
        words = f"{moved.words}, but {_lower(aim.words)}" if kind == "imp" else aim.words
        yield AttentionItem(0, *name, words, aim.because, found.variation or "", "fail")
    elif kind == "imp":
        yield AttentionItem(
            1, *name, moved.words, moved.because, found.variation or "", found.assurance or ""
        )
    if found.overdue_since and found.data_until:
        last = f"the last value is of {found.latest.label}" if found.latest else "there is no value"
        yield AttentionItem(2, *name, "Overdue", f"Expected by {long_date(found.overdue_since)}; {last}")


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
