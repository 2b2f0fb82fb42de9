"""Making a space, looking at it, describing it, archiving it: by HTTP on both databases."""

from datetime import timedelta

from app.access import Role
from app.db import new_id, now
from tests.spaces.conftest import Winter
from tests.spaces.house import House, house
from tests.support.counted import counted

WORDS = {
    "name": "Home sooner",
    "purpose": "So that nobody waits for a bed they do not need.",
    "scope": "This group may decide its tests and recommend the rest.",
    "agreement": "We ask before we answer.",
    "organisation": "Northfield Trust",
}


async def test_making_a_space_makes_its_maker_first_steward(home: House) -> None:
    ana = await home.person("Ana")

    made = await ana.post("/spaces", **WORDS)
    shown = await ana.get(made.headers["location"])

    assert made.status_code == 303
    assert WORDS["purpose"] in shown.text
    assert WORDS["scope"] in shown.text
    assert "1 person, 1 steward · you" in shown.text


async def test_what_is_missing_is_said_beside_its_field_and_the_rest_stays(home: House) -> None:
    ana = await home.person("Ana")

    refused = await ana.post("/spaces", **{**WORDS, "purpose": " "})

    assert refused.status_code == 422
    assert 'href="#f-purpose"' in refused.text
    assert 'id="f-purpose-error"' in refused.text
    assert WORDS["agreement"] in refused.text
    assert await home.count("space") == 0


async def test_another_organisation_of_the_same_name_is_another_organisation(
    home: House, winter: Winter
) -> None:
    mallory = await home.person("Mallory")

    await mallory.post("/spaces", **WORDS)
    await winter.ana.post("/spaces", **WORDS)

    assert await home.value("SELECT count(*) FROM organisation WHERE name = 'Northfield Trust'") == 2
    assert await home.value(f"SELECT count(*) FROM member WHERE organisation_id = '{winter.northfield}'") == 3


async def test_a_guest_makes_no_space(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + timedelta(days=1))
    guest = home.stranger()
    await guest.post(f"/join/{code.code}", name="Dee", organisation="Elsewhere")

    refused = await guest.post("/spaces", **WORDS)

    assert refused.status_code == 403
    assert await home.count("space") == 1


async def test_strangers_and_absent_spaces_answer_alike(home: House, winter: Winter) -> None:
    mallory = await home.person("Mallory")
    await mallory.get("/join")
    for path in ("", "/people", "/invite", "/codes", "/code", "/edit", "/leave", "/organisations/propose"):
        with counted() as of_foreign:
            foreign = await mallory.get(f"/spaces/{winter.id}{path}")
        with counted() as of_absent:
            absent = await mallory.get(f"/spaces/{new_id()}{path}")

        assert of_foreign == of_absent  # so that it takes as long, too
        assert foreign.status_code == absent.status_code == 404
        assert foreign.text == absent.text
        assert dict(foreign.headers) == dict(absent.headers)


async def test_deeds_on_foreign_and_absent_spaces_answer_alike_and_do_nothing(
    home: House, winter: Winter
) -> None:
    mallory = await home.person("Mallory")
    before = await home.value(f"SELECT epoch FROM space WHERE id = '{winter.id}'")
    for path in (
        "/edit",
        "/archive",
        "/restore",
        "/leave",
        "/invite",
        "/codes",
        "/organisations/propose",
        f"/people/{winter.bo.id}/remove",
        f"/people/{winter.bo.id}/role",
        f"/people/{winter.bo.id}/admit",
    ):
        foreign = await mallory.post(
            f"/spaces/{winter.id}{path}", **WORDS, role="steward", email="m@example.org"
        )
        absent = await mallory.post(
            f"/spaces/{new_id()}{path}", **WORDS, role="steward", email="m@example.org"
        )

        assert foreign.status_code == absent.status_code == 404
        assert foreign.text == absent.text
    assert await home.value(f"SELECT epoch FROM space WHERE id = '{winter.id}'") == before
    assert await home.count("invitation") == await home.count("join_code") == 0


async def test_signed_out_people_are_asked_to_sign_in(home: House, winter: Winter) -> None:
    sent_on = await home.stranger().get(winter.path)

    assert sent_on.status_code == 303
    assert sent_on.headers["location"] == f"/sign-in?next={winter.path}"


