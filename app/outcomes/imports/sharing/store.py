"""Codes of organisations, and rows that wait for their organisation, in the database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select

from app.compiled_statements import built_once
from app.db import Tx, new_id
from app.outcomes.tables import organisation_code, upload

KEPT = timedelta(days=60)  # after that rows that nobody confirmed are deleted


async def codes(tx: Tx, space_id: str) -> dict[str, tuple[str, ...]]:
    """The codes by organisation, in the order in which they were written."""
    query = (
        select(organisation_code)
        .where(organisation_code.c.space_id == space_id)
        .order_by(organisation_code.c.organisation_id, organisation_code.c.place)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in await tx.execute(query):
        found[row.organisation_id] = (*found.get(row.organisation_id, ()), row.code)
    return found


async def set_codes(tx: Tx, space_id: str, organisation_id: str, codes: Sequence[str]) -> None:
    """These are the codes of the organisation from now on."""
    of_it = {"space_id": space_id, "organisation_id": organisation_id}
    await tx.execute(delete(organisation_code).filter_by(**of_it))
    if codes:
        rows = [{**of_it, "place": place, "code": code} for place, code in enumerate(codes)]
        await tx.execute(insert(organisation_code), rows)


async def pass_on(
    tx: Tx, space_id: str, organisation_id: str, batch_id: str, by: str, at: datetime, **file: Any
) -> None:
    """Keep rows for an organisation until it confirms them. Deletes those that waited longer than KEPT."""
    passed_on = upload.c.organisation_id.is_not(None)
    await tx.execute(delete(upload).where(passed_on, upload.c.at < at - KEPT))
    await tx.execute(
        insert(upload).values(
            id=new_id(),
            space_id=space_id,
            organisation_id=organisation_id,
            batch_id=batch_id,
            by=by,
            at=at,
            plan="",
            **file,
        )
    )


async def waiting(tx: Tx, space_id: str) -> list[Row[Any]]:
    """What waits for an organisation of the space to confirm it, the latest first."""
    return list(await tx.execute(*_waiting(space_id)))


@built_once
def _waiting(space_id: Any) -> Select[Any]:
    columns = (
        *(upload.c.id, upload.c.file_name, upload.c.at, upload.c.by),
        *(upload.c.look, upload.c.organisation_id, upload.c.batch_id),
    )
    query = select(*columns).where(upload.c.space_id == space_id, upload.c.organisation_id.is_not(None))
    return query.order_by(upload.c.at.desc(), upload.c.id)


async def take_back(tx: Tx, batch_id: str) -> None:
    """Delete what an import passed on and nobody has confirmed yet."""
    await tx.execute(delete(upload).where(upload.c.batch_id == batch_id))
