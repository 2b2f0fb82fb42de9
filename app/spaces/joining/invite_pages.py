"""Inviting: the forms of stewards, and the page behind the link."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import Role
from app.people.rules import check_email, tidy_email
from app.people.sessions import device_of, set_cookie
from app.spaces import rules
from app.spaces.joining import accept_invitation
from app.spaces.joining import invite as inviting
from app.spaces.page_frame import AtDoor, back, page_of
from app.spaces.rules import Errors
from app.spaces.seats import seat_of
from app.web import Db, Ring, Settings, go, page, typed, who

ROLES = [
    (Role.MEMBER.value, "Member", "Writes on boards and creates new ones."),
    (Role.STEWARD.value, "Steward", "A member who also invites people and speaks for the organisation."),
    (Role.OBSERVER.value, "Observer", "Reads, and does not write."),
]


@get("/invite", opt={"action": "space.invite"})
async def invite_form(request: Request, db: Db, settings: Settings) -> Template:
    return await _invite_page(request, db, settings, {"role": Role.MEMBER.value}, {})


@post("/invite", opt={"action": "space.invite"})
async def invite(request: Request, door: AtDoor) -> Template:
    """Makes the invitation and shows its link, which is kept nowhere."""
    form = await typed(request)
    email = tidy_email(form.get("email", ""))
    known = form.get("role") in rules.ROLES
    errors = rules.only_wrong(
        {
            "email": check_email(email),
            "role": None if known else "Choose member, steward or observer.",
        }
    )
    if errors:
        return await _invite_page(request, door.db, door.config, form, errors, 422)
    path = await inviting.invite(door, email, Role(form["role"]))
    return _link_page(request, door.config, email, path)


@post("/invitations/{invitation_id:str}/withdraw", opt={"action": "space.invite"})
async def withdraw(request: Request, door: AtDoor, invitation_id: FromPath[str]) -> Response:
    await inviting.withdraw(door, invitation_id)
    return back(request, door, "invite")


@get("/invitations/{token:str}", opt={"action": "space.accept"})
async def invitation(request: Request, db: Db, token: FromPath[str]) -> Template:
    """Shows the invitation. Programs that open links in mails come here too, so it uses nothing up."""
    return await _invitation_page(request, db, token, {}, {})


@post("/invitations/{token:str}", opt={"action": "space.accept"})
async def accept(
    request: Request, db: Db, settings: Settings, ring: Ring, token: FromPath[str]
) -> Response | Template:
    """Accept with the account one is signed in with, or with one made here."""
    form, person = await typed(request), who(request)
    if person is not None and person.guest:
        return await _invitation_page(request, db, token, form, {}, 422)
    try:
        if person is not None:
            return go(request, f"/spaces/{await accept_invitation.accept(db, ring, token, person.id)}")
        newcomer, errors = rules.read_newcomer(form)
        if errors:
            return await _invitation_page(request, db, token, form, errors, 422)
        space_id, session = await accept_invitation.accept_as_new(
            db, ring, token, newcomer, device_of(request)
        )
    except accept_invitation.KnownAddress as known:
        return await _invitation_page(request, db, token, form, {"": known.say}, 422)
    except accept_invitation.NoInvitation:
        return page("spaces/no_invitation.html", 404)
    answer = go(request, f"/spaces/{space_id}")
    set_cookie(answer, session, settings)
    return answer


async def _invite_page(
    request: Request, db: Db, settings: Settings, values: dict[str, Any], errors: Errors, status: int = 200
) -> Template:
    seat = seat_of(request)
    async with db.read() as tx:
        waiting = await inviting.open_of(tx, seat.space.id, seat.actor.organisation or "")
    return page_of(
        seat,
        "spaces/invite.html",
        status,
        here="people",
        roles=ROLES,
        invitations=waiting,
        by_mail=bool(settings.smtp_url),
        values=values,
        errors=errors,
    )


def _link_page(request: Request, settings: Settings, email: str, path: str) -> Template:
    """The link of a new invitation: shown this once."""
    return page_of(
        seat_of(request),
        "spaces/invited.html",
        here="people",
        email=email,
        link=settings.base_url + path,
        by_mail=bool(settings.smtp_url),
    )


async def _invitation_page(
    request: Request, db: Db, token: str, values: dict[str, Any], errors: Errors, status: int = 200
) -> Template:
    async with db.read() as tx:
        found = await accept_invitation.read_invitation(tx, token)
    if found is None:
        return page("spaces/no_invitation.html", 404)
    return page(
        "spaces/invitation.html",
        status,
        letter=found,
        token=token,
        person=who(request),
        values=values,
        errors=errors,
    )


open_routes = [invitation, accept]
routes = [invite_form, invite, withdraw]
