"""The home of a space: what is live, what needs whom, what is new; on both databases."""

import re
from datetime import timedelta
from html import unescape

from app.access import Role
from app.db import new_id, now
from app.main import services
from tests.boards.conftest import Desk, desk
from tests.outcomes.given import a_goal, a_measure, numbers
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person

__all__ = ["desk"]


async def looked(home: House) -> None:
    """As two seconds later: what was looked at is stored."""
    await services(home.app).rooms.looks.write({})


def needs(page: str) -> list[str]:
    """What the page says needs the person, in turn."""
    found = re.findall(r'class="need-words"><b dir="ltr">(.*?)</b>', page)
    return [unescape(one) for one in found]


async def see(who: Person, winter: Winter) -> str:
    answer = await who.get(winter.path)
    assert answer.status_code == 200
    return answer.text


async def test_cards_of_others_since_one_looked_are_counted_for_each(home: House, desk: Desk) -> None:
    winter = desk.winter
    never = await see(winter.bo, winter)
    for person in (winter.ana, winter.bo):
        await desk.outline(person)
    await looked(home)
    for who in (winter.ana, winter.cleo, winter.cleo):
        await desk.card(who)
    await desk.card(winter.cleo, "canary", draft="yes")
    ana, bo, cleo = [await see(one, winter) for one in (winter.ana, winter.bo, winter.cleo)]
    await desk.outline(winter.bo)
    await looked(home)

    assert "since you looked" not in never
    assert "2 cards since you looked" in ana
    assert "3 cards since you looked" in bo
    assert "since you looked" not in cleo
    assert "canary" not in ana + bo
    assert "since you looked" not in await see(winter.bo, winter)


async def test_a_guest_is_told_what_is_new_too(home: House, desk: Desk) -> None:
    winter, guest = desk.winter, home.stranger()
    code = await home.code(winter.id, winter.ana, now() + timedelta(days=1))
    await guest.post(f"/join/{code.code}", name="Dee", organisation="Elsewhere")
    await desk.outline(guest)
    await looked(home)
    await desk.card(winter.ana)

    assert "1 card since you looked" in await see(guest, winter)


async def test_who_joined_by_a_typed_code_goes_on_to_the_one_board_that_is_live(
    home: House, desk: Desk
) -> None:
    winter, guest = desk.winter, home.stranger()
    code = await home.code(winter.id, winter.ana, now() + timedelta(days=1))
    typed = await guest.get(f"/join?code={code.code}")
    joined = await guest.post(typed.headers["location"], name="Dee", organisation="Elsewhere")
    only = await guest.get(joined.headers["location"])
    other = new_id()
    await winter.ana.post(f"/spaces/{winter.id}/boards", title="Another", template="blank", id=other)
    two = await guest.get(joined.headers["location"])
    await services(home.app).rooms.looks.write({(other, winter.ana.id): 0})
    live = await guest.get(joined.headers["location"])
    later = await guest.get(winter.path)

    assert only.headers["location"] == f"/boards/{desk.id}?joined=yes"
    assert two.status_code == later.status_code == 200
    assert "You are in, <bdi>Dee</bdi>." in two.text
    assert "You are in" not in later.text
    assert live.headers["location"] == f"/boards/{other}?joined=yes"


async def test_drafts_comments_and_clashes_need_their_own_people_only(home: House, desk: Desk) -> None:
    winter = desk.winter
    card = await desk.card(winter.bo, "Nobody has asked the night staff")
    await desk.card(winter.bo, "still unsaid", draft="yes")
    await desk.outline(winter.bo)
    await looked(home)
    await desk.add(winter.cleo, "add_comment", card=card, text="We have")

    assert needs(await see(winter.bo, winter)) == [
        "1 new comment on your card “Nobody has asked the night staff”",
        "Your draft is still unseen: “still unsaid”",
    ]
    assert needs(await see(winter.ana, winter)) == needs(await see(winter.cleo, winter)) == []


async def test_words_that_were_written_over_need_whose_they_were(home: House, desk: Desk) -> None:
    winter = desk.winter
    card = await desk.card(winter.bo, "the quick fox")
    await desk.outline(winter.bo)
    await looked(home)
    base = await home.value("SELECT seq FROM board")
    await desk.act(winter.cleo, "edit_card", id=card, text="the slow fox", base=base)
    await desk.act(winter.ana, "edit_card", id=card, text="the clever fox", base=base)

    assert needs(await see(winter.bo, winter)) == [
        "Your words and another person's could not be joined",
        "1 card of yours was reworded",
    ]
    assert needs(await see(winter.ana, winter)) == []


async def test_who_knocks_needs_stewards_and_nobody_else(home: House, winter: Winter) -> None:
    code = await home.code(winter.id, winter.ana, now() + timedelta(days=1), waiting_room=True)
    await home.stranger().post(f"/join/{code.code}", name="Dee Lane", organisation="Elsewhere")

    assert (
        needs(await see(winter.ana, winter))
        == needs(await see(winter.cleo, winter))
        == ["Dee Lane asks to join"]
    )
    assert needs(await see(winter.bo, winter)) == []


