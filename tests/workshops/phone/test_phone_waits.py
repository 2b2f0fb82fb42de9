"""A form for a dot that got no answer is the same dot when it is sent again, without JavaScript."""

import re

import httpx
import pytest

from app.access import Refused
from app.boards.core.stage.ops import Vote
from app.boards.core.stage.read import phase_of
from app.boards.core.stage.votes import Cast
from app.boards.live import actions
from app.boards.storage import earlier_deeds
from app.workshops.phone import dots
from tests.boards.core.stage.workshop import Workshop
from tests.workshops.conftest import Stage


async def _form(stage: Stage, thing: str, do: str) -> dict[str, str]:
    """What a browser sends for the button `do` on a thing."""
    page = await stage.page(stage.winter.bo)
    row = page[page.index(f'data-thing="{thing}"') :]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', row[: row.index("</form>")])
    return {**dict(hidden), "do": do}


async def _late(stage: Stage, form: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> httpx.Response:
    """The answer to a form whose board waits for the database."""
    with monkeypatch.context() as short:
        short.setattr(actions, "LONGEST_WAIT", 0.2)
        async with stage.home.db.write() as tx:
            await tx.run_sync(earlier_deeds.wait_for, stage.desk.id)
            return await stage.winter.bo.post(stage.path, **form)


async def _vote(stage: Stage) -> tuple[str, str]:
    """The vote, three dots a person, and a note that takes all three."""
    await stage.begin()
    first = await stage.ask()
    note = await stage.wrote(stage.winter.bo, first, "Nobody owns the journey")
    await stage.reveal(first)
    vote = {"how": "dots", "dots": 3, "most": 3}
    return await stage.ask("Which?", first, write="off", vote=vote, about=[first]), note


async def test_a_dot_that_got_no_answer_is_one_dot_when_it_is_sent_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, note = await _vote(stage)
    bo = stage.winter.bo
    form = await _form(stage, note, "place")
    late = await _late(stage, form, monkeypatch)
    again = await bo.post(stage.path, **form)

    assert (late.status_code, again.status_code) == (503, 303)
    assert f'data-thing="{note}" data-on="1"' in await stage.page(bo)
    assert (await bo.post(stage.path, **await _form(stage, note, "place"))).status_code == 303
    assert f'data-thing="{note}" data-on="2"' in await stage.page(bo)


async def test_a_dot_taken_back_without_an_answer_is_one_dot_when_it_is_sent_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, note = await _vote(stage)
    bo = stage.winter.bo
    for _ in range(2):
        await bo.post(stage.path, **await _form(stage, note, "place"))
    form = await _form(stage, note, "take_back")
    late = await _late(stage, form, monkeypatch)
    again = await bo.post(stage.path, **form)

    assert (late.status_code, again.status_code) == (503, 303)
    assert f'data-thing="{note}" data-on="1"' in await stage.page(bo)


def test_a_page_from_before_moves_no_dot_that_lies_elsewhere_now() -> None:
    workshop = Workshop()
    asked = workshop.ask(write="off", vote=Vote("dots", 3, 3))
    phase = phase_of(workshop.board, asked)
    assert phase is not None
    own = {1: "other"}

    assert dots.to_place(phase, own, "this", "1") == Cast(phase.id, 2, "this")
    assert dots.to_place(phase, own, "this", "no slot") == Cast(phase.id, 2, "this")
    with pytest.raises(Refused):
        dots.to_take_back(phase, own, "this", "1")
