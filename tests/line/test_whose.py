"""Whose words the steps of a line are, and how many organisations are counted."""

from app.access import Role
from app.boards.core.ops import EditCard, RemoveCard
from app.db import now
from app.records import card_store
from app.spaces import actions as spaces
from app.spaces import member_store
from app.spaces.space import Membership
from tests.line.telling import goal_on, line_of_records, north, through, told
from tests.records.desk import Desk
from tests.spaces.house import Person


async def guest(desk: Desk, name: str) -> Person:
    """Who says that they are of North."""
    made = await desk.home.person(name)
    async with desk.home.db.write() as tx:
        place = (tx, desk.space, made.id)
        terms = {"organisation_id": None, "says": "North", "at": now()}
        await member_store.put(*place, role=Role.GUEST, membership=Membership.ACTIVE, **terms)  # type: ignore[arg-type]
        await spaces.touch_person(tx, made.id)
    return made


async def test_words_that_somebody_else_put_on_a_card_are_not_told_as_its_authors(desk: Desk) -> None:
    """The report names who reworded it, a guest by what they say; what they say counts as no organisation."""
    eve = await guest(desk, "Eve")
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


async def test_a_confirmed_guest_and_their_organisation_are_one_organisation(desk: Desk) -> None:
    gia = await guest(desk, "Gia")
    confirmed = await desk.ana.post(f"/spaces/{desk.space}/people/{gia.id}/confirm")
    assert confirmed.status_code == 303
    far, end = await desk.card(desk.ana, "Far"), await desk.card(desk.ana, "End")
    near = await desk.card(desk.ana, "Near")
    await desk.link(desk.ana, far, near, "leads_to")
    await desk.link(desk.ana, near, end, "leads_to")
    for who in (desk.ana, desk.ana, gia, gia):
        await desk.link(desk.ana, await desk.card(who, "Beside"), end, "challenges")
    await desk.link(desk.ana, await desk.card(gia, "Gia's"), near, "leads_to")
    goal = await goal_on(desk, end)

    steps = await told(desk, goal)
    assert (steps[0].text, steps[0].whose) == ("2 notes", "North")
    assert steps[-1].also == ("Challenged by: 4 notes",)
    line = await through(desk, desk.ana, await desk.keep(desk.ana, "question", "End", end))
    assert (line[0].text, line[0].whose) == ("2 notes", "North")


async def test_a_record_is_the_spaces_and_told_as_nobodys_words(desk: Desk) -> None:
    """Whoever may mend its title would else put words into the mouth of who made it."""
    dilemma, goal = (await line_of_records(desk))[1::3]
    await desk.ben.post(f"{desk.base}/{dilemma}/edit", title="North is to blame", seen="1")

    step = (await told(desk, goal))[1]
    assert (step.text, step.whose) == ("North is to blame", "")


async def test_a_note_that_was_kept_stays_of_the_organisation_that_its_writer_has_left(desk: Desk) -> None:
    goal = await goal_on(desk)
    card = await desk.card(desk.ben, "We are quick, and they need time")
    kept = await desk.keep(desk.ana, "dilemma", "Quick and slow", card, goal=goal)
    async with desk.home.db.write() as tx:
        await card_store.link(tx, desk.board, card, None)  # a note beside it, as of a theme
    await desk.home.seat(desk.space, desk.ben, await north(desk))

    assert (await told(desk, goal))[0].whose == "South"
    assert (await through(desk, desk.ana, kept))[0].whose == "South"
