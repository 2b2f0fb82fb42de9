"""What a phone keeps while the server can store nothing, or it has no room itself, and at the doors."""

import asyncio
from typing import Any

from playwright.async_api import expect

from app.db import new_id
from tests.browser.canvas_board import CanvasBoard, board, served
from tests.browser.workshops.test_phone import NARROW, ask, begin, is_sound, place, take_part
from tests.support.browser import screenshot

__all__ = ["board", "served"]
WORDS = "Nine days in a bed by the lift"
FULL = """() => {
  Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }
}"""


async def away(route: Any) -> None:
    """As our server answers without its database, and on a full disk."""
    await route.fulfill(status=503, json={"code": "unavailable", "say": "The database does not answer."})


async def test_at_the_doors_the_box_is_tried_out(board: CanvasBoard) -> None:
    await begin(board)
    bo, cleo = await take_part(board, "Bo Hale"), await take_part(board, "Cleo Marsh", **NARROW)
    sent: list[str] = []
    bo.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    await bo.fill("#try", WORDS)
    await bo.click(".try-form button")
    await expect(bo.locator("#tried")).to_contain_text(WORDS)
    await expect(bo.locator("#try")).to_have_value("")
    await is_sound([bo, cleo], "try")
    assert sent == []
    await ask(board, "What makes leaving so hard?", None)
    await expect(bo.locator("#box")).to_have_value("")
    await expect(bo.locator("#own-notes li")).to_have_count(0)


async def test_what_the_server_cannot_store_stays_on_the_phone_until_it_can(board: CanvasBoard) -> None:
    board.pages.expect("503")
    await begin(board)
    first = await ask(board, "What makes leaving so hard?", None, write="shared")
    note = await board.card("No ramp", name="Bo Hale", phase=first)
    bo = await take_part(board, "Bo Hale")
    await bo.route("**/ops", away)
    await bo.route("**/cast", away)
    await bo.fill("#box", WORDS)
    await bo.click(".add")
    kept = "The server cannot store anything just now. 1 thing kept on this phone."
    await expect(bo.locator("#saved")).to_have_text(kept)
    vote = {"how": "dots", "dots": 3, "most": 2}
    await ask(board, "Which do we hold?", first, write="off", vote=vote, about=[first])
    await bo.locator(f"[data-thing='{note}'] .place").click()
    await expect(bo.locator("#saved")).to_have_text(kept.replace("1 thing", "2 things"))
    await screenshot(bo, "phone-server-full-390")
    await bo.reload()
    await expect(bo.locator("#saved")).to_have_text(kept.replace("1 thing", "2 things"))
    await bo.unroute_all()
    await bo.reload()
    await expect(bo.locator("#saved")).to_have_attribute("data-state", "saved")
    await expect(bo.locator(".left")).to_contain_text("2 of your 3 dots")
    await place(bo, note, "1 of your 3 dots")


async def test_a_phone_without_room_says_that_its_page_must_stay_open(board: CanvasBoard) -> None:
    board.pages.expect("ERR_INTERNET_DISCONNECTED|WebSocket")
    await begin(board)
    await ask(board, "What makes leaving so hard?", None)
    bo = await take_part(board, "Bo Hale")
    await bo.evaluate(FULL)
    await bo.context.set_offline(True)
    await bo.fill("#box", WORDS)
    await bo.click(".add")
    await expect(bo.locator("#saved")).to_contain_text("Keep this page open: 1 thing could not be kept.")
    await bo.context.set_offline(False)
    await expect(bo.locator("#saved")).to_have_attribute("data-state", "saved")
    await expect(bo.locator("#own-notes")).to_contain_text(WORDS)