async def test_an_invitation_that_ends_soon_needs_whoever_sent_it(home: House, winter: Winter) -> None:
    await winter.ana.post(f"{winter.path}/invite", email="eli@example.org", role="member")
    early = needs(await see(winter.ana, winter))
    await home.set(f"UPDATE invitation SET expires_at = '{(now() + timedelta(days=2)).isoformat()}'")

    assert early == []
    assert needs(await see(winter.ana, winter)) == [
        "Your invitation to eli@example.org has not been accepted"
    ]
    assert needs(await see(winter.cleo, winter)) == []


async def test_numbers_that_are_due_need_who_may_enter_them(home: House, winter: Winter) -> None:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield, winter.hospice)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id)
    await numbers(home.db, measure, winter.bo.id, [(1, 2)], winter.northfield)
    watching = await home.person("Olu")
    await home.seat(winter.id, watching, winter.northfield, Role.OBSERVER)
    page = await see(winter.bo, winter)

    assert needs(page) == ["Enter February 2024 for “Home within two days”"]
    assert f'href="{winter.path}/outcomes/measures/{measure}/entry"' in page
    assert needs(await see(winter.cleo, winter)) == needs(await see(watching, winter)) == []


async def test_while_a_space_is_archived_nothing_needs_anybody(home: House, desk: Desk) -> None:
    await desk.card(desk.winter.bo, "still unsaid", draft="yes")
    await desk.winter.ana.post(f"{desk.winter.path}/archive")
    await desk.winter.cleo.say_yes(desk.winter.path)

    assert needs(await see(desk.winter.bo, desk.winter)) == []


async def test_a_board_where_others_are_is_live_and_ones_own_tabs_do_not_make_it_so(
    home: House, desk: Desk
) -> None:
    winter, looks = desk.winter, services(home.app).rooms.looks
    await looks.write({(desk.id, winter.bo.id): 0})
    ana, bo = await see(winter.ana, winter), await see(winter.bo, winter)
    await looked(home)

    assert "1 person is here now." in ana
    assert f'id="join-{desk.id}" href="{desk.path}">Join now' in ana
    assert "Join now" not in bo
    assert "Join now" not in await see(winter.ana, winter)


async def test_the_bar_leads_to_all_pages_of_the_space_and_to_ones_other_spaces(
    home: House, winter: Winter
) -> None:
    other = await home.space(winter.ana)
    foreign = await home.space(await home.person("Mallory"))
    for path, word in {
        "": "Home",
        "/boards": "Boards",
        "/outcomes": "Outcomes",
        "/outcomes/reports": "Reports",
        "/people": "People",
    }.items():
        page = (await winter.ana.get(winter.path + path)).text
        bar = page[page.index("<header") : page.index("</header>")]

        assert re.findall(r'aria-current="page">(\w+)<', bar) == [word]
        assert f'href="/spaces/{other}"' in bar
        assert f'href="/spaces/{foreign}"' not in bar


async def test_a_new_space_says_what_to_do_first_to_who_may_do_it(home: House, winter: Winter) -> None:
    watching = await home.person("Olu")
    await home.seat(winter.id, watching, winter.northfield, Role.OBSERVER)
    steward, member, observer = [await see(one, winter) for one in (winter.ana, winter.bo, watching)]

    assert [page.count("<li><b>") for page in (steward, member, observer)] == [3, 2, 0]
    assert "Members can create them." in observer


async def test_getting_worse_is_never_in_the_colour_of_better_and_has_a_shape(
    home: House, winter: Winter
) -> None:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id)
    falling = [(90, 100)] * 12 + [(50 - n, 100) for n in range(8)]
    await numbers(home.db, measure, winter.bo.id, falling, winter.northfield)
    pill = re.search(
        r'<span class="pill ([\w-]+)"><svg.*?</svg>([\w ]+)<', await see(winter.ana, winter), re.DOTALL
    )

    assert pill
    assert pill.groups() == ("pill-worse", "Getting worse")


async def test_what_waits_on_a_foreign_board_is_told_to_nobody(home: House, desk: Desk) -> None:
    mallory = await home.person("Mallory")
    elsewhere = await home.space(mallory)
    made = new_id()
    await mallory.post(f"/spaces/{elsewhere}/boards", title="Canary", template="blank", id=made)
    await Desk(made, home, desk.winter).card(mallory, "canary", draft="yes")

    assert "canary" not in (await see(desk.winter.ana, desk.winter)).lower()


async def test_a_running_workshop_is_live_even_while_nobody_else_is_there(home: House, desk: Desk) -> None:
    winter = desk.winter
    await winter.ana.post(f"{desk.path}/workshop", id=new_id(), purpose="Why", authority="")
    bo = await see(winter.bo, winter)

    assert "A workshop is running." in bo
    assert f'href="{desk.path}/take-part">Take part' in bo
    console = (await winter.ana.get(f"{desk.path}/console")).text
    stage = re.findall(r'value="end"><input[^>]*name="id" value="([^"]+)"', console)[0]
    await winter.ana.post(f"{desk.path}/console", do="end", id=stage)
    assert "A workshop is running." not in await see(winter.bo, winter)
