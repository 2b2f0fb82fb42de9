"""Who was a member and is a guest, or the other way: of each deed counts what they were as they did it."""

from datetime import timedelta

from app.boards.core import ops as o
from app.boards.core.board import Deed
from app.boards.core.taking_back import Kept
from app.boards.putting_back.look import worked_out
from app.db import new_id, now
from tests.boards.conftest import Desk, desk
from tests.boards.play import ANA, BEN, GIL, Play
from tests.boards.pressing import op_of
from tests.boards.putting_back.test_continuing import begun, form
from tests.boards.putting_back.test_pages import press, text
from tests.spaces.conftest import home, winter
from tests.spaces.house import Person
from tests.spaces.joining.test_invite import invited

__all__ = ["desk", "home", "winter"]
THREE = [f"As Ana wrote it {number}" for number in range(3)]


async def joins_by_code(desk: Desk, who: Person) -> None:
    code = await desk.home.code(desk.winter.id, desk.winter.ana, now() + timedelta(days=1))
    joined = await who.post(f"/join/{code.code}", organisation="Elsewhere")
    assert joined.status_code == 303, joined.text


async def leaves(desk: Desk, who: Person) -> None:
    left = await who.post(f"{desk.winter.path}/leave")
    assert left.status_code == 303, left.text


async def is_made_member(desk: Desk, who: Person) -> None:
    taken = await who.post(await invited(desk.winter.ana, desk.winter))
    assert taken.status_code == 303, taken.text


async def rewords_three(desk: Desk, who: Person) -> None:
    for words in THREE:
        card = await desk.card(desk.winter.ana, words)
        await desk.act(who, "edit_card", id=card, text=f"Spoilt {words[-1]}")


async def stands(desk: Desk, *words: str) -> list[bool]:
    outline = (await desk.outline(desk.winter.ana)).replace("&#39;", "'")
    return [one in outline for one in words]


async def test_a_member_who_leaves_and_comes_back_as_a_guest_does_not_escape(desk: Desk) -> None:
    gil, bo = await desk.home.person("Gil"), desk.winter.bo
    await desk.home.seat(desk.winter.id, gil, desk.winter.hospice)
    await rewords_three(desk, gil)
    await desk.card(gil, "Gil's own, as a member")
    await leaves(desk, gil)
    await joins_by_code(desk, gil)
    await desk.card(gil, "Junk of a guest")
    hub = text(await bo.get(f"{desk.path}/put-back"))
    page = text(await bo.get(f"{desk.path}/put-back/{gil.id}"))
    answer = await press(desk, bo, gil)
    after = await stands(desk, *THREE, "Gil's own, as a member", "Junk of a guest")
    act = await desk.home.value("SELECT id FROM put_back_act")
    await desk.winter.cleo.post(f"{desk.path}/put-back/{act}/undo", act=new_id())
    undone = await stands(desk, THREE[0], "Spoilt 0", "Junk of a guest")

    assert hub.count("See what would be put back of Gil") == 2, "among guests, and among who was a member"
    assert "Changed something 1 time, the last" in hub
    assert "was a guest for a part of this time" in page
    assert "3 texts get the words they had before. 1 thing that they added is removed." in page
    assert answer.status_code == 303, answer.text
    assert after == [True, True, True, True, False]
    assert undone == [False, True, True]


async def test_the_junk_of_a_guest_is_put_back_after_a_steward_made_them_a_member(desk: Desk) -> None:
    gil, bo = await desk.home.person("Gil"), desk.winter.bo
    await joins_by_code(desk, gil)
    junk = [f"Junk of a guest {number}" for number in range(5)]
    for words in junk:
        await desk.card(gil, words)
    await is_made_member(desk, gil)
    await rewords_three(desk, gil)
    await desk.card(gil, "Gil's own, as a member")
    hub = text(await bo.get(f"{desk.path}/put-back"))
    page = text(await bo.get(f"{desk.path}/put-back/{gil.id}"))
    answer = await press(desk, bo, gil)
    after = await stands(desk, *THREE, "Gil's own, as a member", *junk)

    assert "Changed something 5 times, the last" in hub
    assert "3 texts get the words they had before. 5 things that they added are removed." in page
    assert answer.status_code == 303, answer.text
    assert after == [True] * 4 + [False] * 5


async def test_an_act_goes_on_as_it_began_after_the_guest_became_a_member(desk: Desk) -> None:
    gil, bo = await desk.home.person("Gil"), desk.winter.bo
    await joins_by_code(desk, gil)
    await desk.card(gil, "Junk of a guest")
    await begun(desk, bo, gil)
    await is_made_member(desk, gil)
    asked = form((await bo.get(f"{desk.path}/put-back")).text, "Continue")
    answer = await bo.post(asked.pop("to"), **asked)

    assert answer.status_code == 303, answer.text
    assert await stands(desk, "Junk of a guest") == [False]


async def test_who_comes_back_keeps_what_they_were_at_each_time(desk: Desk) -> None:
    gil, bo = await desk.home.person("Gil"), desk.winter.bo
    await desk.home.seat(desk.winter.id, gil, desk.winter.northfield)
    await desk.card(gil, "Gil's own, at first")
    await leaves(desk, gil)
    await is_made_member(desk, gil)  # for the same organisation: never a guest
    first = text(await bo.get(f"{desk.path}/put-back/{gil.id}"))
    await leaves(desk, gil)
    for _ in range(2):  # a guest who leaves and comes back has been one all the time
        await joins_by_code(desk, gil)
        await desk.card(gil, f"Junk {_}")
        await leaves(desk, gil)
    await press(desk, bo, gil)

    assert "There is nothing to put back" in first
    assert await stands(desk, "Gil's own, at first", "Junk 0", "Junk 1") == [True, False, False]


def test_one_deed_to_something_of_theirs_and_of_others_is_taken_of_that_of_others_alone() -> None:
    at = Play()
    section = at.section(ANA)
    own, of_ana, more = at.card(GIL, "Own"), at.card(ANA, "Ana's"), at.card(ANA, "More")
    since = at.seq()
    at.act(GIL, o.Batch(tuple(o.MoveCard(id, section=section) for id in (own, of_ana, more))))
    as_member = {at.seq()}
    at.act(GIL, o.EditCard(own, kind="problem"))
    asked = op_of(at, since)
    found = worked_out(at.board, Deed(asked, BEN, "", at.now, known=at.inverses), asked, as_member)
    for portion in found.portions:
        at.act(BEN, portion)

    assert found.counts.words == "2 moves, 1 other change"
    assert [at.fields(id)["section"] for id in (own, of_ana, more)] == [section, None, None]
    assert at.fields(own)["kind"] == "note"
    assert len(found.portions) == 2


def test_what_somebody_made_as_a_guest_and_wrote_in_or_showed_as_a_member_stays() -> None:
    at = Play()
    junk, reworded, shown = at.card(GIL, "Junk"), at.card(GIL, "First words"), at.draft(GIL)
    since = at.seq()
    at.act(GIL, o.EditCard(reworded, text="Words of a member"))
    at.act(GIL, o.PublishCard(shown))
    at.act(GIL, o.MoveCard(junk, x=1.0, y=2.0))
    asked = op_of(at)
    later = {seq for seq in asked.deeds if seq > since}
    found = worked_out(at.board, Deed(asked, BEN, "", at.now, known=at.inverses), asked, later)

    assert found.ids == (junk,)
    assert found.kept == {reworded: Kept.THEIRS, shown: Kept.THEIRS}
