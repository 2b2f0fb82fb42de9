"""What part of a month, quarter or year the days and months of a column are: all first, all last. Pure."""

from datetime import date, timedelta

from msgspec import Struct

from app.outcomes.measures.measure import Frequency
from app.outcomes.measures.period_forms import FINANCIAL, Role, Span

# One bit for each kind of period that begins with a day.
BITS: dict[Frequency, int] = {"month": 1, "quarter": 2, "calendar_year": 4, "financial_year": 8}
ALL = 15


class Edges(Struct, frozen=True, omit_defaults=True):
    """Of which periods all days and months are the first part, and of which the last, as bits."""

    first: int = ALL
    last: int = ALL

    def of(self, frequency: Frequency, role: Role = "in") -> bool:
        """Whether all are the first part of such a period, or all the last one; or that which `role` says."""
        first, last = (0 if role == "end" else self.first), (0 if role == "start" else self.last)
        return bool((first | last) & BITS[frequency])

    def with_span(self, span: Span) -> "Edges":
        """With another day or month of the column."""
        first, last = self.first & _begins(span.start), self.last & _begins(span.end + timedelta(days=1))
        return self if (first, last) == (self.first, self.last) else Edges(first, last)


def _begins(day: date) -> int:
    """The kinds of periods that begin on a day."""
    if day.day != 1:
        return 0
    quarter = BITS["quarter"] if day.month % 3 == 1 else 0
    year = BITS["calendar_year"] if day.month == 1 else 0
    return BITS["month"] | quarter | year | (BITS["financial_year"] if day.month == FINANCIAL else 0)
