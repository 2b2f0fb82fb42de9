"""A group that raises the epoch of its board stores that with its deeds, and every process reads it."""

from msgspec import structs

from app.access import Actor, Role
from app.boards.core.board import Deed
from app.boards.core.changeset import Changeset
from app.boards.core.group_commit import GroupCommit, OpRequest, decide_group
from app.boards.core.ops import AddCard
from app.boards.storage import commit, store
from app.db import new_id
from tests.boards.conftest import Desk

ANA = Actor(Role.MEMBER, "ana", "north")


async def append(desk: Desk, *, raises: int) -> GroupCommit:
    """One more card on the board, by a group whose deeds raise the epoch so many times."""
    async with desk.home.db.read() as tx:
        board = await store.load(tx, desk.id)
    asked = OpRequest(ANA, "", None, AddCard(new_id(), "note", "Some words"), 1.0)
    group = decide_group(board, [asked], {}, {})
    work = Changeset(group.after, Deed(AddCard(new_id(), "note", ""), ANA, "", 1.0))
    for _ in range(raises):
        work.raise_epoch()
    group = structs.replace(group, after=work.board)
    async with desk.home.db.write() as tx:
        await tx.run_sync(commit.append, group)
    return group


async def test_D4_an_epoch_that_a_deed_raises_is_stored_and_known_to_other_processes(desk: Desk) -> None:
    first = await append(desk, raises=0)
    second = await append(desk, raises=2)
    third = await append(desk, raises=0)

    async with desk.home.db.read() as tx:
        loaded, caught_up = await store.load(tx, desk.id), await store.catch_up(tx, first.after)
    assert [group.after.epoch for group in (first, second, third)] == [0, 2, 2]
    assert (loaded.epoch, loaded.seq) == (caught_up.epoch, caught_up.seq) == (2, 3)


async def test_D4_an_epoch_that_a_restore_gave_meanwhile_is_not_lowered(desk: Desk) -> None:
    known = await append(desk, raises=1)
    await desk.home.set(f"UPDATE board SET epoch = 700 WHERE id = '{desk.id}'")
    asked = OpRequest(ANA, "", None, AddCard(new_id(), "note", "Some words"), 1.0)
    async with desk.home.db.write() as tx:
        await tx.run_sync(commit.append, decide_group(known.after, [asked], {}, {}))

    assert await desk.home.value(f"SELECT epoch FROM board WHERE id = '{desk.id}'") == 700
