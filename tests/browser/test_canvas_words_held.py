"""No typed word is without a place: locked meanwhile, moved by others, on a phone, or in a batch."""

import pytest
from playwright.async_api import Page, expect

from app.db import new_id
from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, open_panel, served
from tests.support.browser import PHONE

__all__ = ["board", "served"]

WRITER = ".writer textarea"
TYPED = "Words that nobody else has"
# As the page makes it of pasted rows, and then one of the new cards is edited.
BATCH = """() => {
  const texts = ["The first row", "The second row"]
  const parts = texts.map((text) => ({ do: "add_card", id: crypto.randomUUID(), kind: "note", text }))
  const { outbox } = throughline.context
  outbox.add([{ op: { do: "batch", parts } }], "Added 2 cards")
  const edit = { do: "edit_card", id: parts[0].id, text: "The first row, longer" }
  outbox.add([{ op: edit, base: 0, read: { text: texts[0] } }], "Changed the words of a card")
}"""

ON_TOP = """(selector) => {
  const element = document.querySelector(selector)
  const { x, y, width, height } = element.getBoundingClientRect()
  const at = (share) => document.elementFromPoint(x + width / 2, y + height * share)
  return [0.1, 0.5, 0.9].every((share) => at(share) === element)
}"""


@pytest.mark.parametrize("whole", [False, True])
async def test_c3_words_about_a_section_that_is_locked_meanwhile_stay_and_go_under_not_saved(
    board: CanvasBoard, whole: bool
) -> None:
    section = await board.section("A title", x=40, y=40, w=400, h=300)
    await board.steward(f"/boards/{board.id}/set-up/members")
    bo = await board.at("Bo Hale")
    await open_panel(bo, bo.locator(f"#section-{section} .frame-pick"))
    prompt = bo.get_by_role("textbox", name="What is asked here")
    await prompt.focus()
    if whole:
        await board.steward(f"/boards/{board.id}/set-up", locked="yes")
    else:
        await board.act({"do": "lock_section", "id": section, "locked": True})
    await expect(bo.locator(".board-panel .stranded:not(:empty)")).to_contain_text("locked now")
    await prompt.press_sequentially(TYPED)
    await expect(prompt).to_have_value(TYPED)
    await expect(bo.locator("#saved")).to_contain_text("1 item not saved")
    await bo.get_by_role("button", name="Close the panel").click()
    await expect(bo.locator("#saved")).to_contain_text("1 item not saved")
    await open_panel(bo, bo.locator(f"#section-{section} .frame-pick"))
    await expect(prompt).to_be_disabled()
    await board.steward(f"/boards/{board.id}/set-up")
    if not whole:
        await board.act({"do": "lock_section", "id": section, "locked": False})
    await expect(prompt).to_be_enabled()
    await bo.locator("#saved button").click()
    await bo.get_by_role("button", name="Try again").click()

    await is_saved(bo)
    await expect(bo.locator("#saved > span")).to_have_text("Saved")
    assert (await board.fields(section))["prompt"] == TYPED


async def test_k1_the_box_stays_where_it_is_on_the_screen_when_cards_before_it_grow(
    board: CanvasBoard,
) -> None:
    section = await board.section("A grid", x=40, y=40, w=400, h=300)
    cards = [await board.card(f"Card {i}", section=section) for i in range(6)]
    bo = await board.at("Bo Hale")
    await card_of(bo, "Card 5").locator(".card-face").dblclick()
    await bo.keyboard.press("Home")
    await bo.keyboard.type("abc ")
    before = await bo.locator(".writer").bounding_box()
    await board.act({"do": "edit_card", "id": cards[0], "text": "A long card. " * 60})
    await expect(card_of(bo, "A long card.")).to_have_count(1)
    await bo.keyboard.type("def ")
    await board.act({"do": "edit_section", "id": section, "layout": "free"})
    await bo.wait_for_function("(id) => throughline.context.get(id).fields.layout === 'free'", arg=section)
    await bo.keyboard.type("ghi ")
    after = await bo.locator(".writer").bounding_box()
    await bo.keyboard.press("Escape")

    assert before
    assert after
    assert abs(before["x"] - after["x"]) < 1
    assert abs(before["y"] - after["y"]) < 1
    await is_saved(bo)
    assert (await board.fields(cards[5]))["text"] == "abc def ghi Card 5"


async def test_what_is_typed_in_the_sheet_of_a_phone_survives_a_reload(board: CanvasBoard) -> None:
    bo = await _in_the_sheet(board)
    await bo.reload()

    await expect(card_of(bo, TYPED)).to_have_count(1)
    await is_saved(bo)


