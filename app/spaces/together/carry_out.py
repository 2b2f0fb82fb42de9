"""Doing what organisations decided: words, archiving, letting in, turning out, pausing."""

from datetime import datetime, timedelta
from typing import Any

from app.config import Config
from app.db import Tx
from app.spaces import log_store, mark_store
from app.spaces import store as space_store
from app.spaces.actions import SpaceChange
from app.spaces.joining import organisations
from app.spaces.joining import store as joining_store
from app.spaces.log_entry import Act, Noted
from app.spaces.space import Standing
from app.spaces.together import store
from app.spaces.together.core import Kind
from app.spaces.together.store import Proposal

PAUSED_FOR = timedelta(hours=24)


async def do(config: Config, under_way: SpaceChange, proposal: Proposal) -> str:
    """Do it within a change. Gives the link of a steward who is invited by it, else an empty text."""
    noted, link = await _do(under_way.tx, config, under_way.space_id, proposal, under_way.at)
    under_way.noted.append(noted)
    return link


async def by_itself(tx: Tx, config: Config, space_id: str, proposal: Proposal, at: datetime) -> None:
    """Do it at its date, with nobody there."""
    noted, _ = await _do(tx, config, space_id, proposal, at)
    await log_store.add(tx, space_id, [noted], None, None, at)


async def drop(tx: Tx, space_id: str, proposal: Proposal, at: datetime) -> None:
    """What is left of an act that is not done: an organisation that is not let in."""
    if proposal.act.kind is Kind.LET_IN:
        await space_store.set_standing(tx, space_id, proposal.act.about, Standing.WITHDRAWN, at)


async def set_words(tx: Tx, space_id: str, words: dict[str, Any]) -> None:
    await space_store.set_words(tx, space_id, words)


async def end_organisation(
    tx: Tx, space_id: str, organisation: str, standing: Standing, at: datetime
) -> None:
    """Its people leave the space with it; what they wrote stays, and their data are theirs."""
    await store.end_seat(tx, space_id, organisation, standing, at)
    await mark_store.end_organisation(tx, space_id, organisation, at)
    for one in await joining_store.open_invitations(tx, space_id, at):
        if one.organisation == organisation:
            await joining_store.withdraw_invitation(tx, one.id, at)


async def _do(tx: Tx, config: Config, space_id: str, proposal: Proposal, at: datetime) -> tuple[Noted, str]:
    act, fields, link = proposal.act, proposal.fields, ""
    about = f"organisation:{act.about}" if act.about else ""
    by = (proposal.person, act.by)
    noted = Noted(Act.ARCHIVED, about, by=by)
    match act.kind:
        case Kind.WORDS:
            await set_words(tx, space_id, fields["after"])
            noted = Noted(Act.WORDS, about, fields["before"], fields["after"], by)
        case Kind.ARCHIVE:
            await space_store.set_archived(tx, space_id, at)
        case Kind.DAYS:
            ground, _ = await store.ground(tx, space_id)
            await store.set_days(tx, space_id, fields["days"])
            noted = Noted(Act.DAYS, about, {"days": ground.days}, {"days": fields["days"]}, by)
        case Kind.LET_IN:
            link = await organisations.invite_first_steward(
                tx, config, space_id, act.about, proposal.person, proposal.email, at
            )
            noted = Noted(Act.PROPOSED, about, by=by)
        case Kind.TURN_OUT:
            await end_organisation(tx, space_id, act.about, Standing.TURNED_OUT, at)
            noted = Noted(Act.TURNED_OUT, about, by=by)
        case Kind.PAUSE:
            await store.pause_organisation(tx, space_id, act.about, at + PAUSED_FOR)
            noted = Noted(Act.PAUSED, about, after={"what": "organisation"}, by=by)
    return noted, link
