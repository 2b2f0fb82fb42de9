"""Who a goal can belong to, and how the people and organisations of a space are named on its pages."""

from collections.abc import Collection

from msgspec import Struct

from app.access import Role
from app.db import Tx
from app.outcomes.forms import Candidates
from app.outcomes.goals.goal import Goal
from app.spaces import seats
from app.spaces.actions import owners_of
from app.spaces.space import Organisation, Participant, Seat

WRITING = (Role.MEMBER, Role.STEWARD)
GONE = "Somebody who has left"


class SpacePeople(Struct, frozen=True):
    """The organisations and people of a space, as the pages of its goals need them."""

    organisations: list[Organisation]
    people: dict[str, Participant]
    seat: Seat

    def circle(self) -> Candidates:
        """Who may own and tend goals, for whoever asks."""
        actor = self.seat.actor
        owners = {one.id: one.name for one in self.organisations}
        writing = {
            one.id: one.organisation
            for one in self.people.values()
            if one.role in WRITING and not one.former and one.organisation in owners
        }
        held = {id: organisation for id, organisation in writing.items() if organisation}
        return Candidates(owners, held, actor.organisation or "", actor.person or "")

    def owners(self, goal: Goal) -> list[Organisation]:
        """The organisations of a goal in alphabetical order."""
        return [one for one in self.organisations if one.id in goal.organisations]

    def name(self, person_id: str | None) -> str:
        found = self.people.get(person_id or "")
        return found.name if found else GONE

    def full(self, person_id: str | None) -> str:
        """'Ana Okafor, Northfield Trust'; somebody erased is known by their organisation already."""
        found = self.people.get(person_id or "")
        if found is None:
            return GONE
        return (
            found.name
            if found.organisation_name in found.name
            else f"{found.name}, {found.organisation_name}"
        )

    def gone(self, person_id: str) -> bool:
        """Whether somebody cannot act here any more."""
        found = self.people.get(person_id)
        return found is None or found.former

    def candidates(self, organisations: Collection[str]) -> list[tuple[str, str]]:
        """(id, name with organisation) of those who can tend a goal of these, by organisation."""
        held = self.circle().people
        found = [self.people[id] for id, organisation in held.items() if organisation in organisations]
        found.sort(key=lambda one: (one.organisation_name.casefold(), one.name.casefold(), one.id))
        return [(one.id, f"{one.name}, {one.organisation_name}") for one in found]


async def around(tx: Tx, seat: Seat) -> SpacePeople:
    people = {one.id: one for one in await seats.people_of(tx, seat.space.id)}
    return SpacePeople(await owners_of(tx, seat.space.id), people, seat)
