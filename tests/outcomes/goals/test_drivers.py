"""Driver diagrams: what hangs under what, what may be tied, and questions about them; then over HTTP."""

import re
from html import unescape

import pytest

from app.access import Refused
from app.db import new_id
from app.outcomes.goals.drivers import driver_tree, moved, uppers_for
from app.outcomes.goals.goal import Driver, Level
from app.outcomes.measures import advice
from tests.outcomes.forms import goal_of
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person


def driver(id: str, level: Level, position: int, *uppers: str) -> Driver:
    return Driver(id, "g", level, f"{id} in words", position, uppers)


CHOICE, CARE = driver("choice", Level.PRIMARY, 0), driver("care", Level.PRIMARY, 1)
NAMED, READY = (
    driver("named", Level.SECONDARY, 2, "choice"),
    driver("ready", Level.SECONDARY, 3, "choice", "care"),
)
ROUND, NOON = driver("round", Level.CHANGE, 4, "named", "ready"), driver("noon", Level.CHANGE, 5)
ALL = [NOON, ROUND, READY, NAMED, CARE, CHOICE]


def test_what_moves_several_hangs_under_the_first_and_is_named_under_the_others() -> None:
    found = driver_tree(ALL)

    choice, care = found.branches
    assert [one.driver for one in choice.lowers] == [NAMED, READY]
    assert choice.lowers[1].others == (CARE,)
    assert (care.lowers, care.also) == ((), (READY,))
    assert [one.driver for one in choice.lowers[0].lowers] == [ROUND]
    assert choice.lowers[1].also == (ROUND,)


def test_what_is_tied_to_nothing_is_shown_apart_and_never_lost() -> None:
    loose = driver("loose", Level.SECONDARY, 9)

    found = driver_tree([*ALL, loose])

    assert [one.driver for one in found.loose] == [loose, NOON]


def test_moving_changes_places_with_the_neighbour_under_the_same_upper_only() -> None:
    assert moved(ALL, "ready", up=True) == ["choice", "care", "ready", "named", "round", "noon"]
    assert moved(ALL, "named", up=True) == moved(ALL, "ready", up=False)
    assert moved(ALL, "noon", up=True) == ["choice", "care", "named", "ready", "round", "noon"]
    assert moved(ALL, "choice", up=False)[:2] == ["care", "choice"]


def test_ties_lead_to_the_level_above_alone() -> None:
    assert uppers_for(Level.CHANGE, ["ready", "named"], ALL) == ("named", "ready")
    for level, upper in (
        (Level.CHANGE, "choice"),
        (Level.SECONDARY, "named"),
        (Level.PRIMARY, "care"),
        (Level.CHANGE, "nobody"),
    ):
        with pytest.raises(Refused, match="level above"):
            uppers_for(level, [upper], ALL)


def test_a_diagram_is_asked_gentle_questions() -> None:
    many = [driver(f"p{n}", Level.PRIMARY, n) for n in range(6)]

    assert advice.of_drivers([]) == []
    assert "only one thing" in advice.of_drivers([CHOICE])[0]
    assert "There are 6 primary drivers" in advice.of_drivers(many)[0]
    assert not [note for note in advice.of_drivers(many[:5]) if "primary drivers" in note]
    assert "Not connected to a secondary driver yet: “noon in words”." in advice.of_drivers(ALL)
    assert "no change ideas yet" in advice.of_drivers([CHOICE, CARE])[-1]


def test_long_lists_of_loose_ends_are_named_in_part() -> None:
    loose = [replace_words(NOON, f"Idea {n}") for n in range(4)]

    assert "“Idea 0”, “Idea 1” and 2 more" in " ".join(advice.of_drivers([CHOICE, CARE, *loose]))


def replace_words(one: Driver, words: str) -> Driver:
    return Driver(new_id(), one.goal, one.level, words, one.position, one.uppers)


# -- over HTTP ---------------------------------------------------------------------------------------


async def add(by: Person, goal: str, level: str, words: str, upper: str = "") -> str:
    made = await by.post(f"{goal}/drivers", level=level, words=words, upper=upper)
    assert made.status_code == 303, made.text
    return made.headers["location"].split("#driver-")[1]


