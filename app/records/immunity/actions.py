"""Writing a private page, and handing its assumption on: as its author, and told to nobody."""

from datetime import datetime, timedelta

from app.access import NOT_FOUND, Code, Refused
from app.db import Database, Tx, chunks, new_id, now
from app.people import actions as people
from app.phrases import day_now
from app.records.actions import Keeping, keep
from app.records.core import ops
from app.records.core.kinds import KINDS
from app.records.core.record import Record
from app.records.immunity import store
from app.records.immunity.page import KEPT, MOST_PAGES, Joined, Page, Words, is_version, join
from app.spaces.actions import Door
from app.supervision import rounds

FULL = f"You have {MOST_PAGES} pages. Erase one that you removed, then begin another."
FIRST, EVERY = 300.0, 3600.0  # seconds: to the first clearing at most, and from each to the next


async def load(tx: Tx, person_id: str, page_id: str, *, to_write: bool = False) -> Page:
    """Raises Refused for what is not there, which is also what everybody else is told."""
    page = await store.find(tx, person_id, page_id, to_write=to_write)
    if page is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return page


async def begin(db: Database, person_id: str) -> str:
    """An empty page; one that is empty still is taken again. Gives its id."""
    async with db.write() as tx:
        pages = await store.of_person(tx, person_id)
        empty = next((one.id for one in pages if not one.removed_at and not one.title), None)
        if empty:
            return empty
        if len(pages) >= MOST_PAGES:
            raise Refused(Code.FULL, FULL)
        page_id = new_id()
        await store.add(tx, person_id, page_id, now())
        return page_id


async def save(
    db: Database, person_id: str, page_id: str, typed: Words, seen: Words, choices: Words
) -> tuple[Page, Joined]:
    """Store what a form changes, joined with what other windows wrote. Gives the page as it is then."""
    async with db.write() as tx:
        before = await load(tx, person_id, page_id, to_write=True)
        joined = join(typed, seen, before.words, choices)
        await _write(tx, person_id, before, joined.words, now())
        return await load(tx, person_id, page_id), joined


async def put_back(db: Database, person_id: str, page_id: str, number: int) -> None:
    """Let the page say what it said then; what it says now is kept as a version."""
    async with db.write() as tx:
        before = await load(tx, person_id, page_id, to_write=True)
        found = [one for one in await store.versions(tx, person_id, before) if one.number == number]
        if not found:
            raise Refused(Code.NOT_FOUND, "These words are not kept any more.")
        await store.write(tx, person_id, before, found[0].words, now())
        if any(before.words.values()):
            await store.keep_version(tx, before)


async def set_removed(db: Database, person_id: str, page_id: str, *, removed: bool) -> None:
    async with db.write() as tx:
        await load(tx, person_id, page_id)
        await store.set_removed(tx, person_id, page_id, now() if removed else None)


async def erase(db: Database, person_id: str, page_id: str) -> None:
    """Delete a page that was removed, for good."""
    async with db.write() as tx:
        page = await load(tx, person_id, page_id)
        if page.removed_at is None:
            raise Refused(Code.CONFLICT, "Remove this page first. Then it can be erased.")
        await store.erase(tx, person_id, page_id)


async def hand_on(door: Door, person_id: str, page_id: str, title: str) -> Record:
    """Make the sentence an assumption of the space, as a draft of its author. Nothing else goes with it.

    The record does not know where it came from. Raises Wrong and Refused.
    """
    async with door.db.read() as tx:
        await load(tx, person_id, page_id)
    look_again = day_now() + timedelta(days=KINDS["assumption"].days)
    op = ops.Keep("assumption", title, {}, tend=True, look_again=look_again, draft=True)
    made = await keep(door, Keeping(op))
    async with door.db.write() as tx:
        await store.set_handed(tx, person_id, page_id, made.id, now())
    return made


async def clear(db: Database, at: datetime) -> None:
    """Delete what was removed long ago, and what is left of people who erased themselves.

    A process of an older version that runs beside this one erases people and knows nothing of these pages.
    """
    async with db.write() as tx:
        await store.clear(tx, at - KEPT)
        for some in chunks(await store.authors(tx)):
            for person_id in await people.erased(tx, some):
                await store.erase(tx, person_id)


async def clear_for_ever(db: Database) -> None:
    """Once an hour, safe in any number of processes."""
    await rounds(lambda: clear(db, now()), first=FIRST, every=EVERY, what="Private pages that were removed")


async def _write(tx: Tx, person_id: str, before: Page, words: Words, at: datetime) -> None:
    if not words:
        return
    after = {**before.words, **words}
    if is_version(before.words, after, await store.last_version(tx, before), at):
        await store.keep_version(tx, before)
    await store.write(tx, person_id, before, after, at)
