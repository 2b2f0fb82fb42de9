"""A guest's spree is put back by a form: looked at first, done once, seen by all, undone by any member."""

import html
import re

import httpx
import pytest

from app.access import Role
from app.db import new_id
from tests.boards.conftest import Desk, desk
from tests.people.steps import PASSWORD
from tests.spaces.conftest import home, winter
from tests.spaces.house import Person

__all__ = ["desk", "home", "winter"]


async def guest_of(desk: Desk, name: str = "Gil") -> Person:
    guest = await desk.home.person(name)
    await desk.home.seat(desk.winter.id, guest, desk.winter.hospice, Role.GUEST)
    return guest


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the form that puts back."""
    form = page.split('action="', 1)[1] if 'name="last"' in page else ""
    return {
        name: html.unescape(value)
        for name, value in re.findall(r'name="(act|back|since|last)" value="([^"]*)"', form)
    }


def text(page: httpx.Response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page.text)))


@pytest.fixture
async def spree(desk: Desk) -> tuple[Desk, Person, list[str]]:
    """Three cards of Ana: a guest removed two, reworded the third, and added junk."""
    ana, gil = desk.winter.ana, await guest_of(desk)
    cards = [await desk.card(ana, words) for words in ("Gone one", "Gone two", "As Ana wrote it")]
    for card in cards[:2]:
        await desk.act(gil, "remove_card", id=card)
    await desk.act(gil, "edit_card", id=cards[2], text="Spoilt by Gil")
    await desk.card(gil, "Junk of Gil")
    return desk, gil, cards


async def press(desk: Desk, who: Person, gil: Person, **other: str) -> httpx.Response:
    page = await who.get(f"{desk.path}/put-back/{gil.id}")
    return await who.post(f"{desk.path}/put-back/{gil.id}", **{**fields(page.text), **other})


async def test_a_spree_is_put_back_in_one_press_and_all_see_by_whom(
    spree: tuple[Desk, Person, list[str]],
) -> None:
    desk, gil, _ = spree
    bo, cleo = desk.winter.bo, desk.winter.cleo

    before = text(await bo.get(f"{desk.path}/put-back/{gil.id}"))
    answer = await press(desk, bo, gil)
    outline = await desk.outline(cleo)
    seen = text(await gil.get(answer.headers["location"]))
    log = text(await cleo.get(f"{desk.winter.path}/log"))

    assert "2 removed things come back. 1 text gets the words it had before." in before
    assert answer.status_code == 303, answer.text
    assert [words in outline for words in ("Gone one", "Gone two", "As Ana wrote it")] == [True] * 3
    assert "Spoilt" not in outline
    assert "Junk" not in outline
    assert "reworded by" not in outline
    assert re.search(r"Bo, Northfield Trust put back what Gil, .* did (at|from) (\d+ \w+ )?\d\d:\d\d", seen)
    assert "2 removals, 1 rewording, 1 addition" in seen
    assert "Undo this" not in seen, "guests undo nothing of it"
    assert "put back what Gil" in log
    assert "on the board Leaving well" in log
    assert "Gone one" not in log


async def test_the_same_form_sent_again_is_the_same_act(spree: tuple[Desk, Person, list[str]]) -> None:
    desk, gil, cards = spree
    page = await desk.winter.bo.get(f"{desk.path}/put-back/{gil.id}")
    given = fields(page.text)
    path = f"{desk.path}/put-back/{gil.id}"
    first = await desk.winter.bo.post(path, **given)
    await desk.act(gil, "remove_card", id=cards[0])
    second = await desk.winter.bo.post(path, **given)

    assert first.headers["location"] == second.headers["location"]
    assert await desk.home.count("put_back_act") == 1
    assert await desk.home.value("SELECT count(*) FROM space_log WHERE act = 'put_back'") == 1
    assert "Gone one" not in await desk.outline(desk.winter.bo), "what came later is not of this act"


async def test_any_member_undoes_the_act_and_puts_it_back_again(
    spree: tuple[Desk, Person, list[str]],
) -> None:
    desk, gil, _ = spree
    ana, cleo = desk.winter.ana, desk.winter.cleo
    await press(desk, ana, gil)
    act = await desk.home.value("SELECT id FROM put_back_act")

    undone = await cleo.post(f"{desk.path}/put-back/{act}/undo", act=new_id())
    outline, seen = await desk.outline(ana), text(await ana.get(undone.headers["location"]))
    again = await press(desk, ana, gil)

    assert undone.status_code == 303, undone.text
    assert [words in outline for words in ("Gone one", "Spoilt by Gil", "Junk of Gil")] == [False, True, True]
    assert re.search(r"Cleo, Vale Hospice undid what was put back of what Gil", seen)
    assert again.status_code == 303, again.text
    assert "Gone one" in await desk.outline(ana)


async def test_what_others_changed_since_stays_and_can_be_looked_at(
    spree: tuple[Desk, Person, list[str]],
) -> None:
    desk, gil, cards = spree
    await desk.act(desk.winter.ana, "edit_card", id=cards[2], text="Put right by Ana herself")

    page = await desk.winter.bo.get(f"{desk.path}/put-back/{gil.id}")
    await press(desk, desk.winter.bo, gil)

    assert "1 thing stays as it is" in text(page)
    assert "Somebody else has changed it since." in text(page)
    assert f"outline?card={cards[2]}#card-{cards[2]}" in html.unescape(page.text)
    assert "Put right by Ana herself" in await desk.outline(desk.winter.ana)


async def test_guests_and_strangers_put_nothing_back_and_nobody_anything_of_strangers(desk: Desk) -> None:
    gil, other, stranger = await guest_of(desk), await guest_of(desk, "Ida"), await desk.home.person("Eve")
    bo = desk.winter.bo
    given = {"act": new_id(), "since": "0", "last": "5"}
    at = f"{desk.path}/put-back/"

    answers = [
        await other.get(at + gil.id),
        await other.post(at + gil.id, **given),
        await stranger.get(at + gil.id),
        await bo.get(at + stranger.id),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 404, 404]


async def test_of_an_archived_board_it_says_so_and_of_a_removed_guest_it_works(
    spree: tuple[Desk, Person, list[str]],
) -> None:
    desk, gil, _ = spree
    ana = desk.winter.ana
    given = fields((await ana.get(f"{desk.path}/put-back/{gil.id}")).text)
    await ana.post(f"{desk.path}/archive")
    archived = await ana.post(f"{desk.path}/put-back/{gil.id}", **given)
    await ana.post(f"{desk.path}/restore")
    await ana.post(f"{desk.winter.path}/people/{gil.id}/remove")
    after = await press(desk, ana, gil)

    assert archived.status_code in (409, 403, 423)
    assert "archived" in archived.text
    assert f'<a href="{desk.path}">Go to the board</a>' in archived.text
    assert after.status_code == 303, after.text
    assert "Gone one" in await desk.outline(ana)


async def test_a_press_of_nothing_and_a_form_made_up_are_answered_in_a_sentence(desk: Desk) -> None:
    gil, bo = await guest_of(desk), desk.winter.bo
    at = f"{desk.path}/put-back/{gil.id}"
    await desk.card(gil, "Something")
    given = fields((await bo.get(at)).text)
    await bo.post(at, **given)

    nothing = await bo.post(at, **{**given, "act": new_id()})
    made_up = [
        await bo.post(at, **{**given, "act": act, "since": since})
        for act, since in (("x", "0"), (new_id(), "-1"), (new_id(), "9" * 40), ("'", "1"))
    ]

    assert nothing.status_code == 422
    assert "There is nothing left to put back there." in nothing.text
    assert [one.status_code for one in made_up] == [422, 422, 422, 422]
    assert await desk.home.count("put_back_act") == 1


async def test_hundreds_of_deeds_come_back_in_portions_and_count_once(desk: Desk) -> None:
    gil, bo = await guest_of(desk), desk.winter.bo
    cards = [await desk.card(desk.winter.ana, f"Card {number}") for number in range(170)]
    for card in cards:
        await desk.act(gil, "remove_card", id=card)
    await press(desk, bo, gil)
    deeds = await desk.home.value("""SELECT count(*) FROM deed WHERE op LIKE '{"do":"take_back"%'""")

    assert deeds == 2
    assert "170 removals" in text(await bo.get(f"{desk.path}/put-back"))


async def test_no_page_tells_of_what_a_guest_writes_for_themselves(desk: Desk) -> None:
    gil, ida, bo = await guest_of(desk), await guest_of(desk, "Ida"), desk.winter.bo  # Ida does nothing
    draft = await desk.card(gil, "For myself", draft="yes")
    await desk.act(gil, "edit_card", id=draft, text="Still for myself")

    hub, page = text(await bo.get(f"{desk.path}/put-back")), await bo.get(f"{desk.path}/put-back/{gil.id}")
    other = await bo.get(f"{desk.path}/put-back/{ida.id}")

    assert "No guest has changed anything here in the last day." in hub
    assert "There is nothing to put back of the last hour." in text(page)
    assert text(page).replace("Gil", "Ida") == text(other)


async def test_an_act_is_undone_once_and_a_second_press_is_answered_where_it_was_made(
    spree: tuple[Desk, Person, list[str]],
) -> None:
    desk, gil, _ = spree
    ana, cleo = desk.winter.ana, desk.winter.cleo
    await press(desk, ana, gil)
    act = await desk.home.value("SELECT id FROM put_back_act")
    answers = [await cleo.post(f"{desk.path}/put-back/{act}/undo", act=new_id()) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 422]
    assert "There is nothing left to put back there." in answers[1].text
    assert "What was put back here" in answers[1].text
    assert await desk.home.count("put_back_act") == 2
    assert (await gil.post(f"{desk.path}/put-back/{act}/undo", act=new_id())).status_code == 403
    assert (await cleo.post(f"{desk.path}/put-back/{new_id()}/undo", act=new_id())).status_code == 404


async def test_no_part_of_an_act_is_undone_as_ones_own_and_what_the_guest_removed_since_stays_away(
    spree: tuple[Desk, Person, list[str]],
) -> None:
    desk, gil, _ = spree
    bo = desk.winter.bo
    own = await desk.card(gil, "Gil's, gone again")
    await press(desk, bo, gil)
    act = await desk.home.value("SELECT id FROM put_back_act")
    last = await desk.home.value("SELECT max(seq) FROM deed")
    part = await bo.post(f"{desk.path}/ops", undo_of=str(last))
    before = await desk.outline(bo)
    await desk.act(gil, "restore_card", id=own)
    await desk.act(gil, "remove_card", id=own)
    await desk.winter.cleo.post(f"{desk.path}/put-back/{act}/undo", act=new_id())
    undone = await desk.outline(bo)
    await press(desk, bo, gil)
    again = await desk.outline(bo)

    assert "There is nothing of yours to undo there." in text(part)
    assert ["Gone one" in page for page in (before, undone, again)] == [True, False, True]
    assert not any("Gil's, gone again" in page for page in (before, undone, again))


async def test_an_erased_guest_is_put_back_and_named_as_former(
    spree: tuple[Desk, Person, list[str]],
) -> None:
    desk, gil, _ = spree
    ana = desk.winter.ana
    gone = await gil.post("/me/erase", sure="yes", password=PASSWORD)
    erased = await desk.home.value(f"SELECT name FROM person WHERE id = '{gil.id}'")
    answer = await press(desk, ana, gil)
    seen, log = text(await ana.get(f"{desk.path}/put-back")), text(await ana.get(f"{desk.winter.path}/log"))

    assert (gone.status_code, erased) != (422, "Gil")
    assert answer.status_code == 303, answer.text
    assert "Gil" not in seen.replace("Junk of Gil", "")
    assert "Gil" not in log
    assert "Gone one" in await desk.outline(ana)
