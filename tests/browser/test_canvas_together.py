"""Two people on one canvas in real Chromium: what one does the other has, and nobody's words are lost."""

import pytest
from playwright.async_api import Page, expect

from app.db import new_id
from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, open_panel, served, write_new

__all__ = ["board", "served"]


async def test_what_one_writes_the_other_reads_with_the_name_of_the_organisation(board: CanvasBoard) -> None:
    ana, cleo = await board.at("Ana Okafor"), await board.at("Cleo Marsh")
    await write_new(ana, "Nobody owns the whole journey")

    await expect(card_of(cleo, "Nobody owns the whole journey")).to_contain_text("Northfield Trust")
    await is_saved(ana)


async def test_a_card_dropped_into_a_section_lies_there_for_everyone(board: CanvasBoard) -> None:
    section = await board.section("What must be true?", x=400, y=40, w=400, h=300)
    await board.card("Families hear too late", x=20, y=60)
    ana, cleo = await board.at("Ana Okafor"), await board.at("Cleo Marsh")
    await _drag(ana, card_of(ana, "Families hear too late"), 430, 60)

    home = cleo.locator(f"#section-{section}")
    await expect(home.locator(".card")).to_contain_text("Families hear too late")
    await is_saved(ana)


async def test_a_drag_is_one_deed_and_undo_takes_it_back(board: CanvasBoard) -> None:
    card = await board.card("A card to move", x=20, y=60)
    ana = await board.at("Ana Okafor")
    before = await _style(ana, card)
    await _drag(ana, card_of(ana, "A card to move"), 200, 120)
    await is_saved(ana)
    moved = await _style(ana, card)
    await ana.get_by_role("button", name="Undo").first.click()
    await expect(ana.locator(f"#card-{card}")).to_have_attribute("style", before)

    assert moved != before
    assert (await board.act({"do": "edit_card", "id": card, "text": "A card moved back"}))["to"] == 4


async def test_cursors_bear_the_name_and_go_when_their_person_does(board: CanvasBoard) -> None:
    await board.card("Something to point at")
    ana, cleo = await board.at("Ana Okafor"), await board.at("Cleo Marsh")
    await cleo.mouse.move(500, 400)
    await cleo.mouse.move(520, 420)
    await expect(ana.locator(".cursor")).to_have_text("Cleo Marsh")
    await expect(ana.locator("#avatars")).to_contain_text("Cleo Marsh, Vale Hospice")
    await cleo.close()

    await expect(ana.locator(".cursor")).to_have_count(0)


async def test_a_section_and_a_comment_that_somebody_else_has_open_are_sent_every_half_second(
    board: CanvasBoard,
) -> None:
    section = await board.section("What must be true?", x=400, y=40, w=400, h=300)
    card, comment = await board.card("A card to talk about", x=20, y=60), new_id()
    await board.act({"do": "add_comment", "id": comment, "card": card, "text": "We see this too."})
    ana, cleo = await board.at("Ana Okafor"), await board.at("Cleo Marsh")
    shared = "id => throughline.context.isShared(id)"
    await cleo.locator(f"#section-{section} .frame-pick").first.click()
    await ana.wait_for_function(shared, arg=section)
    assert not await ana.evaluate(shared, comment)
    await cleo.locator(f"#card-{card} .card-face").click()
    await ana.wait_for_function(shared, arg=comment)

    assert not await ana.evaluate(shared, section)


async def test_the_first_words_after_a_new_section_are_its_title(board: CanvasBoard) -> None:
    ana = await board.at("Ana Okafor")
    await ana.get_by_role("button", name="Section").first.click()
    await ana.keyboard.type("What helps")
    await expect(ana.get_by_role("textbox", name="Title")).to_have_value("What helps")
    await is_saved(ana)

    cleo = await board.at("Cleo Marsh")
    await expect(cleo.get_by_role("heading", name="What helps")).to_be_visible()


