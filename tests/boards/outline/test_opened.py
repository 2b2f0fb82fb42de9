"""Sections that are fetched when opened: what comes with a page, and what each answer leaves out."""

import html
import re

from app.access import Role
from app.boards.core.delivery import LOOSE
from app.boards.outline.document import WHOLE, Window
from app.boards.outline.opened import AT_ONCE, current_of, opened_at_first
from tests.boards.conftest import Desk
from tests.boards.outline.test_pages import HTMX


def test_a_board_that_is_small_comes_whole() -> None:
    opened = opened_at_first({"a": AT_ONCE - 1, "b": 1, LOOSE: 0}, "")

    assert opened == {"a": Window(AT_ONCE), "b": WHOLE, LOOSE: WHOLE}


def test_the_section_asked_for_comes_first_and_then_what_is_small_in_turn() -> None:
    counts = {"a": 500, "b": 10, "c": AT_ONCE, LOOSE: 0}

    assert opened_at_first(counts, "b") == {"b": Window(AT_ONCE), LOOSE: WHOLE}
    assert opened_at_first(counts, "a", "x") == {"a": Window(AT_ONCE, "x")}
    assert opened_at_first(counts, "", whole=True) == {"a": WHOLE}


def test_a_small_screen_shows_the_section_asked_for_or_the_first() -> None:
    assert current_of({"a": 1, "b": 1, LOOSE: 0}, "b") == "b"
    assert current_of({"a": 1, "b": 1, LOOSE: 0}, "nowhere") == "a"
    assert current_of({LOOSE: 0}, "") == LOOSE


async def test_a_large_section_comes_in_pieces_and_by_links(desk: Desk) -> None:
    _, section = await _large_section(desk)
    ana = desk.winter.ana

    page, first = await desk.outline(ana), await desk.outline(ana, f"?section={section}")
    whole = await desk.outline(ana, f"?section={section}&all=yes")

    assert f"Show {AT_ONCE + 1} cards" in page
    assert f'href="outline?section={section}&amp;all=yes#part-{section}"' in page
    assert "Card number 7" not in page
    assert (f"Card number {AT_ONCE - 1}" in first, f"Card number {AT_ONCE}" in first) == (True, False)
    assert "Show 1 more card" in first
    assert f"Card number {AT_ONCE}" in whole


async def test_a_link_to_a_card_brings_all_that_is_before_it(desk: Desk) -> None:
    _, section = await _large_section(desk)
    last = await desk.card(desk.winter.ana, "The last", section=section)

    assert "The last" in await desk.outline(desk.winter.ana, f"?section={section}&card={last}")
    by_card = await desk.outline(desk.winter.ana, f"?card={last}")
    assert "The last" in by_card
    assert re.search(rf'id="part-{section}"[^>]* data-current', by_card)


async def test_what_is_found_leads_to_the_section_that_holds_it_without_javascript(desk: Desk) -> None:
    _, section = await _large_section(desk)
    last = await desk.card(desk.winter.ana, "The very last", section=section)
    found = await desk.outline(desk.winter.ana, "?find=very+last")

    assert f'id="card-{last}"' not in found
    link = f"?section={section}&amp;card={last}"
    assert f'href="outline{link}#card-{last}"' in found
    assert f'id="card-{last}"' in await desk.outline(desk.winter.ana, html.unescape(link))


async def test_on_a_phone_a_link_to_a_card_of_the_canvas_leads_to_its_section(desk: Desk) -> None:
    card = await desk.card(desk.winter.ana, "Here")
    phone = {"sec-ch-ua-mobile": "?1"}

    answer = await desk.winter.ana.http.get(f"{desk.path}?card={card}", headers=phone)

    assert answer.headers["location"] == f"{desk.path}/outline?card={card}"


async def test_a_draft_is_counted_for_its_author_alone(desk: Desk) -> None:
    _, section = await _large_section(desk)
    await desk.card(desk.winter.ana, "For me alone", section=section, draft="yes")

    assert f"Show {AT_ONCE + 2} cards" in await desk.outline(desk.winter.ana)
    assert f"Show {AT_ONCE + 1} cards" in await desk.outline(desk.winter.cleo)
    assert "For me alone" not in await desk.outline(desk.winter.cleo, f"?section={section}&all=yes")


