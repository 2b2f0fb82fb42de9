"""The one door for writing driver diagrams."""

from collections.abc import Collection

from app.access import NOT_FOUND, Code, Refused
from app.db import new_id
from app.outcomes.goals import driver_store, drivers
from app.outcomes.goals import rules as goal_rules
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.actions import MEANWHILE, Meanwhile, goal_change, me
from app.outcomes.goals.goal import Driver
from app.spaces.actions import Door


async def add(door: Door, goal_id: str, level: str, words: str, uppers: Collection[str]) -> str:
    """A new driver at the end of its level; gives its id."""
    made = new_id()
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        words, found = goal_rules.read_driver(words), goal_rules.read_level(level)
        there = await goal_store.drivers(under_way.tx, goal_id)
        place = await driver_store.count(under_way.tx, goal_id)
        if place >= goal_rules.MOST_DRIVERS:
            raise Refused(Code.FULL, "This diagram is full. Move part of it to a separate goal.")
        tied = drivers.uppers_for(found, uppers, there)
        one = Driver(made, goal_id, found, words, place, tied)
        await driver_store.add(under_way.tx, one, me(under_way))
    return made


async def rewrite(
    door: Door, goal_id: str, driver_id: str, words: str, uppers: Collection[str], seen: str
) -> None:
    """Other words, and other ties to what it moves.

    `seen` is the `mark` of the driver that was changed: another one since then is not overwritten unseen.
    """
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        words, there = goal_rules.read_driver(words), await goal_store.drivers(under_way.tx, goal_id)
        one = _found(there, driver_id)
        if seen not in ("", one.mark):
            raise Meanwhile(Code.CONFLICT, MEANWHILE)
        if words != one.words:
            await driver_store.reword(under_way.tx, driver_id, words, me(under_way))
        await driver_store.set_uppers(under_way.tx, driver_id, drivers.uppers_for(one.level, uppers, there))


async def move(door: Door, goal_id: str, driver_id: str, *, up: bool) -> None:
    """Change places with the neighbour above or below."""
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        there = await goal_store.drivers(under_way.tx, goal_id)
        _found(there, driver_id)
        await driver_store.set_order(under_way.tx, drivers.moved(there, driver_id, up=up))


async def remove(door: Door, goal_id: str, driver_id: str) -> None:
    """Take a driver out. What hung under it stays, and it can be put back where it was."""
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        _found(await goal_store.drivers(under_way.tx, goal_id), driver_id)
        await driver_store.set_removed(under_way.tx, driver_id, under_way.at)


async def put_back(door: Door, goal_id: str, driver_id: str) -> None:
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        _found(await driver_store.removed(under_way.tx, goal_id), driver_id)
        await driver_store.set_removed(under_way.tx, driver_id, None)


def _found(there: list[Driver], driver_id: str) -> Driver:
    one = next((one for one in there if one.id == driver_id), None)
    if one is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return one
