"""`python -m app reset-link`: an operator gives somebody whom no mail reaches a way to a new password."""

import re

from tests.commands.command import run
from tests.spaces.house import house


async def test_an_operators_link_sets_a_password_and_its_owner_is_told(database_url: str) -> None:
    async with house(database_url) as home:
        bo = await home.person("Bo", "bo@example.org")
        done = await run(database_url, 8000, "reset-link", "BO@example.org")
        unknown = await run(database_url, 8000, "reset-link", "nobody@example.org")
        link = re.search(r"/reset/[\w-]+", done.out)
        assert link, done.err
        browser = home.stranger()
        await browser.post(link[0], password="a new long password")

        told = await browser.get("/me")

        assert bo.id
        assert "by a link that an operator of this server created" in told.text
        assert unknown.code == 1
        assert "Nobody here has an account with this address." in unknown.err
