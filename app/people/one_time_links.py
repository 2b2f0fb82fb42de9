"""Links that let somebody in: sent to an address, or handed over by a steward. Each works once."""

from datetime import timedelta
from typing import Any

from msgspec import Struct

from app.config import Config
from app.db import Tx, now
from app.people import store
from app.people.mail import outbox, texts
from app.people.tokens import hashed, new_token


class Purpose(Struct, frozen=True):
    """What a link is for: its word in the database, where it leads, how long it works."""

    word: str
    path: str
    lasts: timedelta


RESET = Purpose("reset", "/reset/", timedelta(hours=24))
SIGN_IN = Purpose("sign_in", "/sign-in/link/", timedelta(minutes=15))
VERIFY = Purpose("verify", "/verify/", timedelta(hours=24))


async def create_link(tx: Tx, person_id: str, purpose: Purpose) -> str:
    """The path of a new link, kept nowhere. Earlier ones for the same purpose no longer work."""
    token, at = new_token(), now()
    await store.void_links(tx, person_id, purpose.word, at)
    await store.add_link(
        tx,
        {
            "token_sha256": hashed(token),
            "person_id": person_id,
            "purpose": purpose.word,
            "created_at": at,
            "expires_at": at + purpose.lasts,
        },
    )
    return purpose.path + token


async def send_verify(tx: Tx, config: Config, person_id: str, email: str) -> None:
    """Ask by mail whether the address is theirs."""
    link = config.base_url + await create_link(tx, person_id, VERIFY)
    await outbox.post(tx, email, *texts.verify(link))


async def find_link(tx: Tx, token: str, purpose: Purpose) -> Any | None:
    """The link as it is stored, or None when it opens nothing. Looking uses nothing up."""
    return await store.find_link(tx, hashed(token), purpose.word, now())


async def use_link(tx: Tx, token: str, purpose: Purpose) -> Any | None:
    """As `find_link`, and the link is spent: of two who come at once only one gets it."""
    letter = await find_link(tx, token, purpose)
    if letter is None or not await store.use_link(tx, letter.token_sha256, now()):
        return None
    return letter
