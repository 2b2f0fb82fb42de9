"""An outcome card on a board is a goal: made, tied, shown, left, by HTTP, on both databases."""

import pytest

from app.boards.core.board import Item
from app.boards.storage import store
from app.outcomes.cards import store as card_store
from app.outcomes.cards.store import GoalCard
from tests.boards.conftest import Desk, desk
from tests.outcomes.forms import id_of
from tests.outcomes.given import a_goal, a_measure, numbers
from tests.spaces.conftest import Winter
from tests.spaces.house import House

__all__ = ["desk"]
RISING = [(n, 100) for n in (50, 52, 49, 51, 50, 53, 48, 51, 50, 52, 49, 50, 70, 72, 74, 76, 78, 80, 82)]
WORDS = "People are home within two days"


@pytest.fixture
async def card(desk: Desk) -> str:
    return await desk.card(desk.winter.bo, WORDS, kind="outcome")


def path_of(desk: Desk, card: str) -> str:
    return f"{desk.winter.path}/outcomes/cards/{desk.id}/{card}"


async def item(desk: Desk, card: str, board: str = "") -> Item:
    async with desk.home.db.read() as tx:
        return (await store.load(tx, board or desk.id)).items[card]


async def word(desk: Desk, card: str) -> str:
    face = (await item(desk, card)).fields.get("face")
    return str(face["word"]) if face else ""


async def rising(home: House, winter: Winter) -> str:
    """A goal of Ana's whose numbers have risen; gives its id."""
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id)
    await numbers(home.db, measure, winter.ana.id, RISING, winter.northfield)
    return goal


async def ties(home: House, winter: Winter) -> list[GoalCard]:
    async with home.db.read() as tx:
        return await card_store.of_space(tx, winter.id)


async def test_a_card_becomes_a_goal_with_its_words(home: House, desk: Desk, card: str) -> None:
    winter = desk.winter
    page = (await winter.bo.get(path_of(desk, card))).text
    made = await winter.bo.post(f"{path_of(desk, card)}/goal", title=WORDS, aim=WORDS)
    goal = await winter.bo.get(made.headers["location"])

    assert f'value="{WORDS}"' in page
    assert made.status_code == 303
    assert WORDS in goal.text
    assert await ties(home, winter) == [GoalCard(desk.id, card, id_of(made.headers["location"]))]
    assert await word(desk, card) == "No numbers yet"


async def test_a_goal_needs_its_words(home: House, desk: Desk, card: str) -> None:
    answer = await desk.winter.bo.post(f"{path_of(desk, card)}/goal", title="", aim="")

    assert answer.status_code == 422
    assert await home.count("goal") == 0


async def test_a_card_that_stands_for_a_goal_shows_how_it_stands(home: House, desk: Desk, card: str) -> None:
    goal = await rising(home, desk.winter)
    answer = await desk.winter.bo.post(f"{path_of(desk, card)}/stand", goal=goal)
    face = (await item(desk, card)).fields["face"]
    outline = await desk.outline(desk.winter.cleo)
    page = (await desk.winter.cleo.get(f"{desk.winter.path}/outcomes/goals/{goal}")).text
    await desk.act(desk.winter.bo, "remove_card", id=card)
    without = (await desk.winter.cleo.get(f"{desk.winter.path}/outcomes/goals/{goal}")).text

    assert f'href="/boards/{desk.id}/outline?card={card}#card-{card}"' in page
    assert f"#card-{card}" not in without
    assert (await ties(home, desk.winter)) != []  # it can come back
    assert answer.status_code == 303
    assert (face["goal"], face["word"], face["value"]) == (goal, "Improving", "82.0%")
    assert len(face["points"]) == 19
    assert "<strong>Improving</strong>, latest 82.0%" in outline
    assert f'href="{desk.winter.path}/outcomes/goals/{goal}"' in outline
    assert (await item(desk, card)).owner == desk.winter.bo.id


async def test_who_came_from_the_canvas_goes_back_to_it(home: House, desk: Desk, card: str) -> None:
    goal = await rising(home, desk.winter)
    asked = await desk.winter.bo.get(f"{path_of(desk, card)}?view=canvas")
    stood = await desk.winter.bo.post(f"{path_of(desk, card)}/stand", goal=goal, view="canvas")
    left = await desk.winter.bo.post(f"{path_of(desk, card)}/leave", view="elsewhere")

    assert 'name="view" value="canvas"' in asked.text
    assert f'href="/boards/{desk.id}?view=canvas#card-{card}">Back to the board' in asked.text
    assert stood.headers["location"] == f"/boards/{desk.id}?view=canvas#card-{card}"
    assert left.headers["location"] == f"/boards/{desk.id}/outline#card-{card}"


