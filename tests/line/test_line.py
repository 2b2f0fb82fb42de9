"""The line from notes to an outcome, over boards and records, as each person may see it."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.boards.core.ops import AddCard, RemoveCard
from app.boards.library import store as library_store
from app.db import Database, new_id, now
from app.phrases import day_now
from app.records.connected_store import connected
from tests.line.telling import goal_on, line_of_records, through, told
from tests.records.desk import Desk


async def test_the_links_are_followed_back_from_the_outcome_to_where_it_began(desk: Desk) -> None:
    before = day_now()
    problem = await desk.card(desk.ana, "Nobody owns it")
    after = day_now()  # a midnight may lie between
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
