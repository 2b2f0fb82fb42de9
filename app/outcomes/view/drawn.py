"""Measures as they were last drawn: to draw one takes longer than the rest of its page."""

from collections import OrderedDict
from threading import Lock

from msgspec import Struct

from app.outcomes.view.content import MeasureContent
from app.outcomes.view.look import Look
from app.outcomes.view.report_view import MeasureView, measure_view

MOST = 16  # kept; one may have half a megabyte
LONGEST = 300_000  # signs of HTML that are kept of one


class Figures:
    """The HTML of a view's figures, by where one may draw new limits: all else in them is the view's."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def known(self, draw_limits: str) -> str:
        """Empty where they have to be drawn."""
        return self._kept.get(draw_limits, "")

    def keep(self, draw_limits: str, html: str) -> str:
        if len(html) <= LONGEST:
            self._kept[draw_limits] = html
        return html


class Drawn(Struct, frozen=True):
    """A measure for a screen, and its figures as they stand on its page."""

    view: MeasureView
    figures: Figures


class DrawnMeasures:
    """Drawn again only when something in them is another: nothing has to be told of a change."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._drawn: OrderedDict[tuple[str, Look], Drawn] = OrderedDict()
        self._lock = Lock()

    def view(self, content: MeasureContent, look: Look) -> Drawn:
        """Pages call it in threads: two may draw the same at once."""
        key = (content.id, look)
        known = self._drawn.get(key)
        if known is None or known.view.content != content:
            known = Drawn(measure_view(content, "screen", look), Figures())
        with self._lock:
            self._drawn[key] = known
            self._drawn.move_to_end(key)
            while len(self._drawn) > self._most:
                self._drawn.popitem(last=False)
        return known


DRAWN = DrawnMeasures()
