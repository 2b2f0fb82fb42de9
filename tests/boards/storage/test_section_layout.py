"""Boards from before sections had a layout: what each section becomes by the migration."""

import msgspec
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, update

from app.boards.storage import store
from app.boards.storage.tables import item
from app.config import ROOT
from app.db import Tx
from tests.boards.conftest import Desk

MIGRATION = "0009_section_layout"


async def test_where_no_cards_overlap_a_section_stays_free_and_all_others_become_grids(desk: Desk) -> None:
    ana = desk.winter.ana
    apart, crowded, empty, drafts = [await desk.section(ana, name) for name in ("A", "B", "C", "D")]
    for x in (0, 200):
        await desk.card(ana, section=apart, x=x, y=0)
        await desk.card(ana, section=crowded, x=x / 2, y=0)
    await desk.card(ana, section=drafts, x=0, y=0)
    await desk.card(ana, section=drafts, x=10, y=10, draft="yes")
    async with desk.home.db.write() as tx:
        before = await store.load(tx, desk.id)
        await _age(tx)
        await tx.run_sync(_migrate)
    async with desk.home.db.read() as tx:
        board = await store.load(tx, desk.id)

    layouts = [board.items[id].fields["layout"] for id in (apart, crowded, empty, drafts)]
    assert layouts == ["free", "grid", "grid", "free"]
    assert board.epoch == before.epoch + 1, "browsers would go on without the layouts"
    assert {id: one.fields["x"] for id, one in board.items.items()} == {
        id: one.fields["x"] for id, one in before.items.items()
    }


def _migrate(connection: Connection) -> None:
    """This migration alone: those after it have been done already."""
    script = ScriptDirectory(str(ROOT / "migrations")).get_revision(MIGRATION)
    with Operations.context(MigrationContext.configure(connection)):
        script.module.upgrade()


async def _age(tx: Tx) -> None:
    """Every section as it was stored before it had a layout."""
    for id, state in (await tx.execute(select(item.c.id, item.c.state))).all():
        older = msgspec.json.decode(state)
        for fields in (older["fields"], older["rev"]):
            fields.pop("layout", None)
        await tx.execute(
            update(item).where(item.c.id == id).values(state=msgspec.json.encode(older).decode())
        )
