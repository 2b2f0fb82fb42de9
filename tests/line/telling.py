"""Goals, a line that leads to one, and what is told of it to whom."""

from app.access import Role
from app.boards.core.sight import viewer_in
from app.db import new_id
from app.line.steps import of_goals, of_record
from app.outcomes.cards import store as goal_cards
from app.outcomes.view.collect import space_context
from app.outcomes.view.content import CardStep
from app.records.connected_store import connected
from app.records.hooks import LineStep
from app.spaces import seats
from app.spaces.space_people import load_space_people
from tests.outcomes.given import a_goal
from tests.records.desk import Desk
from tests.spaces.house import Person


async def north(desk: Desk) -> str:
    return str(await desk.home.value("SELECT organisation_id FROM member WHERE role = 'steward'"))


async def goal_on(desk: Desk, card: str = "") -> str:
    goal = await a_goal(desk.home.db, desk.space, desk.ana.id, await north(desk))
    if card:
        async with desk.home.db.write() as tx:
            await goal_cards.link(tx, desk.board, card, goal)
    return goal


async def told(desk: Desk, goal: str, person: str | None = None) -> tuple[CardStep, ...]:
    """The line of a goal as an observer sees it, or somebody else."""
    role = Role.STEWARD if person else Role.OBSERVER
    async with desk.home.db.read() as tx:
        space = await seats.space_of(tx, desk.space)
        assert space
        context = await space_context(tx, space, viewer_in(role, person), pseudonymous=False)
        return (await of_goals(tx, context, [goal]))[goal]


async def through(desk: Desk, who: Person, record: str) -> list[LineStep]:
    async with desk.home.db.read() as tx:
        login = str(await desk.home.value(f"SELECT id FROM login WHERE person_id = '{who.id}'"))
        seat = await seats.seat(tx, login, desk.space)
        assert seat
        known = await connected(tx, desk.space, [record])
        line = await of_record(tx, await load_space_people(tx, seat), await desk.record(record), known)
        return line.steps


async def line_of_records(desk: Desk) -> tuple[str, str, str, str, str]:
    """Six notes of two organisations became a dilemma, an assumption, a test that was adopted, an outcome."""
    goal = await goal_on(desk)
    dilemma_card = await desk.card(desk.ana, "How is it that we are quick and take time?")
    for person, text in zip((desk.ana, desk.ben) * 3, "abcdef", strict=False):
        await desk.link(desk.ana, await desk.card(person, f"Note {text}"), dilemma_card, "leads_to")
    dilemma = await desk.keep(desk.ana, "dilemma", "Quick and slow", dilemma_card, goal=goal)
    rests = {"from": dilemma, "means": "rests_on", "mine": "yes", "goal": goal}
    assumption = await desk.keep(desk.ana, "assumption", "Families hear too late", **rests)
    plan = {
        "field-do": "Ring",
        "field-threshold": "20 of 30",
        "from": assumption,
        "means": "tests",
        "goal": goal,
    }
    test = await desk.keep(desk.ana, "test", "Ring early", **plan)
    await desk.do(desk.ana, test, "set_state", state="running")
    await desk.do(desk.ana, test, "add_row", id=new_id(), list="results", **{"field-saw": "24 of 30"})
    await desk.do(desk.ana, test, "conclude", state="adopted", assumption="supported")
    return dilemma_card, dilemma, assumption, test, goal
