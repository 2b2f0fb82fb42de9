"""No typed word is without a place: the board is archived, the card removed, the page closed meanwhile."""

import pytest
from playwright.async_api import Locator, Page, expect

from app.db import new_id
from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, open_panel, served

__all__ = ["board", "served"]

WRITER = ".writer textarea"
TYPED = "Words that nobody else has"


async def test_words_in_a_card_whose_board_is_archived_stay_and_go_under_not_saved(
    board: CanvasBoard,
) -> None:
    await board.card("A card")
    bo = await board.at("Bo Hale")
    await _edit(bo, "A card")
    await board.archive()
    await expect(bo.locator(".writer .stranded")).to_contain_text("archived")
    await bo.keyboard.type(f". {TYPED}")
    await expect(bo.locator("#saved")).to_contain_text("Saved, 1 item not saved")
    await expect(bo.locator(WRITER)).to_have_value(f"A card. {TYPED}")
    await expect(bo.locator(WRITER)).to_be_focused()
    await bo.keyboard.press("Escape")

    await _is_not_saved(bo, f"A card. {TYPED}", "archived")
    await bo.reload()
    await _is_not_saved(bo, f"A card. {TYPED}", "archived")


async def test_words_typed_just_before_the_board_is_archived_are_not_said_to_be_saved(
    board: CanvasBoard,
) -> None:
    bo = await board.at("Bo Hale")
    await _begin(bo)
    board.pages.expect("ERR_INTERNET_DISCONNECTED")  # a font may still be on its way
    await bo.context.set_offline(True)
    await bo.keyboard.type(TYPED)
    await board.archive()
    await bo.context.set_offline(False)
    await bo.keyboard.press("Escape")

    await expect(bo.locator("#saved")).to_contain_text("1 item not saved", timeout=20_000)
    await _is_not_saved(bo, TYPED, "archived")


async def test_the_words_of_a_stranded_box_can_be_copied_and_are_sent_when_it_is_possible_again(
    board: CanvasBoard,
) -> None:
    card = await board.card("A card")
    bo = await board.at("Bo Hale")
    await bo.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await _edit(bo, "A card")
    await board.archive()
    await expect(bo.locator(".writer .stranded")).to_be_visible()
    await bo.keyboard.type(f". {TYPED}")
    await bo.locator(".writer .stranded").get_by_role("button", name="Copy").click()
    await expect(bo.locator(".writer .stranded button")).to_have_text("Copied")
    assert await bo.evaluate("navigator.clipboard.readText()") == f"A card. {TYPED}"
    await expect(bo.locator(WRITER)).to_be_focused()
    await board.steward(f"/boards/{board.id}/restore")
    await expect(bo.locator(".writer .stranded")).to_be_empty()
    await bo.keyboard.press("Escape")

    ana = await board.at("Ana Okafor")
    await expect(ana.locator(f"#card-{card}")).to_contain_text(f"A card. {TYPED}")
    await expect(bo.locator("#saved > span")).to_have_text("Saved")


async def test_words_tried_again_join_what_others_have_written_since(board: CanvasBoard) -> None:
    card = await board.card("Beds are short. Nobody knows why.")
    bo = await board.at("Bo Hale")
    await _edit(bo, "Beds are short")
    board.pages.expect("ERR_INTERNET_DISCONNECTED")
    await bo.context.set_offline(True)
    await bo.keyboard.type(" We should ask.")
    await board.archive()
    await bo.context.set_offline(False)
    await bo.keyboard.press("Escape")
    await expect(bo.locator("#saved")).to_contain_text("1 item not saved", timeout=20_000)
    await board.steward(f"/boards/{board.id}/restore")
    await board.act({"do": "edit_card", "id": card, "text": "Hospital beds are short. Nobody knows why."})
    await expect(card_of(bo, "Hospital beds")).to_be_visible()
    await bo.locator("#saved button").click()
    await bo.get_by_role("button", name="Try again").click()

    await expect(card_of(bo, "Hospital beds are short. Nobody knows why. We should ask.")).to_be_visible()
    await is_saved(bo)


async def test_a_role_lowered_mid_sentence_costs_no_word(board: CanvasBoard) -> None:
    bo = await board.at("Bo Hale")
    await _begin(bo)
    await board.steward(f"/spaces/{board.space}/people/{board.people['Bo Hale']}/role", role="observer")
    await expect(bo.locator(".writer .stranded")).to_contain_text("read this board now")
    await bo.keyboard.type(TYPED)
    await bo.keyboard.press("Escape")

    await _is_not_saved(bo, TYPED, "read this board now")


@pytest.mark.parametrize("path", ["/spaces/{space}/people/{bo}/remove", "/sign-out"])
async def test_who_is_taken_out_or_signed_out_keeps_their_words_where_they_typed_them(
    board: CanvasBoard, path: str
) -> None:
    bo = await board.at("Bo Hale")
    await _begin(bo)
    if path == "/sign-out":
        client = await board._client("Bo Hale")
        await client.post(path, data={"_csrf_token": client.cookies["tl_csrf"]})
    else:
        await board.steward(path.format(space=board.space, bo=board.people["Bo Hale"]))
    await expect(bo.locator(".writer .stranded")).to_be_visible()
    await bo.keyboard.type(TYPED)
    await expect(bo.locator(WRITER)).to_have_value(TYPED)
    await bo.keyboard.press("Escape")

    await expect(bo.locator("#saved")).to_contain_text("1 item not saved")
    await _is_not_saved(bo, TYPED, "You ")


