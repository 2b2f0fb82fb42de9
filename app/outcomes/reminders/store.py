"""Who enters numbers, and when they last got a reminder, in the database."""

from datetime import datetime

from sqlalchemy import insert, select, update

from app.db import Tx
from app.outcomes.annotation_tables import reminder
from app.outcomes.measures.observation_store import counting
from app.outcomes.tables import observation, series


async def people_to_remind(tx: Tx, reminded_before: datetime) -> list[str]:
    """Ids of people who entered numbers that count now, of organisations, and got no reminder since then."""
    recently = select(reminder.c.person_id).where(reminder.c.at > reminded_before)
    query = (
        select(observation.c.by)
        .join_from(observation, series)
        .where(counting(), series.c.organisation_id.is_not(None), observation.c.by.not_in(recently))
        .distinct()
    )
    return sorted((await tx.execute(query)).scalars())


async def claim(tx: Tx, person_id: str, at: datetime, reminded_before: datetime) -> bool:
    """Record that this process reminds the person now. False where another did since `reminded_before`."""
    mine = reminder.c.person_id == person_id
    again = update(reminder).where(mine, reminder.c.at <= reminded_before).values(at=at)
    if (await tx.execute(again)).rowcount:
        return True
    if (await tx.execute(select(reminder.c.at).where(mine).with_for_update())).first():
        return False
    await tx.execute(insert(reminder).values(person_id=person_id, at=at))
    return True
