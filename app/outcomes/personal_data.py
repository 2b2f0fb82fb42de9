"""The part of outcomes in downloading one's own data, and in erasing somebody."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from app.access import Role
from app.db import Tx
from app.outcomes import personal_data_store
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.outcomes.imports import store as batch_store
from app.people import actions as people
from app.spaces import actions as spaces
from app.spaces import seats
from app.spaces.space import Participant
from app.spaces.store import organisation_names

GOAL = ("title", "aim", "start", "to", "for_whom", "by_when", "person", "theory")
OWNERS = ("title", "answer", "said", "at")
ANNOTATIONS = {
    "targets": ("value", "comparator", "kind", "valid_from", "valid_to", "assures", "source", "at"),
    "new_limits": ("begins", "reason", "at", "withdrawn_at"),
    "left_out": ("start", "reason", "at", "withdrawn_at"),
    "annotations": ("starts", "ends", "words", "kind", "at"),
    "stories": ("until", "story", "action", "owner", "due", "at"),
}
NUMBERS = ("area", "label", "start", "end", "revision", "numerator", "denominator", "value", "note", "at")


async def my_data(tx: Tx, person_id: str) -> tuple[str, dict[str, Any]]:
    """What the person wrote, with codes of measures, and the titles of goals they look after."""
    still_in = {one.id for one in await spaces.my_spaces(tx, person_id) if not one.waiting}
    tended = [one for one in await goal_store.tended_by(tx, person_id) if one.space in still_in]
    owners = await personal_data_store.goal_owners_by(tx, person_id, still_in)
    names = {
        id: name
        for space in {row.space_id for row in owners}
        for id, name in (await organisation_names(tx, space)).items()
    }
    data: dict[str, Any] = {
        "looks_after": [one.title for one in tended],
        "goals": [_plain(row, GOAL) for row in await personal_data_store.goals_by(tx, person_id)],
        "goal_owners": [
            {"organisation": names[row.organisation_id], **_plain(row, OWNERS)} for row in owners
        ],
        "drivers": [
            _plain(row, ("level", "words")) for row in await personal_data_store.drivers_by(tx, person_id)
        ],
        "measures": [
            {**_plain(row, ("code", "version", "at")), "definition": msgspec.json.decode(row.definition)}
            for row in await personal_data_store.versions_by(tx, person_id)
        ],
        "numbers": [
            _plain(row, ("code", *NUMBERS)) for row in await personal_data_store.numbers_by(tx, person_id)
        ],
    }
    for name, columns in ANNOTATIONS.items():
        rows = await personal_data_store.annotations_by(tx, name, person_id)
        data[name] = [_plain(row, ("code", *columns)) for row in rows]
    return "outcomes", data


async def on_erase(tx: Tx, person_id: str) -> None:
    """Hand their goals to stewards of the organisations that own them; what they wrote stays in the record.

    So looking after a goal keeps nobody from being erased, and goals keep a tender where anybody is left.
    """
    for goal in await goal_store.tended_by(tx, person_id):
        heir = _heir(goal, person_id, await seats.people_of(tx, goal.space))
        if heir:
            await goal_store.set_tender(tx, goal.id, heir.id)
    name = (await people.names(tx, [person_id])).get(person_id, "")
    await batch_store.forget(tx, person_id)
    await personal_data_store.forget_owner(tx, person_id, name)


def _heir(goal: Goal, person_id: str, people: list[Participant]) -> Participant | None:
    """A steward of an owning organisation: of the person's own where there is one, else the first by name."""
    own = next((one.organisation for one in people if one.id == person_id), None)
    stewards = [
        one
        for one in people
        if one.role is Role.STEWARD
        and not one.former
        and one.organisation in goal.organisations
        and one.id != person_id
    ]
    stewards.sort(key=lambda one: (one.organisation != own, one.organisation_name.casefold()))
    return next(iter(stewards), None)


def _plain(row: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    return {name: _as_json(getattr(row, name)) for name in columns}


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value
