"""What was removed comes back: one by one, or all at once, without what others have made again."""

import html
import re

from tests.boards.conftest import Desk


async def test_what_was_removed_can_be_brought_back_by_anyone_who_writes(desk: Desk) -> None:
    card = await desk.card(desk.winter.ana, "Comes back")
    await desk.act(desk.winter.ana, "remove_card", id=card)

    listed = (await desk.winter.cleo.get(f"{desk.path}/removed")).text
    await desk.act(desk.winter.cleo, "restore_card", id=card)

    assert "Comes back" in listed
    assert "Comes back" in await desk.outline(desk.winter.cleo)


async def test_what_one_person_removed_at_once_comes_back_in_one_press_as_one_deed(desk: Desk) -> None:
    ana, cleo = desk.winter.ana, desk.winter.cleo
    cards = [await desk.card(ana, text) for text in ("First", "Second", "Kept")]
    for card in cards[:2]:
        await desk.act(ana, "remove_card", id=card)
    listed = (await cleo.get(f"{desk.path}/removed")).text
    parts = re.search(r'name="parts" value="([^"]*)"', listed)
    assert parts
    await desk.act(cleo, "batch", parts=html.unescape(parts[1]))
    back = await desk.outline(cleo)
    undo = re.search(r'name="undo_of" value="(\d+)"', back)
    assert undo
    await cleo.post(f"{desk.path}/ops", undo_of=undo[1])
    gone = await desk.outline(cleo)

    assert "Restore all 2" in listed
    assert [text in back for text in ("First", "Second", "Kept")] == [True, True, True]
    assert [text in gone for text in ("First", "Second", "Kept")] == [False, False, True]


async def test_a_link_that_was_made_again_meanwhile_is_left_out_of_what_comes_back_and_said(
    desk: Desk,
) -> None:
    ana = desk.winter.ana
    one, two = [await desk.card(ana, text) for text in ("First", "Second")]
    link = await desk.add(ana, "add_link", start=one, end=two, means="leads_to")
    gone = await desk.card(ana, "Comes back")
    for do, id in (("remove_link", link), ("remove_card", gone)):
        await desk.act(ana, do, id=id)
    parts = re.search(r'name="parts" value="([^"]*)"', (await ana.get(f"{desk.path}/removed")).text)
    assert parts
    await desk.add(ana, "add_link", start=one, end=two, means="leads_to")
    answer = await desk.act(ana, "batch", parts=html.unescape(parts[1]))
    told = (await ana.get(answer.headers["location"])).text

    assert link in parts[1]
    assert "Comes back" in told
    assert "Done, except for what others have removed or made again meanwhile." in told