async def test_words_of_somebody_who_was_taken_out_are_theirs_to_copy_and_are_never_sent(
    board: CanvasBoard,
) -> None:
    board.pages.expect("404")
    bo = await board.at("Bo Hale")
    await _begin(bo)
    await board.steward(f"/spaces/{board.space}/people/{board.people['Bo Hale']}/remove")
    await expect(bo.locator(".writer .stranded")).to_be_visible()
    await bo.keyboard.type(TYPED)
    await bo.keyboard.press("Escape")
    await expect(bo.locator("#saved")).to_contain_text("1 item not saved")
    for path in (f"/boards/{board.id}", f"/boards/{board.id}/outline", "/"):
        await bo.goto(board.server.url + path)
        row = bo.locator("[data-not-saved] li")
        await expect(row.locator(".words")).to_have_text(TYPED)
        await expect(row.get_by_role("button", name="Copy")).to_be_visible()
    cleo = {"name": "tl_session", "value": board.tokens["Cleo Marsh"], "url": board.server.url}
    bos = {"name": "tl_session", "value": board.tokens["Bo Hale"], "url": board.server.url}
    await bo.context.add_cookies([cleo])  # type: ignore[list-item]
    await bo.goto(board.url)
    await is_saved(bo)
    await expect(bo.locator("#saved > span")).to_have_text("Saved")
    await bo.goto(board.server.url)
    await expect(bo.locator("[data-not-saved]")).to_be_hidden()
    assert TYPED not in str(
        await board.act({"do": "add_card", "id": new_id(), "kind": "note", "text": "Else"})
    )
    await bo.context.add_cookies([bos])  # type: ignore[list-item]
    await bo.goto(board.server.url)
    await bo.locator("[data-not-saved] li").get_by_role("button", name="Discard").click()
    await expect(bo.locator("[data-not-saved]")).to_have_count(0)
    await bo.reload()

    await expect(bo.locator("[data-not-saved]")).to_be_hidden()


async def test_a_comment_on_a_card_that_somebody_removes_stays_and_goes_under_not_saved(
    board: CanvasBoard,
) -> None:
    card = await board.card("A card to talk about")
    bo = await board.at("Bo Hale")
    comment = await _comment_on(bo, card)
    await comment.press_sequentially(TYPED)
    await board.act({"do": "remove_card", "id": card}, "Cleo Marsh")
    await expect(bo.locator(".board-panel .stranded:not(:empty)")).to_contain_text(
        "The card is no longer on the board."
    )
    await comment.press_sequentially(", and more")
    await expect(comment).to_have_value(f"{TYPED}, and more")
    await expect(comment).to_be_focused()
    await expect(bo.locator("#saved")).to_contain_text("1 item not saved")
    await bo.get_by_role("button", name="Close the panel").click()

    await _is_not_saved(bo, f"{TYPED}, and more", "no longer on the board")
    await bo.get_by_role("button", name="Try again").click()
    await expect(card_of(bo, TYPED)).to_be_visible()


async def test_a_comment_begun_on_another_card_goes_under_not_saved_when_its_card_is_removed(
    board: CanvasBoard,
) -> None:
    card, other = await board.card("A card to talk about"), await board.card("Another", x=400)
    bo = await board.at("Bo Hale")
    await (await _comment_on(bo, card)).press_sequentially(TYPED)
    await bo.locator(f"#card-{other} .card-face").click()
    await board.act({"do": "remove_card", "id": card}, "Cleo Marsh")

    await _is_not_saved(bo, TYPED, "no longer on the board")
    await bo.keyboard.press("Escape")
    await board.act({"do": "restore_card", "id": card}, "Cleo Marsh")
    await expect(await _comment_on(bo, card)).to_have_value(TYPED)
    await expect(bo.locator("#saved > span")).to_have_text("Saved")


async def test_the_title_of_a_section_that_somebody_removes_stays_in_its_box(board: CanvasBoard) -> None:
    section = await board.section("A title", x=40, y=40, w=400, h=300)
    bo = await board.at("Bo Hale")
    await open_panel(bo, bo.locator(f"#section-{section} .frame-pick"))
    title = bo.get_by_role("textbox", name="Title")
    await title.focus()
    await board.act({"do": "remove_section", "id": section}, "Cleo Marsh")
    await expect(bo.locator(".board-panel .stranded:not(:empty)")).to_contain_text("no longer on the board")
    await title.press_sequentially(TYPED)
    await expect(title).to_be_focused()
    await bo.get_by_role("button", name="Close the panel").click()

    await _is_not_saved(bo, f"A title{TYPED}", "no longer on the board")


