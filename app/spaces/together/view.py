"""What waits for others, as one person of the space sees it."""

from msgspec import Struct

from app.access import Role
from app.characters import set_apart
from app.db import Tx, now
from app.phrases import full
from app.spaces import seats
from app.spaces.log.sentences import FIELD_WORDS, joined, what
from app.spaces.log_entry import WORDS
from app.spaces.space import Seat, Standing
from app.spaces.store import organisation_names
from app.spaces.together import actions, core, store
from app.spaces.together.actions import Result
from app.spaces.together.core import Kind, Outcome
from app.spaces.together.store import Proposal


class WaitingLine(Struct, frozen=True):
    """An act that waits, in words. `asked`: who has not answered; `mine`: one's organisation proposed it."""

    id: str
    by: str
    who: str
    wish: str
    until: str
    words: list[tuple[str, str, str]]
    asked: str
    yes: str
    no: str
    may_answer: bool
    mine: bool
    said_yes: bool
    silently: str


async def lines(tx: Tx, seat: Seat) -> list[WaitingLine]:
    """What waits now, the oldest first."""
    if not await store.any_waiting(tx, seat.space.id):
        return []
    ground, waiting = await actions.waiting(tx, seat.space.id)
    names = await organisation_names(tx, seat.space.id)
    people = {one.id: one.name for one in await seats.people_of(tx, seat.space.id)}
    return [_line(seat, ground, one, names, people) for one in waiting]


class EndedOwner(Struct, frozen=True):
    """An organisation that owned the space, and how that ended."""

    name: str
    how: str


async def ended_owners(tx: Tx, space_id: str) -> list[EndedOwner]:
    """Those who left or were turned out: what their people wrote is still here."""
    rows = await store.ended_seats(tx, space_id)
    how = {Standing.LEFT: "Left the space on", Standing.TURNED_OUT: "Turned out by all others on"}
    return [EndedOwner(row.name, f"{how[Standing(row.state)]} {full(row.ended_at)}") for row in rows]


def after(result: Result, done: str = "") -> str:
    """Where a page goes on, below the space's own address: to what waits, where it waits."""
    return "/waiting?done=act-waits" if result.outcome is Outcome.WAITS else done


def _line(
    seat: Seat, ground: core.Ground, one: Proposal, names: dict[str, str], people: dict[str, str]
) -> WaitingLine:
    act, own = one.act, seat.actor.organisation or ""
    others = core.others(ground, act, now())
    before, new = one.fields.get("before", {}), one.fields.get("after", {})
    wish = what(act.kind, set_apart(names.get(act.about, "")), new)
    if act.kind is Kind.DAYS:
        wish = f"to let proposals wait for {one.fields['days']} days, now {ground.days}"
    silent = [id for id in others - act.yes if core.abstains(ground.owners[id], act.until)]
    passes = silent and act.kind not in core.NEEDS_YES and set(silent) == others - act.yes
    return WaitingLine(
        act.id,
        names.get(act.by, ""),
        people.get(one.person, "somebody who has left"),
        wish,
        full(act.until),
        [(FIELD_WORDS[name].capitalize(), before[name], new[name]) for name in WORDS if name in new],
        _named(others - act.yes - act.no, names),
        _named(act.yes - {act.by}, names),
        _named(act.no, names),
        seat.actor.role is Role.STEWARD and own in others,
        act.by == own,
        own in act.yes,
        _named(silent, names) if passes else "",
    )


def _named(ids: frozenset[str] | list[str], names: dict[str, str]) -> str:
    return joined(sorted((names.get(id, "") for id in ids), key=str.casefold))
