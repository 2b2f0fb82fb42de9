"""The one door for changing workshops: check with the workshop as it is, store, commit, then wake."""

from collections.abc import Collection

from msgspec import structs

from app.access import Code, Refused, Role, State
from app.boards.core.cards import UUID
from app.boards.core.stage.ops import OpenStage
from app.db import Tx, new_id
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.space import Seat
from app.spaces.space_people import load_space_people
from app.workshops.runsheet import edit, file_format, store
from app.workshops.runsheet.ops import Edit
from app.workshops.runsheet.sheet import Sheet
from app.workshops.runsheet.timing import Ran
from app.workshops.runsheet.workshop import TITLE, Details, Workshop, may_prepare, not_here

AT_ONCE = "Somebody else changed this at the same moment. Try again."
BEGUN = "This workshop has begun on a board of its own. Plan another one from it instead."


async def plan(
    door: Door,
    details: Details,
    sheet: Sheet,
    board: str | None,
    workshop_id: str,
    rehearses: str | None = None,
) -> Workshop:
    """A new workshop. The same id again makes no second one. Raises Refused."""
    async with change(door, "workshop.plan") as under_way:
        known = await store.find(under_way.tx, under_way.space_id, workshop_id)
        if known:
            return known
        await check_new(under_way.tx, under_way.seat, workshop_id, details.team)
        me = under_way.seat.actor.person or ""
        made = Workshop(
            workshop_id,
            under_way.space_id,
            details.title,
            me,
            under_way.at,
            under_way.at,
            board=board,
            sheet=file_format.fresh(sheet, new_id),
            rehearses=rehearses,
        )
        made = _with_details(made, details)
        await store.add(under_way.tx, made)
        return made


async def describe(door: Door, workshop_id: str, details: Details, board: str | None) -> None:
    """Change its words, its time, who leads it and, before it begins, its board."""
    async with change(door, "workshop.show") as under_way:
        before = await store.find(under_way.tx, under_way.space_id, workshop_id)
        if before is None:
            raise not_here()
        await check_details(under_way.tx, under_way.seat, before, details.team)
        if before.stage and board != before.board:
            raise Refused(Code.LOCKED, BEGUN)
        await _store(under_way, before, structs.replace(_with_details(before, details), board=board))


async def check_new(tx: Tx, seat: Seat, workshop_id: str, team: Collection[str]) -> None:
    """What is asked of a new workshop, before a board is made for it too. Raises Refused."""
    if not UUID.fullmatch(workshop_id):
        raise Refused(Code.INVALID, "A new workshop needs a random id (a UUID).")
    await _check_team(tx, seat, team)


async def check_details(tx: Tx, seat: Seat, before: Workshop, team: Collection[str]) -> None:
    """Whether the person may change its details, and to this team. Raises Refused.

    Stewards may say who leads it, so that one whose facilitators have left can go on.
    """
    actor = seat.actor
    steward = actor.role is Role.STEWARD
    as_team = structs.replace(before, team=(actor.person or "",)) if steward else before
    refused = may_prepare(as_team, actor, seat.space.state)
    if refused:
        raise refused
    await _check_team(tx, seat, team, before.team)


async def act(
    door: Door, workshop_id: str, op: Edit, ran: Collection[str], *, leads: bool = False
) -> Workshop:
    """Change its run-sheet; `ran` are the steps that have run. Raises Refused, Meanwhile and Wrong.

    `leads` for somebody who facilitates it now, which the guard of the console has seen.
    """
    async with change(door, "workshop.show") as under_way:
        before = await _find(under_way, workshop_id, leads=leads)
        sheet = edit.apply(before.sheet, op, ran, before.revision + 1)
        if sheet == before.sheet:
            return before
        return await _store(under_way, before, structs.replace(before, sheet=sheet))


async def put_away(door: Door, workshop_id: str, *, away: bool) -> None:
    """Take it off the list, or bring it back. Nothing of it is lost."""
    async with change(door, "workshop.show") as under_way:
        before = await _find(under_way, workshop_id)
        await _store(under_way, before, structs.replace(before, archived=away))


async def opens(door: Door, workshop_id: str) -> Workshop:
    """Its doors are to be opened: gives it with the id of the stage, the same one each time."""
    async with change(door, "workshop.show") as under_way:
        before = await _find(under_way, workshop_id)
        if before.stage:
            return before
        return await _store(under_way, before, structs.replace(before, stage=new_id()))


async def other_board(door: Door, workshop_id: str, stage: str) -> None:
    """The stage could not be opened after all: its doors are closed as before."""
    async with change(door, "workshop.show") as under_way:
        before = await _find(under_way, workshop_id)
        if before.stage == stage:
            await _store(under_way, before, structs.replace(before, stage=None))


async def began(door: Door, board: str, op: OpenStage, title: str) -> None:
    """A workshop without a run-sheet has begun on a board; said again it is the same one."""
    async with change(door, "workshop.plan") as under_way:
        if await store.of_stage(under_way.tx, board, op.id) is not None:
            return
        me, at = under_way.seat.actor.person or "", under_way.at
        made = Workshop(
            op.id, under_way.space_id, title[:TITLE], me, at, at, board=board, stage=op.id, team=(me,)
        )
        made = structs.replace(made, purpose=op.purpose, authority=op.authority, starts_at=at)
        await store.add(under_way.tx, made)


async def will_run(tx: Tx, workshop: Workshop, ran: Ran) -> None:
    """A step is to be opened as a phase; with the first one the minutes of the plan are kept."""
    await store.add_run(tx, workshop.id, ran)
    if workshop.baseline is None:
        begun = structs.replace(workshop, baseline=workshop.sheet.minutes, revision=workshop.revision + 1)
        await store.change(tx, workshop, begun)


async def _find(under_way: SpaceChange, workshop_id: str, *, leads: bool = False) -> Workshop:
    """The workshop, for somebody who leads it. Raises Refused."""
    found = await store.find(under_way.tx, under_way.space_id, workshop_id)
    if found is None:
        raise not_here()
    actor = under_way.seat.actor
    if leads:
        if under_way.seat.space.state is State.ARCHIVED:
            raise Refused(Code.LOCKED, "This is archived. Restore it to change it.")
        return found
    refused = may_prepare(found, actor, under_way.seat.space.state)
    if refused:
        raise refused
    return found


async def _store(under_way: SpaceChange, before: Workshop, after: Workshop) -> Workshop:
    numbered = structs.replace(after, revision=before.revision + 1, changed_at=under_way.at)
    if not await store.change(under_way.tx, before, numbered):
        raise Refused(Code.CONFLICT, AT_ONCE)
    return numbered


async def _check_team(tx: Tx, seat: Seat, team: Collection[str], before: Collection[str] = ()) -> None:
    """Whoever is new to it must be able to lead: a member or steward who takes part now."""
    people = await load_space_people(tx, seat)
    able = {one.id for one in people.writers()} | set(before)
    if not set(team) <= able:
        raise Refused(Code.INVALID, "Only members and stewards who take part now can lead a workshop.")


def _with_details(workshop: Workshop, details: Details) -> Workshop:
    return structs.replace(workshop, **{name: getattr(details, name) for name in Details.__struct_fields__})
