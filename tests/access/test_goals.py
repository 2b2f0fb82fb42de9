"""Every route of a real goal and its measure, tried by everybody; what is denied changes nothing."""

from collections.abc import AsyncIterator
from itertools import product

import pytest

from app.access import ACTIONS, Actor, Code, Role, State, Thing, decide
from app.main import create_app
from tests.access.routes import UNSAFE, Way, ways
from tests.access.scene import Scene, scene
from tests.outcomes.forms import GOAL, MEASURE, id_of

NAMES = ("goal_id", "measure_id", "driver_id", "story_id", "target_id", "rebase_id", "annotation_id")
OURS = [
    way
    for way in ways(create_app())
    if way.action.startswith("goal.") and any(f"{{{name}" in way.path for name in NAMES)
]


@pytest.fixture
async def found(sqlite_url: str) -> AsyncIterator[Scene]:
    async with scene(sqlite_url) as made:
        yield made


async def fill(found: Scene) -> dict[str, str]:
    """A goal of North, tended by its steward, with one of everything; gives the ids by name in paths."""
    tender = found.people["steward of North"]
    base = f"/spaces/{found.space}/outcomes"
    goal = await tender.post(f"{base}/goals", **GOAL)
    address = goal.headers["location"]
    await tender.post(f"{address}/owners", organisation=found.actors["steward of South"].organisation)
    measure = (await tender.post(f"{address}/measures", **MEASURE)).headers["location"]
    await tender.post(f"{address}/drivers", level="primary", words="Choice is talked through")
    target = {"value": "2", "comparator": "<=", "kind": "ambition", "valid_from": "2026-01-01"}
    await tender.post(f"{measure}/targets", **target)
    await tender.post(f"{measure}/rebases", begins="2026-02-01", reason="Another ward joined")
    await tender.post(f"{measure}/annotations", starts="2026-03-01", words="Test began", kind="pdsa")
    await tender.post(f"{measure}/stories", until="2026-04-30", story="It falls.")
    kinds = {"driver": "driver", "story": "commentary"}
    others = {
        f"{name}_id": str(await found.home.value(f"SELECT id FROM {kinds.get(name, name)}"))
        for name in ("driver", "story", "target", "rebase", "annotation")
    }
    return {"space_id": found.space, "goal_id": id_of(address), "measure_id": id_of(measure), **others}


@pytest.mark.parametrize("state", [State.OPEN, State.ARCHIVED], ids=["open", "archived space"])
async def test_each_route_of_a_goal_answers_as_the_table_says_of_its_owners(
    found: Scene, state: State
) -> None:
    ids = await fill(found)
    await found.be(State.OPEN, state)
    tender, north = found.actors["steward of North"].person, found.actors["steward of North"].organisation
    wrong = []
    for name, way in product(found.people, OURS):
        actor = found.actors[name]
        owned = actor.organisation if actor.organisation == north else None  # South is only asked
        # the guard decides as if it were one's own; where it is done, its real owners count
        guard = decide(actor, way.action, Thing(state, actor.person, actor.organisation))
        expected = guard or decide(actor, way.action, Thing(state, tender, owned))
        before = found.print()
        answer = await _knock(found, name, way, ids)
        if not _fits(answer, actor, expected.code if expected else None):
            wrong.append(f"{name}: {way.method} {way.path} gave {answer}, expected {expected!r}")
        if expected is not None and found.print() != before:
            wrong.append(f"{name}: {way.method} {way.path} was denied and changed something")
        found.put_back()

    assert wrong == []


def test_the_routes_of_goals_are_all_here() -> None:
    assert len(OURS) > 25
    apart = {"goal.create", "goal.card"}  # before there is a goal

    assert {way.action for way in OURS} == {name for name in ACTIONS if name.startswith("goal.")} - apart


async def _knock(found: Scene, name: str, way: Way, ids: dict[str, str]) -> int:
    person, path = found.people[name], way.at(**ids)
    if way.method not in UNSAFE:
        return (await person.get(path)).status_code
    return (
        await person.post(path, state="reached", answer="yes", tender=found.actors[name].person)
    ).status_code


def _fits(status: int, actor: Actor, code: Code | None) -> bool:
    """303 for strangers: to sign in. What may be done can lack its words (422) or its thing (404) still."""
    if code is None:
        return status in (200, 303, 404, 422)
    if actor.role is Role.STRANGER:
        return status == 303
    return status == {Code.NOT_FOUND: 404, Code.NOT_ALLOWED: 403, Code.LOCKED: 409}[code]