async def test_two_people_changing_different_words_of_one_card_both_keep_theirs(board: CanvasBoard) -> None:
    await board.card("People wait long for transport home")
    ana, cleo = await board.at("Ana Okafor"), await board.at("Cleo Marsh")
    await _open(ana, "People wait")
    await _open(cleo, "People wait")
    await ana.keyboard.press("Control+Home")
    await ana.keyboard.insert_text("Older ")
    await cleo.keyboard.press("Control+End")
    await cleo.keyboard.insert_text(" on Fridays")
    for page in (ana, cleo):
        await is_saved(page)
        await page.keyboard.press("Escape")

    for page in (ana, cleo):
        await expect(card_of(page, "wait")).to_contain_text(
            "Older People wait long for transport home on Fridays"
        )


async def test_T2_that_words_were_joined_is_to_be_seen_in_the_box_and_on_the_card(board: CanvasBoard) -> None:
    card = await board.card("People wait for transport")
    ana = await board.at("Ana Okafor")
    await _open(ana, "People wait")
    await ana.keyboard.press("Control+End")
    board.pages.expect("ERR_INTERNET_DISCONNECTED")  # a font may still be on its way
    await ana.context.set_offline(True)  # so that hers come second
    await ana.keyboard.insert_text(" home")
    await board.act({"do": "edit_card", "id": card, "text": "Older people wait for transport"}, "Cleo Marsh")
    await ana.context.set_offline(False)
    await expect(ana.locator(".writer .joined")).to_have_text("Joined with Cleo Marsh's words")
    await ana.keyboard.press("Escape")

    note = "Joined with Cleo Marsh's words"
    await expect(ana.locator(f"#card-{card}")).to_have_attribute("data-joined", note)
    await ana.keyboard.press("Alt+Enter")
    await expect(ana.locator(".board-panel .joined")).to_have_text(note)
    await expect(card_of(ana, "Older people wait for transport home")).to_be_visible()


async def test_T3_others_words_in_the_line_that_somebody_writes_in_are_shown_next_to_it(
    board: CanvasBoard,
) -> None:
    card = await board.card("The first words")
    ana = await board.at("Ana Okafor")
    await _open(ana, "The first words")
    await board.act({"do": "edit_card", "id": card, "text": "Quite other words"}, "Cleo Marsh")
    await expect(ana.locator(".writer .beside")).to_contain_text("Quite other words")

    assert await ana.locator(".writer textarea").input_value() == "The first words"


async def test_T3_others_lines_come_into_the_box_and_undo_takes_back_only_ones_own(
    board: CanvasBoard,
) -> None:
    card = await board.card("One\nTwo\nThree")
    ana, cleo = await board.at("Ana Okafor"), await board.at("Cleo Marsh")
    await _open(ana, "Two")
    await _open(cleo, "Two")
    await ana.keyboard.press("Control+Home")
    await ana.keyboard.press("ArrowDown")
    await ana.keyboard.press("End")
    await ana.keyboard.type(" and mine")
    await cleo.keyboard.press("Control+Home")
    await cleo.keyboard.type("Above all ")
    await cleo.keyboard.press("Control+End")
    await cleo.keyboard.type(" and a half")
    box = ana.locator(".writer textarea")
    await expect(box).to_have_value("Above all One\nTwo and mine\nThree and a half")
    await expect(cleo.locator(".writer textarea")).to_have_value(await box.input_value())
    await ana.keyboard.press("Control+z")
    await ana.keyboard.type(" not")
    await ana.keyboard.press("Escape")
    await cleo.keyboard.press("Escape")
    await is_saved(ana)
    await is_saved(cleo)

    assert (await board.fields(card))["text"] == "Above all One\nTwo and not\nThree and a half"


async def test_T3_the_caret_stays_on_the_screen_while_lines_come_in_above_it(board: CanvasBoard) -> None:
    card = await board.card("First line\nLast line", x=40, y=60)
    ana = await board.at("Ana Okafor")
    await card_of(ana, "First line").locator(".card-face").dblclick()
    box = ana.locator(".writer textarea")
    caret = """box => box.getBoundingClientRect().top - box.scrollTop
      + box.value.slice(0, box.selectionStart).split("\\n").length
      * parseFloat(getComputedStyle(box).lineHeight) * throughline.renderer.viewport.k"""
    before = await box.evaluate(caret)
    news = "News one\nNews two\nNews three\n"
    await board.act({"do": "edit_card", "id": card, "text": f"{news}First line\nLast line"}, "Cleo Marsh")
    await expect(box).to_have_value(f"{news}First line\nLast line")
    await ana.evaluate("new Promise(requestAnimationFrame)")  # the board moves with its next picture

    assert abs(await box.evaluate(caret) - before) < 3


