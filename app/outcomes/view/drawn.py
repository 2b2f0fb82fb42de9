"""Measures as they were last drawn: to draw one takes longer than the rest of its page."""

from collections import OrderedDict
from threading import Lock

from app.outcomes.view.content import MeasureContent
from app.outcomes.view.look import Look
from app.outcomes.view.report_view import MeasureView, measure_view

MOST = 16  # kept; one may have half a megabyte


class DrawnMeasures:
    """Drawn again only when something in them is another: nothing has to be told of a change."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._drawn: OrderedDict[tuple[str, Look], MeasureView] = OrderedDict()
        self._lock = Lock()

    def view(self, content: MeasureContent, look: Look) -> MeasureView:
        """The view for a screen. Pages call it in threads: two may draw the same at once."""
        key = (content.id, look)
        known = self._drawn.get(key)
        if known is None or known.content != content:
            known = measure_view(content, "screen", look)
        with self._lock:
            self._drawn[key] = known
            self._drawn.move_to_end(key)
            while len(self._drawn) > self._most:
                self._drawn.popitem(last=False)
        return known


DRAWN = DrawnMeasures()
