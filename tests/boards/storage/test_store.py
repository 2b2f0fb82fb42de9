import msgspec
from sqlalchemy import select, update

from app.access import Actor, Role
from app.boards.core.board import Deed
from app.boards.core.ops import EditSection
from app.boards.core.rules import apply
from app.boards.storage import store
from app.boards.storage.tables import item
from tests.boards.conftest import Desk


async def test_a_section_stored_before_it_had_some_field_has_the_default_and_takes_another(
    desk: Desk,
) -> None:
    section = await desk.section(desk.winter.ana)
    async with desk.home.db.write() as tx:
        stored = (await tx.execute(select(item.c.state).where(item.c.id == section))).scalar_one()
        older = msgspec.json.decode(stored)
        del older["fields"]["example"], older["rev"]["example"]
        older["versions"] = [version for version in older["versions"] if version[0] != "example"]
        state = msgspec.json.encode(older).decode()
        await tx.execute(update(item).where(item.c.id == section).values(state=state))
    async with desk.home.db.read() as tx:
        board = await store.load(tx, desk.id)
    deed = Deed(EditSection(section, example="Like this"), Actor(Role.MEMBER, "ben"), "tab", 0.0, board.seq)

    assert board.items[section].fields["example"] == ""
    assert apply(board, deed).board.items[section].fields["example"] == "Like this"
