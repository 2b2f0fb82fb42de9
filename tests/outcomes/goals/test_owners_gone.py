"""Goals whose owners have gone, by HTTP on both databases; and where the reason of a no is read."""

from app.access import Role
from app.db import now
from app.spaces import store
from app.spaces.space import Standing
from app.spaces.together import carry_out
from tests.access.test_draft_canaries import words_in
from tests.outcomes.forms import GOAL, id_of
from tests.outcomes.goals.test_ownership import asked, gil
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person

__all__ = ["asked", "gil"]
NORTHFIELD = (
    "SELECT organisation_id FROM organisation_seat JOIN organisation ON organisation.id = organisation_id"
    " WHERE name = 'Northfield Trust' AND state = 'joined'"
)


async def turned_out(home: House, winter: Winter) -> None:
    """Northfield Trust, which owns the goal, is here no more; Borough Council is, with Fay as steward."""
    async with home.db.write() as tx:
        await carry_out.end_organisation(tx, winter.id, winter.northfield, Standing.TURNED_OUT, now())
        await store.bump(tx, winter.id)


async def test_a_goal_whose_owners_have_gone_is_taken_on_by_two_organisations_together(
    home: House, winter: Winter, asked: str, gil: Person
) -> None:
    goal = asked
    fay, dee = await home.person("Fay"), await home.person("Dee")
    council = await home.organisation(winter.id, "Borough Council")
    await home.seat(winter.id, fay, council, Role.STEWARD)
    await home.seat(winter.id, dee, council, Role.OBSERVER)
    await home.set("DELETE FROM goal_organisation WHERE answer <> 'yes'")
    too_early = await gil.post(f"{goal}/owners", organisation=council)
    await turned_out(home, winter)

    page = (await gil.get(goal)).text
    change = await gil.post(f"{goal}/edit", **GOAL)
    alone = [
        (await gil.post(f"{goal}/owners", organisation=winter.hospice)).status_code,
        (await winter.cleo.post(f"{goal}/own", answer="yes")).status_code,
        (await dee.post(f"{goal}/owners", organisation=winter.hospice)).status_code,
    ]
    await gil.post(f"{goal}/owners", organisation=council)
    not_theirs = await fay.post(f"{goal}/owners/{council}/withdraw")
    needs = (await fay.get(winter.path)).text
    yes = await fay.post(f"{goal}/own", answer="yes")
    late = await gil.post(f"{goal}/owners", organisation=winter.hospice)
    handed = await fay.post(f"{goal}/hand-on", tender=fay.id)

    assert too_early.status_code == change.status_code == late.status_code == 403
    assert "Nobody here owns this goal any more" in page
    assert "Northfield Trust (no longer here)" in page
    assert f'<option value="{winter.hospice}"' not in page  # their own
    assert alone == [422, 404, 403]
    assert not_theirs.status_code == 403
    assert "Vale Hospice proposes that Borough Council owns" in needs
    assert yes.status_code == handed.status_code == 303
    assert (await fay.post(f"{goal}/edit", **{**GOAL, "aim": "Ours"})).status_code == 303
    assert "Nobody here owns" not in (await gil.get(goal)).text


async def test_an_archived_goal_whose_owners_have_gone_is_passed_on_handed_over_and_restored(
    home: House, winter: Winter, asked: str, gil: Person
) -> None:
    goal = asked
    fay = await home.person("Fay")
    council = await home.organisation(winter.id, "Borough Council")
    await home.seat(winter.id, fay, council, Role.STEWARD)
    await home.set("DELETE FROM goal_organisation WHERE answer <> 'yes'")
    await winter.ana.post(f"{goal}/archive")
    await turned_out(home, winter)

    alone = [
        await gil.post(f"{goal}/owners", organisation=winter.hospice),
        await fay.post(f"{goal}/restore"),
        await fay.post(f"{goal}/hand-on", tender=fay.id),
    ]
    await gil.post(f"{goal}/owners", organisation=council)
    needs = (await fay.get(winter.path)).text
    await fay.post(f"{goal}/own", answer="yes")
    still = await fay.post(f"{goal}/edit", **{**GOAL, "aim": "Ours"})
    page = (await fay.get(goal)).text
    await fay.post(f"{goal}/hand-on", tender=fay.id)
    restored = await fay.post(f"{goal}/restore")

    assert [one.status_code for one in alone] == [422, 403, 403]
    assert "Vale Hospice proposes that Borough Council owns" in needs
    assert still.status_code == 409
    assert f"{goal}/hand-on" in page
    assert f"{goal}/edit" not in page
    assert restored.status_code == 303
    assert (await fay.post(f"{goal}/edit", **{**GOAL, "aim": "Ours"})).status_code == 303


