"""Invitations and proposals of organisations: used once, and only while they have ground."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.db import now
from app.people import passwords
from app.people.hash_queue import AT_ONCE, SERVER
from app.spaces.tables import invitation
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person

SECRET = "three plain words"


async def invited(by: Person, winter: Winter, email: str = "dee@example.org", role: str = "member") -> str:
    """The path of a new invitation, as it is shown once."""
    shown = await by.post(f"{winter.path}/invite", email=email, role=role)
    assert shown.status_code == 200, shown.text
    return shown.text.split('value="http://127.0.0.1:8000', 1)[1].split('"', 1)[0]


async def proposed(by: Person, winter: Winter, name: str = "Carers Together") -> str:
    """The path of the invitation of a new organisation: shown to who seconds it."""
    second = winter.ana if by is winter.cleo else winter.cleo
    await by.post(f"{winter.path}/organisations/propose", name=name, email="dee@example.org")
    acts = re.findall(r"/waiting/([0-9a-f-]{36})/yes", (await second.get(f"{winter.path}/waiting")).text)
    shown = await second.post(f"{winter.path}/waiting/{acts[-1]}/yes")
    assert shown.status_code == 200, shown.text
    return shown.text.split('value="http://127.0.0.1:8000', 1)[1].split('"', 1)[0]


async def test_somebody_new_makes_an_account_and_takes_part(home: House, winter: Winter) -> None:
    path = await invited(winter.ana, winter)
    dee = home.stranger()

    letter = await dee.get(path)
    taken = await dee.post(path, name="Dee", password=SECRET)
    shown = await dee.get(winter.path)

    assert "<bdi>Ana</bdi> invites you" in letter.text
    assert "How we work together" in letter.text
    assert taken.status_code == 303
    assert taken.headers["location"] == winter.path
    assert shown.status_code == 200
    assert (
        await home.value(
            "SELECT organisation_id FROM member JOIN person ON id = person_id WHERE name = 'Dee'"
        )
        == winter.northfield
    )


async def test_somebody_with_an_account_accepts_with_it(home: House, winter: Winter) -> None:
    path = await invited(winter.ana, winter, role="steward")
    dee = await home.person("Dee")

    taken = await dee.post(path)

    assert taken.headers["location"] == winter.path
    assert await home.value(f"SELECT role FROM member WHERE person_id = '{dee.id}'") == "steward"


async def test_an_address_with_an_account_signs_in_with_it(home: House, winter: Winter) -> None:
    await home.person("Dee")
    path = await invited(winter.ana, winter, email="dee@example.org")

    refused = await home.stranger().post(path, name="Dee", password=SECRET)

    assert refused.status_code == 422
    assert "Sign in with it to accept" in refused.text
    assert "/sign-in?next=/invitations/" in refused.text


async def test_what_is_wrong_with_a_new_account_is_said_beside_its_field(home: House, winter: Winter) -> None:
    path = await invited(winter.ana, winter)

    refused = await home.stranger().post(path, name="Dee", password="short")

    assert refused.status_code == 422
    assert 'id="f-password-error"' in refused.text
    assert 'value="Dee"' in refused.text
    assert "short" not in refused.text.split("f-password")[1].split(">")[-1]


async def test_programs_that_open_links_in_mails_use_nothing_up(home: House, winter: Winter) -> None:
    path = await invited(winter.ana, winter)
    before = await home.value("SELECT epoch FROM space")

    for _ in range(3):
        await home.stranger().get(path)
        await home.stranger().http.head(path)

    assert await home.value("SELECT count(*) FROM invitation WHERE used_at IS NULL") == 1
    assert await home.value("SELECT epoch FROM space") == before
    assert (await (await home.person("Dee")).post(path)).status_code == 303


async def test_an_invitation_works_once(home: House, winter: Winter) -> None:
    path = await invited(winter.ana, winter)
    dee, eve = await home.person("Dee"), await home.person("Eve")

    await dee.post(path)
    late = await eve.post(path)

    assert late.status_code == 404
    assert await home.value(f"SELECT count(*) FROM member WHERE person_id = '{eve.id}'") == 0


async def test_whoever_is_in_already_does_not_use_an_invitation_up(home: House, winter: Winter) -> None:
    path = await invited(winter.ana, winter)

    refused = await winter.cleo.post(path)

    assert refused.status_code == 409
    assert (
        await home.value(f"SELECT organisation_id FROM member WHERE person_id = '{winter.cleo.id}'")
        == winter.hospice
    )
    assert (await (await home.person("Dee")).post(path)).status_code == 303


async def test_wrong_used_expired_withdrawn_and_groundless_invitations_answer_alike(
    home: House, winter: Winter
) -> None:
    used = await invited(winter.ana, winter, "1@example.org")
    expired = await invited(winter.ana, winter, "2@example.org")
    withdrawn = await invited(winter.ana, winter, "3@example.org")
    groundless = await invited(winter.cleo, winter, "4@example.org")
    await (await home.person("Dee")).post(used)
    await home.set(
        "UPDATE invitation SET expires_at = '2020-01-01 00:00:00+00:00' WHERE email = '2@example.org'"
    )
    one = await home.value("SELECT id FROM invitation WHERE email = '3@example.org'")
    await winter.ana.post(f"{winter.path}/invitations/{one}/withdraw")
    await home.set(f"UPDATE member SET role = 'member' WHERE person_id = '{winter.cleo.id}'")
    eve = await home.person("Eve")
    await eve.get("/join")

    for path in (used, expired, withdrawn, groundless, "/invitations/made-up"):
        wrong = await eve.get("/invitations/another-made-up")
        shown, taken = await eve.get(path), await eve.post(path)

        assert shown.status_code == taken.status_code == wrong.status_code == 404
        assert shown.text == taken.text == wrong.text
        assert dict(shown.headers) == dict(wrong.headers)
    assert await home.value(f"SELECT count(*) FROM member WHERE person_id = '{eve.id}'") == 0


@pytest.mark.parametrize(("left", "status"), [(timedelta(seconds=-1), 404), (timedelta(seconds=2), 200)])
async def test_an_invitation_ends_on_the_second(
    home: House, winter: Winter, left: timedelta, status: int
) -> None:
    path = await invited(winter.ana, winter)
    async with home.db.write() as tx:
        await tx.execute(update(invitation).values(expires_at=now() + left))

    assert (await home.stranger().get(path)).status_code == status


async def test_a_made_up_invitation_is_told_at_once_and_hashes_no_password(
    home: House, winter: Winter
) -> None:
    guesser = home.stranger()
    await guesser.get("/join")

    turns = [passwords.turn(SERVER) for _ in range(AT_ONCE)]
    async with turns[0], turns[1], asyncio.timeout(5):
        answer = await guesser.post(f"/invitations/{'a' * 43}", name="Dee", password="four words in a row")

    assert answer.status_code == 404


async def test_an_invitation_of_an_archived_space_opens_nothing_until_it_is_restored(
    home: House, winter: Winter
) -> None:
    path = await invited(winter.ana, winter)

    await winter.ana.post(f"{winter.path}/archive")
    await winter.cleo.say_yes(winter.path)
    closed = await home.stranger().get(path)
    await winter.ana.post(f"{winter.path}/restore")

    assert closed.status_code == 404
    assert (await home.stranger().get(path)).status_code == 200


async def test_the_token_is_kept_nowhere(home: House, winter: Winter) -> None:
    path = await invited(winter.ana, winter)
    token = path.rsplit("/", 1)[1]

    assert len(token) >= 43
    assert await home.value(f"SELECT count(*) FROM invitation WHERE token_sha256 = '{token}'") == 0
    assert token not in (await winter.ana.get(f"{winter.path}/invite")).text


async def test_inviting_an_address_again_makes_the_earlier_link_worthless(
    home: House, winter: Winter
) -> None:
    first = await invited(winter.ana, winter, "dee@example.org")
    second = await invited(winter.ana, winter, "Dee@example.org")

    assert (await home.stranger().get(first)).status_code == 404
    assert (await home.stranger().get(second)).status_code == 200


async def test_members_invite_nobody(home: House, winter: Winter) -> None:
    assert (
        await winter.bo.post(f"{winter.path}/invite", email="d@example.org", role="member")
    ).status_code == 403
    assert await home.count("invitation") == 0


async def test_a_bad_address_and_a_made_up_role_are_refused(home: House, winter: Winter) -> None:
    refused = await winter.ana.post(f"{winter.path}/invite", email="nobody", role="guest")

    assert refused.status_code == 422
    assert 'href="#f-email"' in refused.text
    assert 'href="#f-role"' in refused.text
    assert await home.count("invitation") == 0


async def test_one_organisation_does_not_see_or_withdraw_the_invitations_of_another(
    home: House, winter: Winter
) -> None:
    await invited(winter.ana, winter, "secret@example.org")
    one = await home.value("SELECT id FROM invitation")

    seen = await winter.cleo.get(f"{winter.path}/invite")
    refused = await winter.cleo.post(f"{winter.path}/invitations/{one}/withdraw")

    assert "secret@example.org" not in seen.text
    assert refused.status_code == 403
    assert await home.value("SELECT count(*) FROM invitation WHERE withdrawn_at IS NULL") == 1


async def test_nobody_sends_more_than_fifty_invitations_a_day(home: House, winter: Winter) -> None:
    for number in range(50):
        await invited(winter.ana, winter, f"{number}@example.org")

    over = await winter.ana.post(f"{winter.path}/invite", email="51@example.org", role="member")

    assert over.status_code == 409
    assert "You can send more tomorrow" in over.text
    assert await home.count("invitation") == 50


# -- other organisations -----------------------------------------------------------------------------


async def test_an_organisation_owns_the_space_once_its_first_steward_accepts(
    home: House, winter: Winter
) -> None:
    path = await proposed(winter.ana, winter)
    before = await winter.bo.get(winter.path)
    dee = await home.person("Dee")
    await dee.post(path)

    after = await winter.bo.get(winter.path)
    invites = await dee.post(f"{winter.path}/invite", email="eve@example.org", role="member")

    assert "Proposed, has not joined yet" in before.text
    assert "Proposed" not in after.text
    assert "Carers Together" in after.text
    assert invites.status_code == 200


async def test_any_steward_withdraws_a_proposal_until_it_is_accepted(home: House, winter: Winter) -> None:
    path = await proposed(winter.ana, winter)
    carers = await home.value("SELECT organisation_id FROM invitation")

    refused = await winter.bo.post(f"{winter.path}/organisations/{carers}/withdraw")
    withdrawn = await winter.cleo.post(f"{winter.path}/organisations/{carers}/withdraw")
    joined = await winter.cleo.post(f"{winter.path}/organisations/{winter.northfield}/withdraw")

    assert refused.status_code == 403
    assert withdrawn.status_code == 303
    assert joined.status_code == 404
    assert (await home.stranger().get(path)).status_code == 404
    assert "Carers Together" not in (await winter.ana.get(winter.path)).text


async def test_an_organisation_is_not_proposed_twice(home: House, winter: Winter) -> None:
    refused = await winter.ana.post(
        f"{winter.path}/organisations/propose", name="vale  hospice", email="dee@example.org"
    )

    assert refused.status_code == 422
    assert 'id="f-name-error"' in refused.text
    assert 'value="dee@example.org"' in refused.text
    assert await home.count("organisation") == 2


async def test_organisations_have_colours_of_their_own(home: House, winter: Winter) -> None:
    for number in range(12):
        await proposed(winter.ana, winter, f"Organisation {number}")

    assert await home.value("SELECT count(DISTINCT colour) FROM organisation_seat") == 12
    assert await home.value("SELECT max(colour) FROM organisation_seat") == 12


@pytest.mark.parametrize(
    "name", ["V\u0430le Hospice", "vale hospice.", "Vale\u3164 Hospice", "\uff36ale Hospice"]
)
async def test_no_organisation_comes_in_by_a_name_that_looks_like_anothers(winter: Winter, name: str) -> None:
    refused = await winter.ana.post(f"{winter.path}/organisations/propose", name=name, email="x@example.org")

    assert "is here already" in refused.text
    assert refused.status_code in (409, 422)