async def test_a_new_card_whose_section_is_removed_before_its_first_word_keeps_its_words(
    board: CanvasBoard,
) -> None:
    section = await board.section("A title", x=40, y=40, w=400, h=300)
    bo = await board.at("Bo Hale")
    await bo.locator(f"#section-{section} .frame-pick").first.click()
    await _begin(bo)
    await board.act({"do": "remove_section", "id": section}, "Cleo Marsh")
    await expect(bo.locator(".writer .stranded")).to_contain_text("The section is no longer on the board.")
    await bo.keyboard.type(TYPED)
    await bo.keyboard.press("Escape")
    await _is_not_saved(bo, TYPED, "The section is no longer on the board.")
    await bo.get_by_role("button", name="Try again").click()

    await expect(card_of(bo, TYPED)).to_be_visible()
    await is_saved(bo)


@pytest.mark.parametrize("draft", [False, True])
async def test_what_is_typed_just_before_a_reload_is_there_after_it(board: CanvasBoard, draft: bool) -> None:
    bo = await board.at("Bo Hale")
    if draft:
        await bo.get_by_role("button", name="Draft").click()
    await _begin(bo)
    await bo.keyboard.insert_text(TYPED)
    await bo.reload()

    await expect(card_of(bo, TYPED)).to_have_count(1)
    await is_saved(bo)
    await bo.reload()
    await expect(card_of(bo, TYPED)).to_have_count(1)


async def test_what_is_typed_just_before_the_tab_is_closed_is_there_in_the_next(board: CanvasBoard) -> None:
    card = await board.card("A card")
    bo = await board.at("Bo Hale")
    await _edit(bo, "A card")
    await bo.keyboard.insert_text(f". {TYPED}")
    other = await bo.context.new_page()
    await bo.close(run_before_unload=True)
    await other.goto(board.url)

    await expect(card_of(other, TYPED)).to_have_count(1)
    await is_saved(other)
    assert (await board.fields(card))["text"] == f"A card. {TYPED}"


async def test_words_that_the_browsers_store_never_took_are_there_after_a_reload_once(
    board: CanvasBoard,
) -> None:
    bo = await board.at("Bo Hale")
    await _begin(bo)
    await bo.evaluate(_STORE_THAT_HANGS)
    await bo.keyboard.insert_text(TYPED)
    await bo.reload()

    await expect(card_of(bo, TYPED)).to_have_count(1)
    await is_saved(bo)
    cleo = await board.at("Cleo Marsh")
    await expect(card_of(cleo, TYPED)).to_have_count(1)
    left = "Object.keys(localStorage).filter((name) => name.startsWith('throughline unstored'))"
    assert await bo.evaluate(left) == []


async def test_a_comment_that_was_not_added_is_under_not_saved_after_a_reload(board: CanvasBoard) -> None:
    card = await board.card("A card to talk about")
    bo = await board.at("Bo Hale")
    await (await _comment_on(bo, card)).press_sequentially(TYPED)
    await bo.reload()
    await _is_not_saved(bo, TYPED, "You had not sent this yet.")
    await bo.get_by_role("button", name="Try again").click()
    await is_saved(bo)

    await open_panel(bo, bo.locator(f"#card-{card} .card-face"))
    await expect(bo.locator(".board-panel .thread p")).to_have_text(TYPED)
    await expect(bo.locator("#saved > span")).to_have_text("Saved")


async def test_words_of_one_person_are_not_shown_to_the_next_in_the_same_browser(board: CanvasBoard) -> None:
    bo = await board.at("Bo Hale")
    card = await board.card("A card to talk about")
    await (await _comment_on(bo, card)).press_sequentially(TYPED)
    await bo.context.add_cookies(
        [{"name": "tl_session", "value": board.tokens["Cleo Marsh"], "url": board.server.url}]
    )
    await bo.goto(board.url)
    await is_saved(bo)

    await expect(bo.locator("#saved > span")).to_have_text("Saved")


async def _edit(page: Page, text: str) -> None:
    """Begin to write at the end of a card."""
    await card_of(page, text).locator(".card-face").dblclick()
    await expect(page.locator(WRITER)).to_be_focused()


async def _begin(page: Page) -> None:
    """Begin a new note."""
    await page.locator("#canvas").focus()
    await page.keyboard.press("n")
    await expect(page.locator(WRITER)).to_be_focused()


async def _comment_on(page: Page, card: str) -> Locator:
    await open_panel(page, page.locator(f"#card-{card} .card-face"))
    box = page.get_by_label("Add a comment")
    await box.focus()
    return box


async def _is_not_saved(page: Page, words: str, reason: str) -> None:
    """The dialog holds the words, once, with the reason. It stays open."""
    await page.get_by_role("button", name="Not saved, 1 item").click()
    row = page.get_by_role("dialog").locator("li")
    await expect(row.locator(".words")).to_have_text(words)
    await expect(row).to_contain_text(reason)
    if await row.get_by_role("button", name="Try again").count() == 0:
        await expect(row.get_by_role("button", name="Copy")).to_be_visible()


# As when the page is gone before IndexedDB has answered.
_STORE_THAT_HANGS = "() => { throughline.context.outbox.store.saveQueue = () => new Promise(() => {}) }"
