"""What got no answer is done late, and whole: what follows the deed happens too, though nobody waits."""

import pytest

from app.boards.live import actions
from app.db import new_id
from tests.support.until import until
from tests.workshops.conftest import Stage


async def test_a_workshop_that_begins_late_stands_among_those_of_its_space_and_is_begun_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, ana, bo = stage.desk, stage.winter.ana, stage.winter.bo
    path, fields = f"{desk.path}/workshop", {"id": new_id(), "purpose": "Home by noon.", "authority": ""}

    async def listed() -> int:
        return await desk.home.count("workshop")

    with monkeypatch.context() as short:
        short.setattr(actions, "LONGEST_WAIT", 0)
        late = await ana.post(path, **fields)
    await until(listed, why="nobody sends the form again, and it is listed all the same")
    by_other = await bo.post(path, **fields)
    again = await ana.post(path, **fields)

    assert late.status_code == 503
    assert fields["purpose"] in late.text
    assert by_other.status_code == 403, "nobody begins what another one began"
    assert again.headers["location"].startswith(f"{desk.path}/console")
    assert await listed() == 1