async def test_T3_in_the_panel_too_caret_and_scroll_stay_while_lines_come_in(board: CanvasBoard) -> None:
    lines = [f"line {number}" for number in range(20)]
    card = await board.card("\n".join(lines))
    ana = await board.at("Ana Okafor")
    await open_panel(ana, card_of(ana, "line 0").locator(".card-face"))
    box = ana.get_by_label("Words")
    await box.evaluate(
        "box => { box.style.fieldSizing = 'fixed'; box.focus(); box.setSelectionRange(80, 80) }"
    )
    await box.evaluate("box => { box.scrollTop = 90 }")
    await board.act({"do": "edit_card", "id": card, "text": "\n".join(["new", *lines, "last"])}, "Cleo Marsh")
    await expect(box).to_have_value("\n".join(["new", *lines, "last"]))

    caret, scrolled, line = await box.evaluate(
        "box => [box.selectionStart, box.scrollTop, parseFloat(getComputedStyle(box).lineHeight)]"
    )
    assert caret == 84
    assert scrolled == pytest.approx(90 + line, abs=2)


async def test_T2_one_person_on_two_devices_loses_nothing(board: CanvasBoard) -> None:
    card = await board.card("What we know")
    desk, phone = await board.at("Ana Okafor"), await board.at("Ana Okafor")
    await _open(desk, "What we know")
    await _open(phone, "What we know")
    for page in (desk, phone):
        await page.keyboard.press("Control+End")
    for number in range(6):
        await desk.keyboard.type(f" desk{number}", delay=30)
        await phone.keyboard.type(f" phone{number}", delay=30)
    for page in (desk, phone):
        await page.keyboard.press("Escape")
        await is_saved(page)

    words = (await board.fields(card))["text"].split()
    assert sorted(words) == sorted(
        ["What", "we", "know", *(f"{where}{number}" for where in ("desk", "phone") for number in range(6))]
    )


async def test_the_same_words_changed_by_two_are_kept_and_both_people_are_told(
    board: CanvasBoard,
) -> None:
    await board.card("Beds are full")
    ana, cleo = await board.at("Ana Okafor"), await board.at("Cleo Marsh")
    await _open(ana, "Beds are full")
    await _open(cleo, "Beds are full")
    await ana.keyboard.press("Control+a")
    await cleo.keyboard.press("Control+a")
    await ana.keyboard.insert_text("Wards wait for beds")
    await cleo.keyboard.insert_text("Homes wait for people")
    for page in (ana, cleo):
        await is_saved(page)
        await page.keyboard.press("Escape")
        await expect(page.locator("#notes")).to_contain_text("Both are kept")
    await cleo.get_by_role("button", name="Compare").click()
    await expect(cleo.get_by_role("dialog")).to_contain_text("Wards wait for beds")
    await cleo.get_by_role("button", name="Keep both").click()

    for words in ("Wards wait for beds", "Homes wait for people"):
        await expect(ana.locator(".card")).to_contain_text(words)


async def test_a_choice_between_two_versions_keeps_what_was_written_since(board: CanvasBoard) -> None:
    card = await board.card("Beds are full")
    ana, cleo = await board.at("Ana Okafor"), await board.at("Cleo Marsh")
    await _open(ana, "Beds are full")
    await _open(cleo, "Beds are full")
    await ana.keyboard.press("Control+a")
    await cleo.keyboard.press("Control+a")
    await ana.keyboard.insert_text("Wards wait for beds")
    await cleo.keyboard.insert_text("Homes wait for people")
    for page in (ana, cleo):
        await is_saved(page)
        await page.keyboard.press("Escape")
        await expect(page.locator("#notes")).to_contain_text("Both are kept")
    stands = (await board.fields(card))["text"]
    await cleo.get_by_role("button", name="Compare").click()
    await board.act({"do": "edit_card", "id": card, "text": f"{stands}\nAnd since then?"})
    await cleo.get_by_role("button", name="Keep both").click()

    words = ("Wards wait for beds", "Homes wait for people", "And since then?")
    for each in words:
        await expect(ana.locator(".card")).to_contain_text(each)
    await is_saved(cleo)
    assert sorted((await board.fields(card))["text"].split("\n")) == sorted(words)


