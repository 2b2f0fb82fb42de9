"""A figure with the goal that it has to keep to."""

from msgspec import Struct


class Figure(Struct, frozen=True):
    """`found` and `goal`, the most it may be, are in `unit`; `beside` is what else was seen in that run."""

    what: str
    found: float
    unit: str
    goal: float | None = None
    beside: str = ""

    def row(self) -> tuple[str, str]:
        """What was measured, and what was found beside its goal."""
        goal = ""
        if self.goal is not None:
            kept = "kept" if self.found <= self.goal else "MISSED"
            goal = f" (goal {self.goal:g} {self.unit}: {kept})"
        return self.what, f"{self.found:.1f} {self.unit}{goal}" + (f"; {self.beside}" if self.beside else "")
