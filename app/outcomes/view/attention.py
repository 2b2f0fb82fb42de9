"""What to look at first: worse or out of reach, then better, then overdue. Pure."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from app.outcomes.measures.periods import long_date
from app.outcomes.view.series_view import SeriesView

WORSE, BETTER, OVERDUE = 0, 1, 2


class AttentionItem(Struct, frozen=True):
    """An item of the list. `rank` orders it: worse or out of reach, then better, then overdue.

    `variation` and `assurance` are the icons to show, empty for none.
    """

    rank: int
    measure: str
    goal: str
    whose: str
    words: str
    because: str
    variation: str = ""
    assurance: str = ""


class AttentionGroup(Struct, frozen=True):
    """Items that say the same of one measure: paper names the organisations in one entry. Never empty."""

    items: tuple[AttentionItem, ...]

    @property
    def first(self) -> AttentionItem:
        return self.items[0]


def gathered(items: Iterable[AttentionItem]) -> tuple[AttentionGroup, ...]:
    """The items by what they say of which measure, in the order in which each is said first."""
    groups: dict[tuple[object, ...], list[AttentionItem]] = {}
    for one in items:
        said = (one.rank, one.goal, one.measure, one.words, one.variation, one.assurance)
        groups.setdefault(said, []).append(one)
    return tuple(AttentionGroup(tuple(of_group)) for of_group in groups.values())


def attention_items(goal_title: str, series: SeriesView) -> Iterator[AttentionItem]:
    """What one series gives reason to look at."""
    reading, moved, aim = series.reading, series.variation, series.assurance
    name = (series.definition.name, goal_title, series.whose)
    icons = (reading.variation or "", reading.assurance or "")
    kind = icons[0][:3]
    if kind == "con":
        yield AttentionItem(WORSE, *name, moved.words, moved.because, *icons)
    elif reading.assurance == "fail" and aim:
        words = f"{moved.words}, but {aim.words[0].lower()}{aim.words[1:]}" if kind == "imp" else aim.words
        yield AttentionItem(WORSE, *name, words, aim.because, *icons)
    elif kind == "imp":
        yield AttentionItem(BETTER, *name, moved.words, moved.because, *icons)
    if reading.overdue_since and reading.data_until:
        last = f"the last value is of {series.period}" if reading.latest else "there is no value"
        because = f"Expected by {long_date(reading.overdue_since)}; {last}"
        yield AttentionItem(OVERDUE, *name, "Overdue", because)
