"""What is added to minutes: paragraphs and notes left out by those who lead, corrections by who took part."""

from app.access import Code, Refused
from app.characters import storable
from app.db import new_id
from app.reports.minutes import store
from app.reports.minutes.collect import Collected
from app.reports.minutes.content import Change, Correction, mark_of
from app.spaces.actions import Door, SpaceChange, change

MOST, MOST_CORRECTIONS = 4000, 500
CLOSED = "The five days for corrections are over. The minutes stand as they are."
NOT_THERE = "Only whoever took part can ask for a correction."
RUNNING = "The workshop has not ended yet. Corrections can be asked for once it has."
MEANWHILE = (
    "Somebody else changed this paragraph while you wrote. Theirs stands in the minutes; your words stayed "
    "in the form. Save again to put yours in its place."
)
NOT_LEADING = "Only the people who lead this workshop can change its minutes."


async def write_paragraph(door: Door, found: Collected, block: str, words: str, seen: str) -> None:
    """The facilitators' paragraph to a block, in place of the one whose mark was `seen`. Raises Refused."""
    _check_leads(found)
    text = _checked(words)
    if block not in {one.id for one in found.minutes.blocks}:
        raise Refused(Code.NOT_FOUND, "That block is no longer in the minutes.")
    async with change(door, "workshop.prepare") as under_way:
        stands = (await store.paragraphs(under_way.tx, found.workshop.id)).get(block, "")
        if stands != text and mark_of(stands) != seen:
            raise Refused(Code.CONFLICT, MEANWHILE)
        if stands != text:
            await _write(under_way, found, block, stands, text)


async def leave_out(door: Door, found: Collected, note: str, *, out: bool) -> None:
    """Leave a note out of the minutes, or take it in again; on the board it stays. Raises Refused."""
    _check_leads(found)
    known = {one.id for _, _, _, one in found.minutes.notes()} | set(found.left_out)
    if note not in known:
        raise Refused(Code.NOT_FOUND, "That note is no longer in the minutes.")
    async with change(door, "workshop.prepare") as under_way:
        if (note in await store.left_out(under_way.tx, found.workshop.id)) != out:
            await _leave_out(under_way, found, note, out=out)


async def ask_correction(door: Door, found: Collected, block: str, words: str) -> None:
    """Say what should be different. It stands beside what it is about. Raises Refused."""
    if found.seat.actor.person not in found.took_part:
        raise Refused(Code.NOT_ALLOWED, NOT_THERE)
    if found.minutes.end is None:
        raise Refused(Code.LOCKED, RUNNING)
    if not found.is_draft:
        raise Refused(Code.LOCKED, CLOSED)
    text = _checked(words)
    if not text:
        raise Refused(Code.INVALID, "Write what should be different.")
    async with change(door, "workshop.correct") as under_way:
        asked = await store.corrections(under_way.tx, found.workshop.id)
        if len(asked) >= MOST_CORRECTIONS:
            raise Refused(Code.FULL, "These minutes hold as many corrections as they can.")
        one = Correction(new_id(), block[:36], found.seat.actor.person or "", under_way.at, text)
        await store.add_correction(under_way.tx, found.workshop.id, one)


async def answer(door: Door, found: Collected, correction: str, words: str) -> None:
    """The answer of those who lead: it stands beside the correction. Raises Refused."""
    _check_leads(found)
    text = _checked(words)
    if not text:
        raise Refused(Code.INVALID, "Write an answer.")
    async with change(door, "workshop.prepare") as under_way:
        await _answer(under_way, found, correction, text)


async def put_back(door: Door, found: Collected, number: str, seen: str) -> None:
    """Put back what stood before a change; `seen` is how many changes there were then. Raises Refused."""
    _check_leads(found)
    async with change(door, "workshop.prepare") as under_way:
        known = await store.changes(under_way.tx, found.workshop.id)
        one = next((one for one in known if str(one.number) == number), None)
        if one is None:
            raise Refused(Code.NOT_FOUND, "That change is no longer here.")
        if seen != str(len(known)):
            raise Refused(
                Code.CONFLICT, "Somebody changed the minutes meanwhile. Look at them, then try again."
            )
        match one.did:
            case "paragraph":
                stands = (await store.paragraphs(under_way.tx, found.workshop.id)).get(one.target, "")
                await _write(under_way, found, one.target, stands, one.before)
            case "answer":
                await _answer(under_way, found, one.target, one.before)
            case _:
                await _leave_out(under_way, found, one.target, out=one.did == "take_in")


async def _write(under_way: SpaceChange, found: Collected, block: str, before: str, after: str) -> None:
    me = found.seat.actor.person or ""
    await store.write_paragraph(under_way.tx, found.workshop.id, block, after, me, under_way.at)
    await _keep(under_way, found, Change(0, under_way.at, me, "paragraph", block, before, after))


async def _leave_out(under_way: SpaceChange, found: Collected, note: str, *, out: bool) -> None:
    me = found.seat.actor.person or ""
    await store.leave_out(under_way.tx, found.workshop.id, note, me, out=out)
    await _keep(under_way, found, Change(0, under_way.at, me, "leave_out" if out else "take_in", note))


async def _answer(under_way: SpaceChange, found: Collected, correction: str, text: str) -> None:
    me = found.seat.actor.person or ""
    known = await store.corrections(under_way.tx, found.workshop.id)
    one = next((one for one in known if one.id == correction), None)
    if one is None:
        raise Refused(Code.NOT_FOUND, "That correction is no longer here.")
    if one.answer == text:
        return
    await store.answer(under_way.tx, found.workshop.id, correction, text, me if text else "")
    await _keep(under_way, found, Change(0, under_way.at, me, "answer", correction, one.answer, text))


async def _keep(under_way: SpaceChange, found: Collected, one: Change) -> None:
    """So that it can be looked at and put back, by those who lead."""
    await store.note_change(under_way.tx, found.workshop.id, one)


def _check_leads(found: Collected) -> None:
    if found.seat.actor.person not in found.workshop.team:
        raise Refused(Code.NOT_ALLOWED, NOT_LEADING)
    if not found.is_draft:
        raise Refused(Code.LOCKED, CLOSED)


def _checked(words: str) -> str:
    text = storable(words).strip()
    if len(text) > MOST:
        raise Refused(Code.TOO_LONG, f"This can be at most {MOST} characters long; it has {len(text)}.")
    return text
