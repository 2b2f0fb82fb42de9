"""Who enters numbers, and when they were last told that some are overdue."""

from datetime import datetime

from sqlalchemy import insert, select, update

from app.db import Tx
from app.outcomes.annotation_tables import reminder
from app.outcomes.tables import observation, series


async def entering(tx: Tx, told_before: datetime) -> list[str]:
    """People whose numbers of an organisation count now, and who were not told since."""
    recently = select(reminder.c.person_id).where(reminder.c.at > told_before)
    query = (
        select(observation.c.by)
        .join_from(observation, series)
        .where(
            observation.c.current, series.c.organisation_id.is_not(None), observation.c.by.not_in(recently)
        )
        .distinct()
    )
    return sorted((await tx.execute(query)).scalars())


async def claim(tx: Tx, person_id: str, at: datetime, told_before: datetime) -> bool:
    """Take it upon oneself to tell somebody; of two processes only one does."""
    mine = reminder.c.person_id == person_id
    again = update(reminder).where(mine, reminder.c.at <= told_before).values(at=at)
    if (await tx.execute(again)).rowcount:
        return True
    if (await tx.execute(select(reminder.c.at).where(mine).with_for_update())).first():
        return False
    await tx.execute(insert(reminder).values(person_id=person_id, at=at))
    return True
