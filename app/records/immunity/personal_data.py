"""Private pages in downloading one's own data, and in erasing oneself: then they are gone."""

from typing import Any

from app.db import Tx
from app.records.immunity import store
from app.records.immunity.page import Page


async def my_data(tx: Tx, person_id: str) -> tuple[str, list[dict[str, Any]]]:
    """All that the person wrote in private pages, with what stood there before."""
    return "immunity_to_change", [
        {
            **_said(page),
            "earlier": [
                {"at": one.at.isoformat(), "words": one.words}
                for one in await store.versions(tx, person_id, page)
            ],
        }
        for page in await store.of_person(tx, person_id)
    ]


async def on_erase(tx: Tx, person_id: str) -> None:
    await store.erase(tx, person_id)


def _said(page: Page) -> dict[str, Any]:
    return {
        "words": page.words,
        "made_at": page.made_at.isoformat(),
        "changed_at": page.changed_at.isoformat(),
        "removed_at": page.removed_at.isoformat() if page.removed_at else None,
        "handed_on_as": page.handed,
    }