async def test_the_box_and_the_dots_come_with_the_phase_itself(board: CanvasBoard) -> None:
    """And not only with what the phone fetches a little later: here that never comes."""
    await begin(board)
    talk = await ask(board, "Welcome", None, write="off")
    bo = await take_part(board, "Bo Hale")
    oli = await take_part(board, "Oli Reed", **NARROW)
    board.pages.expect("Failed to load resource|Failed to fetch")
    for phone in (bo, oli):
        await phone.route("**/take-part", lambda route: route.abort())
    first = await ask(board, "What makes leaving so hard?", talk)
    await expect(bo.locator("#box")).to_be_visible()
    await expect(oli.locator("#stage-ask")).to_contain_text("People write alone now.")
    await expect(oli.locator("#box")).to_be_hidden()
    vote = {"how": "choice", "options": ["Yes", "No"]}
    await ask(board, "Is it wicked?", first, write="off", vote=vote)
    await expect(bo.locator(".place")).to_have_count(2)
    await expect(bo.locator(".place").first).to_be_visible()
    await expect(oli.locator("#stage-ask")).to_contain_text("People vote now.")
    await expect(oli.locator(".place").first).to_be_hidden()


async def test_what_is_ones_own_stays_where_one_fetch_brings_it_with_a_new_phase(board: CanvasBoard) -> None:
    """Without a socket: what all of an audience may, and the move itself, do not undo what one person has."""
    board.pages.expect("Failed to load resource|Failed to fetch|WebSocket connection")
    await begin(board)
    talk = await ask(board, "Welcome", None, write="off")
    bo = await board.pages.open(**NARROW)
    cookie: Any = {"name": "tl_session", "value": board.tokens["Bo Hale"], "url": board.server.url}
    await bo.context.add_cookies([cookie])
    await bo.route_web_socket("**/live", lambda socket: socket.close())
    there = asyncio.Event()
    moved: list[bool] = []

    async def once(route: Any) -> None:
        """The answer that brings the phase is the last one, as it is for somebody who is paused."""
        await there.wait()
        if moved:
            await route.abort()
            return
        moved.append(True)
        answer = await route.fetch()
        words = (await answer.text()).replace('data-writes="yes"', 'data-writes="no"')
        await route.fulfill(response=answer, body=words)

    await bo.goto(f"{board.server.url}/boards/{board.id}/take-part")
    await bo.route("**/take-part", once)
    await expect(bo.locator("#prompt")).to_have_text("Welcome")
    phase = await ask(board, "What makes leaving so hard?", talk)
    note = {"do": "add_card", "id": new_id(), "kind": "note", "text": WORDS, "phase": phase}
    await board.act(note, "Bo Hale")
    there.set()
    await expect(bo.locator("#prompt")).to_have_text("What makes leaving so hard?", timeout=20_000)
    await expect(bo.locator("#own-notes")).to_contain_text(WORDS)
    await expect(bo.locator("#box")).to_be_hidden()


async def test_what_the_server_takes_while_the_page_is_loaded_anew_is_on_it(board: CanvasBoard) -> None:
    await begin(board)
    first = await ask(board, "What makes leaving so hard?", None, write="shared")
    note = await board.card("No ramp", name="Bo Hale", phase=first)
    vote = {"how": "dots", "dots": 3, "most": 2}
    await ask(board, "Which do we hold?", first, write="off", vote=vote, about=[first])
    bo = await take_part(board, "Bo Hale")
    drawn, taken = asyncio.Event(), asyncio.Event()
    bo.on("requestfinished", lambda request: taken.set() if request.url.endswith("/cast") else None)

    async def cast_later(route: Any) -> None:
        await drawn.wait()
        await route.continue_()

    async def page_later(route: Any) -> None:
        page = await route.fetch()
        drawn.set()
        await taken.wait()
        await route.fulfill(response=page)

    # Chromium takes a page that is answered here for one from elsewhere, which may open no socket to us.
    await bo.context.grant_permissions(["local-network-access"])
    await bo.route("**/cast", cast_later)
    await bo.locator(f"[data-thing='{note}'] .place").click()
    await expect(bo.locator(".left")).to_contain_text("2 of your 3 dots")
    await bo.route("**/take-part", page_later, times=1)
    await bo.reload()

    await expect(bo.locator(".left")).to_contain_text("2 of your 3 dots")