async def test_the_face_is_a_deed_of_nobody(home: House, desk: Desk, card: str) -> None:
    await desk.winter.bo.post(f"{path_of(desk, card)}/stand", goal=await rising(home, desk.winter))
    last = "FROM deed ORDER BY seq DESC LIMIT 1"

    assert await home.value(f"SELECT person_id {last}") == ""
    assert '"set_face"' in await home.value(f"SELECT op {last}")
    assert await home.value(f"SELECT inverse {last}") == "[]"
    assert await home.value(f"SELECT seq {last}") == await home.value("SELECT seq FROM board") == 2


async def test_removing_the_card_leaves_the_goal_and_restoring_it_brings_the_face(
    home: House, desk: Desk, card: str
) -> None:
    goal = await rising(home, desk.winter)
    await desk.winter.bo.post(f"{path_of(desk, card)}/stand", goal=goal)
    await desk.act(desk.winter.bo, "remove_card", id=card)
    there = await desk.winter.bo.get(f"{desk.winter.path}/outcomes/goals/{goal}")
    gone = await desk.winter.bo.get(path_of(desk, card))
    await desk.act(desk.winter.cleo, "restore_card", id=card)

    assert (there.status_code, gone.status_code) == (200, 404)
    assert await ties(home, desk.winter) == [GoalCard(desk.id, card, goal)]
    assert "<strong>Improving</strong>" in await desk.outline(desk.winter.ana)


async def test_a_card_can_stand_for_another_goal_or_none(home: House, desk: Desk, card: str) -> None:
    winter = desk.winter
    await winter.bo.post(f"{path_of(desk, card)}/stand", goal=await rising(home, winter))
    other = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield, title="Fewer falls")
    await winter.bo.post(f"{path_of(desk, card)}/stand", goal=other)
    second = await word(desk, card)
    await winter.bo.post(f"{path_of(desk, card)}/leave")

    assert second == "No numbers yet"
    assert await ties(home, winter) == []
    assert await word(desk, card) == ""
    assert await home.count("goal") == 2


async def test_copies_of_the_board_have_no_tie_and_no_face(home: House, desk: Desk, card: str) -> None:
    await desk.winter.bo.post(f"{path_of(desk, card)}/stand", goal=await rising(home, desk.winter))
    exported = await desk.winter.ana.get(f"{desk.path}/export.json")
    copied = await desk.winter.ana.post(f"{desk.path}/duplicate")

    assert copied.status_code == 303
    assert "face" not in exported.text
    assert [tie.board for tie in await ties(home, desk.winter)] == [desk.id]
    assert "Improving" not in (await desk.winter.ana.get(f"{copied.headers['location']}/outline")).text


async def test_only_members_tie_shown_outcome_cards_of_their_space_to_its_goals(
    home: House, desk: Desk, card: str
) -> None:
    winter = desk.winter
    draft = await desk.card(winter.bo, "Not yet", kind="outcome", draft="yes")
    note = await desk.card(winter.bo, "A note")
    dana = await home.person("Dana")
    elsewhere = await home.space(dana, "Elsewhere Trust")
    foreign = f"/spaces/{elsewhere}/outcomes/cards/{desk.id}/{card}"
    its_own = str(await home.value("SELECT id FROM organisation WHERE name = 'Elsewhere Trust'"))
    theirs = await a_goal(home.db, elsewhere, dana.id, its_own)

    assert [(await winter.bo.get(path_of(desk, id))).status_code for id in (draft, note)] == [404, 404]
    assert (await dana.get(path_of(desk, card))).status_code == 404
    assert (await dana.get(foreign)).status_code == 404
    assert (await dana.post(f"{foreign}/stand", goal=theirs)).status_code == 404
    assert (await winter.bo.post(f"{path_of(desk, card)}/stand", goal=theirs)).status_code == 404
    assert (await winter.bo.post(f"{path_of(desk, card)}/stand", goal="")).status_code == 422
    assert await ties(home, winter) == []
