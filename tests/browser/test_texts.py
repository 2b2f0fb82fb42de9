"""What people paste and the scripts they write in, as a person sees it: nothing is lost without a word."""

from playwright.async_api import Locator, Page, expect

from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, open_panel, served
from tests.support.browser import axe

__all__ = ["board", "served"]

ARABIC = "المرضى ينتظرون أيامًا."
SENTENCE = "Somebody waits for a bed and nobody knows whose turn it is. "


async def paste(page: Page, text: str) -> None:
    """By the clipboard and the key, as a person does."""
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.evaluate("text => navigator.clipboard.writeText(text)", text)
    await page.keyboard.press("Control+v")


async def copied(page: Page) -> str:
    return str(await page.evaluate("navigator.clipboard.readText()"))


async def direction(element: Locator) -> str:
    return str(await element.evaluate("element => getComputedStyle(element).direction"))


async def test_more_than_fits_is_told_and_can_be_split_into_cards_and_undone_at_once(
    board: CanvasBoard,
) -> None:
    section = await board.section("Where it begins", x=0, y=40, w=900, h=500)
    first = await board.card("Begun", section=section)
    last = await board.card("The last one", section=section)
    ana = await board.at("Ana Okafor")
    text = SENTENCE * 150
    await ana.locator(f"#card-{first} .card-face").focus()
    await ana.keyboard.press("Enter")
    await ana.keyboard.press("Control+a")

    await paste(ana, text)
    box = ana.locator(".writer textarea")
    kept = await box.input_value()
    bar = ana.locator(".note-bar", has_text="did not fit")

    assert 3900 < len(kept) <= 4000
    assert text.startswith(kept)
    assert kept.endswith(". ")
    await expect(bar).to_contain_text(f"{len(text) - len(kept):,} characters did not fit.")

    await bar.get_by_role("button", name="Split into cards").click()
    cards = ana.locator(f"#section-{section} .card")
    await expect(cards).to_have_count(4)
    await is_saved(ana)
    words = [(await board.fields(str(id)))["text"] for id in await _ids(cards)]

    assert (await _ids(cards))[-1] == last
    assert " ".join(one.strip() for one in words[:3]) == text.strip()
    await ana.locator("#canvas").focus()
    await ana.keyboard.press("Control+z")
    await expect(cards).to_have_count(2)
    await expect(card_of(ana, "nobody knows whose turn")).to_have_count(1)


async def _ids(cards: Locator) -> list[str]:
    found: list[str] = await cards.evaluate_all("all => all.map(card => card.dataset.id)")
    return found


async def test_more_than_fits_that_is_dropped_into_a_card_is_told_and_can_be_split(
    board: CanvasBoard,
) -> None:
    await board.card("Begun", x=40, y=60)
    ana = await board.at("Ana Okafor")
    text = SENTENCE * 100
    await card_of(ana, "Begun").locator(".card-face").dblclick()
    box = ana.locator(".writer textarea")
    await _drop(ana, box, text)
    kept = await box.input_value()
    bar = ana.locator(".note-bar", has_text="did not fit")

    await expect(bar).to_contain_text(f"{len(text) - len(kept) + len('Begun'):,} characters did not fit.")
    assert 3900 < len(kept) <= 4000
    await bar.get_by_role("button", name="Split into cards").click()
    await expect(ana.locator(".card")).to_have_count(2)


async def _drop(page: Page, box: Locator, text: str) -> None:
    """By the mouse, as a person does who drags text from another window."""
    place = await box.bounding_box()
    assert place
    session = await page.context.new_cdp_session(page)
    data = {"items": [{"mimeType": "text/plain", "data": text}], "dragOperationsMask": 1}
    at = {"x": place["x"] + place["width"] / 2, "y": place["y"] + place["height"] / 2, "data": data}
    for step in ("dragEnter", "dragOver", "drop"):
        await session.send("Input.dispatchDragEvent", {"type": step, **at})


