"""Keeping a space: its words, putting earlier ones back, archiving and restoring it."""

from msgspec import structs

from app.spaces import store
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.log_entry import WORDS, Act, Entry, changed
from app.spaces.space import SpaceDraft


async def describe(door: Door, draft: SpaceDraft) -> None:
    """Change the name, purpose, scope and working agreement."""
    async with change(door, "space.describe") as under_way:
        await _describe(under_way, draft)


async def put_words_back(door: Door, entry: Entry) -> None:
    """Let the words stand again that an entry of the log changed; the others stay as they are now."""
    async with change(door, "space.describe") as under_way:
        now_there = {name: getattr(under_way.seat.space, name) for name in WORDS}
        await _describe(under_way, SpaceDraft(**(now_there | entry.before)))


async def _describe(under_way: SpaceChange, draft: SpaceDraft) -> None:
    space = under_way.seat.space
    before, after = changed({name: getattr(space, name) for name in WORDS}, structs.asdict(draft))
    if after:
        await store.describe(under_way.tx, under_way.space_id, draft)
        under_way.note(Act.WORDS, before=before, after=after)


async def archive(door: Door) -> None:
    """Close the space to changes. Nobody deletes a space alone."""
    async with change(door, "space.archive") as under_way:
        await store.set_archived(under_way.tx, under_way.space_id, under_way.at)
        under_way.note(Act.ARCHIVED)


async def restore(door: Door) -> None:
    """Open an archived space to changes again."""
    async with change(door, "space.restore") as under_way:
        await store.set_archived(under_way.tx, under_way.space_id, None)
        under_way.note(Act.RESTORED)
