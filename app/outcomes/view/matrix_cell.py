"""One measure of one organisation in the matrix, in words and as small as can be. Pure."""

from msgspec import Struct

from app.outcomes.charts.sparkline import Sparkline, sparkline
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import quantity
from app.outcomes.readings import verdict
from app.outcomes.readings.verdict import Verdict
from app.outcomes.view.content import ReportRow


class Cell(Struct, frozen=True):
    """One measure of one organisation, in the matrix."""

    whose: str
    colour: int
    together: bool
    value: str
    when: str
    variation: Verdict
    assurance: Verdict | None
    mean: str
    limits: str
    target: str
    spark: Sparkline | None


def cell(definition: Definition, row: ReportRow) -> Cell:
    """A series in the matrix."""
    found = row.found
    last = found.segments[-1] if found.segments and found.segments[-1].drawn != "none" else None
    mean = last.mean if last else found.run.median if found.run else None
    between = ""
    if last and last.lpl is not None:
        between = f"{quantity(definition, last.lpl)} to {quantity(definition, last.upl)}"
    return Cell(
        row.whose,
        row.colour,
        row.together,
        quantity(definition, found.latest.value) if found.latest else "",
        found.latest.label if found.latest else "",
        verdict.variation(found, definition),
        verdict.assurance(found, definition),
        f"{'Median' if found.run else 'Mean'} {quantity(definition, mean)}" if mean is not None else "",
        between,
        quantity(definition, found.target.value) if found.target else "",
        sparkline(found),
    )
