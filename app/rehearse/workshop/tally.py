"""What pretend people did and how long it took, counted while a workshop is played. Times are nanoseconds."""

from collections import Counter


class WorkshopTally:
    """Notes by id; dots by phase, each by the number of a person and their slot."""

    def __init__(self) -> None:
        self.notes: set[str] = set()
        self.dots: dict[str, dict[tuple[int, int], str]] = {}
        self.note_ns: list[int] = []
        self.dot_ns: list[int] = []
        self.phase_ns: list[int] = []
        self.refused = 0
        self.trouble: Counter[str] = Counter()

    def saved_note(self, id: str, took: int) -> None:
        self.notes.add(id)
        self.note_ns.append(took)

    def saved_dot(self, phase: str, person: int, slot: int, choice: str, took: int) -> None:
        """Slot 0 is “I have finished”, which is no dot."""
        self.dot_ns.append(took)
        if slot:
            self.dots.setdefault(phase, {})[person, slot] = choice

    def refuse(self, code: object) -> None:
        self.refused += 1
        self.trouble[f"refused ({code})"] += 1
