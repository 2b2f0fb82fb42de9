"""Uploaded files and imports, in the database."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, insert, or_, select, update

from app.access import Actor
from app.db import Tx, new_id
from app.outcomes.tables import batch, observation, series, upload

KEPT = timedelta(days=2)  # after that an uploaded file is deleted
FILE = tuple(column for column in upload.c if column is not upload.c.parsed)


async def add_upload(tx: Tx, space_id: str, by: str, at: datetime, **file: Any) -> str:
    """Store a file until it is imported; returns its id. Deletes files that are older than KEPT."""
    upload_id = new_id()
    await tx.execute(delete(upload).where(upload.c.organisation_id.is_(None), upload.c.at < at - KEPT))
    await tx.execute(
        insert(upload).values(
            id=upload_id, space_id=space_id, by=by, at=at, look="", asked="", plan="", **file
        )
    )
    return upload_id


async def find_upload(tx: Tx, space_id: str, upload_id: str, actor: Actor) -> Row[Any] | None:
    """The file; None for everybody but the person who uploaded it, or whose organisation is to confirm it."""
    mine = and_(upload.c.organisation_id.is_(None), upload.c.by == actor.person)
    ours = and_(upload.c.organisation_id.is_not(None), upload.c.organisation_id == actor.organisation)
    query = select(*FILE).where(upload.c.id == upload_id, upload.c.space_id == space_id, or_(mine, ours))
    return (await tx.execute(query)).one_or_none()


async def parsed_rows(tx: Tx, upload_id: str) -> bytes | None:
    """The rows that the last dry run of a file parsed, as they were packed."""
    return (await tx.execute(select(upload.c.parsed).where(upload.c.id == upload_id))).scalar()


async def waiting(tx: Tx, space_id: str, by: str) -> list[Row[Any]]:
    """The files of a person that are not imported yet, the latest first."""
    columns = (upload.c.id, upload.c.file_name, upload.c.at)
    return list(await tx.execute(select(*columns).where(*_of(space_id, by)).order_by(upload.c.at.desc())))


async def others_of(tx: Tx, space_id: str, by: str, upload_id: str) -> list[Row[Any]]:
    """The other files of a person that are not imported yet, with what was found, the oldest first."""
    columns = (upload.c.id, upload.c.file_name, upload.c.look, upload.c.asked, upload.c.plan)
    query = select(*columns).where(*_of(space_id, by), upload.c.id != upload_id)
    return list(await tx.execute(query.order_by(upload.c.at, upload.c.id)))


def _of(space_id: str, by: str) -> tuple[ColumnElement[bool], ...]:
    """The files that a person uploaded in a space, for themselves."""
    return upload.c.space_id == space_id, upload.c.by == by, upload.c.organisation_id.is_(None)


async def set_upload(tx: Tx, upload_id: str, **values: str | bytes | None) -> None:
    """Store results of the steps, by name of their columns."""
    await tx.execute(update(upload).where(upload.c.id == upload_id).values(**values))


async def drop_upload(tx: Tx, upload_id: str) -> None:
    await tx.execute(delete(upload).where(upload.c.id == upload_id))


async def add(tx: Tx, batch_id: str, space_id: str, by: str, at: datetime, **values: Any) -> None:
    await tx.execute(insert(batch).values(id=batch_id, space_id=space_id, by=by, at=at, **values))


async def of_space(tx: Tx, space_id: str, most: int = 50) -> list[Row[Any]]:
    """The imports of a space, the latest first."""
    query = (
        select(batch)
        .where(batch.c.space_id == space_id, batch.c.staged_for.is_(None))
        .order_by(batch.c.at.desc(), batch.c.id)
    )
    return list(await tx.execute(query.limit(most)))


async def find(tx: Tx, space_id: str, batch_id: str) -> Row[Any] | None:
    """The import, undone or not; None where it is of another space."""
    query = select(batch).where(
        batch.c.space_id == space_id, batch.c.id == batch_id, batch.c.staged_for.is_(None)
    )
    return (await tx.execute(query)).one_or_none()


async def measures_of(tx: Tx, batch_id: str) -> list[str]:
    """Ids of the measures that an import has numbers of."""
    query = (
        select(series.c.measure_id)
        .join_from(observation, series)
        .where(observation.c.batch_id == batch_id)
        .distinct()
    )
    return sorted((await tx.execute(query)).scalars())


async def organisations_of(tx: Tx, batch_id: str) -> set[str]:
    """Ids of the organisations that an import has numbers of."""
    query = (
        select(series.c.organisation_id)
        .join_from(observation, series)
        .where(observation.c.batch_id == batch_id, series.c.organisation_id.is_not(None))
        .distinct()
    )
    return set((await tx.execute(query)).scalars())


async def forget(tx: Tx, by: str) -> None:
    """Delete the uploaded files of a person, but not what waits for an organisation to confirm it."""
    await tx.execute(delete(upload).where(upload.c.by == by, upload.c.organisation_id.is_(None)))
