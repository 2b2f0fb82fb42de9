"""What becomes of ties and faces in a backup, when a removed card is cleared, when its author is erased."""

from datetime import timedelta
from pathlib import Path

from app.backup import actions as backup
from app.boards.retention.clearing import KEPT
from app.boards.storage import store
from app.db import Database, now
from app.main import services
from app.outcomes.cards import status_job
from app.outcomes.cards import store as card_store
from app.outcomes.cards.store import GoalCard
from tests.boards.conftest import Desk, desk
from tests.boards.retention.test_clearing import swept
from tests.commands.test_backup import other_url
from tests.outcomes.cards.test_card_pages import card, item, path_of, rising, word
from tests.people.steps import PASSWORD
from tests.spaces.house import House

__all__ = ["card", "desk", "other_url"]


async def test_a_backup_brings_back_the_tie_and_the_face(
    home: House, desk: Desk, card: str, other_url: str, tmp_path: Path
) -> None:
    goal = await rising(home, desk.winter)
    await desk.winter.bo.post(f"{path_of(desk, card)}/stand", goal=goal)
    await backup.backup(home.db, tmp_path / "throughline.backup")
    other = Database(other_url)
    await backup.restore(other, tmp_path / "throughline.backup")
    async with other.read() as tx:
        ties = await card_store.of_space(tx, desk.winter.id)
        board = await store.load(tx, desk.id)
    await other.close()

    assert ties == [GoalCard(desk.id, card, goal)]
    assert board.items[card].fields["face"]["word"] == "Improving"


async def test_a_card_that_is_cleared_away_leaves_the_goal(home: House, desk: Desk, card: str) -> None:
    goal = await rising(home, desk.winter)
    await desk.winter.bo.post(f"{path_of(desk, card)}/stand", goal=goal)
    await desk.act(desk.winter.bo, "remove_card", id=card)
    await swept(desk, now() + KEPT + timedelta(minutes=1))
    await status_job.refresh_space(home.db, services(home.app).rooms, desk.winter.id)

    assert await home.count("item") == 0
    assert await home.count("goal_card") == 0
    assert (await desk.winter.bo.get(f"{desk.winter.path}/outcomes/goals/{goal}")).status_code == 200


async def test_the_card_of_somebody_erased_goes_on_showing_its_goal(home: House, desk: Desk) -> None:
    winter = desk.winter
    goal = await rising(home, winter)
    eve = await home.person("Eve")
    await home.seat(winter.id, eve, winter.northfield)
    card = await desk.card(eve, "Home in two days", kind="outcome")
    await eve.post(f"{path_of(desk, card)}/stand", goal=goal)
    done = await eve.post("/me/erase", password=PASSWORD, sure="yes")

    assert "You are erased" in done.text
    assert await word(desk, card) == "Improving"
    assert (await item(desk, card)).fields["face"]["goal"] == goal