async def test_drivers_are_added_reworded_and_tied_to_several(home: House, winter: Winter) -> None:
    goal = await goal_of(winter)
    choice = await add(winter.ana, goal, "primary", "Families know the choices")
    care = await add(winter.cleo, goal, "primary", "Care at home starts on the day")
    named = await add(winter.bo, goal, "secondary", "A named person", choice)

    changed = await winter.cleo.post(
        f"{goal}/drivers/{named}",
        words="A named person talks",
        **{f"upper-{choice}": "yes", f"upper-{care}": "yes"},
    )
    shown = await winter.ana.get(f"{goal}/drivers")

    assert changed.status_code == 303
    assert "A named person talks" in shown.text
    assert "Also moves: <bdi>Care at home starts on the day" in shown.text
    assert await home.count("driver_tie") == 2


async def test_what_is_removed_leaves_what_hung_under_it_and_can_be_put_back_where_it_was(
    winter: Winter,
) -> None:
    goal = await goal_of(winter)
    choice = await add(winter.ana, goal, "primary", "Families know the choices")
    await add(winter.ana, goal, "secondary", "A named person", choice)

    await winter.bo.post(f"{goal}/drivers/{choice}/remove")
    without = await winter.ana.get(f"{goal}/drivers")
    await winter.cleo.post(f"{goal}/drivers/{choice}/put-back")
    again = await winter.ana.get(f"{goal}/drivers")

    assert "Not connected yet" in without.text
    assert "Restore" in without.text
    assert "Not connected yet" not in again.text
    assert "Restore" not in again.text


async def test_moving_over_http_changes_the_order(winter: Winter) -> None:
    goal = await goal_of(winter)
    await add(winter.ana, goal, "primary", "First")
    last = await add(winter.ana, goal, "primary", "Second")

    await winter.ana.post(f"{goal}/drivers/{last}/move", to="up")
    shown = (await winter.ana.get(goal)).text

    assert shown.index("Second") < shown.index("First")


@pytest.mark.parametrize(
    "fields",
    [
        {"level": "primary", "words": "  "},
        {"level": "primary", "words": "x" * 301},
        {"level": "boss", "words": "Choice"},
        {"level": "change", "words": "Choice", "upper": "nobody"},
    ],
)
async def test_what_cannot_be_added_is_said_on_the_page_and_its_words_stay(
    home: House, winter: Winter, fields: dict[str, str]
) -> None:
    goal = await goal_of(winter)

    refused = await winter.ana.post(f"{goal}/drivers", **fields)

    assert refused.status_code == 422
    assert "What moves it" in refused.text
    assert 'class="flash bad"' in refused.text
    assert await home.count("driver") == 0


async def test_words_changed_by_two_at_once_are_not_written_over_unseen(home: House, winter: Winter) -> None:
    goal = await goal_of(winter)
    choice = await add(winter.ana, goal, "primary", "Choice")
    page = (await winter.bo.get(f"{goal}/drivers")).text
    (seen,) = re.findall(r'name="seen" value="(\w+)"', page)
    path = f"{goal}/drivers/{choice}"
    first = await winter.ana.post(path, words="Families choose", seen=seen)
    second = await winter.bo.post(path, words="People choose", seen=seen)
    too_long = await winter.bo.post(path, words="y" * 301)
    (now_there,) = re.findall(r'name="seen" value="(\w+)"', second.text)
    third = await winter.bo.post(path, words="People choose", seen=now_there)

    assert (first.status_code, second.status_code, third.status_code) == (303, 422, 303)
    assert "Somebody else changed this while you were writing." in unescape(second.text)
    assert "Families choose" in second.text  # theirs
    assert 'value="People choose"' in second.text  # one's own, in the box still
    assert "y" * 301 in too_long.text
    assert await home.value("SELECT words FROM driver") == "People choose"


async def test_drivers_of_another_goal_are_not_here(home: House, winter: Winter) -> None:
    goal, other = await goal_of(winter), await goal_of(winter)
    choice = await add(winter.ana, goal, "primary", "Choice")

    for deed in ("", "/move", "/remove", "/put-back"):
        assert (await winter.ana.post(f"{other}/drivers/{choice}{deed}", words="Mine")).status_code == 404
    assert await home.value("SELECT words FROM driver") == "Choice"
