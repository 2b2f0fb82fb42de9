"""Acts that wait, and what organisations said to them, in the database."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Row, Select, delete, insert, select, update

from app.compiled_statements import built_once
from app.db import Tx
from app.spaces import log_store
from app.spaces.space import ENDED, Standing
from app.spaces.tables import organisation, organisation_seat, space, waiting_act, waiting_voice
from app.spaces.together.core import Ground, Kind, Outcome, Owner, Waiting, notices


class Proposal(Struct, frozen=True):
    """An act with what it holds: `fields` is what is to be and what stood there, `person` who proposed it."""

    act: Waiting
    person: str
    fields: dict[str, Any]
    email: str = ""


async def ground(tx: Tx, space_id: str) -> tuple[Ground, dict[str, Proposal]]:
    """The organisations that own the space, and what waits in it."""
    waiting = await _proposals(tx, waiting_act.c.space_id == space_id, waiting_act.c.outcome == Outcome.WAITS)
    asked = select(waiting_act.c.by_organisation, waiting_act.c.made_at)
    stood = waiting_act.c.outcome != Outcome.WITHDRAWN  # what was taken back again asked nobody
    made = list(await tx.execute(asked.where(waiting_act.c.space_id == space_id, stood)))
    spoke = await log_store.last_words(tx, space_id)
    seat = organisation_seat.c
    seats = select(seat.organisation_id, seat.joined_at, seat.paused_until).where(
        organisation_seat.c.space_id == space_id, organisation_seat.c.state == Standing.JOINED
    )
    owners = {}
    for row in await tx.execute(seats):
        id, last = row.organisation_id, max(row.joined_at, spoke.get(row.organisation_id, row.joined_at))
        told = (one.made_at for one in made if one.by_organisation != id and one.made_at > last)
        owners[id] = Owner(id, row.joined_at, last, notices(told), row.paused_until)
    days = (await tx.execute(select(space.c.waits_days).where(space.c.id == space_id))).scalar_one()
    return Ground(owners, {id: one.act for id, one in waiting.items()}, days), waiting


async def any_waiting(tx: Tx, space_id: str) -> bool:
    """Whether anything waits in the space, or its time is over and nobody has ended it yet."""
    query = select(waiting_act.c.id).where(
        waiting_act.c.space_id == space_id, waiting_act.c.outcome == Outcome.WAITS
    )
    return (await tx.execute(query.limit(1))).first() is not None


async def spaces_with_what_is_over(tx: Tx, at: datetime) -> list[str]:
    """The spaces in which the time of something that waits is over."""
    query = select(waiting_act.c.space_id).where(
        waiting_act.c.outcome == Outcome.WAITS, waiting_act.c.until <= at
    )
    return list((await tx.execute(query.distinct())).scalars())


async def add(tx: Tx, space_id: str, one: Proposal) -> None:
    act = one.act
    await tx.execute(
        insert(waiting_act).values(
            id=act.id,
            space_id=space_id,
            kind=act.kind,
            by_organisation=act.by,
            by_person=one.person,
            about=act.about or None,
            fields=msgspec.json.encode(one.fields).decode(),
            email=one.email,
            made_at=act.made_at,
            until=act.until,
            outcome=Outcome.WAITS,
        )
    )
    await say(tx, act.id, act.by, one.person, act.made_at, yes=True)


async def say(tx: Tx, act_id: str, organisation: str, person: str, at: datetime, *, yes: bool) -> None:
    """Store what an organisation says, in place of what it said before."""
    voice = waiting_voice.c
    await tx.execute(
        delete(waiting_voice).where(voice.act_id == act_id, voice.organisation_id == organisation)
    )
    values = {"organisation_id": organisation, "person_id": person, "yes": yes, "at": at}
    await tx.execute(insert(waiting_voice).values(act_id=act_id, **values))


async def end(tx: Tx, act_id: str, outcome: Outcome, at: datetime) -> None:
    """It waits no more; the address in it is deleted."""
    ended = update(waiting_act).where(waiting_act.c.id == act_id)
    await tx.execute(ended.values(outcome=outcome, ended_at=at, email=""))


async def set_days(tx: Tx, space_id: str, days: int) -> None:
    await tx.execute(update(space).where(space.c.id == space_id).values(waits_days=days))


async def end_seat(tx: Tx, space_id: str, organisation_id: str, standing: Standing, at: datetime) -> None:
    """Take an organisation's seat: its row stays, so that what its people wrote keeps its name and colour."""
    seat = (organisation_seat.c.space_id == space_id, organisation_seat.c.organisation_id == organisation_id)
    await tx.execute(update(organisation_seat).where(*seat).values(state=standing, ended_at=at))


async def pause_organisation(tx: Tx, space_id: str, organisation_id: str, until: datetime | None) -> None:
    seat = (organisation_seat.c.space_id == space_id, organisation_seat.c.organisation_id == organisation_id)
    await tx.execute(update(organisation_seat).where(*seat).values(paused_until=until))


async def ended_seats(tx: Tx, space_id: str) -> list[Row[Any]]:
    """The organisations that owned the space before: name, state and when that ended."""
    return list(await tx.execute(*_ended_seats(space_id)))


@built_once
def _ended_seats(space_id: Any) -> Select[Any]:
    query = (
        select(organisation.c.name, organisation_seat.c.state, organisation_seat.c.ended_at)
        .join(organisation, organisation.c.id == organisation_seat.c.organisation_id)
        .where(organisation_seat.c.space_id == space_id, organisation_seat.c.state.in_(ENDED))
    )
    return query.order_by(organisation_seat.c.ended_at)


async def who_decided(tx: Tx, space_id: str, about: str) -> set[str]:
    """The organisations that said yes to letting this one in; empty where one decided alone."""
    query = (
        select(waiting_voice.c.organisation_id)
        .join(waiting_act, waiting_act.c.id == waiting_voice.c.act_id)
        .where(waiting_act.c.space_id == space_id, waiting_act.c.about == about, waiting_voice.c.yes)
    )
    return set((await tx.execute(query.where(waiting_act.c.kind == Kind.LET_IN))).scalars())


async def _proposals(tx: Tx, *which: Any) -> dict[str, Proposal]:
    rows = list(await tx.execute(select(waiting_act).where(*which).order_by(waiting_act.c.made_at)))
    voices = select(waiting_voice).where(waiting_voice.c.act_id.in_([row.id for row in rows]))
    said = list(await tx.execute(voices)) if rows else []
    return {row.id: _as_proposal(row, [one for one in said if one.act_id == row.id]) for row in rows}


def _as_proposal(row: Row[Any], said: Iterable[Row[Any]]) -> Proposal:
    yes = frozenset(one.organisation_id for one in said if one.yes)
    no = frozenset(one.organisation_id for one in said if not one.yes)
    kind, by, about = Kind(row.kind), row.by_organisation, row.about or ""
    act = Waiting(row.id, kind, by, row.made_at, row.until, about, yes, no)
    return Proposal(act, row.by_person, msgspec.json.decode(row.fields), row.email)
