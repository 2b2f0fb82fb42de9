"""What tests of people do again and again: come in, move the clock, look at what is stored."""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from app.db import metadata
from app.people.tables import login, outbox, person
from tests.spaces.house import House, Person

PASSWORD = "three plain words"
ANA = {"name": "Ana", "email": "ana@example.org"}
LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")
TABLES = ("person", "login", "letter", "outbox", "attempt", "space", "member")


async def enter(home: House, name: str, email: str, password: str = PASSWORD) -> Person:
    """Create an account as people do."""
    newcomer = home.stranger()
    answer = await newcomer.post("/sign-up", name=name, email=email, password=password)
    assert answer.status_code == 303, answer.text
    newcomer.id = await home.value(f"SELECT id FROM person WHERE email = '{email}'")
    return newcomer


async def sign_in(home: House, email: str = "ana@example.org", password: str = PASSWORD) -> Person:
    """Another browser of the same person."""
    again = home.stranger()
    answer = await again.post("/sign-in", email=email, password=password)
    assert answer.status_code == 303, answer.text
    return again


async def is_in(one: Person) -> bool:
    return (await one.get("/me")).status_code == 200


async def age(home: House, column: str, by: timedelta) -> None:
    """Move a time of all sign-ins into the past."""
    async with home.db.write() as tx:
        for row in await tx.execute(select(login.c.id, login.c[column].label("at"))):
            await tx.execute(update(login).where(login.c.id == row.id).values({column: row.at - by}))


async def links(home: House, recipient: str) -> list[str]:
    """The links of all mail to an address, the newest first, as paths."""
    async with home.db.read() as tx:
        query = select(outbox.c.body).where(outbox.c.recipient == recipient)
        bodies = (await tx.execute(query.order_by(outbox.c.created_at.desc()))).scalars().all()
    return [found for body in bodies for found in LINK.findall(body)]


async def stored(home: House) -> dict[str, list[Any]]:
    """Everything in the tables that people's deeds can touch."""
    async with home.db.read() as tx:
        return {
            name: sorted(map(repr, (await tx.execute(select(metadata.tables[name]))).all()))
            for name in TABLES
        }


async def person_row(home: House, person_id: str) -> Any:
    async with home.db.read() as tx:
        return (await tx.execute(select(person).where(person.c.id == person_id))).one()
