"""How long a sign-in holds, the list of devices, and that boards close when it ends."""

import re
from datetime import timedelta

from app.people.sessions import AT_MOST, IDLE, SEEN_EVERY
from tests.people.steps import PASSWORD, age, is_in, sign_in, stored
from tests.spaces.house import House, Person

SECOND = timedelta(seconds=1)
DEVICE = re.compile(r'action="(/me/devices/[^"]+)"')


async def test_a_sign_in_ends_when_it_was_not_used_for_half_a_day(home: House, ana: Person) -> None:
    await age(home, "seen_at", IDLE - 5 * SECOND)
    in_time = await is_in(ana)
    await age(home, "seen_at", IDLE + SECOND)

    assert in_time
    assert not await is_in(ana)


async def test_a_sign_in_ends_after_a_week_however_much_it_is_used(home: House, ana: Person) -> None:
    await age(home, "expires_at", AT_MOST - 5 * SECOND)
    in_time = await is_in(ana)
    await age(home, "expires_at", 6 * SECOND)

    assert in_time
    assert not await is_in(ana)


async def test_a_visit_is_written_down_every_five_minutes_and_not_more(home: House, ana: Person) -> None:
    before = await stored(home)
    await ana.get("/me")
    same = await stored(home)
    await age(home, "seen_at", SEEN_EVERY + SECOND)
    aged = await stored(home)
    await ana.get("/me")

    assert same == before
    assert await stored(home) != aged


async def test_the_list_of_devices_says_which_one_this_is(home: House, ana: Person) -> None:
    phone = home.stranger()
    phone.http.headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"
    await phone.post("/sign-in", email="ana@example.org", password=PASSWORD)

    page = (await phone.get("/me")).text

    assert "Safari on iPhone" in page
    assert page.count("This one") == 1
    assert page.count('action="/me/devices/') == 1


async def test_one_other_device_is_signed_out(home: House, ana: Person) -> None:
    other = await sign_in(home)
    page = (await ana.get("/me")).text
    path = DEVICE.findall(page)[0]

    answer = await ana.post(path)

    assert answer.headers["location"] == "/me?done=device"
    assert await is_in(ana)
    assert not await is_in(other)


async def test_nobody_signs_out_the_device_of_another(home: House, ana: Person) -> None:
    bo = await home.person("Bo")
    login_id = await home.value(f"SELECT id FROM login WHERE person_id = '{ana.id}'")

    foreign = await bo.post(f"/me/devices/{login_id}/end")
    absent = await bo.post("/me/devices/00000000-0000-4000-8000-000000000000/end")

    assert foreign.status_code == absent.status_code == 404
    assert foreign.text == absent.text
    assert await is_in(ana)


async def test_signing_out_everywhere_means_here_too(home: House, ana: Person) -> None:
    other, bo = await sign_in(home), await home.person("Bo")

    answer = await ana.post("/me/sign-out-everywhere")

    assert answer.headers["location"] == "/sign-in"
    assert not await is_in(ana)
    assert not await is_in(other)
    assert await is_in(bo)


async def test_whatever_ends_a_sign_in_raises_the_epoch_of_the_persons_spaces(
    home: House, ana: Person
) -> None:
    space_id = await home.space(ana)

    async def epoch() -> int:
        return int(await home.value(f"SELECT epoch FROM space WHERE id = '{space_id}'"))

    async def raised_by(path: str, **fields: str) -> int:
        one, before = await sign_in(home), await epoch()
        assert (await one.post(path, **fields)).status_code in (200, 303)
        return await epoch() - before

    renewed = {"current": PASSWORD, "new": PASSWORD}
    assert await raised_by("/sign-out") == 1
    assert await raised_by("/me/sign-out-everywhere") == 1
    assert await raised_by("/me/password", **renewed) == 1
    assert await raised_by("/sign-in", email="ana@example.org", password=PASSWORD) == 1
