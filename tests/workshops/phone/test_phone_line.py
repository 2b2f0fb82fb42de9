"""The phone's line, over real sockets: one screen for all, drawn when it changes, without a private word."""

import asyncio
import json
from typing import Any
from uuid import uuid4

from tests.boards.test_socket import Place, place
from tests.support.wire import Tab

__all__ = ["place"]
CANARY = "nine days in a bed by the lift"


async def opened(lead: Tab, before: str | None = None, **given: Any) -> str:
    id = str(uuid4())
    op: dict[str, Any] = {"do": "open_phase", "id": id, "from": before, **given}
    ack = await lead.act(**op)
    assert "seq" in ack, ack
    return id


async def begin(lead: Tab) -> None:
    """Whoever begins wears another hat from then on, so that they are welcomed anew (rule D5)."""
    await lead.op(do="open_stage", id=str(uuid4()), purpose="So that people are home.")
    await lead.until(lambda frame: frame["type"] == "welcome" and "open_phase" in frame["you"]["may"])


def shows(words: str) -> Any:
    return lambda frame: frame["type"] == "stage" and words in frame["html"]


async def test_W1_a_private_note_reaches_no_other_phone_before_the_reveal_and_then_all(place: Place) -> None:
    async with (
        place.tab("Ana") as ana,
        place.tab("Ben") as writing,
        place.tab("Ben", want="stage:phone") as ben,
        place.tab("Cat", want="stage:phone") as cat,
        place.tab("Dan", want="stage:phone") as dan,
    ):
        await begin(ana)
        phase = await opened(ana, prompt="What makes it hard?")
        for phone in (ben, cat, dan):
            await phone.until(shows("What makes it hard?"))
        note = await writing.card(CANARY, phase=phase)
        await opened(ana, phase, prompt="What would help?")
        for phone in (ben, cat, dan):
            await phone.until(shows("What would help?"))

        for phone in (cat, dan):
            said = json.dumps(phone.frames)
            assert CANARY not in said
            assert note not in said
            assert "_csrf_token" not in said
        assert CANARY not in json.dumps(ben.frames), "what is one's own comes with the page"
        await ana.act(do="reveal", id=phase)
        back: dict[str, Any] = {"do": "reopen_phase", "id": phase, "from": present(ana)}
        await ana.act(**back)
        for phone in (ben, cat, dan):
            frame = await phone.until(shows(CANARY))
            assert "Ben" in frame["html"]
            assert frame["now"] > 1_700_000_000


async def test_nobody_but_a_facilitator_is_drawn_a_console(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Ben", want="stage:console") as ben:
        await begin(ana)
        await opened(ana, prompt="What makes it hard?")
        async with asyncio.timeout(5):
            await ben.until(lambda frame: frame["type"] == "you")

        assert [frame["html"] for frame in ben.frames if frame["type"] == "stage" and frame["html"]] == []


def present(one: Tab) -> str:
    return str(next(view["fields"]["now"] for view in one.items.values() if view["item"] == "stage"))
