"""All changes of driver diagrams."""

from collections.abc import Collection

from app.access import NOT_FOUND, Code, Refused
from app.db import new_id
from app.outcomes.goals import driver_store, drivers
from app.outcomes.goals import rules as goal_rules
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.actions import CHANGED_MEANWHILE, ChangedMeanwhile, goal_change, me
from app.outcomes.goals.goal import Driver
from app.spaces.actions import Door


async def add(door: Door, goal_id: str, level: str, words: str, uppers: Collection[str]) -> str:
    """Add a driver at the end of its level; returns its id. Raises Refused, also for a full diagram."""
    driver_id = new_id()
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        words, read_level = goal_rules.read_driver(words), goal_rules.read_level(level)
        known = await goal_store.drivers(under_way.tx, goal_id)
        place = await driver_store.count(under_way.tx, goal_id)
        if place >= goal_rules.MOST_DRIVERS:
            raise Refused(Code.FULL, "This diagram is full. Move part of it to a separate goal.")
        tied = drivers.uppers_for(read_level, uppers, known)
        one = Driver(driver_id, goal_id, read_level, words, place, tied)
        await driver_store.add(under_way.tx, one, me(under_way))
    return driver_id


async def rewrite(
    door: Door, goal_id: str, driver_id: str, words: str, uppers: Collection[str], seen: str
) -> None:
    """Change the words of a driver and the upper drivers that it moves.

    `seen` is the `mark` of the driver that the form showed, empty for any. Raises ChangedMeanwhile where the
    driver was changed since.
    """
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        words, known = goal_rules.read_driver(words), await goal_store.drivers(under_way.tx, goal_id)
        one = _driver(known, driver_id)
        if seen not in ("", one.mark):
            raise ChangedMeanwhile(Code.CONFLICT, CHANGED_MEANWHILE)
        if words != one.words:
            await driver_store.reword(under_way.tx, driver_id, words, me(under_way))
        await driver_store.set_uppers(under_way.tx, driver_id, drivers.uppers_for(one.level, uppers, known))


async def move(door: Door, goal_id: str, driver_id: str, *, up: bool) -> None:
    """Swap places with the neighbour above or below."""
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        known = await goal_store.drivers(under_way.tx, goal_id)
        _driver(known, driver_id)
        await driver_store.set_order(under_way.tx, drivers.moved(known, driver_id, up=up))


async def remove(door: Door, goal_id: str, driver_id: str) -> None:
    """Take a driver out. The drivers under it stay, and it can be put back where it was."""
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        _driver(await goal_store.drivers(under_way.tx, goal_id), driver_id)
        await driver_store.set_removed(under_way.tx, driver_id, under_way.at)


async def put_back(door: Door, goal_id: str, driver_id: str) -> None:
    async with goal_change(door, "goal.change", goal_id) as (under_way, _):
        _driver(await driver_store.removed(under_way.tx, goal_id), driver_id)
        await driver_store.set_removed(under_way.tx, driver_id, None)


def _driver(drivers: list[Driver], driver_id: str) -> Driver:
    one = next((one for one in drivers if one.id == driver_id), None)
    if one is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return one