async def test_words_for_a_card_that_somebody_removed_come_back_as_not_saved(board: CanvasBoard) -> None:
    card = await board.card("Soon to be gone")
    ana = await board.at("Ana Okafor")
    await _open(ana, "Soon to be gone")
    await ana.keyboard.press("Control+End")
    await ana.keyboard.insert_text(" but with dear words")
    await board.act({"do": "remove_card", "id": card}, "Cleo Marsh")
    await ana.keyboard.insert_text(" in it")
    await ana.keyboard.press("Escape")
    await ana.get_by_role("button", name="Not saved, 1 item").click()
    await expect(ana.get_by_role("dialog")).to_contain_text("Soon to be gone but with dear words in it")
    await ana.get_by_role("button", name="Try again").click()

    await expect(card_of(ana, "dear words in it")).to_be_visible()
    await expect(ana.get_by_role("button", name="Not saved, 1 item")).to_be_hidden()


async def test_a_draft_is_seen_by_its_author_alone_until_it_is_published(board: CanvasBoard) -> None:
    ana, cleo = await board.at("Ana Okafor"), await board.at("Cleo Marsh")
    await ana.get_by_role("button", name="Draft").click()
    await write_new(ana, "Not yet for others")
    await expect(card_of(ana, "Not yet for others")).to_contain_text("Only you see this")
    await is_saved(ana)
    await board.card("Seen by all")
    await expect(card_of(cleo, "Seen by all")).to_be_visible()
    assert await card_of(cleo, "Not yet for others").count() == 0
    await ana.get_by_role("button", name="Publish").click()

    await expect(card_of(cleo, "Not yet for others")).to_be_visible()


async def test_text_is_text_wherever_it_shows(board: CanvasBoard) -> None:
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>{{7*7}}'
    section = await board.section(hostile, prompt=hostile)
    card = await board.card(hostile, section=section)
    await board.act(
        {"do": "add_comment", "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "card": card, "text": hostile}
    )
    ana = await board.at("Ana Okafor")
    await open_panel(ana, ana.locator(f"#card-{card} .card-face"))

    await expect(ana.locator(f"#card-{card} .card-text")).to_have_text(hostile)
    await expect(ana.locator(".board-panel .thread p")).to_have_text(hostile)
    assert await ana.locator("main img, main script:not([type])").count() == 0
    assert await ana.title() == "Leaving hospital well, Winter Together"


async def _open(page: Page, text: str) -> None:
    """Begin to write in the card itself."""
    await card_of(page, text).locator(".card-face").dblclick()
    await expect(page.locator(".writer textarea")).to_be_focused()


async def _drag(page: Page, card: object, x: float, y: float) -> None:
    """By the pointer, to `x` and `y` pixels further on the screen."""
    box = await card.locator(".card-face").bounding_box()  # type: ignore[attr-defined]
    start = (box["x"] + 30, box["y"] + 14)
    await page.mouse.move(*start)
    await page.mouse.down()
    await page.mouse.move(start[0] + x / 2, start[1] + y / 2, steps=4)
    await page.mouse.move(start[0] + x, start[1] + y, steps=4)
    await page.mouse.up()


async def _style(page: Page, card: str) -> str:
    return str(await page.locator(f"#card-{card}").get_attribute("style"))


async def test_the_box_over_a_card_says_who_else_writes_in_it_and_nothing_peeks_out_below(
    board: CanvasBoard,
) -> None:
    card = await board.card("Beds are full", x=0, y=40)
    ana, cleo = await board.at("Ana Okafor"), await board.at("Cleo Marsh")
    for page in (ana, cleo):
        await page.locator(f"#card-{card}").click()
        await page.keyboard.press("Enter")
        await page.keyboard.press("End")
    await cleo.keyboard.type(" again")

    await expect(ana.locator(".writer .writing-too")).to_have_text("Cleo Marsh is writing here too")
    await expect(ana.locator(f"#card-{card} .card-who")).to_be_hidden()
    await cleo.keyboard.press("Escape")
    await expect(ana.locator(".writer .writing-too")).to_be_hidden()
