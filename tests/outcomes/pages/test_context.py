"""A form with errors is shown again from what was loaded: people and organisations once in each request."""

from collections.abc import Mapping

import pytest

from app.db import Tx
from app.spaces import seats
from app.spaces.space import Participant
from tests.outcomes.forms import GOAL, MEASURE, goal_of, measure_of
from tests.spaces.conftest import Winter


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The space of each time that the people of a space are loaded."""
    spaces: list[str] = []
    people_by_id = seats.people_by_id

    async def counting(tx: Tx, space_id: str) -> Mapping[str, Participant]:
        spaces.append(space_id)
        return await people_by_id(tx, space_id)

    monkeypatch.setattr(seats, "people_by_id", counting)
    return spaces


async def test_a_form_with_errors_loads_people_once(winter: Winter, loads: list[str]) -> None:
    goal = await goal_of(winter)
    measure = await measure_of(winter, goal)
    wrong = {
        f"{winter.path}/outcomes/goals": {**GOAL, "title": ""},
        f"{goal}/edit": {**GOAL, "title": ""},
        f"{goal}/hand-on": {"tender": "nobody"},
        f"{goal}/drivers": {"words": "", "level": "primary"},
        f"{goal}/measures": {**MEASURE, "name": ""},
        f"{measure}/edit": {**MEASURE, "name": ""},
        f"{measure}/targets": {"value": "many"},
        f"{measure}/rebases": {"begins": "soon"},
        f"{measure}/annotations": {"words": ""},
        f"{measure}/stories": {"story": ""},
        f"{measure}/entry": {"v-2025-01-01": "about 7", "seen-2025-01-01": "0", "more": "24"},
    }
    for path, form in wrong.items():
        loads.clear()
        answer = await winter.ana.post(path, **form)

        assert (path, answer.status_code, len(loads)) == (path, 422, 1)


async def test_numbers_that_are_saved_need_no_people(winter: Winter, loads: list[str]) -> None:
    measure = await measure_of(winter, await goal_of(winter))
    loads.clear()
    answer = await winter.ana.post(f"{measure}/entry", **{"v-2025-01-01": "7", "more": "24"})

    assert (answer.status_code, loads) == (303, [])
