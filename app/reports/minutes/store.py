"""What was added to the minutes of a workshop, in the database."""

from datetime import datetime

import msgspec
from sqlalchemy import delete, func, insert, select, update

from app.compiled_statements import insert_in
from app.db import Tx
from app.reports.minutes.content import Change, Correction, Minutes
from app.reports.minutes.tables import (
    minutes_change,
    minutes_correction,
    minutes_fixed,
    minutes_left_out,
    minutes_paragraph,
)

_minutes = msgspec.json.Decoder(Minutes)


async def fixed(tx: Tx, workshop_id: str) -> Minutes | None:
    """The minutes as they stand, once they are fixed."""
    query = select(minutes_fixed.c.content).where(minutes_fixed.c.workshop_id == workshop_id)
    content = (await tx.execute(query)).scalar()
    return _minutes.decode(content) if content else None


async def fix(tx: Tx, workshop_id: str, minutes: Minutes, at: datetime) -> None:
    """Keep them as they are; nothing where that was done already."""
    content = msgspec.json.encode(minutes).decode()
    added = insert_in(tx.dialect.name, minutes_fixed).on_conflict_do_nothing()
    await tx.execute(added.values(workshop_id=workshop_id, content=content, at=at))


async def rewrite(tx: Tx, workshop_id: str, minutes: Minutes) -> None:
    """Without words that were destroyed: nothing else of fixed minutes ever changes."""
    content = msgspec.json.encode(minutes).decode()
    here = minutes_fixed.c.workshop_id == workshop_id
    await tx.execute(update(minutes_fixed).where(here).values(content=content))


async def paragraphs(tx: Tx, workshop_id: str) -> dict[str, str]:
    """What the facilitators wrote, by block."""
    query = select(minutes_paragraph.c.block_id, minutes_paragraph.c.words)
    rows = await tx.execute(query.where(minutes_paragraph.c.workshop_id == workshop_id))
    return {row.block_id: row.words for row in rows}


async def write_paragraph(tx: Tx, workshop_id: str, block_id: str, words: str, by: str, at: datetime) -> None:
    """In place of what stood there."""
    here = (minutes_paragraph.c.workshop_id == workshop_id, minutes_paragraph.c.block_id == block_id)
    await tx.execute(delete(minutes_paragraph).where(*here))
    if words:
        values = {"workshop_id": workshop_id, "block_id": block_id, "words": words, "by": by, "at": at}
        await tx.execute(insert(minutes_paragraph).values(**values))


async def left_out(tx: Tx, workshop_id: str) -> set[str]:
    query = select(minutes_left_out.c.item_id).where(minutes_left_out.c.workshop_id == workshop_id)
    return set((await tx.execute(query)).scalars())


async def leave_out(tx: Tx, workshop_id: str, item_id: str, by: str, *, out: bool) -> None:
    here = (minutes_left_out.c.workshop_id == workshop_id, minutes_left_out.c.item_id == item_id)
    await tx.execute(delete(minutes_left_out).where(*here))
    if out:
        await tx.execute(insert(minutes_left_out).values(workshop_id=workshop_id, item_id=item_id, by=by))


async def corrections(tx: Tx, workshop_id: str) -> list[Correction]:
    """All of them, the first asked for first."""
    query = select(minutes_correction).where(minutes_correction.c.workshop_id == workshop_id)
    rows = await tx.execute(query.order_by(minutes_correction.c.at, minutes_correction.c.id))
    return [
        Correction(row.id, row.block_id, row.by, row.at, row.words, row.answer, row.answered_by)
        for row in rows
    ]


async def add_correction(tx: Tx, workshop_id: str, one: Correction) -> None:
    values = {"id": one.id, "block_id": one.block, "by": one.by, "at": one.at, "words": one.text}
    await tx.execute(
        insert(minutes_correction).values(workshop_id=workshop_id, answer="", answered_by="", **values)
    )


async def answer(tx: Tx, workshop_id: str, correction_id: str, words: str, by: str) -> None:
    """Answer it, once or again."""
    here = (minutes_correction.c.workshop_id == workshop_id, minutes_correction.c.id == correction_id)
    await tx.execute(update(minutes_correction).where(*here).values(answer=words, answered_by=by))


async def note_change(tx: Tx, workshop_id: str, one: Change) -> None:
    """Keep what was changed, under the next number."""
    values = {name: getattr(one, name) for name in Change.__struct_fields__}
    values["number"] = await changes_made(tx, workshop_id) + 1
    await tx.execute(insert(minutes_change).values(workshop_id=workshop_id, **values))


async def changes_made(tx: Tx, workshop_id: str) -> int:
    """How many changes there were."""
    query = select(func.count()).where(minutes_change.c.workshop_id == workshop_id)
    return int((await tx.execute(query)).scalar() or 0)


async def changes(tx: Tx, workshop_id: str) -> list[Change]:
    """All changes, the latest first."""
    query = select(minutes_change).where(minutes_change.c.workshop_id == workshop_id)
    rows = await tx.execute(query.order_by(minutes_change.c.number.desc()))
    names = Change.__struct_fields__
    return [Change(**{name: getattr(row, name) for name in names}) for row in rows]
