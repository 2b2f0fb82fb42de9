"""A form does not wait for ever for a board that waits for its database."""

import json

import pytest

from app.boards.live import actions
from app.boards.storage import earlier_deeds
from app.db import new_id
from tests.boards.conftest import Desk
from tests.support.until import until


async def test_a_form_whose_board_waits_for_the_database_is_answered_and_sent_again_is_done_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.outline(desk.winter.bo)
    fields = {"id": new_id(), "kind": "note", "text": "Nine days by the lift"}
    monkeypatch.setattr(actions, "LONGEST_WAIT", 0.2)
    async with desk.home.db.write() as tx:
        await tx.run_sync(earlier_deeds.wait_for, desk.id)
        late = await desk.act(desk.winter.bo, "add_card", **fields)
    monkeypatch.undo()
    again = await desk.act(desk.winter.bo, "add_card", **fields)

    assert late.status_code == 503
    assert "does not answer at the moment. What you wrote is still here." in late.text
    assert fields["text"] in late.text
    assert again.status_code == 303
    assert (await desk.outline(desk.winter.bo)).count(f'id="card-{fields["id"]}"') == 1


async def test_several_cards_whose_form_got_no_answer_are_added_once_when_it_is_sent_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo, cleo = desk.winter.bo, desk.winter.cleo
    cards = [{"do": "add_card", "id": new_id(), "kind": "note", "text": f"Day {day}"} for day in "12"]
    parts, other = json.dumps(cards), json.dumps([*cards[1:], {**cards[0], "text": "Day nine"}])
    with monkeypatch.context() as short:
        short.setattr(actions, "LONGEST_WAIT", 0)
        late = await desk.act(bo, "batch", parts=parts)

    async def shown() -> int:
        return (await desk.outline(bo)).count(f'id="card-{cards[0]["id"]}"')

    await until(shown, why="they are added though nobody waits")
    answers = [await desk.act(bo, "batch", parts=one) for one in (parts, other)]
    by_other = await desk.act(cleo, "batch", parts=parts)

    assert late.status_code == 503
    assert [answer.status_code for answer in answers] == [303, 422]
    assert by_other.status_code == 422
    assert await shown() == 1
