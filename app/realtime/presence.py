"""Who is here now, and where they point: the latest of each person wins, and nothing is stored."""

from typing import Any

from msgspec import Struct, structs

MANY = 30  # people; above this many, pointers move at the slower pace
QUICK, CALM = 0.1, 0.5  # seconds between two messages of a board


class Here(Struct, frozen=True, forbid_unknown_fields=True):
    """Where somebody points, in pixels of the board, on which item, and whether they are writing there."""

    x: float | None = None
    y: float | None = None
    on: str | None = None
    writing: bool = False


class Presence:
    """The people of one board in this process."""

    def __init__(self) -> None:
        self._here: dict[str, dict[int, Here]] = {}  # by person and connection, the one put last at the end
        self._sent: dict[str, Here] = {}

    def __len__(self) -> int:
        return len(self._here)

    def put(self, person: str, here: Here, conn: int) -> None:
        """Where `person` points, by their connection `conn`. Of several connections the last counts."""
        of_person = self._here.setdefault(person, {})
        of_person.pop(conn, None)
        of_person[conn] = here

    def leave(self, person: str, conn: int) -> None:
        """The connection closed. A person with another one open is still here, where that one points."""
        of_person = self._here.get(person, {})
        of_person.pop(conn, None)
        if not of_person:
            self._here.pop(person, None)

    def tick(self) -> dict[str, Any] | None:
        """What changed since the last tick, as one message for all, or None."""
        now = {person: next(reversed(of_person.values())) for person, of_person in self._here.items()}
        changed = [_entry(person, here) for person, here in now.items() if self._sent.get(person) != here]
        left = [person for person in self._sent if person not in now]
        self._sent = now
        return {"type": "here", "people": changed, "left": left} if changed or left else None

    def everyone(self) -> dict[str, Any] | None:
        """The same for somebody who has just arrived: all that was sent so far, or None for nobody."""
        people = [_entry(person, here) for person, here in self._sent.items()]
        return {"type": "here", "people": people, "left": []} if people else None


def pace(people: int) -> float:
    """Seconds between two messages on a board with so many people."""
    return QUICK if people <= MANY else CALM


def _entry(person: str, here: Here) -> dict[str, Any]:
    return {"id": person, **structs.asdict(here)}
