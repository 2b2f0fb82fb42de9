"""The line from notes to an outcome, over boards and records, as each person may see it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.access import Role
from app.boards.core.ops import AddCard, EditCard, RemoveCard
from app.boards.core.sight import viewer_in
from app.boards.library import store as library_store
from app.db import Database, new_id, now
from app.line.steps import of_goals, of_record
from app.outcomes.cards import store as goal_cards
from app.outcomes.view.collect import space_context
from app.outcomes.view.content import CardStep
from app.records import card_store
from app.records.connected_store import connected
from app.records.hooks import LineStep
from app.spaces import actions as spaces
from app.spaces import member_store, seats
from app.spaces.space import Membership
from app.spaces.space_people import load_space_people
from tests.outcomes.given import a_goal
from tests.records.desk import Desk, desk_at
from tests.spaces.house import Person


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with desk_at(sqlite_url) as made:
        yield made


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


async def test_the_links_are_followed_back_from_the_outcome_to_where_it_began(desk: Desk) -> None:
    before = now().date()
    problem = await desk.card(desk.ana, "Nobody owns it")
    after = now().date()  # a midnight may lie between
    dilemma = await desk.card(desk.ben, "Fast and slow")
    outcome = await desk.card(desk.ana, "Home in 2 days")
    await desk.link(desk.ana, problem, dilemma, "leads_to")
    await desk.link(desk.ana, dilemma, outcome, "serves")
    goal = await goal_on(desk, outcome)

    steps = await told(desk, goal)

    assert [step.text for step in steps] == ["Nobody owns it", "Fast and slow", "Home in 2 days"]
    assert [step.link for step in steps] == ["leads to", "serves", ""]
    assert [step.whose for step in steps] == ["North", "South", "North"]
    assert steps[0].when in (before, after)
    assert steps[0].word == "Note"
    assert {step.board for step in steps} == {"Leaving well"}


async def test_words_that_somebody_else_put_on_a_card_are_not_told_as_its_authors(desk: Desk) -> None:
    """The report names who reworded it, a guest by what they say; what they say counts as no organisation."""
    eve = await desk.home.person("Eve")
    async with desk.home.db.write() as tx:
        place = (tx, desk.space, eve.id)
        terms = {"organisation_id": None, "says": "North", "at": now()}
        await member_store.put(*place, role=Role.GUEST, membership=Membership.ACTIVE, **terms)  # type: ignore[arg-type]
        await spaces.touch_person(tx, eve.id)
    problem, outcome = await desk.card(desk.ben, "Nobody owns it"), await desk.card(desk.ana, "Home")
    others = [await desk.card(who, "Beside it") for who in (desk.ana, eve)]
    for note in (problem, *others):
        await desk.link(desk.ana, note, outcome, "leads_to")
    goal = await goal_on(desk, outcome)
    assert not await desk.op(eve, EditCard(problem, text="South is to blame"))

    steps = await told(desk, goal)
    assert (steps[0].text, steps[0].whose) == ("3 notes", "2 organisations and guests")
    assert "“South is to blame”, reworded by Guest, says: North" in steps[0].also

    for note in others:
        assert not await desk.op(desk.ana, RemoveCard(note))
    first = (await told(desk, goal))[0]
    assert (first.text, first.whose) == ("South is to blame", "South, reworded by Guest, says: North")
    page = await desk.ben.get(f"/spaces/{desk.space}/outcomes/{goal}/report")
    assert "South, reworded by Guest, says: North" in page.text
    for form in ("md", "json"):
        file = await desk.ben.get(f"/spaces/{desk.space}/outcomes/{goal}/report/as/{form}")
        assert "South, reworded by Guest, says: North" in file.text, form


async def test_a_record_is_the_spaces_and_told_as_nobodys_words(desk: Desk) -> None:
    """Whoever may mend its title would else put words into the mouth of who made it."""
    dilemma, goal = (await line_of_records(desk))[1::3]
    await desk.ben.post(f"{desk.base}/{dilemma}/edit", title="North is to blame", seen="1")

    step = (await told(desk, goal))[1]
    assert (step.text, step.whose) == ("North is to blame", "")


async def test_what_is_built_on_comes_before_what_builds_on_it(desk: Desk) -> None:
    first, later = await desk.card(desk.ana, "First"), await desk.card(desk.ana, "Later")
    await desk.link(desk.ana, later, first, "builds_on")
    steps = await told(desk, await goal_on(desk, later))

    assert [step.text for step in steps] == ["First", "Later"]
    assert steps[0].link == "built on by"


async def test_the_longest_way_back_is_the_line_and_the_rest_stands_beside_it(desk: Desk) -> None:
    far, near, beside, end = [await desk.card(desk.ana, text) for text in ("Far", "Near", "Beside", "End")]
    await desk.link(desk.ana, far, near, "leads_to")
    await desk.link(desk.ana, near, end, "leads_to")
    await desk.link(desk.ana, beside, end, "challenges")

    steps = await told(desk, await goal_on(desk, end))

    assert [step.text for step in steps] == ["Far", "Near", "End"]
    assert steps[-1].also == ("Challenged by: Beside",)


async def test_a_circle_of_links_comes_to_an_end(desk: Desk) -> None:
    one, two = await desk.card(desk.ana, "One"), await desk.card(desk.ana, "Two")
    await desk.link(desk.ana, one, two, "leads_to")
    await desk.link(desk.ana, two, one, "leads_to")

    assert [step.text for step in await told(desk, await goal_on(desk, two))] == ["One", "Two"]


async def test_drafts_and_removed_cards_are_in_nobody_elses_line(desk: Desk) -> None:
    draft = new_id()
    assert not await desk.op(desk.ana, AddCard(draft, "note", "Secret", draft=True))
    gone, end = await desk.card(desk.ana, "Gone"), await desk.card(desk.ana, "End")
    await desk.link(desk.ana, draft, end, "leads_to")
    await desk.link(desk.ana, gone, end, "leads_to")
    await desk.op(desk.ana, RemoveCard(gone))
    goal = await goal_on(desk, end)

    assert [step.text for step in await told(desk, goal)] == ["End"]
    assert [step.text for step in await told(desk, goal, desk.ana.id)] == ["Secret", "End"]


async def test_a_goal_that_nothing_led_to_has_no_line(desk: Desk) -> None:
    assert await told(desk, await goal_on(desk)) == ()


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


async def test_six_notes_a_dilemma_an_assumption_and_a_test_lead_to_the_outcome(desk: Desk) -> None:
    *_, goal = await line_of_records(desk)
    steps = await told(desk, goal)

    assert [(step.word, step.text) for step in steps] == [
        ("Notes", "6 notes"),
        ("Dilemma, named", "Quick and slow"),
        ("Assumption, supported", "Families hear too late"),
        ("Test, adopted", "Ring early"),
        ("Outcome", "Home sooner"),
    ]
    assert steps[0].whose == "2 organisations"
    assert [step.link for step in steps] == ["leads to", "rests on", "tested by", "serves", ""]
    assert "First said as: How is it that we are quick and take time?" in steps[1].also


async def test_from_any_record_one_sees_what_led_to_it_and_what_followed(desk: Desk) -> None:
    _, dilemma, assumption, _, _ = await line_of_records(desk)
    line = await through(desk, desk.ben, assumption)

    assert [step.text for step in line] == [
        "6 notes",
        "Quick and slow",
        "Families hear too late",
        "Ring early",
        "Home sooner",
    ]
    assert [step.here for step in line] == [False, False, True, False, False]
    assert line[1].path == f"{desk.base}/{dilemma}"
    page = await desk.ben.get(f"{desk.base}/{assumption}")
    assert "The line through this" in page.text
    assert "This assumption" in page.text


async def test_the_line_crosses_the_boards_that_hold_a_card_of_a_record(desk: Desk) -> None:
    card, dilemma, *_, goal = await line_of_records(desk)
    first, second = desk.board, new_id()
    async with desk.home.db.write() as tx:
        await library_store.add(tx, second, desk.space, "Before", "blank", desk.ana.id, now())
    desk.board = second
    earlier, same = await desk.card(desk.ben, "What we saw before"), await desk.card(desk.ana, "The same")
    problem = await desk.card(desk.ben, "Nobody owns the journey")
    await desk.link(desk.ben, earlier, problem, "leads_to")
    await desk.link(desk.ben, problem, same, "leads_to")
    path = f"{desk.base}/cards/{second}/{same}"
    assert (await desk.ana.post(path, record=dilemma)).status_code == 303
    desk.board = first

    assert [step.text for step in await told(desk, goal)][:3] == [
        "What we saw before",
        "Nobody owns the journey",
        "Quick and slow",
    ]
    assert card


async def test_a_note_that_was_kept_stays_of_the_organisation_that_its_writer_has_left(desk: Desk) -> None:
    goal = await goal_on(desk)
    card = await desk.card(desk.ben, "We are quick, and they need time")
    kept = await desk.keep(desk.ana, "dilemma", "Quick and slow", card, goal=goal)
    async with desk.home.db.write() as tx:
        await card_store.link(tx, desk.board, card, None)  # a note beside it, as of a theme
    await desk.home.seat(desk.space, desk.ben, await north(desk))

    assert (await told(desk, goal))[0].whose == "South"
    assert (await through(desk, desk.ana, kept))[0].whose == "South"


async def test_a_draft_is_in_nobody_elses_line(desk: Desk) -> None:
    goal = await goal_on(desk)
    await desk.keep(desk.ana, "dilemma", "Still mine", step="draft", goal=goal)

    assert await told(desk, goal) == ()
    assert [step.text for step in await told(desk, goal, desk.ana.id)] == ["Still mine", "Home sooner"]


async def test_the_report_of_the_goal_tells_the_line(desk: Desk) -> None:
    *_, goal = await line_of_records(desk)
    page = await desk.ben.get(f"/spaces/{desk.space}/outcomes/{goal}/report")

    assert page.status_code == 200
    for words in ("6 notes", "Dilemma, named", "Assumption, supported", "Test, adopted", "2 organisations"):
        assert words in page.text


async def test_who_wrote_a_note_is_told_what_it_became(desk: Desk) -> None:
    card = await desk.card(desk.ben, "We are quick, and they need time")
    await desk.keep(desk.ana, "dilemma", "Quick and slow", card)
    home, other = await desk.ben.get(f"/spaces/{desk.space}"), await desk.abe.get(f"/spaces/{desk.space}")

    assert "Your note became a dilemma: “Quick and slow”" in home.text
    assert "You wrote: “We are quick, and they need time”" in home.text
    assert "Your note became" not in other.text


async def test_a_line_is_loaded_of_boards_alone_that_are_there(desk: Desk) -> None:
    *_, goal = await line_of_records(desk)
    await desk.home.set(f"DELETE FROM item WHERE board_id = '{desk.board}'")

    assert (await told(desk, goal))[0].text == "Quick and slow"


async def test_the_way_of_a_record_begins_with_it_whatever_the_database_knows_of_its_tables(
    desk: Desk,
) -> None:
    """Not with all records of the space, nor with an index of all ties that is made for one page."""
    few = [
        ("record", "ix_record_space_id_changed_at", "20 20 1 1"),
        ("record_tie", "ix_record_tie_a_id", "24 3"),
    ]
    before = await plan(desk)
    async with desk.home.db.write() as tx:
        await tx.exec_driver_sql("ANALYZE")
        await tx.exec_driver_sql("DELETE FROM sqlite_stat1")
        for sizes in few:
            await tx.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", sizes)
    after = await plan(desk)

    for steps in (before, after):
        assert any("SEARCH record USING INDEX sqlite_autoindex_record_1" in one for one in steps)
        assert [one for one in steps if "AUTOMATIC" in one or "space_id" in one or one == "SCAN record"] == []


async def plan(desk: Desk) -> list[str]:
    """The steps that SQLite takes from a record to all that is tied to it."""
    sent: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        if "RECURSIVE" in statement:
            sent.append((statement, values))

    db = Database(desk.home.db.url)  # what is known of tables is read when a connection is opened
    event.listen(Engine, "before_cursor_execute", note)
    try:
        async with db.read() as tx:
            await connected(tx, desk.space, [new_id()], [new_id()])
            ((statement, values),) = sent
            steps = await tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            return [row["detail"] for row in steps.mappings()]
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        await db.close()
