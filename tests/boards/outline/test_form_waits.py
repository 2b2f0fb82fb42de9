"""A form does not wait for ever for a board that waits for its database."""

import pytest

from app.boards.live import actions
from app.boards.storage import earlier_deeds
from app.db import new_id
from tests.boards.conftest import Desk


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
