"""Every deed on the outline: a link opens a form, a button sends it. With JavaScript and without."""

from playwright.async_api import Locator, Page, expect

from tests.browser.ways.scene import Scene, any_of


async def add_card(page: Page, scene: Scene) -> None:
    await page.fill(f"#text-{scene.begins}", "New words")
    await page.get_by_role("button", name="Add to Begins here").click()


async def edit_card(page: Page, scene: Scene) -> None:
    await page.click(f"#edit-{scene.first}")
    await page.get_by_label("Words on the card").fill("The first, changed")
    await _send(page, "Save")


async def move_card(page: Page, scene: Scene) -> None:
    await page.click(f"#move-{scene.first}")
    await page.get_by_label("Move to").select_option(label="Goes on here")
    await _send(page, "Move")


async def publish_card(page: Page, scene: Scene) -> None:
    await page.get_by_role("button", name="Publish").click()


async def remove_card(page: Page, scene: Scene) -> None:
    card = await _more(page, scene.third)
    await card.get_by_role("button", name="Remove", exact=True).click()


async def restore(page: Page, scene: Scene) -> None:
    """For items of every sort."""
    await page.get_by_role("link", name="Removed items").click()
    await page.get_by_role("button", name="Restore").click()


async def duplicate_card(page: Page, scene: Scene) -> None:
    card = await _more(page, scene.first)
    await card.get_by_role("button", name="Duplicate").click()


async def add_section(page: Page, scene: Scene) -> None:
    await page.click("#add-section")
    await page.get_by_label("Title").fill("Ways home")
    await _send(page, "Add section")


async def edit_section(page: Page, scene: Scene) -> None:
    await page.get_by_role("link", name="Edit the section Begins here").click()
    await page.get_by_label("Title").fill("Begins here, changed")
    await _send(page, "Save")


async def move_section(page: Page, scene: Scene) -> None:
    await page.get_by_role("link", name="Edit the section Begins here").click()
    await page.get_by_label("Position").select_option(label="After: Goes on here")
    await _send(page, "Move section")


async def remove_section(page: Page, scene: Scene) -> None:
    await page.get_by_role("link", name="Edit the section Begins here").click()
    await _send(page, "Remove section")


async def lock_section(page: Page, scene: Scene) -> None:
    await page.get_by_role("link", name="Edit the section Begins here").click()
    await _send(page, "Lock this section")


async def add_link(page: Page, scene: Scene) -> None:
    await _links(page, scene.third)
    await page.get_by_label("This card", exact=True).select_option(label="tests")
    await page.get_by_label("Card", exact=True).select_option(label="The second")
    await _send(page, "Add link")


async def edit_link(page: Page, scene: Scene) -> None:
    await _links(page, scene.first)
    await page.get_by_label("What the link says").select_option(label="Tests")
    await _send(page, "Save the link to The second")


async def remove_link(page: Page, scene: Scene) -> None:
    await _links(page, scene.first)
    await _send(page, "Remove the link to The second")


async def add_comment(page: Page, scene: Scene) -> None:
    await page.click(f"#comment-{scene.first}")
    await page.get_by_label("Your comment").fill("A remark")
    await _send(page, "Add comment")


async def edit_comment(page: Page, scene: Scene) -> None:
    await _thread(page, scene)
    await page.get_by_role("link", name="Edit comment").click()
    await page.get_by_label("Your comment").fill("Is it so, changed")
    await _send(page, "Save")


async def remove_comment(page: Page, scene: Scene) -> None:
    await _thread(page, scene)
    await page.get_by_role("button", name="Remove comment").click()


async def undo(page: Page, scene: Scene) -> None:
    await add_card(page, scene)
    await scene.sees(lambda now, _: any_of(now, "card", text="New words"), "what is taken back next")
    await expect(page.locator(f"#cards-{scene.begins}")).to_contain_text("New words")
    await page.click("#tool-undo")


async def _send(page: Page, button: str) -> None:
    await page.get_by_role("button", name=button, exact=True).click()


async def _more(page: Page, card: str) -> Locator:
    await page.click(f"#more-{card} summary")
    return page.locator(f"#card-{card}")


async def _links(page: Page, card: str) -> None:
    await _more(page, card)
    await page.click(f"#link-{card}")


async def _thread(page: Page, scene: Scene) -> None:
    await page.click(f"#thread-{scene.first} summary")
