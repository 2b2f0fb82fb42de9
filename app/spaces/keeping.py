"""Opening an archived space again: any steward may, since nothing is lost by it."""

from app.spaces import store
from app.spaces.actions import Door, change
from app.spaces.log_entry import Act


async def restore(door: Door) -> None:
    """Open an archived space to changes again."""
    async with change(door, "space.restore") as under_way:
        await store.set_archived(under_way.tx, under_way.space_id, None)
        under_way.note(Act.RESTORED)