async def test_an_owner_hands_over_an_archived_goal_so_that_somebody_who_is_there_restores_it(
    winter: Winter, asked: str
) -> None:
    await winter.ana.post(f"{asked}/archive")
    not_theirs = await winter.cleo.post(f"{asked}/hand-on", tender=winter.cleo.id)
    before = await winter.bo.post(f"{asked}/restore")
    await winter.bo.post(f"{asked}/hand-on", tender=winter.bo.id)

    assert not_theirs.status_code == before.status_code == 403
    assert (await winter.bo.post(f"{asked}/restore")).status_code == 303


async def test_goals_that_nobody_owns_any_more_wait_for_the_stewards_who_are_left(
    home: House, winter: Winter, asked: str, gil: Person
) -> None:
    fay = await home.person("Fay")
    council = await home.organisation(winter.id, "Borough Council")
    await home.seat(winter.id, fay, council, Role.STEWARD)
    await home.set("DELETE FROM goal_organisation WHERE answer <> 'yes'")
    say, told = "No organisation here owns", []
    told.append(say in (await fay.get(winter.path)).text)
    await turned_out(home, winter)
    told += [say in (await one.get(winter.path)).text for one in (fay, winter.cleo)]
    await fay.post(f"{asked}/owners", organisation=winter.hospice)
    told.append(say in (await fay.get(winter.path)).text)
    await winter.cleo.post(f"{asked}/own", answer="no", why="No.")
    told.append(say in (await fay.get(winter.path)).text)
    await home.set("UPDATE goal SET archived_at = '2026-01-01 00:00:00'")
    told.append(say in (await fay.get(winter.path)).text)  # what is over waits for nobody

    assert told == [False, True, True, False, True, False]


async def test_the_reason_of_a_no_stays_with_who_was_told_it_when_the_owners_have_gone(
    home: House, winter: Winter, asked: str, gil: Person
) -> None:
    await winter.cleo.post(f"{asked}/own", answer="no", why="We have no beds.")
    fay = await home.person("Fay")
    await home.seat(winter.id, fay, await home.organisation(winter.id, "Borough Council"), Role.STEWARD)
    await turned_out(home, winter)
    pages = [(await one.get(asked)).text for one in (winter.cleo, fay)]

    assert ["Nobody here owns" in page for page in pages] == [True, True]
    assert ["no beds" in page for page in pages] == [True, False]


async def test_who_is_let_in_again_does_not_own_its_goals_again_without_a_yes(
    home: House, winter: Winter, asked: str
) -> None:
    goal = asked
    await home.set("DELETE FROM goal_organisation WHERE answer <> 'yes'")
    await turned_out(home, winter)
    fay = await home.person("Fay")
    await winter.cleo.post(
        f"{winter.path}/organisations/propose", name="Northfield Trust", email="fay@example.org"
    )
    link = await home.value("SELECT body FROM outbox WHERE recipient = 'fay@example.org'")
    back = await fay.post(str(link).split(home.config.base_url)[1].split()[0])

    assert back.status_code == 303
    assert (await fay.post(f"{goal}/edit", **{**GOAL, "aim": "Ours"})).status_code == 403
    page = (await fay.get(goal)).text
    assert "Northfield Trust (no longer here)" in page
    assert "Nobody here owns this goal any more" in page
    await winter.cleo.post(f"{goal}/owners", organisation=await home.value(NORTHFIELD))
    assert (await fay.post(f"{goal}/own", answer="yes")).status_code == 303
    assert (await fay.post(f"{goal}/edit", **{**GOAL, "aim": "Ours"})).status_code == 303


async def test_why_one_said_no_stands_with_the_owners_and_those_who_said_it_alone(
    home: House, winter: Winter, asked: str
) -> None:
    dee = await home.person("Dee")
    await home.seat(winter.id, dee, await home.organisation(winter.id, "Borough Council"), Role.STEWARD)
    await winter.cleo.post(f"{asked}/own", answer="no", why="Quillfeather")
    report, log_ = f"{winter.path}/outcomes/{id_of(asked)}/report", f"{winter.path}/log"
    pages = [winter.path, asked, f"{winter.path}/outcomes", report, f"{winter.path}/outcomes/report", log_]
    pages += [f"{report}/as/{form}" for form in ("json", "md", "docx", "xlsx", "csv")]
    pages += [f"{log_}.csv", f"{log_}.json", f"{winter.path}/find?q=Quillfe", "/me/data.json"]

    told: dict[str, list[str]] = {"Dee": [], "Bo": []}
    for name, person in (("Dee", dee), ("Bo", winter.bo)):
        for path in pages:
            answer = await person.get(path)
            assert answer.status_code == 200, path
            if "Quillfeather" in words_in(answer.content):
                told[name].append(path)
    assert told == {"Dee": [], "Bo": [asked]}
    mails = await home.values("SELECT body FROM outbox")
    assert not any("Quillfeather" in str(one) for one in mails)
    assert "Quillfeather" in (await winter.cleo.get("/me/data.json")).text  # it is hers
