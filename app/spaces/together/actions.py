"""Proposing what no organisation can do alone, answering, withdrawing, and what becomes of it at its date."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, structs

from app.access import NOT_FOUND, Code, Refused
from app.config import Config
from app.db import Database, Tx, new_id, now
from app.spaces import seats
from app.spaces import store as space_store
from app.spaces.actions import Door, Ring, SpaceChange, change
from app.spaces.log_entry import WORDS, Act, Noted, changed
from app.spaces.log_store import add as log
from app.spaces.space import Seat, SpaceDraft
from app.spaces.together import carry_out, core, letters, store
from app.spaces.together.core import Ground, Kind, Outcome, Waiting
from app.spaces.together.store import Proposal

CHANGED = "What this would change was changed meanwhile. Withdraw it, and propose it anew."


class Result(Struct, frozen=True):
    """Whether what somebody wanted is done or waits; `link` is for a steward who is to be invited."""

    outcome: Outcome
    link: str = ""


async def describe(door: Door, draft: SpaceDraft) -> Result:
    """Change the words of the space: its name at once, all else with a second organisation."""
    async with change(door, "space.describe") as under_way:
        before, after = _differences(under_way.seat, draft)
        if "name" in after:
            name = {"name": after.pop("name")}
            await carry_out.set_words(under_way.tx, under_way.space_id, name)
            under_way.note(Act.WORDS, before={"name": before.pop("name")}, after=name)
        if not after:
            return Result(Outcome.DONE)
        return await propose(door, under_way, Kind.WORDS, fields={"before": before, "after": after})


async def archive(door: Door) -> Result:
    """Close the space to changes."""
    async with change(door, "space.archive") as under_way:
        return await propose(door, under_way, Kind.ARCHIVE)


async def set_days(door: Door, days: int) -> Result:
    """Say for how long what no organisation can do alone waits for another."""
    if not core.LEAST_DAYS <= days <= core.MOST_DAYS:
        raise Refused(Code.INVALID, f"Write a number from {core.LEAST_DAYS} to {core.MOST_DAYS}.")
    async with change(door, "space.describe") as under_way:
        return await propose(door, under_way, Kind.DAYS, fields={"days": days})


async def against(door: Door, kind: Kind, organisation: str) -> Result:
    """Turn an organisation out, or pause what it writes."""
    async with change(door, "space.turn_out") as under_way:
        return await propose(door, under_way, kind, about=organisation)


async def propose(
    door: Door,
    under_way: SpaceChange,
    kind: Kind,
    *,
    about: str = "",
    fields: Mapping[str, Any] | None = None,
    email: str = "",
) -> Result:
    """Let an act wait for others, or do it at once where there is nobody to ask. Raises Refused."""
    tx, at, person = under_way.tx, under_way.at, under_way.seat.actor.person or ""
    ground, _ = await store.ground(tx, under_way.space_id)
    id = new_id()
    ground = core.propose(ground, Waiting(id, kind, under_way.organisation, at, at, about), at)
    act = ground.acts[id]
    proposal = Proposal(act, person, dict(fields or {}), email)
    if core.outcome(ground, act, at) is Outcome.DONE:
        return Result(Outcome.DONE, await carry_out.do(door.config, under_way, proposal))
    await store.add(tx, under_way.space_id, proposal)
    under_way.note(Act.WAITS, _about(act), after=_told(proposal))
    await letters.tell_others(tx, door.config, under_way.seat, ground, proposal, at)
    return Result(Outcome.WAITS)


async def answer(door: Door, act_id: str, *, yes: bool) -> Result:
    """Say yes or no for one's organisation; with the last yes that is needed it is done."""
    async with change(door, "space.decide") as under_way:
        tx, at, by = under_way.tx, under_way.at, under_way.organisation
        ground, proposals = await store.ground(tx, under_way.space_id)
        proposal = _found(proposals, act_id)
        ground = core.answer(ground, act_id, by, at, yes=yes)
        act = ground.acts[act_id]
        await store.say(tx, act_id, by, under_way.seat.actor.person or "", at, yes=yes)
        said = {**_told(proposal), "by": act.by}
        under_way.note(Act.SECONDED if yes else Act.OPPOSED, _about(act), after=said)
        became = core.outcome(ground, act, at)
        if became is Outcome.DONE:
            _must_still_fit(under_way.seat, proposal)
            await store.end(tx, act_id, became, at)
            return Result(became, await carry_out.do(door.config, under_way, proposal))
        if became is Outcome.LAPSED:
            await _lapse(under_way.tx, under_way.space_id, proposal)
        return Result(became)