async def test_the_rest_of_what_is_pasted_into_a_comment_can_be_copied(board: CanvasBoard) -> None:
    card = await board.card("A card")
    ana = await board.at("Ana Okafor")
    await open_panel(ana, ana.locator(f"#card-{card}"))
    await ana.get_by_label("Add a comment").focus()

    await paste(ana, "a" * 4000 + "b" * 2001)
    bar = ana.locator(".note-bar", has_text="2,001 characters did not fit.")
    await expect(bar.get_by_role("button", name="Split into cards")).to_have_count(0)
    await bar.get_by_role("button", name="Copy the rest").click()

    await expect(ana.get_by_label("Add a comment")).to_have_value("a" * 4000)
    assert await copied(ana) == "b" * 2001


async def test_a_sign_from_a_pdf_is_left_out_and_said_and_later_words_are_saved(board: CanvasBoard) -> None:
    ana = await board.at("Ana Okafor")
    await ana.locator("#canvas").focus()
    await ana.keyboard.press("n")

    await paste(ana, "From a\x02 pdf")
    await ana.keyboard.type(", and more")
    await expect(ana.locator(".note-bar")).to_contain_text("Characters that cannot be stored were left out.")
    await expect(ana.locator(".writer textarea")).to_have_value("From a pdf, and more")
    await ana.keyboard.press("Escape")
    await is_saved(ana)
    (id,) = await _ids(card_of(ana, "From a pdf"))

    assert (await board.fields(id))["text"] == "From a pdf, and more"
    await expect(ana.locator(".writer .beside")).to_have_count(0)


async def test_a_card_in_arabic_stands_on_the_right_on_canvas_outline_and_in_its_boxes(
    board: CanvasBoard,
) -> None:
    section = await board.section("ما الصعب؟", x=0, y=40, w=900, h=500)
    card = await board.card(ARABIC, section=section)
    await board.act({"do": "add_comment", "id": section[:-4] + "abcd", "card": card, "text": ARABIC})
    ana = await board.at("Ana Okafor")
    shown = ana.locator(f"#card-{card}")
    await open_panel(ana, shown)
    await expect(ana.locator(".thread li p")).to_have_text(ARABIC)

    assert await direction(shown.locator(".card-text")) == "rtl"
    assert await direction(ana.locator(f"#section-{section} .frame-pick")) == "rtl"
    assert await direction(ana.locator(".thread li p")) == "rtl"
    assert await direction(ana.get_by_label("Words")) == "rtl"
    assert await direction(ana.locator("#title")) == "ltr"
    await shown.locator(".card-face").focus()
    await ana.keyboard.press("Enter")
    assert await direction(ana.locator(".writer textarea")) == "rtl"
    await ana.keyboard.press("Escape")

    await ana.goto(board.url.replace("?view=canvas", "/outline"))
    assert await direction(ana.locator(f"#text-of-{card}")) == "rtl"
    assert await direction(ana.locator(f"#title-{section}")) == "rtl"
    await ana.locator(f"#edit-{card}").click()
    assert await direction(ana.locator(f"#edit-text-{card}")) == "rtl"
    assert not await axe(ana)


async def test_more_than_fits_is_told_on_the_outline_and_the_rest_can_be_copied(board: CanvasBoard) -> None:
    card = await board.card("A card")
    ana = await board.at("Ana Okafor")
    await ana.goto(board.url.replace("?view=canvas", "/outline"))
    await ana.locator(f"#comment-{card}").click()
    box = ana.locator(f"#comment-text-{card}")
    await box.focus()

    await paste(ana, "a" * 6000)
    note = ana.locator(f"#comment-text-{card} + .pasted")

    await expect(box).to_have_value("a" * 4000)
    await expect(note).to_contain_text("2,000 characters did not fit.")
    await note.get_by_role("button", name="Copy the rest").click()
    await expect(note).to_contain_text("Copied")
    assert await copied(ana) == "a" * 2000