@pytest.mark.parametrize("how", ["archived", "out of the space"])
async def test_what_is_typed_in_the_sheet_of_a_phone_stays_with_the_reason(
    board: CanvasBoard, how: str
) -> None:
    section = await board.section("A title", x=0, y=0, w=340, h=300)
    bo = await _in_the_sheet(board, section)
    await expect(bo.locator("#selection-bar")).to_be_hidden()
    if how == "archived":
        await board.archive()
    else:
        await board.steward(f"/spaces/{board.space}/people/{board.people['Bo Hale']}/remove")
    note = bo.locator(".writer .stranded")
    await expect(note.get_by_role("button", name="Copy")).to_be_in_viewport(ratio=1)
    await bo.keyboard.insert_text(", and more")
    await expect(bo.locator(WRITER)).to_have_value(f"{TYPED}, and more")
    await bo.get_by_role("button", name="Done").click()

    await expect(bo.locator("#saved")).to_contain_text("1 item not saved")


@pytest.mark.parametrize("how", ["archived", "removed"])
async def test_the_reason_below_a_box_in_the_panel_of_a_phone_is_covered_by_nothing(
    board: CanvasBoard, how: str
) -> None:
    card = await board.card("A card to talk about", x=40, y=40)
    bo = await board.at("Bo Hale", **PHONE)
    await bo.locator(f"#card-{card} .card-face").tap()
    await bo.keyboard.press("Alt+Enter")
    await bo.get_by_label("Add a comment").focus()
    await bo.keyboard.insert_text(TYPED)
    if how == "archived":
        await board.archive()
    else:
        await board.act({"do": "remove_card", "id": card}, "Cleo Marsh")
    await expect(bo.locator("#notes .warn")).to_be_visible()
    await expect(bo.locator(".board-panel .stranded p")).to_be_in_viewport(ratio=1)

    for part in (".board-panel .stranded p", ".board-panel textarea:focus"):
        assert await bo.evaluate(ON_TOP, part), part


async def test_c3_each_card_of_a_batch_that_is_refused_keeps_its_words(board: CanvasBoard) -> None:
    bo = await board.at("Bo Hale")
    board.pages.expect("ERR_INTERNET_DISCONNECTED")
    await bo.context.set_offline(True)
    await bo.evaluate(BATCH)
    await board.archive()
    await bo.context.set_offline(False)
    await expect(bo.locator("#saved")).to_contain_text("2 items not saved", timeout=20_000)
    await bo.locator("#saved button").click()
    rows = bo.get_by_role("dialog").locator("li .words")
    assert set(await rows.all_inner_texts()) == {"The first row, longer", "The second row"}
    await board.steward(f"/boards/{board.id}/restore")
    await bo.wait_for_function("() => throughline.context.may('add_card')")
    for _ in range(2):
        await bo.get_by_role("button", name="Try again").first.click()

    await expect(card_of(bo, "The first row, longer")).to_have_count(1)
    await expect(card_of(bo, "The second row")).to_have_count(1)
    await is_saved(bo)


@pytest.mark.parametrize("how", ["archived", "removed"])
async def test_a_comment_whose_panel_was_closed_goes_under_not_saved_all_the_same(
    board: CanvasBoard, how: str
) -> None:
    card = await board.card("A card to talk about")
    bo = await board.at("Bo Hale")
    await open_panel(bo, bo.locator(f"#card-{card} .card-face"))
    await bo.get_by_label("Add a comment").press_sequentially(TYPED)
    await bo.get_by_role("button", name="Close the panel").click()
    if how == "archived":
        await board.archive()
    else:
        await board.act({"do": "remove_card", "id": card}, "Cleo Marsh")

    await expect(bo.locator("#saved")).to_contain_text("1 item not saved")


async def test_a_copy_of_a_card_that_somebody_writes_in_takes_nothing_from_it(board: CanvasBoard) -> None:
    card, copy = await board.card("A card"), new_id()
    bo = await board.at("Bo Hale")
    await card_of(bo, "A card").locator(".card-face").dblclick()
    await bo.keyboard.type(" and")
    await board.act({"do": "duplicate_card", "id": copy, "card": card}, "Cleo Marsh")
    await bo.wait_for_function("(id) => throughline.context.get(id)", arg=copy)
    await bo.keyboard.type(" more words")
    await bo.keyboard.press("Escape")
    await is_saved(bo)

    assert (await board.fields(card))["text"] == "A card and more words"
    assert (await board.fields(copy))["text"] in ("A card", "A card and")


async def _in_the_sheet(board: CanvasBoard, section: str = "") -> Page:
    """Bo, on a phone, writing a new note, which goes into a section if one is given."""
    bo = await board.at("Bo Hale", **PHONE)
    if section:
        await bo.locator(f"#section-{section} .frame-pick").first.click()
    await bo.locator("#board-toolbar [data-kind=note]").click()
    await expect(bo.locator(WRITER)).to_be_focused()
    await bo.keyboard.insert_text(TYPED)
    return bo
