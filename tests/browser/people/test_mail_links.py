"""The pages behind mailed links, in each of their states: axe finds nothing at any width."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from app.access import Role
from app.db import Database, new_id, now
from app.people import actions as people
from app.people import one_time_links
from app.people.one_time_links import RESET, SIGN_IN, VERIFY, Purpose
from app.people.passwords import hash_password
from app.people.tokens import hashed
from app.spaces import actions, store
from app.spaces.joining import join
from app.spaces.joining import store as joining_store
from app.spaces.space import Invitation, InvitationKind, SpaceDraft, Standing
from tests.conftest import StartServer
from tests.support.browser import Pages, faultless

PASSWORD = "three plain words"
DRAFT = SpaceDraft("Winter Together", "So that people are home when they are ready.")
NOTHING = "This link does not work"


@dataclass
class Mailing:
    """A server that sends mail, with Ana, who leads a space of her trust; her address is not proved yet."""

    url: str
    pages: Pages
    db: Database
    ana: str
    space: str
    trust: str

    async def letter(self, purpose: Purpose) -> str:
        async with self.db.write() as tx:
            return await one_time_links.create_link(tx, self.ana, purpose)

    async def invitation(self, kind: InvitationKind = InvitationKind.PERSON, email: str = "") -> str:
        token, role, organisation, name = new_id(), Role.MEMBER, self.trust, "Northfield Trust"
        async with self.db.write() as tx:
            if kind is InvitationKind.ORGANISATION:
                role, name = Role.STEWARD, "Vale Hospice"
                organisation = await store.add_organisation(tx, name)
                await actions.seat_organisation(tx, self.space, organisation, Standing.PROPOSED, self.ana)
            email = email or f"{token}@example.org"
            until = now() + timedelta(days=1)
            one = Invitation(new_id(), self.space, organisation, name, role, email, kind, self.ana, until)
            await joining_store.add_invitation(tx, one, hashed(token), now())
        return f"/invitations/{token}"

    async def set(self, sql: str) -> None:
        async with self.db.write() as tx:
            await tx.exec_driver_sql(sql)


@pytest.fixture
async def mailing(start_server: StartServer, sqlite_url: str, pages: Pages) -> AsyncIterator[Mailing]:
    pages.expect("404|422")  # what opens nothing, and what was filled in wrongly, answer so
    db = Database(sqlite_url)
    async with db.write() as tx:
        password = await hash_password(PASSWORD)
        ana = await people.create_person(tx, "Ana Okafor", "ana@example.org", password)
        space = await actions.create_space(tx, ana, DRAFT, "Northfield Trust")
        trust = (await actions.organisations_of_space(tx, space))["Northfield Trust"]
    server = await start_server(sqlite_url, SMTP_URL="smtp://127.0.0.1:9", LIMITS="off")
    yield Mailing(server.url, pages, db, ana, space, trust)
    await db.close()


async def test_a_mailed_link_in_each_of_its_states(mailing: Mailing) -> None:
    page = await mailing.pages.open()
    sight = Sight(mailing, page)
    for purpose, title, wrong in [
        (VERIFY, "Is this your address?", "not this one at all"),
        (RESET, "Choose a new password", "short"),
        (SIGN_IN, "Sign in", ""),
    ]:
        await sight.of(path := await mailing.letter(purpose), title, f"{purpose.name}-good")
        if wrong:
            await _send(page, wrong)
            await sight.here(title, f"{purpose.name}-refused")
        await mailing.set("UPDATE letter SET expires_at = created_at")
        await sight.of(path, NOTHING, f"{purpose.name}-expired")
        await sight.of(f"{purpose.path}made-up", NOTHING, f"{purpose.name}-wrong")
        await page.goto(mailing.url + (path := await mailing.letter(purpose)))
        await _send(page, PASSWORD if wrong else "")
        await expect(page.get_by_role("heading", name="Your spaces")).to_be_visible()
        await sight.of(path, NOTHING, f"{purpose.name}-used")
        await page.context.clear_cookies()


async def test_asking_for_a_link_by_mail(mailing: Mailing) -> None:
    page = await mailing.pages.open()
    sight = Sight(mailing, page)
    for path, title in {"/forgot": "A new password", "/sign-in/by-mail": "Sign in by email"}.items():
        await sight.of(path, title, f"ask{path.replace('/', '-')}")
        await page.get_by_label("Email").fill("ana@example.org")
        await page.get_by_role("button", name="Send link").click()
        await sight.here("Check your email", f"asked{path.replace('/', '-')}")


async def test_an_invitation_in_each_of_its_states(mailing: Mailing) -> None:
    page = await mailing.pages.open()
    sight = Sight(mailing, page)
    await sight.of(
        await mailing.invitation(InvitationKind.ORGANISATION), DRAFT.name, "invitation-organisation"
    )
    await sight.of(path := await mailing.invitation(), DRAFT.name, "invitation-good")
    await page.evaluate("document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
    await page.get_by_role("button", name="Join").click()
    await sight.here(DRAFT.name, "invitation-refused")
    await page.goto(mailing.url + await mailing.invitation(email="ana@example.org"))
    await _accept(page)
    await sight.here(DRAFT.name, "invitation-known")
    await page.goto(mailing.url + path)
    await _accept(page)
    await expect(page.get_by_role("heading", name=DRAFT.name)).to_be_visible()
    await sight.of(path, "This link does not work", "invitation-used")
    await sight.of(path := await mailing.invitation(), DRAFT.name, "invitation-signed-in")
    await mailing.set("UPDATE invitation SET expires_at = invited_at")
    await sight.of(path, "This link does not work", "invitation-expired")
    await sight.of("/invitations/made-up", "This link does not work", "invitation-wrong")


async def test_a_guest_claims_what_they_wrote_in_each_state(mailing: Mailing) -> None:
    async with mailing.db.write() as tx:
        code = await join.add_code(tx, mailing.space, mailing.ana, now() + timedelta(days=1))
    page = await mailing.pages.open(f"{mailing.url}/join/{code.code}")
    await page.get_by_label("Your name").fill("Dee Lane")
    await page.get_by_label("Your organisation").fill("Riverside Pharmacy")
    await page.get_by_role("button", name="Join", exact=True).click()
    await expect(page.get_by_role("heading", name=DRAFT.name)).to_be_visible()
    sight = Sight(mailing, page)
    await sight.of(await mailing.invitation(), DRAFT.name, "invitation-guest")
    await sight.of("/me", "My page", "claim-good")
    for email, password, state in [
        ("dee@example.org", "short", "refused"),
        ("ana@example.org", PASSWORD, "known"),
        ("dee@example.org", PASSWORD, "done"),
    ]:
        await page.get_by_label("Email").fill(email)
        await page.get_by_label("Choose a password").fill(password)
        await page.get_by_role("button", name="Create account").click()
        await sight.here("My page", f"claim-{state}")

    await expect(
        page.get_by_text("You have not confirmed yet that dee@example.org is your address")
    ).to_be_visible()


@dataclass
class Sight:
    """Looks at a page: it says what it is, and has no fault at any width."""

    mailing: Mailing
    page: Page

    async def of(self, path: str, title: str, state: str) -> None:
        await self.page.goto(self.mailing.url + path)
        await self.here(title, state)

    async def here(self, title: str, state: str) -> None:
        await expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible()
        await faultless(self.page, f"mail-{state}")


async def _send(page: Page, password: str) -> None:
    if password:
        await page.get_by_label("assword").fill(password)
    await page.get_by_role("main").locator("button.primary").click()


async def _accept(page: Page) -> None:
    await page.get_by_label("Your name").fill("Bo Hale")
    await page.get_by_label("Choose a password").fill(PASSWORD)
    await page.get_by_role("button", name="Join").click()
