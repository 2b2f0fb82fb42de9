"""Two phones in a workshop: from a private question to the totals, and what a lost line leaves alone."""

import asyncio
from typing import Any

from playwright.async_api import Page, Route, expect

from app.db import new_id
from tests.browser.canvas_board import CanvasBoard, board, served
from tests.support.browser import PHONE, axe, screenshot

__all__ = ["board", "served"]
NARROW: dict[str, Any] = {**PHONE, "viewport": {"width": 320, "height": 640}}
WEIGHT = """performance.getEntries().filter((one) => one.transferSize && !one.name.endsWith("woff2"))
  .reduce((sum, one) => sum + one.transferSize, 0)"""
PROMPTS = """window.prompts = []; new MutationObserver(() => {
  prompts.push(document.getElementById("prompt")?.textContent)
}).observe(document.body, { subtree: true, childList: true })"""
CANARY = "Nine days in a bed by the lift"


async def take_part(board: CanvasBoard, name: str, **look: Any) -> Page:
    page = await board.pages.open(**(look or PHONE))
    cookie = {"name": "tl_session", "value": board.tokens[name], "url": board.server.url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]
    await page.goto(f"{board.server.url}/boards/{board.id}/take-part")
    await expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    return page


async def begin(board: CanvasBoard) -> None:
    purpose = "So that people are home, or where they want to be, when they are ready."
    await board.act({"do": "open_stage", "id": new_id(), "purpose": purpose})


async def ask(board: CanvasBoard, prompt: str, before: str | None, **given: Any) -> str:
    id = new_id()
    await board.act({"do": "open_phase", "id": id, "from": before, "prompt": prompt, **given})
    return id


async def is_sound(pages: list[Page], name: str) -> None:
    """Nothing is wider than the phone, and axe finds nothing."""
    for page in pages:
        width = (page.viewport_size or {"width": 0})["width"]
        await screenshot(page, f"phone-{name}-{width}")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"
        found = await axe(page)
        assert found == [], f"{name} at {width}: {found}"


async def write(page: Page, words: str) -> None:
    await page.fill("#box", words)
    await page.click(".add")
    await expect(page.locator("#own-notes")).to_contain_text(words)
    await expect(page.locator("#saved")).to_have_attribute("data-state", "saved")


async def place(page: Page, thing: str, left: str) -> None:
    await page.locator(f"[data-thing='{thing}'] .place").click()
    await expect(page.locator(".left")).to_contain_text(left)
    await expect(page.locator("#saved")).to_have_attribute("data-state", "saved")


async def at_the_doors(phone: Page) -> None:
    """Both forms are sent without leaving the page; what cannot be sent stays in its field."""
    await phone.fill("#people", "3")
    await phone.locator("[value=people]").click()
    await expect(phone.get_by_text("Counted.")).to_be_visible()
    await phone.fill("#need", "A seat near the door")
    await phone.locator("[value=need]").click()
    await expect(phone.get_by_text("Only the facilitators of this workshop read it.")).to_be_visible()
    await phone.fill("#people", "300")
    await phone.locator("[value=people]").click()
    await expect(phone.get_by_text("Give a number from 1 to 30")).to_be_visible()
    await expect(phone.locator("#people")).to_have_value("300")


async def test_two_phones_from_a_private_question_to_what_all_can_read(board: CanvasBoard) -> None:
    await begin(board)
    bo = await take_part(board, "Bo Hale")
    cleo = await take_part(board, "Cleo Marsh", **NARROW)
    frames: list[str] = []
    cleo.on("websocket", lambda line: line.on("framereceived", lambda sent: frames.append(str(sent))))
    await cleo.reload()
    board.pages.expect("status of 422")
    await at_the_doors(bo)
    await is_sound([bo, cleo], "doors")
    assert await bo.evaluate(WEIGHT) < 60_000

    first = await ask(board, "What makes leaving so hard?", None, minutes=5)
    await expect(bo.locator("#phone-doors #need")).to_be_hidden()
    await write(bo, CANARY)
    await write(cleo, "Nobody knows who decides")
    await expect(bo.locator(".clock")).to_contain_text("4:")
    await bo.click("text=I have finished")
    await expect(bo.locator(".finish button")).to_have_attribute("aria-pressed", "true")
    await bo.fill("#box", "Half a thought")
    await is_sound([bo, cleo], "write")
    assert CANARY not in await cleo.content()
    assert CANARY not in "".join(frames)

    await board.act({"do": "reveal", "id": first})
    await expect(cleo.locator(".theme")).to_contain_text(CANARY)
    await expect(cleo.locator(".theme .mine")).to_have_count(1)
    await expect(cleo.locator(".theme .mine")).to_contain_text("Nobody knows who decides")
    await expect(bo.locator("#box")).to_have_value("Half a thought")
    await expect(bo.locator("#box")).to_be_focused()
    await is_sound([bo, cleo], "read")