async def withdraw(door: Door, act_id: str) -> None:
    """Take back what one's own organisation proposed."""
    async with change(door, "space.decide") as under_way:
        ground, proposals = await store.ground(under_way.tx, under_way.space_id)
        proposal = _found(proposals, act_id)
        core.withdraw(ground, act_id, under_way.organisation, under_way.at)
        await store.end(under_way.tx, act_id, Outcome.WITHDRAWN, under_way.at)
        await carry_out.drop(under_way.tx, under_way.space_id, proposal, under_way.at)
        under_way.note(Act.WITHDRAWN, _about(proposal.act), after=_told(proposal))


async def settle(db: Database, ring: Ring, config: Config, space_id: str) -> None:
    """At their date acts lapse; those whose others are all silent are done."""
    async with db.write() as tx:
        epoch = await space_store.bump(tx, space_id)
        space = await space_store.load(tx, space_id)
        if epoch is None or space is None:
            return
        _, proposals = await store.ground(tx, space_id)
        for proposal in proposals.values():
            ground, _ = await store.ground(tx, space_id)  # anew: the one before may have changed it
            became = core.outcome(ground, proposal.act, now())
            fits = _fits(space, proposal)
            if became is Outcome.DONE and fits:
                await store.end(tx, proposal.act.id, became, now())
                await carry_out.by_itself(tx, config, space_id, proposal, now())
            elif became is not Outcome.WAITS:
                await _lapse(tx, space_id, proposal)
    ring(seats.topic(space_id), epoch)


async def waiting(tx: Tx, space_id: str) -> tuple[Ground, list[Proposal]]:
    """What waits now, the oldest first; what is over is left out, though nobody has ended it yet."""
    ground, proposals = await store.ground(tx, space_id)
    here = [one for one in proposals.values() if core.outcome(ground, one.act, now()) is Outcome.WAITS]
    return ground, here


async def _lapse(tx: Tx, space_id: str, proposal: Proposal) -> None:
    await store.end(tx, proposal.act.id, Outcome.LAPSED, now())
    await carry_out.drop(tx, space_id, proposal, now())
    told = {**_told(proposal), "by": proposal.act.by}
    noted = Noted(Act.LAPSED, _about(proposal.act), after=told)
    await log(tx, space_id, [noted], None, None, now())


def _found(proposals: Mapping[str, Proposal], act_id: str) -> Proposal:
    if act_id not in proposals:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return proposals[act_id]


def _differences(seat: Seat, draft: SpaceDraft) -> tuple[dict[str, Any], dict[str, Any]]:
    here = {name: getattr(seat.space, name) for name in WORDS}
    return changed(here, structs.asdict(draft))


def _must_still_fit(seat: Seat, proposal: Proposal) -> None:
    """Raise Refused where the words that it was to replace are others by now: nobody said yes to that."""
    if not _fits(seat.space, proposal):
        raise Refused(Code.CONFLICT, CHANGED)


def _fits(space: Any, proposal: Proposal) -> bool:
    before = proposal.fields.get("before", {})
    return all(getattr(space, name) == words for name, words in before.items())


def _told(proposal: Proposal) -> dict[str, Any]:
    """What the log says of a proposal: never an address."""
    fields = sorted(proposal.fields.get("after", {}))
    return {"kind": proposal.act.kind, "fields": fields}


def _about(act: Waiting) -> str:
    return f"organisation:{act.about}" if act.about else ""
