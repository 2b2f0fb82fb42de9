"""A group is stored whole, in the state that it was decided in, or not at all (rules S2, S6, O5)."""

from collections.abc import Callable

import pytest

from app.access import Actor, Refused, Role
from app.boards.core.board import Board
from app.boards.core.group_commit import GroupCommit, OpRequest, decide_group
from app.boards.core.ops import AddCard, Doing
from app.boards.storage import commit, store
from app.boards.storage.errors import EpochChanged, GuardFailed
from app.db import SyncTx, new_id
from app.spaces import seats
from tests.boards.conftest import Desk

ANA = Actor(Role.MEMBER, "ana", "north")
TABLES = ("deed", "item", "client", "refusal")
MEANWHILE = (
    "UPDATE board SET seq = seq + 1",
    "UPDATE board SET archived_at = '2026-11-29 12:00:00+00:00'",
    "UPDATE board SET set_up_locked = true",
    "UPDATE board SET members_set_up = false",
)
Write = Callable[[SyncTx], None]


def a_card(board: Board) -> GroupCommit:
    return decided(board, AddCard(new_id(), "note", "Some words"))


def a_refusal(board: Board) -> GroupCommit:
    return decided(board, AddCard("no id", "note", "Some words"))


def decided(board: Board, op: Doing | Refused) -> GroupCommit:
    return decide_group(board, [OpRequest(ANA, "a phone", 1, op, 1.0)], {}, {})


async def known(desk: Desk) -> tuple[Board, int]:
    async with desk.home.db.read() as tx:
        return await store.load(tx, desk.id), await seats.rights_of(tx, desk.winter.id)


async def rows(desk: Desk) -> list[object]:
    return [await desk.home.value(f"SELECT count(*) FROM {one}") for one in TABLES]


@pytest.mark.parametrize("make", [a_card, a_refusal])
async def test_S2_what_was_decided_is_stored_with_the_number_that_it_answers(
    desk: Desk, make: Callable[[Board], GroupCommit]
) -> None:
    board, rights = await known(desk)
    await desk.home.db.run_short_write(lambda tx: commit.append(tx, make(board), rights))

    assert await rows(desk) == ([1, 1, 1, 0] if make is a_card else [0, 0, 1, 1])


@pytest.mark.parametrize("meanwhile", MEANWHILE)
async def test_S6_nothing_is_stored_on_a_board_that_has_changed(desk: Desk, meanwhile: str) -> None:
    board, rights = await known(desk)
    await desk.home.set(meanwhile)
    with pytest.raises(GuardFailed):
        await desk.home.db.run_short_write(lambda tx: commit.append(tx, a_card(board), rights))

    assert await rows(desk) == [0, 0, 0, 0]


async def test_S6_no_refusal_comes_from_an_outdated_board(desk: Desk) -> None:
    board, rights = await known(desk)
    await desk.home.set(MEANWHILE[0])
    with pytest.raises(GuardFailed):
        await desk.home.db.run_short_write(lambda tx: commit.append(tx, a_refusal(board), rights))

    assert await rows(desk) == [0, 0, 0, 0]


@pytest.mark.parametrize("make", [a_card, a_refusal])
async def test_O5_nothing_is_stored_by_rights_that_have_changed(
    desk: Desk, make: Callable[[Board], GroupCommit]
) -> None:
    board, rights = await known(desk)
    await desk.home.set("UPDATE space SET epoch = epoch + 1")
    with pytest.raises(EpochChanged):
        await desk.home.db.run_short_write(lambda tx: commit.append(tx, make(board), rights))

    assert await rows(desk) == [0, 0, 0, 0]
    await desk.home.db.run_short_write(lambda tx: commit.append(tx, make(board), rights + 1))