async def test_an_answer_of_the_question_before_is_not_put_over_the_one_that_came_meanwhile(
    board: CanvasBoard,
) -> None:
    await begin(board)
    bo = await take_part(board, "Bo Hale")
    held, let_go = asyncio.Event(), asyncio.Event()

    async def hold_the_first(route: Route) -> None:
        if held.is_set():
            return await route.continue_()
        answer = await route.fetch()
        held.set()
        await let_go.wait()
        return await route.fulfill(response=answer)

    await bo.route("**/take-part", hold_the_first)
    first = await ask(board, "What makes leaving so hard?", None)
    await held.wait()
    await ask(board, "What would help?", first)
    await expect(bo.locator("#prompt")).to_contain_text("What would help?")
    await bo.evaluate(PROMPTS)
    async with bo.expect_response("**/take-part") as answered:
        let_go.set()
    await (await answered.value).finished()
    await bo.evaluate("new Promise((done) => setTimeout(done))")
    await expect(bo.locator("#box")).to_be_visible()

    assert "What makes leaving so hard?" not in await bo.evaluate("prompts")


async def test_two_phones_vote_and_see_what_it_came_to(board: CanvasBoard) -> None:
    await begin(board)
    first = await ask(board, "What makes leaving so hard?", None, write="shared")
    notes = [await board.card(words, name="Bo Hale", phase=first) for words in ("Nine days", "No ramp")]
    theme = new_id()
    await board.act({"do": "add_theme", "id": theme, "title": "Whose journey", "cards": notes[:1]})
    bo = await take_part(board, "Bo Hale")
    cleo = await take_part(board, "Cleo Marsh", **NARROW)
    await expect(cleo.locator(".theme h2").first).to_contain_text("Whose journey")
    await bo.fill("#box", "Half a thought")
    vote = {"how": "dots", "dots": 3, "most": 2}
    second = await ask(board, "Which do we hold?", first, write="off", vote=vote, about=[first])
    await expect(bo.locator(".kept-words")).to_contain_text("Half a thought")

    await place(bo, theme, "2 of your 3 dots")
    await place(cleo, theme, "2 of your 3 dots")
    await place(cleo, theme, "1 of your 3 dots")
    await expect(cleo.locator(f"[data-thing='{theme}'] .place")).to_be_hidden()
    await cleo.locator(f"[data-thing='{theme}'] .take-back").click()
    await expect(cleo.locator(".left")).to_contain_text("2 of your 3 dots")
    await place(cleo, notes[1], "1 of your 3 dots")
    await is_sound([bo, cleo], "vote")
    await cleo.reload()
    await expect(cleo.locator(".left")).to_contain_text("1 of your 3 dots")

    await board.act({"do": "close_vote", "id": second})
    await board.act({"do": "hold", "id": second, "thing": theme})
    await expect(bo.locator(".results li b")).to_have_text(["2", "1"])
    await expect(cleo.locator(".panel.held")).to_contain_text("Whose journey")
    await is_sound([bo, cleo], "result")


async def test_W4_a_lost_line_keeps_words_and_dots_and_says_who_is_away(board: CanvasBoard) -> None:
    board.pages.expect("ERR_INTERNET_DISCONNECTED|WebSocket")
    await begin(board)
    first = await ask(board, "What makes leaving so hard?", None)
    bo = await take_part(board, "Bo Hale")
    await bo.context.set_offline(True)
    await bo.fill("#box", CANARY)
    await bo.click(".add")

    await expect(bo.locator("#own-notes")).to_contain_text("Kept on this phone")
    await expect(bo.locator("#saved")).to_contain_text(
        "This phone has no network. 1 thing kept on this phone."
    )
    await screenshot(bo, "phone-offline-390")
    await bo.fill("#box", "And half a thought")
    await ask(board, "What would help?", first)
    await bo.context.set_offline(False)
    await expect(bo.locator("#prompt")).to_have_text("What would help?")
    await expect(bo.locator("#saved")).to_have_attribute("data-state", "saved")
    await expect(bo.locator(".kept-words")).to_contain_text("And half a thought")
    await screenshot(bo, "phone-kept-390")
    await bo.reload()
    await bo.click("text=Send it")
    await expect(bo.locator(".kept-words")).to_have_count(0)
    await expect(bo.locator("#saved")).to_have_attribute("data-state", "saved")
    await board.act({"do": "reveal", "id": first})
    await board.act({"do": "reopen_phase", "id": first, "from": await now_of(board)})
    await expect(bo.locator(".theme")).to_contain_text(CANARY)
    await expect(bo.locator(".theme")).to_contain_text("And half a thought")


async def now_of(board: CanvasBoard) -> str:
    answer = await board.api["Ana Okafor"].get(f"/boards/{board.id}/changes?client=reader&from=0")
    return str(next(item["fields"]["now"] for item in answer.json()["puts"] if item["item"] == "stage"))