async def test_an_answer_has_as_many_cards_as_the_page_has_opened(desk: Desk) -> None:
    _, section = await _large_section(desk)
    ana = desk.winter.ana

    closed = (await ana.get(f"{desk.path}/parts/{section}", **HTMX, **{"x-opened": f"{LOOSE}~999999~"})).text
    some = (await ana.get(f"{desk.path}/parts/{section}", **HTMX, **{"x-opened": f"{section}~8~"})).text
    whole = (await ana.get(f"{desk.path}/parts", **HTMX, **{"x-opened": f"{section}~999999~"})).text
    odd = await ana.get(f"{desk.path}/parts", **HTMX, **{"x-opened": f"~,{section}~-1~,a~b,a~1e9~a"})

    assert "data-unopened" in closed
    assert "Card number 0" not in closed
    assert "data-partly" in some
    assert ("Card number 7<" in some, "Card number 8<" in some) == (True, False)
    assert f"Card number {AT_ONCE}<" in whole
    assert odd.status_code == 200


async def test_undo_sends_only_what_it_changed(desk: Desk) -> None:
    ana = desk.winter.ana
    one, two = await desk.section(ana, "One"), await desk.section(ana, "Two")
    await desk.card(ana, "Stays where it is", section=one)
    added = await desk.act(ana, "add_card", kind="note", text="Taken back", section=two, part=two, slot="add")
    seq = await desk.home.value("SELECT max(seq) FROM board")
    token = {"X-CSRFToken": ana.http.cookies["tl_csrf"]}
    answer = await ana.http.post(
        f"{desk.path}/ops", headers={**HTMX, **token}, data={"deed": f"undo {seq} {two}"}
    )

    assert added.status_code == 303
    assert answer.headers["hx-retarget"] == f"#part-{two}"
    assert f'"focus": "text-{two}"' in answer.headers["hx-trigger"]
    assert "Taken back" not in answer.text
    assert "Stays where it is" not in answer.text


async def test_what_was_chosen_for_a_card_stays_in_the_page_that_follows(desk: Desk) -> None:
    ana = desk.winter.ana
    section = await desk.section(ana)
    fields = {"kind": "ask", "text": "A van", "section": section, "part": section, "slot": "add"}

    answer = await desk.act(ana, "add_card", draft="yes", **fields)
    page = (await ana.get(answer.headers["location"])).text

    assert 'value="ask" checked>' in page
    assert 'name="draft" value="yes" checked>' in page


async def test_an_address_takes_nothing_from_a_form_as_it_is(desk: Desk) -> None:
    answer = await desk.act(desk.winter.ana, "add_card", kind="note", text="x", part="a&item=b\r\nX: y#z")

    assert "a%26item%3Db%0D%0AX%3A%20y%23z" in answer.headers["location"]


async def test_observers_have_no_form_but_to_find_something(desk: Desk) -> None:
    olga = await desk.home.person("Olga")
    await desk.home.seat(desk.winter.id, olga, desk.winter.hospice, Role.OBSERVER)
    await desk.card(desk.winter.ana, "To be read")

    page = await desk.outline(olga)

    assert "To be read" in page
    assert re.findall(r'<form class="([^"]*)" role="([^"]*)"', page) == [("outline-find", "search")]
    assert page.count("<form") == 1
    assert 'method="post"' not in page


async def test_the_map_shows_each_card_as_a_mark_and_drafts_to_their_author(desk: Desk) -> None:
    ana, cleo = desk.winter.ana, desk.winter.cleo
    section = await desk.section(ana, "Causes")
    await desk.card(ana, "Seen", kind="problem", section=section)
    await desk.card(ana, "Unseen", kind="ask", section=section, draft="yes")

    mine, theirs = [(await who.get(f"{desk.path}/map")).text for who in (ana, cleo)]

    assert f'href="{desk.path}/outline?section={section}#part-{section}"' in theirs
    assert 'class="kind-problem"' in theirs
    assert 'class="kind-ask"' not in theirs
    assert 'class="kind-ask"' in mine


async def _large_section(desk: Desk) -> tuple[str, str]:
    """A section with one card, and a large one."""
    ana = desk.winter.ana
    small, large = await desk.section(ana, "Small"), await desk.section(ana, "Large")
    await desk.card(ana, "Alone", section=small)
    for number in range(AT_ONCE + 1):
        await desk.card(ana, f"Card number {number}", section=large)
    return small, large
