"""What a member or steward did to things that others made is put back in one press; what they made stays."""

from app.boards.core import ops as o
from app.boards.core.board import Deed
from app.boards.core.stage import ops as s
from app.boards.core.taking_back import Kept
from app.boards.putting_back.look import worked_out
from app.db import new_id
from tests.boards.conftest import Desk, desk
from tests.boards.core.stage.workshop import Workshop
from tests.boards.play import ANA, BEN, SUE
from tests.boards.pressing import op_of
from tests.boards.putting_back.test_pages import press, text
from tests.spaces.conftest import home, winter

__all__ = ["desk", "home", "winter"]


async def test_a_mass_rewording_of_a_steward_is_put_back_and_undone_and_their_own_words_stay(
    desk: Desk,
) -> None:
    ana, bo, cleo = desk.winter.ana, desk.winter.bo, desk.winter.cleo
    cards = [await desk.card(bo, f"Bo's own words {number}") for number in range(3)]
    section = await desk.section(bo, "Bo's section")
    for number, card in enumerate(cards[:2]):
        await desk.act(cleo, "edit_card", id=card, text=f"As Cleo has it {number}")
    await desk.act(cleo, "remove_card", id=cards[2])
    await desk.act(cleo, "edit_section", id=section, title="Cleo's section")
    own = await desk.card(cleo, "Cleo's first words")
    await desk.act(cleo, "edit_card", id=own, text="Cleo's second words")
    await desk.section(cleo, "Made by Cleo")
    before = text(await ana.get(f"{desk.path}/put-back/{cleo.id}"))
    answer = await press(desk, ana, cleo)
    outline = await desk.outline(bo)
    act = await desk.home.value("SELECT id FROM put_back_act")
    undone = await cleo.post(f"{desk.path}/put-back/{act}/undo", act=new_id())
    again = await desk.outline(bo)
    log = text(await cleo.get(f"{desk.winter.path}/log"))

    assert "1 removed thing comes back. 3 texts get the words they had before." in before
    assert "did to what others made in the last hour" in before
    assert answer.status_code == undone.status_code == 303
    for words in ("Bo's own words 0", "Bo's own words 1", "Bo's own words 2", "Bo's section"):
        assert words in outline.replace("&#39;", "'")
    for words in ("Cleo's second words", "Made by Cleo"):
        assert words in outline.replace("&#39;", "'"), "what they made is theirs"
    assert "reworded by" not in outline
    assert "As Cleo has it 1" in again
    assert "Bo's own words 2" not in again.replace("&#39;", "'")
    assert "Ana" in log.split("put back what Cleo")[0]


async def test_nobody_is_told_who_of_the_members_wrote_something_today(desk: Desk) -> None:
    ana, bo, cleo = desk.winter.ana, desk.winter.bo, desk.winter.cleo
    await desk.card(cleo, "For myself", draft="yes")
    page = text(await ana.get(f"{desk.path}/put-back"))
    of_cleo = text(await ana.get(f"{desk.path}/put-back/{cleo.id}"))
    of_bo = text(await ana.get(f"{desk.path}/put-back/{bo.id}"))

    assert all(f"See what would be put back of {name}" in page for name in ("Ana", "Bo", "Cleo"))
    assert "There is nothing to put back" in of_cleo
    assert of_cleo.replace("Cleo", "Bo").replace("Vale Hospice", "Northfield Trust") == of_bo


def test_what_was_answered_and_gathered_in_a_workshop_stays_as_do_its_phases() -> None:
    at = Workshop()
    phase = at.ask(write="shared")
    answer = at.note(BEN, phase, "An answer")
    at.act(ANA, s.EndStage(at.stage.id))
    note, since = at.card(BEN, "A note"), at.seq()
    for id in (answer, note):
        at.act(SUE, o.EditCard(id, text="Reworded"))
    asked = op_of(at, since, "sue")
    found = worked_out(at.board, Deed(asked, BEN, "", at.now, known=at.inverses), asked, asked.deeds)
    of_ana = op_of(at, 0, "ana")
    ended = worked_out(at.board, Deed(of_ana, BEN, "", at.now, known=at.inverses), of_ana, of_ana.deeds)

    assert (found.ids, found.kept) == ((note,), {answer: Kept.WORKSHOP})
    assert ended.ids == ()
