"""Private pages in the database. All of it is asked for as the page's author: there is no other way."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import and_, delete, func, insert, select, update

from app.db import Tx
from app.records.immunity.page import MOST_VERSIONS, Page, Version, differing
from app.records.immunity.tables import immunity_page, immunity_version

PAGE, VERSION = immunity_page.c, immunity_version.c


def _own(person_id: str, page_id: str) -> Any:
    return and_(PAGE.id == page_id, PAGE.person_id == person_id)


def _read(row: Any) -> Page:
    words = msgspec.json.decode(row.words, type=dict[str, str])
    return Page(
        row.id,
        words,
        row.revision,
        row.made_at,
        row.changed_at,
        row.removed_at,
        row.handed,
        row.handed_at,
    )


def _written(words: dict[str, str]) -> str:
    return msgspec.json.encode(words).decode()


async def find(tx: Tx, person_id: str, page_id: str, *, to_write: bool = False) -> Page | None:
    """With `to_write` other windows wait until this transaction is over; on SQLite all writers do anyway."""
    query = select(immunity_page).where(_own(person_id, page_id))
    row = (await tx.execute(query.with_for_update() if to_write else query)).first()
    return _read(row) if row else None


async def of_person(tx: Tx, person_id: str) -> list[Page]:
    """All pages of the person, removed ones too, the latest first."""
    query = select(immunity_page).where(PAGE.person_id == person_id)
    return [_read(row) for row in await tx.execute(query.order_by(PAGE.changed_at.desc(), PAGE.id))]


async def count(tx: Tx, person_id: str) -> int:
    query = select(func.count()).select_from(immunity_page).where(PAGE.person_id == person_id)
    return int((await tx.execute(query)).scalar_one())


async def add(tx: Tx, person_id: str, page_id: str, at: datetime) -> None:
    row = {
        "id": page_id,
        "person_id": person_id,
        "words": "{}",
        "revision": 1,
        "made_at": at,
        "changed_at": at,
    }
    await tx.execute(insert(immunity_page).values(**row))


async def write(tx: Tx, person_id: str, before: Page, words: dict[str, str], at: datetime) -> None:
    """Store the words in place of those of `before`, which was found to write."""
    new = {"words": _written(words), "revision": before.revision + 1, "changed_at": at}
    await tx.execute(update(immunity_page).where(_own(person_id, before.id)).values(**new))


async def set_removed(tx: Tx, person_id: str, page_id: str, at: datetime | None) -> None:
    await tx.execute(update(immunity_page).where(_own(person_id, page_id)).values(removed_at=at))


async def set_handed(tx: Tx, person_id: str, page_id: str, record_id: str, at: datetime) -> None:
    new = {"handed": record_id, "handed_at": at}
    await tx.execute(update(immunity_page).where(_own(person_id, page_id)).values(**new))


async def last_version(tx: Tx, page: Page) -> datetime | None:
    query = select(func.max(VERSION.at)).where(VERSION.page_id == page.id)
    found: datetime | None = (await tx.execute(query)).scalar()
    return found


async def keep_version(tx: Tx, page: Page) -> None:
    """Keep the words of the page as they are; of very many versions the oldest go."""
    row = {"page_id": page.id, "number": page.revision, "at": page.changed_at, "words": _written(page.words)}
    await tx.execute(insert(immunity_version).values(**row))
    numbers = select(VERSION.number).where(VERSION.page_id == page.id).order_by(VERSION.number.desc())
    old = (await tx.execute(numbers.offset(MOST_VERSIONS).limit(1))).scalar()
    if old is not None:
        gone = (VERSION.page_id == page.id, VERSION.number <= old)
        await tx.execute(delete(immunity_version).where(*gone))


async def versions(tx: Tx, person_id: str, page: Page) -> list[Version]:
    """What stood in the page before, the latest first."""
    query = (
        select(immunity_version)
        .join(immunity_page, PAGE.id == VERSION.page_id)
        .where(_own(person_id, page.id))
        .order_by(VERSION.number.desc())
    )
    found, later = [], page.words
    for row in await tx.execute(query):
        words = msgspec.json.decode(row.words, type=dict[str, str])
        found.append(Version(row.number, row.at, words, differing(words, later)))
        later = words
    return found


async def erase(tx: Tx, person_id: str, page_id: str | None = None) -> None:
    """Delete a page of the person with all its versions; without a page all that are theirs."""
    theirs = PAGE.person_id == person_id if page_id is None else _own(person_id, page_id)
    pages = select(PAGE.id).where(theirs)
    await tx.execute(delete(immunity_version).where(VERSION.page_id.in_(pages)))
    await tx.execute(delete(immunity_page).where(theirs))


async def clear(tx: Tx, before: datetime) -> None:
    """Delete what was removed before that time. Reads none of it."""
    due = select(PAGE.id).where(PAGE.removed_at < before)
    await tx.execute(delete(immunity_version).where(VERSION.page_id.in_(due)))
    await tx.execute(delete(immunity_page).where(PAGE.removed_at < before))


async def authors(tx: Tx) -> list[str]:
    """Who has pages here, removed ones too."""
    return list((await tx.execute(select(PAGE.person_id).distinct())).scalars())