async def test_only_stewards_describe_the_space(home: House, winter: Winter) -> None:
    refused = await winter.bo.post(f"{winter.path}/edit", **WORDS)
    done = await winter.cleo.post(f"{winter.path}/edit", **WORDS)
    await winter.ana.say_yes(winter.path)

    assert refused.status_code == 403
    assert done.status_code == 303
    assert WORDS["name"] in (await winter.ana.get(winter.path)).text


async def test_an_archived_space_is_read_and_not_changed_until_a_steward_of_any_organisation_restores_it(
    home: House, winter: Winter
) -> None:
    archived = await winter.ana.post(f"{winter.path}/archive")
    await winter.cleo.say_yes(winter.path)
    shown = await winter.bo.get(winter.path)
    locked = await winter.ana.post(f"{winter.path}/edit", **WORDS)
    not_theirs = await winter.bo.post(f"{winter.path}/restore")
    restored = await winter.cleo.post(f"{winter.path}/restore")
    after = await winter.ana.post(f"{winter.path}/edit", **WORDS)

    assert archived.status_code == 303
    assert "archived" in shown.text
    assert "Restore this space" not in shown.text
    assert locked.status_code == 409
    assert not_theirs.status_code == 403
    assert restored.status_code == after.status_code == 303


async def test_hostile_words_reach_the_page_as_text(home: House) -> None:
    ana = await home.person('<b onclick="x">Ana</b>')
    hostile = '"><script>alert(1)</script>{{7*7}}<img src=x onerror=alert(1)>'

    made = await ana.post("/spaces", **dict.fromkeys(WORDS, hostile))
    for page in ("", "/people", "/edit", "/invite", "/leave"):
        shown = await ana.get(made.headers["location"] + page)

        assert shown.status_code == 200
        assert "<script>alert" not in shown.text
        assert "<img src=x" not in shown.text
        assert "<b onclick" not in shown.text


async def test_marks_that_turn_the_reading_direction_are_dropped_from_names(home: House) -> None:
    ana = await home.person("Ana")

    made = await ana.post("/spaces", **{**WORDS, "name": "Home\u202eresoon\u0000\u2069 now"})

    assert made.status_code == 303
    assert await home.value("SELECT name FROM space") == "Homeresoon now"


async def test_a_form_from_another_site_does_nothing(home: House, winter: Winter) -> None:
    before = await home.value("SELECT epoch FROM space")
    await winter.ana.get(winter.path)
    winter.ana.http.headers["Origin"] = "http://evil.example"

    refused = await winter.ana.post(f"{winter.path}/archive")

    assert refused.status_code == 403
    assert await home.value("SELECT epoch FROM space") == before


async def test_where_spaces_are_for_operators_others_are_told_so(database_url: str) -> None:
    async with house(database_url, SPACES="invited", OPERATORS="olu@example.org") as home:
        ana, olu = await home.person("Ana"), await home.person("Olu")

        refused = await ana.post("/spaces", **WORDS)
        made = await olu.post("/spaces", **WORDS)

        assert "Ask one of them" in (await ana.get("/spaces/new")).text
        assert refused.status_code == 403
        assert made.status_code == 303
        assert await home.value("SELECT role FROM member") == Role.STEWARD


async def test_an_operators_address_makes_no_spaces_before_it_is_proved(sqlite_url: str) -> None:
    with_mail = {"SMTP_URL": "smtp://127.0.0.1:9", "OPERATORS": "olu@example.org"}
    async with house(sqlite_url, SPACES="invited", **with_mail) as home:
        ana, guest = await home.person("Ana"), home.stranger()
        code = await home.code(await home.space(ana), ana, now() + timedelta(days=1))
        await guest.post(f"/join/{code.code}", name="Dee", organisation="Northfield Trust")
        await guest.post("/me/claim", email="olu@example.org", password="four words in a row")

        refused = await guest.post("/spaces", **WORDS)
        await home.set("UPDATE person SET verified_at = '2026-01-01' WHERE email = 'olu@example.org'")
        made = await guest.post("/spaces", **WORDS)

    assert refused.status_code == 403
    assert made.status_code == 303
