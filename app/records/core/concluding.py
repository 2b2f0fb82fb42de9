"""Ending a test: what was learned, what follows, and what it says of the assumptions it tested. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from app.records.core import ops
from app.records.core.ops import NewRow, Op
from app.records.core.record import Record

OPEN = ""


class Conclusion(Struct, frozen=True):
    """What a form says: the state of the test, what was learned, and the state of what it tested."""

    state: str
    learned: str = ""
    sure: str = ""
    assumption: str = OPEN


def read(form: Mapping[str, str]) -> Conclusion:
    chosen = form.get("assumption", "")
    return Conclusion(
        form.get("state", ""),
        form.get("field-learned", "").strip(),
        form.get("field-sure", ""),
        chosen if chosen in ("supported", "refuted") else OPEN,
    )


def of_test(test: Record, said: Conclusion) -> list[Op]:
    """What is done to the test itself."""
    words = {"learned": said.learned, "sure": said.sure}
    changed = {name: value for name, value in words.items() if value and value != test.fields.get(name, "")}
    return [*([ops.Write(fields=changed)] if changed else []), ops.SetState(said.state)]


def of_assumption(test: Record, assumption: Record, said: Conclusion, id: str) -> list[Op]:
    """What is done to an assumption that it tested: the result becomes evidence, then its state is said."""
    saw = "; ".join(row.fields.get("saw", "") for row in test.of("results"))
    row = NewRow(id, "evidence", {"what": saw[:300], "source": test.title[:300], "strength": "tested"})
    state = ops.SetState(said.assumption)
    return [ops.AddRow(row), *([state] if said.assumption not in (OPEN, assumption.state) else [])]
