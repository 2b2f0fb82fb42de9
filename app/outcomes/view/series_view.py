"""One series in words: its verdicts and numbers, resolved once for all pages and files of a report. Pure."""

from msgspec import Struct

from app.outcomes.charts.sparkline import Sparkline, sparkline
from app.outcomes.measures.labels import LEFT_OUT
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import quantity, ratio
from app.outcomes.readings import verdict
from app.outcomes.readings.narrative import in_words, places_of
from app.outcomes.readings.reading import Dot, Reading
from app.outcomes.readings.verdict import Verdict
from app.outcomes.view.content import SeriesContent
from app.outcomes.view.point_words import words_of

STATUS = {
    "final": "",
    "provisional": "provisional",
    "revised": "revised",
    "suppressed": "hidden because of small numbers",
    "missing": "no value",
}


HIDDEN = "hidden"  # in place of a latest value that is too small to be shown


class PointView(Struct, frozen=True):
    """A period of a series. `value` is empty where there is none to show; `counts` is “3 of 40”, or empty."""

    dot: Dot
    value: str
    counts: str
    remarks: str
    short_remarks: str = ""  # without what kind of point it is, which the chart shows

    @property
    def label(self) -> str:
        return self.dot.label


class SeriesView(Struct, frozen=True):
    """A series with its verdicts and numbers. A number that is not known is empty, never zero.

    `period` and `value` are the latest; `centre` and `limits` are those in force, `limits` as “3 to 5 days”;
    `centre_name` says whether the centre is a mean or a median.
    """

    row: SeriesContent
    definition: Definition
    variation: Verdict
    assurance: Verdict | None
    period: str
    value: str
    centre_name: str
    centre: str
    limits: str
    target: str

    @property
    def reading(self) -> Reading:
        return self.row.found

    @property
    def whose(self) -> str:
        return self.row.whose

    @property
    def assurance_words(self) -> str:
        """Empty without a target."""
        return self.assurance.words if self.assurance else ""

    @property
    def points(self) -> tuple[PointView, ...]:
        """Its periods in order of time. Made at each call: most pages and files show those of few series."""
        return self.points_of(self.reading)

    def points_of(self, reading: Reading) -> tuple[PointView, ...]:
        """Those of a part of its reading, with as many decimals as its sentence."""
        places = places_of(self.definition, self.reading)
        return tuple(_point(dot, self.definition, reading, places) for dot in reading.points)

    @property
    def sparkline(self) -> Sparkline | None:
        """Drawn at each call."""
        return sparkline(self.reading)


def series_view(definition: Definition, row: SeriesContent) -> SeriesView:
    """Verdicts and numbers of one series."""
    reading = row.found
    latest, run = reading.latest, reading.run
    lines = reading.segments[-1] if reading.segments and reading.segments[-1].drawn != "none" else None
    centre = lines.mean if lines else run.median if run else None
    words = in_words(definition, reading)
    limits = ""
    if lines and lines.lpl is not None and lines.upl is not None:
        limits = f"{words(lines.lpl)} to {words(lines.upl)}"
    return SeriesView(
        row=row,
        definition=definition,
        variation=verdict.variation(reading, definition),
        assurance=verdict.assurance(reading, definition),
        period=latest.label if latest else "",
        value="" if latest is None else HIDDEN if latest.value is None else words(latest.value),
        centre_name="Median" if run else "Mean",
        centre=words(centre),
        limits=limits,
        target=words(reading.target.value) if reading.target else "",
    )


def _point(dot: Dot, definition: Definition, reading: Reading, places: int) -> PointView:
    special = "" if dot.type == "common_cause" else f"{words_of(reading, dot)}: {dot.cause}"
    left_out = f"{LEFT_OUT[reading.chart]}: {dot.excluded}" if dot.excluded else ""
    remarks, short = (
        "; ".join(part for part in (words, left_out, STATUS[dot.status], dot.note) if part)
        for words in (special, dot.cause)
    )
    counts = ratio(dot.numerator, dot.denominator)
    return PointView(dot, quantity(definition, dot.value, places), counts, remarks, short)
