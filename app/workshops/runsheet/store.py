"""Workshops in the database, and which of their steps became which phase."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, Select, insert, select, update

from app.compiled_statements import built_once, insert_in
from app.db import Tx, chunks
from app.workshops.runsheet.sheet import Sheet, Step
from app.workshops.runsheet.tables import workshop, workshop_here, workshop_run
from app.workshops.runsheet.timing import Ran
from app.workshops.runsheet.workshop import Workshop

MOST = 500  # workshops that a page reads at once

_sheet, _step = msgspec.json.Decoder(Sheet), msgspec.json.Decoder(Step)
_team = msgspec.json.Decoder(tuple[str, ...])


async def find(tx: Tx, space_id: str, workshop_id: str) -> Workshop | None:
    """The workshop, archived ones too; None where it is of another space."""
    row = (await tx.execute(*_one(space_id, workshop_id))).first()
    return _as_workshop(row) if row else None


@built_once
def _one(space_id: Any, workshop_id: Any) -> Select[Any]:
    return select(workshop).where(workshop.c.space_id == space_id, workshop.c.id == workshop_id)


async def space_of(tx: Tx, workshop_id: str) -> str | None:
    """The space of a workshop; None where there is none."""
    query = select(workshop.c.space_id).where(workshop.c.id == workshop_id)
    return (await tx.execute(query)).scalar_one_or_none()


async def tried_in(tx: Tx, copy_id: str) -> Workshop | None:
    """The workshop that is tried in this copy of a space."""
    query = select(workshop).where(workshop.c.space_id == copy_id, workshop.c.rehearses.is_not(None))
    row = (await tx.execute(query)).first()
    return _as_workshop(row) if row else None


async def of_space(tx: Tx, space_id: str) -> list[Workshop]:
    """The workshops of a space, the latest first; those without a day before all others."""
    found = [_as_workshop(row) for row in await tx.execute(*_of_space(space_id))]
    return sorted(found, key=_turn, reverse=True)


@built_once
def _of_space(space_id: Any) -> Select[Any]:
    query = select(workshop).where(workshop.c.space_id == space_id).limit(MOST)
    return query.order_by(workshop.c.made_at.desc())


async def begun(tx: Tx) -> list[Workshop]:
    """All workshops whose doors were opened, of every space: for jobs."""
    query = select(workshop).where(workshop.c.stage_id.is_not(None)).order_by(workshop.c.id)
    return [_as_workshop(row) for row in await tx.execute(query)]


async def begun_on(tx: Tx, board_ids: Collection[str]) -> list[Workshop]:
    """Those whose doors were opened on one of these boards."""
    found = []
    for some in chunks(sorted(board_ids)):
        query = select(workshop).where(workshop.c.board_id.in_(some), workshop.c.stage_id.is_not(None))
        found += [_as_workshop(row) for row in await tx.execute(query)]
    return found


async def of_stage(tx: Tx, board_id: str, stage_id: str) -> Workshop | None:
    """The workshop whose doors opened this stage."""
    query = select(workshop).where(workshop.c.board_id == board_id, workshop.c.stage_id == stage_id)
    row = (await tx.execute(query)).first()
    return _as_workshop(row) if row else None


async def add(tx: Tx, made: Workshop) -> None:
    head = {"id": made.id, "space_id": made.space, "made_at": made.made_at, "made_by": made.made_by}
    await tx.execute(insert(workshop).values(**head, **_values(made)))


async def change(tx: Tx, before: Workshop, after: Workshop) -> bool:
    """Store it; False, and nothing is stored, where it was changed meanwhile."""
    here = (workshop.c.id == before.id, workshop.c.revision == before.revision)
    done = await tx.execute(update(workshop).where(*here).values(**_values(after)))
    return done.rowcount == 1


async def runs_of(tx: Tx, workshop_ids: Sequence[str]) -> dict[str, list[Ran]]:
    """By workshop, the steps that were to be opened, in their order: those count whose phase is there."""
    found: dict[str, list[Ran]] = {id: [] for id in workshop_ids}
    for some in chunks(sorted(workshop_ids)):
        for row in await tx.execute(*_runs(some)):
            ran = Ran(_step.decode(row.step), row.block_id, row.block, row.phase_id, row.at)
            found[row.workshop_id].append(ran)
    return found


@built_once
def _runs(workshop_ids: Any) -> Select[Any]:
    query = select(workshop_run).where(workshop_run.c.workshop_id.in_(workshop_ids))
    return query.order_by(workshop_run.c.at, workshop_run.c.phase_id)


async def add_run(tx: Tx, workshop_id: str, ran: Ran) -> None:
    """Say that this step is to be opened as this phase; once."""
    values: dict[str, Any] = {"phase_id": ran.phase, "block_id": ran.block, "block": ran.title}
    values |= {"step_id": ran.step.id, "step": msgspec.json.encode(ran.step).decode(), "at": ran.at}
    added = insert_in(tx.dialect.name, workshop_run).on_conflict_do_nothing()
    await tx.execute(added.values(workshop_id=workshop_id, **values))


async def note_here(tx: Tx, workshop_id: str, people: Collection[str]) -> None:
    """These people are there now, beside those who were before."""
    rows = [{"workshop_id": workshop_id, "person_id": one} for one in sorted(set(people))]
    if rows:  # whoever leads beside may write down the same at the same moment
        await tx.execute(insert_in(tx.dialect.name, workshop_here).on_conflict_do_nothing(), rows)


async def were_here(tx: Tx, workshop_id: str) -> set[str]:
    """Who was there when a step began."""
    query = select(workshop_here.c.person_id).where(workshop_here.c.workshop_id == workshop_id)
    return set((await tx.execute(query)).scalars())


def _values(now: Workshop) -> dict[str, Any]:
    return {
        "title": now.title,
        "purpose": now.purpose,
        "authority": now.authority,
        "place": now.place,
        "starts_at": now.starts_at,
        "booked": now.booked,
        "board_id": now.board,
        "stage_id": now.stage,
        "team": msgspec.json.encode(now.team).decode(),
        "sheet": msgspec.json.encode(now.sheet).decode(),
        "revision": now.revision,
        "baseline": now.baseline,
        "rehearses": now.rehearses,
        "changed_at": now.changed_at,
        "archived_at": now.changed_at if now.archived else None,
    }


def _as_workshop(row: Row[Any]) -> Workshop:
    return Workshop(
        id=row.id,
        space=row.space_id,
        title=row.title,
        made_by=row.made_by,
        made_at=row.made_at,
        changed_at=row.changed_at,
        revision=row.revision,
        purpose=row.purpose,
        authority=row.authority,
        place=row.place,
        starts_at=row.starts_at,
        booked=row.booked,
        board=row.board_id,
        stage=row.stage_id,
        team=_team.decode(row.team),
        sheet=_sheet.decode(row.sheet),
        baseline=row.baseline,
        rehearses=row.rehearses,
        archived=row.archived_at is not None,
    )


def _turn(one: Workshop) -> tuple[bool, datetime]:
    return (one.starts_at is None, one.starts_at or one.made_at)
