"""Who takes part, by organisation; the waiting room; changing roles and removing people."""

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from msgspec import Struct, structs

from app.access import Role
from app.db import Tx
from app.people import actions as people
from app.spaces import look_alike, rules, seats
from app.spaces.joining import waiting_room
from app.spaces.members import actions as members
from app.spaces.members import confirm
from app.spaces.page_frame import AtDoor, back, offers, page_of
from app.spaces.seats import participant, seat_of
from app.spaces.space import Participant, Seat
from app.web import Db, Settings, typed
from app.web import page as fragment

ORDER = (Role.STEWARD, Role.MEMBER, Role.OBSERVER)
PAGE = 50  # people of a list at a time


class OrganisationGroup(Struct, frozen=True):
    """The people of one organisation, stewards first."""

    id: str
    name: str
    colour: int
    own: bool
    people: list[Participant]
    count: int  # of all its people, whether they are on this page or not


class PageOfPeople(Struct, frozen=True):
    """A page of a list of people, of which there are `count`."""

    people: list[Participant]
    number: int
    pages: int
    count: int


@get("/people", opt={"action": "space.people"})
async def show(
    request: Request,
    db: Db,
    settings: Settings,
    page: FromQuery[str] = "",
    guest_page: FromQuery[str] = "",
    q: FromQuery[str] = "",
) -> Template:
    """Fifty of those who own the space and fifty of its guests at a time; with `q` those so named."""
    seat = seat_of(request)

    async def read(tx: Tx) -> tuple[list[Participant], list[Participant]]:
        here = [one for one in await seats.people_of(tx, seat.space.id) if not one.former]
        return here, await _waiting(tx, seat)

    found, waiting = await db.run_long_read(read)
    named = [one for one in found if q.strip().casefold() in one.name.casefold()]
    all_groups = groups(named, seat.actor.organisation)
    owners = page_of_list([one for group in all_groups for one in group.people], page)
    guests = [one for one in found if one.role is Role.GUEST]
    return page_of(
        seat,
        "spaces/people.html",
        here="people",
        groups=on_page(all_groups, owners.people),
        owners=owners,
        guests=page_of_list([one for one in named if one.role is Role.GUEST], guest_page),
        ours={one.id for one in guests if _is_ours(seat, one)},
        q=q,
        many=len(found) > PAGE,
        waiting=waiting,
        roles=[(role.value, role.value.capitalize()) for role in rules.ROLES],
        by_mail=bool(settings.smtp_url),
    )


@get("/people/waiting", opt={"action": "space.admit"})
async def show_waiting_room(request: Request, db: Db) -> Template:
    """The waiting room as a fragment, which the people page loads again every few seconds."""
    seat = seat_of(request)
    waiting = await db.run_long_read(lambda tx: _waiting(tx, seat))
    return fragment("spaces/_waiting_room.html", space=seat.space, may=offers(seat), waiting=waiting)


@post("/people/{person_id:str}/admit", opt={"action": "space.admit"})
async def admit(request: Request, door: AtDoor, person_id: FromPath[str]) -> Response:
    await waiting_room.admit(door, person_id)
    return back(request, door, "people")


@post("/people/{person_id:str}/decline", opt={"action": "space.admit"})
async def decline(request: Request, door: AtDoor, person_id: FromPath[str]) -> Response:
    await waiting_room.decline(door, person_id)
    return back(request, door, "people")


@post("/people/{person_id:str}/confirm", opt={"action": "space.confirm_guest"})
async def confirm_guest(request: Request, door: AtDoor, person_id: FromPath[str]) -> Response:
    await confirm.confirm_guest(door, person_id)
    return back(request, door, "people")


@post("/people/{person_id:str}/withdraw-confirmation", opt={"action": "space.confirm_guest"})
async def withdraw_confirmation(request: Request, door: AtDoor, person_id: FromPath[str]) -> Response:
    await confirm.withdraw_confirmation(door, person_id)
    return back(request, door, "people")


@post("/people/confirm-ours", opt={"action": "space.confirm_guest"})
async def confirm_all_ours(request: Request, door: AtDoor) -> Response:
    await confirm.confirm_all_ours(door)
    return back(request, door, "people")


@post("/people/{person_id:str}/role", opt={"action": "space.change_role"})
async def change_role(request: Request, door: AtDoor, person_id: FromPath[str]) -> Response:
    form = await typed(request)
    await members.change_role(door, person_id, rules.read_role(form.get("role", "")))
    return back(request, door, "people")


@post("/people/{person_id:str}/remove", opt={"action": "space.remove_person"})
async def remove(request: Request, door: AtDoor, person_id: FromPath[str]) -> Response:
    await members.remove_person(door, person_id)
    return back(request, door, "people")


@post("/people/{person_id:str}/reset-link", opt={"action": "space.reset_link"})
async def reset_link(request: Request, door: AtDoor, person_id: FromPath[str]) -> Template:
    """Shown once, to be copied: the link is stored nowhere."""
    path = await members.reset_link(door, person_id)
    async with door.db.read() as tx:
        name = (await people.names(tx, [person_id]))[person_id]
    link = door.config.base_url + path
    return page_of(seat_of(request), "spaces/reset_link.html", here="people", whose=name, link=link)


def _is_ours(seat: Seat, guest: Participant) -> bool:
    """Whether the guest typed the organisation of who looks, and nobody has confirmed it."""
    return not guest.confirmed_for and look_alike.alike(guest.organisation_name, seat.organisation_name)


def groups(found: list[Participant], own: str | None) -> list[OrganisationGroup]:
    """Everyone but guests, by organisation, sorted by name."""
    seated = [one for one in found if one.role is not Role.GUEST and one.organisation]
    names = {one.organisation: (one.organisation_name, one.colour) for one in seated}
    return [
        OrganisationGroup(
            organisation or "",
            name,
            colour,
            organisation == own,
            _by_role([one for one in seated if one.organisation == organisation]),
            sum(one.organisation == organisation for one in seated),
        )
        for organisation, (name, colour) in sorted(names.items(), key=lambda item: item[1][0].casefold())
    ]


def on_page(all_groups: list[OrganisationGroup], people: list[Participant]) -> list[OrganisationGroup]:
    """The groups with those of their people who are on the page."""
    ids = {one.id for one in people}
    cut = (
        structs.replace(group, people=[one for one in group.people if one.id in ids]) for group in all_groups
    )
    return [group for group in cut if group.people]


def page_of_list(found: list[Participant], asked: str) -> PageOfPeople:
    """The page `asked` for, else the nearest there is."""
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(1, int(asked)), pages) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    return PageOfPeople(found[(number - 1) * PAGE : number * PAGE], number, pages, len(found))


def _by_role(found: list[Participant]) -> list[Participant]:
    return sorted(found, key=lambda one: ORDER.index(one.role))


async def _waiting(tx: Tx, seat: Seat) -> list[Participant]:
    if not offers(seat)("space.admit"):
        return []
    knocking = await waiting_room.waiting_members(tx, seat.space.id)
    names = await people.names(tx, [one.person_id for one in knocking])
    return [participant(one, names[one.person_id]) for one in knocking]


routes = [show, show_waiting_room, admit, decline, confirm_guest, withdraw_confirmation, confirm_all_ours]
routes += [change_role, remove, reset_link]
