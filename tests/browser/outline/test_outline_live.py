"""Two people in the outline: changes arrive by themselves and disturb nobody."""

from playwright.async_api import Page, expect

from tests.browser.outline.conftest import Room
from tests.support.browser import hurry
from tests.support.until import until

STATE = """() => {
  const box = document.activeElement
  const scroll = Math.round(box.getBoundingClientRect().top)
  return { focus: box.id, at: box.selectionStart, words: box.value, scroll }
}"""


async def test_a_card_arrives_without_moving_focus_caret_words_or_scroll(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben", viewport={"width": 700, "height": 600})
    box = ben.locator(f"#text-{room.true}")
    await box.fill("Half a sentence")
    await box.press("ArrowLeft")
    before = await ben.evaluate(STATE)

    await ana.fill(f"#text-{room.hard}", "New from Ana")
    await ana.click(f"#add-{room.hard} .primary")
    await expect(ben.locator(f"#cards-{room.hard} .card")).to_have_count(3)
    after = await ben.evaluate(STATE)

    assert after == before
    await expect(ben.locator("#news-words")).to_have_text("1 new card")
    await expect(ben.locator("#say")).to_have_text("1 new card")


async def test_my_own_act_is_said_at_once_and_the_box_is_ready_for_the_next(room: Room) -> None:
    ana = await room.open("ana")

    await ana.fill(f"#text-{room.hard}", "One more")
    await ana.click(f"#add-{room.hard} .primary")

    await expect(ana.locator("#say")).to_have_text("Added to What makes this hard?, 3 of 3.")
    await expect(ana.locator(f"#text-{room.hard}")).to_be_focused()
    await expect(ana.locator(f"#text-{room.hard}")).to_have_value("")
    await expect(ana.locator("#news")).to_be_hidden()


async def test_words_written_on_a_card_that_somebody_removes_are_kept(room: Room) -> None:
    room.pages.expect("422")
    ana, ben = await room.open("ana"), await room.open("ben")
    await ben.click(f"#edit-{room.problem}")
    await ben.fill(f"#edit-text-{room.problem}", "My careful words")

    await ana.click(f"#more-{room.problem} summary")
    await ana.locator(f"#more-{room.problem}").get_by_role("button", name="Remove").click()
    await expect(ana.locator(f"#card-{room.dilemma}")).to_be_focused()
    await expect(ben.locator(f"#card-{room.problem}")).to_contain_text("no longer here")
    await expect(ben.locator(f"#edit-text-{room.problem}")).to_have_value("My careful words")
    await expect(ben.locator(f"#edit-text-{room.problem}")).to_be_focused()
    await ben.click(f"#slot-{room.problem} .primary")
    await expect(ben.locator("#kept-text")).to_have_value("My careful words")
    await ben.click("#kept .primary")

    await expect(
        ben.locator(f"#cards-{room.hard} .card:not(.gone)", has_text="My careful words")
    ).to_have_count(1)


async def test_two_who_change_the_same_words_see_both_texts(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    for page in (ana, ben):
        await page.click(f"#edit-{room.dilemma}")
    await ana.fill(f"#edit-text-{room.dilemma}", "Move people on slowly.")
    await ana.click(f"#slot-{room.dilemma} .primary")
    await expect(ana.locator(f"#text-of-{room.dilemma}")).to_have_text("Move people on slowly.")

    await ben.fill(f"#edit-text-{room.dilemma}", "Move people on gently.")
    await ben.click(f"#slot-{room.dilemma} .primary")

    clash = ben.locator(f"#slot-{room.dilemma} .clash")
    await expect(clash).to_contain_text("Ana changed the same words")
    await expect(clash).to_contain_text("Move people on slowly.")
    await clash.get_by_role("button", name="Keep both").click()
    await expect(ben.locator(f"#cards-{room.hard} .card")).to_have_count(3)
    await expect(ben.locator(f"#text-of-{room.dilemma}")).to_have_text("Move people on gently.")


async def follows(ana: Page, ben: Page, room: Room) -> None:
    """Return once Ana's page hears what Ben does: what comes before that is told to nobody later."""
    await ben.fill(f"#text-{room.true}", "Are you there?")
    await ben.click(f"#add-{room.true} .primary")
    await expect(ana.locator(f"#cards-{room.true} .card")).to_have_count(1)


async def test_T2_whose_words_were_written_over_hears_of_it_and_can_take_them_back(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    await follows(ana, ben, room)
    for page in (ana, ben):
        await page.click(f"#edit-{room.dilemma}")
    await ana.fill(f"#edit-text-{room.dilemma}", "Move people on slowly.")
    await ana.click(f"#slot-{room.dilemma} .primary")
    await expect(ana.locator(f"#slot-{room.dilemma}")).to_be_empty()
    box = ana.locator(f"#text-{room.true}")
    await box.fill("Half a sentence")

    await ben.fill(f"#edit-text-{room.dilemma}", "Move people on gently.")
    await ben.click(f"#slot-{room.dilemma} .primary")

    await expect(ana.locator("#say-now")).to_contain_text("Somebody else changed the same words")
    clash = ana.locator(f"#slot-{room.dilemma} .clash")
    await expect(clash).to_contain_text("Ben changed the same words as you")
    await expect(clash).to_contain_text("Move people on slowly.")
    await expect(box).to_be_focused()
    await expect(ana.locator(f"#text-of-{room.dilemma}")).to_have_text("Move people on gently.")
    await clash.get_by_role("button", name="Use mine").click()
    await expect(ben.locator(f"#text-of-{room.dilemma}")).to_have_text("Move people on slowly.")
    await expect(clash).to_have_count(0)


async def test_T2_a_section_whose_title_was_written_over_shows_both_titles(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    await follows(ana, ben, room)
    for page in (ana, ben):
        await page.click(f"#menu-{room.hard}")
    await ana.fill(f"#section-title-{room.hard}", "What makes this heavy?")
    await ana.click(f"#slot-{room.hard} .primary >> nth=0")
    await expect(ana.locator(f"#slot-{room.hard}")).to_be_empty()

    await ben.fill(f"#section-title-{room.hard}", "What makes this slow?")
    await ben.click(f"#slot-{room.hard} .primary >> nth=0")

    clash = ana.locator(f"#slot-{room.hard} .clash")
    await expect(clash).to_contain_text("What makes this heavy?")
    await clash.get_by_role("button", name="Use mine").click()
    await expect(ben.locator(f"#title-{room.hard}")).to_have_text("What makes this heavy?")


async def test_the_focus_goes_to_the_next_card_when_somebody_removes_the_one_it_was_on(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    await ben.focus(f"#edit-{room.problem}")

    await ana.click(f"#more-{room.problem} summary")
    await ana.locator(f"#more-{room.problem}").get_by_role("button", name="Remove").click()

    await expect(ben.locator(f"#card-{room.dilemma}")).to_be_focused()
    await expect(ben.locator("#say")).to_have_text("Somebody else removed the item you were on.")


async def test_a_move_needs_few_keys_whatever_the_distance(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    await ana.focus(f"#move-{room.problem}")

    await ana.keyboard.press("Enter")
    await expect(ana.locator(f"#move-section-{room.problem}")).to_be_focused()
    await ana.keyboard.press("ArrowDown")
    await ana.keyboard.press("Enter")  # on a closed choice this sends nothing; the button does
    await ana.click(f"#slot-{room.problem} .primary")

    await expect(ana.locator(f"#cards-{room.true} #card-{room.problem}")).to_be_focused()
    await expect(ana.locator("#say")).to_contain_text("to What must be true?, 1 of 1. You can undo this.")
    await expect(ben.locator(f"#cards-{room.true} #card-{room.problem}")).to_have_count(1)
    await expect(ben.locator("#news-words")).to_have_text("1 moved")


async def test_undo_takes_back_and_redo_does_again(room: Room) -> None:
    ana = await room.open("ana")
    await ana.click(f"#more-{room.problem} summary")
    await ana.locator(f"#more-{room.problem}").get_by_role("button", name="Remove").click()
    await expect(ana.locator(f"#card-{room.problem}")).to_have_count(0)

    await ana.click("#tool-undo")
    await expect(ana.locator(f"#card-{room.problem}")).to_have_count(1)
    await ana.click("#tool-redo")

    await expect(ana.locator(f"#card-{room.problem}")).to_have_count(0)
    await expect(ana.locator("#tool-redo")).to_be_disabled()


async def test_without_its_socket_the_outline_still_follows_and_saves(room: Room) -> None:
    room.pages.expect("WebSocket")
    ana = await room.open("ana")
    ben = await room.pages.open()
    await ben.clock.install()
    await ben.route_web_socket("**/live", lambda socket: socket.close())
    cookie = {"name": "tl_session", "value": room.tokens["ben"], "url": room.url}
    await ben.context.add_cookies([cookie])  # type: ignore[list-item]
    await ben.goto(room.outline)

    for page, words in ((ana, "Move people on gently."), (ben, "Move people on slowly.")):
        await page.click(f"#edit-{room.dilemma}")
        await page.fill(f"#edit-text-{room.dilemma}", words)
    await ben.click(f"#slot-{room.dilemma} .primary")
    await expect(ben.locator(f"#slot-{room.dilemma}")).to_be_empty()
    await ana.click(f"#slot-{room.dilemma} .primary")
    await expect(ana.locator(f"#slot-{room.dilemma} .clash")).to_be_visible()
    await ana.fill(f"#text-{room.true}", "Heard by asking")
    await ana.click(f"#add-{room.true} .primary")
    await expect(ana.locator(f"#cards-{room.true} .card")).to_have_count(1)
    await hurry(ben, 12)  # it asks every ten
    await expect(ben.locator(f"#cards-{room.true} .card")).to_have_count(1)
    await expect(ben.locator("#say-now")).to_contain_text("Somebody else changed the same words")
    await expect(ben.locator(f"#slot-{room.dilemma} .clash")).to_contain_text("Move people on slowly.")
    await ben.fill(f"#text-{room.true}", "Saved without a socket")
    await ben.click(f"#add-{room.true} .primary")

    await expect(ana.locator(f"#cards-{room.true} .card")).to_have_count(2)
    await expect(ben.locator("#saved")).to_have_text("Saved")


async def test_words_that_cannot_be_sent_stay_in_their_box_and_outlive_a_reload(room: Room) -> None:
    room.pages.expect("ERR_INTERNET_DISCONNECTED|htmx:error|Failed to fetch")
    ana = await room.open("ana")
    await ana.context.set_offline(True)

    await ana.fill(f"#text-{room.true}", "Written under the stairs")
    await ana.click(f"#add-{room.true} .primary")
    await expect(ana.locator("#saved")).to_have_text("Offline, trying, 1 item not saved")
    await expect(ana.locator("#say-now")).to_contain_text("Not saved")
    await expect(ana.locator(f"#text-{room.true}")).to_have_value("Written under the stairs")
    await ana.context.set_offline(False)
    await ana.reload()
    await expect(ana.locator(f"#text-{room.true}")).to_have_value("Written under the stairs")
    await ana.click(f"#add-{room.true} .primary")

    await expect(ana.locator(f"#cards-{room.true} .card")).to_have_count(1)
    await ana.reload()
    await expect(ana.locator(f"#text-{room.true}")).to_have_value("")


async def test_what_changed_is_a_list_with_links(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    for words in ("One", "Two"):
        await ana.fill(f"#text-{room.true}", words)
        await ana.click(f"#add-{room.true} .primary")
        await expect(ana.locator(f"#text-{room.true}")).to_have_value("")
    await expect(ben.locator("#news-words")).to_have_text("2 new cards")

    await ben.click("#news-show")
    await ben.get_by_role("link", name="New: Note: Two").click()

    await until(lambda: ben.evaluate("location.hash.startsWith('#card-')"))
    await expect(ben.locator("#news-list")).to_be_hidden()


async def test_hostile_words_reach_the_page_as_text(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    words = (
        '<img src=x onerror="document.title=1">'
        '<hx-partial hx-target="#parts" hx-swap="innerHTML">gone</hx-partial>'
        "<script>document.title=2</script>{{ 7*7 }}</template></body>"
    )

    await ana.fill(f"#text-{room.true}", words)
    await ana.click(f"#add-{room.true} .primary")
    for page in (ana, ben):
        await expect(page.locator(f"#cards-{room.true} .text")).to_have_text(words)

    assert (await ben.title()).startswith("Leaving well")
    assert await ben.locator(".card img").count() == 0


async def test_a_sign_in_that_ends_mid_sentence_loses_no_word(room: Room) -> None:
    room.pages.expect("401")
    ana = await room.open("ana")
    await ana.fill(f"#text-{room.true}", "Half a thought")
    await ana.context.clear_cookies(name="tl_session")

    await ana.click(f"#add-{room.true} .primary")
    await ana.wait_for_url(f"**/sign-in?next=/boards/{room.board}/outline")
    cookie = {"name": "tl_session", "value": room.tokens["ana"], "url": room.url}
    await ana.context.add_cookies([cookie])  # type: ignore[list-item]
    await ana.goto(room.outline)

    await expect(ana.locator(f"#text-{room.true}")).to_have_value("Half a thought")


async def test_the_page_of_a_portal_never_becomes_the_outline_and_nothing_is_missed(room: Room) -> None:
    page = "<!doctype html><title>Guest network</title><p>Accept the conditions."
    ben = await room.open("ben", hurried=True)
    await ben.route(
        "**/parts**", lambda route: route.fulfill(status=200, content_type="text/html", body=page)
    )
    async with room.hands() as ana:
        await ana("edit_section", id=room.hard, title="Renamed meanwhile")
    await hurry(ben, 2)  # it asks after one
    await expect(ben.locator("#saved")).to_have_text("Offline, trying")
    await expect(ben.locator(f"#title-{room.hard}")).to_have_text("What makes this hard?")
    await ben.unroute("**/parts**")
    await hurry(ben, 6)  # it asks again after five

    await expect(ben.locator(f"#title-{room.hard}")).to_have_text("Renamed meanwhile")
    await expect(ben.locator("#saved")).to_have_text("Saved")


async def test_a_line_that_may_be_dead_is_checked_when_the_page_wakes(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    await ana.fill(f"#text-{room.hard}", "Shows that the line is open")
    await ana.click(f"#add-{room.hard} .primary")
    await expect(ben.locator(f"#cards-{room.hard} .card")).to_have_count(3)
    wake = "window.dispatchEvent(new Event('offline')); document.getElementById('saved').textContent"
    said = await ben.evaluate(wake)

    assert said == "Checking"
    await expect(ben.locator("#saved")).to_have_text("Saved")
