"""The people and organisations of a space as goals need them: names, and who can own or look after one."""

from collections.abc import Collection

from msgspec import Struct

from app.access import Role
from app.db import Tx
from app.outcomes.goals.goal import Goal
from app.outcomes.goals.rules import Candidates
from app.spaces import seats
from app.spaces.actions import owners_of
from app.spaces.space import Organisation, Participant, Seat

WRITING = (Role.MEMBER, Role.STEWARD)
GONE = "Somebody who has left"


class SpacePeople(Struct, frozen=True):
    """The organisations that own a space, its people by id, and the seat of the person who asks."""

    organisations: list[Organisation]
    people: dict[str, Participant]
    seat: Seat

    def candidates(self) -> Candidates:
        """Who may own and look after goals."""
        actor = self.seat.actor
        owners = {one.id: one.name for one in self.organisations}
        writing = {
            one.id: one.organisation
            for one in self.people.values()
            if one.role in WRITING and not one.former and one.organisation in owners
        }
        of_owners = {id: organisation for id, organisation in writing.items() if organisation}
        return Candidates(owners, of_owners, actor.organisation or "", actor.person or "")

    def owners(self, goal: Goal) -> list[Organisation]:
        """The organisations of a goal in alphabetical order."""
        return [one for one in self.organisations if one.id in goal.organisations]

    def name(self, person_id: str | None) -> str:
        """The name alone; GONE for somebody unknown."""
        person = self.people.get(person_id or "")
        return person.name if person else GONE

    def full_name(self, person_id: str | None) -> str:
        """'Ana Okafor, Northfield Trust'; the name of somebody erased says their organisation already."""
        person = self.people.get(person_id or "")
        if person is None:
            return GONE
        return person.name if person.organisation_name in person.name else person.full_name

    def has_left(self, person_id: str) -> bool:
        """Whether somebody cannot act here any more."""
        person = self.people.get(person_id)
        return person is None or person.former

    def tender_choices(self, organisations: Collection[str]) -> list[tuple[str, str]]:
        """(id, name with organisation) of those who can look after a goal of these, by organisation."""
        held = self.candidates().people
        people = [self.people[id] for id, organisation in held.items() if organisation in organisations]
        people.sort(key=lambda one: (one.organisation_name.casefold(), one.name.casefold(), one.id))
        return [(one.id, f"{one.name}, {one.organisation_name}") for one in people]


async def load_people(tx: Tx, seat: Seat) -> SpacePeople:
    """Everybody who takes part in the space or did, so that what they wrote keeps its author."""
    people = {one.id: one for one in await seats.people_of(tx, seat.space.id)}
    return SpacePeople(await owners_of(tx, seat.space.id), people, seat)
