"""A name in Hebrew turns nothing of the sentences about it; on both databases."""

from datetime import timedelta

from app.db import now
from tests.spaces.conftest import Winter
from tests.spaces.house import House
from tests.spaces.test_home import needs, see

PERSON, ORGANISATION = "שירה כהן", "מרכז צפון"
SET_APART = f"\u2068{ORGANISATION}\u2069"


async def test_who_asks_to_join_is_set_apart(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + timedelta(days=1), waiting_room=True)
    await home.stranger().post(f"/join/{code.code}", name=PERSON, organisation=ORGANISATION)
    page = await see(winter.ana, winter)

    assert needs(page) == [f"\u2068{PERSON}\u2069 asks to join"]
    assert f"Says: {SET_APART}. Asked" in page


async def test_whoever_proposes_something_is_set_apart(home: House, winter: Winter) -> None:
    await home.set(f"UPDATE organisation SET name = '{ORGANISATION}' WHERE name = 'Northfield Trust'")
    await winter.ana.post(f"{winter.path}/archive")

    assert needs(await see(winter.cleo, winter)) == [f"{SET_APART} proposes to archive the space"]
    waiting = (await winter.bo.get(f"{winter.path}/waiting")).text
    assert f'dir="ltr"><bdi>{ORGANISATION}</bdi> proposes to archive the space' in waiting


async def test_whom_a_proposal_is_about_is_set_apart(home: House, winter: Winter) -> None:
    await home.organisation(winter.id, "Borough Council")
    await home.set(f"UPDATE organisation SET name = '{ORGANISATION}' WHERE name = 'Borough Council'")
    council = await home.value(f"SELECT id FROM organisation WHERE name = '{ORGANISATION}'")
    await winter.ana.post(f"{winter.path}/organisations/{council}/turn-out")

    said = [f"Northfield Trust proposes to turn {SET_APART} out"]
    assert needs(await see(winter.cleo, winter)) == said


async def test_whom_the_log_names_is_set_apart_on_its_page_and_in_its_files(
    home: House, winter: Winter
) -> None:
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/role", role="steward")
    await home.set(f"UPDATE organisation SET name = '{ORGANISATION}' WHERE name = 'Northfield Trust'")
    await home.set(f"UPDATE person SET name = '{PERSON}' WHERE name = 'Bo'")
    said = f"made \u2068{PERSON}, {ORGANISATION}\u2069 a steward, before a member"

    for file in ("log", "log.csv", "log.json"):
        assert said in (await winter.ana.get(f"{winter.path}/{file}")).text
