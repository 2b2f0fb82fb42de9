"""The form of a new link: at most twenty cards to choose from, others by their words, none that is hidden."""

import re

from app.db import new_id
from tests.boards.conftest import Desk
from tests.boards.outline.test_pages import HTMX
from tests.spaces.house import Person


async def _form(desk: Desk, who: Person, card: str, look: str = "") -> str:
    path = f"{desk.path}/outline?item={card}&show=link&look={look}"
    return str((await who.get(path, **HTMX)).text)


def _offered(form: str) -> list[str]:
    select = re.search(r'<select id="link-end.*?</select>', form, re.DOTALL)
    return re.findall(r"<option value=\"[^\"]*\"[^>]*>([^<]*)<", select[0]) if select else []


async def test_of_many_cards_the_nearest_twenty_are_offered_and_the_rest_by_a_search(desk: Desk) -> None:
    ana = desk.winter.ana
    hall = await desk.section(ana, "Hall")
    for i in range(30):
        await desk.card(ana, f"Outside {i}")
    near = [await desk.card(ana, f"Near {i}", section=hall) for i in range(3)]
    await desk.card(ana, "The wheelchair ramp", section=hall)

    begun, found, many = [await _form(desk, ana, near[0], look) for look in ("", "RÁMP", "outside")]
    nothing = await _form(desk, ana, near[0], "unheard")
    page = (await ana.get(f"{desk.path}/outline?item={near[0]}&show=link&look=ramp")).text

    assert _offered(begun)[:4] == ["Near 1", "Near 2", "The wheelchair ramp", "Outside 0"]
    assert len(_offered(begun)) == len(_offered(many)) == 20
    assert "Find others by their words" in begun
    assert _offered(found) == _offered(page) == ["The wheelchair ramp"]
    assert "Add a word to find yours" in many
    assert "No other card has these words" in nothing
    assert all("Find</button>" in form for form in (begun, found, many, nothing, page))


async def test_few_cards_need_no_search(desk: Desk) -> None:
    ana = desk.winter.ana
    one, _ = [await desk.card(ana, text) for text in ("One", "Other")]

    form = await _form(desk, ana, one)

    assert _offered(form) == ["Other"]
    assert "Find</button>" not in form


async def test_the_search_finds_no_draft_of_others_and_not_the_card_itself(desk: Desk) -> None:
    ana, cleo = desk.winter.ana, desk.winter.cleo
    own = await desk.card(ana, "CANARY of mine")
    await desk.card(cleo, "CANARY of others", draft="yes")

    form = await _form(desk, ana, own, "canary")

    assert _offered(form) == []


async def test_a_refused_link_keeps_what_was_looked_for_and_chosen(desk: Desk) -> None:
    ana = desk.winter.ana
    cards = [await desk.card(ana, f"Card {i}") for i in range(30)]
    await desk.add(ana, "add_link", start=cards[0], end=cards[29], means="leads_to")
    form = {"id": new_id(), "start": cards[0], "end": cards[29], "means": "leads_to", "look": "card"}

    refused = (await desk.act(ana, "add_link", slot=cards[0], **form)).text

    assert "These cards are already linked this way." in refused
    assert _offered(refused)[-1] == "Card 29"
    assert 'name="look" value="card"' in refused
