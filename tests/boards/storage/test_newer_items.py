"""What a newer version wrote is kept as it is by an older one beside it (rule S10)."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from app.access import Actor, Role
from app.backup import actions as actions_of_backup
from app.backup import archive
from app.backup.shapes import shape
from app.boards.core.changeset import NewerItem
from app.boards.core.ops import AddCard, AddComment, EditCard, MoveCard, RemoveCard, RemoveSection
from app.boards.core.sight import see, viewer_of
from app.boards.live import actions
from app.boards.live.rooms import Rooms
from app.boards.storage.newer_items import WORDS
from app.boards.storage.tables import item
from app.db import new_id
from tests.boards.conftest import Desk


@pytest.fixture
async def rooms(desk: Desk) -> AsyncIterator[Rooms]:
    """The rooms of an older process, which has not read the board yet."""
    rooms = Rooms(desk.home.db, lambda topic, number: None)
    yield rooms
    await rooms.stop()


async def states(desk: Desk) -> dict[str, str]:
    async with desk.home.db.read() as tx:
        return {row.id: row.state for row in await tx.execute(select(item.c.id, item.c.state))}


async def rewrite(desk: Desk, id: str, **changes: Any) -> None:
    """As a newer version would: other attributes, or fields of another shape."""
    state = json.loads((await states(desk))[id])
    fields = {**state["fields"], **changes.pop("fields", {})}
    new = json.dumps({**state, **changes, "fields": fields})
    async with desk.home.db.write() as tx:
        await tx.execute(update(item).where(item.c.id == id).values(state=new))


async def test_S10_a_card_of_a_newer_version_is_shown_as_a_box_and_never_written(
    desk: Desk, rooms: Rooms
) -> None:
    bo = Actor(Role.MEMBER, desk.winter.bo.id, desk.winter.northfield)
    section = await desk.section(desk.winter.ana)
    card = await desk.card(desk.winter.ana, "Words of tomorrow", section=section)
    beside = await desk.card(desk.winter.ana, "Of today", section=section)
    await rewrite(desk, card, mood="calm")
    before = await states(desk)
    board = (await rooms.open(desk.id)).room.board

    assert isinstance(board.items[card], NewerItem)
    view = see(board, board.items[card], viewer_of(bo, board))
    assert view is not None
    assert (view.fields["text"], view.fields["section"]) == (WORDS, section)
    ops = (EditCard(card, text="Older"), MoveCard(card, x=1.0), RemoveCard(card), RemoveSection(section))
    for op in ops:
        ((refused),) = await actions.act(rooms, desk.id, None, [actions.request(bo, op)])
        assert refused.result is not None
        assert (refused.result.code, refused.fault) == ("unavailable", False)
    (well,) = await actions.act(rooms, desk.id, None, [actions.request(bo, EditCard(beside, text="Goes on"))])
    assert well.result is not None
    assert well.result.seq is not None
    assert (await states(desk))[card] == before[card]


async def test_S10_a_draft_of_a_newer_version_is_a_box_for_its_author_alone(desk: Desk, rooms: Rooms) -> None:
    card = await desk.card(desk.winter.ana, "A draft", draft="on")
    await rewrite(desk, card, mood="calm")
    board = (await rooms.open(desk.id)).room.board
    seen = [
        see(board, board.items[card], viewer_of(Actor(Role.MEMBER, who.id, "o"), board)) is not None
        for who in (desk.winter.ana, desk.winter.bo)
    ]

    assert seen == [True, False]


@pytest.mark.parametrize(
    "changes",
    [
        {"item": "vote"},
        {"fields": {"order": 7}},
        {"item": "link", "fields": {"start": ["several"]}},
        {"shown": "since yesterday"},
    ],
)
async def test_S10_of_what_nobody_can_tell_who_may_see_it_nothing_is_shown_and_nothing_lost(
    desk: Desk, rooms: Rooms, changes: dict[str, Any]
) -> None:
    card = await desk.card(desk.winter.ana, "Words of tomorrow")
    await rewrite(desk, card, **changes)
    before = await states(desk)
    board = (await rooms.open(desk.id)).room.board
    bo = Actor(Role.MEMBER, desk.winter.bo.id, "o")
    ops = (EditCard(card, text="Older"), AddCard(card, "note", "Over it"), AddComment(new_id(), card, "Hm"))
    answers = await actions.act(rooms, desk.id, None, [actions.request(bo, op) for op in ops])

    assert see(board, board.items[card], viewer_of(bo, board)) is None
    assert None not in [answer.result and answer.result.code for answer in answers]
    assert await states(desk) == before


async def test_S10_the_outline_goes_on_around_a_box(desk: Desk) -> None:
    section = await desk.section(desk.winter.ana, "Of tomorrow")
    card = await desk.card(desk.winter.ana, "Words of tomorrow", section=section)
    await rewrite(desk, card, mood="calm")
    rooms = desk.home.app.state.services.rooms
    rooms._close(rooms.live[desk.id], 4503, "")
    shown = await desk.outline(desk.winter.bo, f"?open={section}")

    assert WORDS in shown
    assert "Words of tomorrow" not in shown


async def test_S10_a_backup_holds_an_item_of_a_newer_version_whole(desk: Desk, tmp_path: Path) -> None:
    card = await desk.card(desk.winter.ana, "Words of tomorrow")
    await rewrite(desk, card, mood="calm")
    before = (await states(desk))[card]
    await actions_of_backup.backup(desk.home.db, tmp_path / "one.backup")
    rows: list[dict[str, Any]] = []
    archive.read(tmp_path / "one.backup", "item", shape(item), rows.extend)

    assert [row["state"] for row in rows] == [before]
