"""Every op on a real record, tried by everybody; what is denied changes nothing."""

from collections.abc import AsyncIterator
from itertools import product

import pytest

from app.access import State, Thing, decide
from app.records import store
from app.records.core import form_ops
from app.records.core.form_ops import read_op
from app.records.core.rules import may
from tests.access.scene import Scene, scene

ROW = "11111111-1111-4111-8111-111111111111"
FORMS: dict[str, dict[str, str]] = {
    "add_row": {"id": "22222222-2222-4222-8222-222222222222", "list": "ups_a", "field-text": "A bed"},
    "edit_row": {"id": ROW, "field-sign": "Others"},
    "remove_row": {"id": ROW},
    "restore_row": {"id": ROW},
    "take_row": {"id": ROW},
    "leave_row": {"id": ROW},
    "add_tie": {"id": ROW, "other": "goal:none"},
    "remove_tie": {"id": ROW},
    "stand": {},
    "set_state": {"state": "mapped"},
    "look_again": {"on": "2090-01-01"},
    "review": {
        "id": "44444444-4444-4444-8444-444444444444",
        "field-still": "yes",
        "on": "2090-01-01",
    },
    "offer": {"person": "nobody"},
    "answer": {"answer": "yes"},
    "take_on": {},
    "hand_back": {},
    "close": {"ending": "let_go", "reason": "Over"},
    "open": {"reason": "Again"},
    "put_back": {"revision": "2"},
}


@pytest.fixture
async def found(sqlite_url: str) -> AsyncIterator[Scene]:
    async with scene(sqlite_url) as made:
        yield made


def test_every_op_of_a_form_is_tried() -> None:
    assert set(FORMS) == set(form_ops._READERS)


@pytest.mark.parametrize("state", [State.OPEN, State.ARCHIVED], ids=["open", "archived space"])
async def test_each_op_is_refused_to_whoever_may_not(found: Scene, state: State) -> None:
    base = f"/spaces/{found.space}/records/{found.record}/ops"
    member = found.people["member of South"]
    signed = {"do": "add_row", "id": ROW, "list": "warnings_a", "field-sign": "More than 3"}
    assert (await member.post(base, **signed)).status_code == 303
    assert (await member.post(base, do="take_on")).status_code == 303
    await found.be(State.OPEN, state)
    async with found.home.db.read() as tx:
        record = await store.find(tx, found.space, found.record)
    assert record
    wrong = []
    names = found.people if state is State.OPEN else ("steward of North", "member of South", "guest")
    for name, (do, fields) in product(names, FORMS.items()):
        actor = found.actors[name]
        op = read_op({"do": do, **fields})
        denied = decide(actor, "record.show", Thing(state)) or may(record, actor, op, state)
        before = found.print()
        status = (await found.people[name].post(base, do=do, **fields)).status_code
        if denied is not None and status not in (303, 401, 403, 404, 409):
            wrong.append(f"{name}: {do} gave {status}, expected {denied!r}")
        if denied is not None and found.print() != before:
            wrong.append(f"{name}: {do} was denied and changed something")
        if denied is None and status not in (303, 404, 422) and do != "put_back":  # that is for one's own
            wrong.append(f"{name}: {do} gave {status}")
        found.put_back()

    assert wrong == []


async def test_a_draft_is_nowhere_for_anybody_but_its_author(found: Scene) -> None:
    author = found.people["member of North"]
    base = f"/spaces/{found.space}/records"
    fields = {"kind": "dilemma", "title": "Canary", "step": "draft", "cards": ""}
    made = (await author.post(f"{base}/keep", **fields)).headers["location"]
    id = made.rpartition("/")[2]
    for name, person in found.people.items():
        if name == "member of North":
            continue
        for path in (
            made,
            f"{made}/edit",
            f"{made}/review",
            f"{made}/look-again.ics",
            base,
            f"{base}/due",
            f"{base}.json",
            f"/records/{id}.json",
            f"/spaces/{found.space}",
            f"/spaces/{found.space}/find?q=canary",
            f"{base}?q=canary&state=all",
            f"{base}.json?q=canary",
            f"{base}/due",
            *(f"{base}/as/{form}?state=all" for form in ("csv", "json", "md")),
        ):
            assert "Canary" not in (await person.get(path)).text, (name, path)
        before = found.print()
        for do, fields in FORMS.items():
            await person.post(f"{made}/ops", do=do, **fields)
        assert found.print() == before, name
