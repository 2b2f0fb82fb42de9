"""A board on which every deed can be done, and what the server has of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from app.db import new_id
from tests.support.until import until

Items = dict[str, dict[str, Any]]
Done = Callable[[Items, "Scene"], bool]


@dataclass
class Scene:
    """Two sections, three cards, a link, a comment and a draft, all of them Ana's.

    `first` leads to `second`, bears the comment, and lies with it in the section `begins`.
    """

    api: httpx.AsyncClient
    id: str
    begins: str
    goes_on: str
    first: str
    second: str
    third: str
    draft: str
    link: str
    comment: str
    before: Items

    async def items(self) -> Items:
        """What is on the server's board, by id, as Ana may see it."""
        answer = await self.api.get(f"/boards/{self.id}/changes", params={"client": "reader", "from": 0})
        assert answer.status_code == 200, answer.text
        return {item["id"]: item for item in answer.json()["puts"]}

    async def act(self, *ops: dict[str, Any]) -> None:
        body = {"client": f"script-{new_id()}", "ops": [{"n": n, "op": op} for n, op in enumerate(ops, 1)]}
        token = {"X-CSRFToken": self.api.cookies["tl_csrf"]}
        answer = await self.api.post(f"/boards/{self.id}/ops", json=body, headers=token)
        assert answer.status_code == 200, answer.text
        assert not [ack for ack in answer.json()["acks"] if "code" in ack], answer.text

    async def sees(self, done: Done, what: str) -> None:
        """Waits until the server's board says so."""

        async def true() -> bool:
            return done(await self.items(), self)

        await until(true, 10, f"the server's board shows: {what}")


async def furnished(api: httpx.AsyncClient, board: str) -> Scene:
    """An empty board of Ana's, filled."""
    ids = {
        name: new_id()
        for name in ("begins", "goes_on", "first", "second", "third", "draft", "link", "comment")
    }
    made = Scene(api, board, before={}, **ids)
    frame = {"do": "add_section", "y": 40, "w": 500, "h": 420}
    card = {"do": "add_card", "kind": "note", "y": 30}
    await made.act(
        {**frame, "id": made.begins, "title": "Begins here", "x": 0},
        {**frame, "id": made.goes_on, "title": "Goes on here", "x": 600},
        {**card, "id": made.first, "text": "The first", "section": made.begins, "x": 20},
        {**card, "id": made.second, "text": "The second", "section": made.begins, "x": 260},
        {**card, "id": made.third, "text": "Card three", "section": made.goes_on, "x": 20},
        {**card, "id": made.draft, "text": "Not yet", "section": made.goes_on, "x": 260, "draft": True},
        {"do": "add_link", "id": made.link, "start": made.first, "end": made.second, "means": "leads_to"},
        {"do": "add_comment", "id": made.comment, "card": made.first, "text": "Is it so"},
    )
    made.before = await made.items()
    return made


def fields(items: Items, id: str) -> dict[str, Any]:
    """An item's fields; none where the board has no such item."""
    found: dict[str, Any] = items.get(id, {}).get("fields", {})
    return found


def any_of(items: Items, item: str, **wanted: Any) -> bool:
    """Whether there is an item of that sort whose fields are as wanted."""
    return any(
        one["item"] == item and all(one["fields"].get(name) == value for name, value in wanted.items())
        for one in items.values()
    )
