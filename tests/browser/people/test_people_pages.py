"""People's pages in Chromium: coming in, my page and going, without faults of access in any state."""

from playwright.async_api import Page

from tests.support.browser import Pages, axe, faultless
from tests.support.server import Server

PASSWORD = "three plain words"


async def sign_up(page: Page, server: Server, email: str = "ana@example.org") -> None:
    await page.goto(f"{server.url}/sign-up")
    await page.get_by_label("Your name").fill("Ana")
    await page.get_by_label("Email").fill(email)
    await page.get_by_label("Choose a password").fill(PASSWORD)
    await page.get_by_role("button", name="Create account").click()
    await page.get_by_role("heading", name="Your spaces").wait_for()


async def test_coming_in_and_going_without_javascript(pages: Pages, server: Server) -> None:
    page = await pages.open(java_script_enabled=False)
    await sign_up(page, server)

    await page.locator(".bar-person > summary").click()
    await page.get_by_role("button", name="Sign out", exact=True).click()
    await page.get_by_role("link", name="Sign in").first.click()
    await page.get_by_label("Email").fill("ana@example.org")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()
    await page.locator(".bar-person > summary").click()
    await page.get_by_role("link", name="My page").click()
    await page.get_by_label("Your name").fill("Ana Brook")
    await page.get_by_role("button", name="Change name").click()

    await page.get_by_text("Your name has been changed.").wait_for()
    assert await page.get_by_label("Your name").input_value() == "Ana Brook"


async def test_no_page_about_people_has_faults_of_access(pages: Pages, server: Server) -> None:
    page = await pages.open()
    paths = ["/", "/sign-in", "/sign-up", "/forgot", "/help", "/privacy", "/accessibility", "/outbox"]
    for path in paths:
        await page.goto(server.url + path)
        await faultless(page, f"people{path.replace('/', '-')}")
    await sign_up(page, server)
    for path in ("/", "/me", "/me/erase"):
        await page.goto(server.url + path)
        await faultless(page, f"people{path.replace('/', '-')}")


async def test_a_mistake_takes_one_to_the_list_of_what_to_mend(pages: Pages, server: Server) -> None:
    pages.expect("422")
    page = await pages.open(f"{server.url}/sign-in")
    await page.get_by_label("Email").fill("ana@example.org")
    await page.get_by_label("Password").fill("not this one")
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()
    await page.get_by_role("heading", name="Please check this").wait_for()

    await page.get_by_role("link", name="is not right").click()

    assert await page.get_by_label("Email").evaluate("field => field === document.activeElement")
    assert await page.get_by_label("Email").input_value() == "ana@example.org"
    assert await page.get_by_label("Password").input_value() == ""
    assert await axe(page) == []
