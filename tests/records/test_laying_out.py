"""Laying records out on a board: where, with whose rights, in one step that one undo takes back."""

from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
from msgspec import structs

from app.boards.core.board import Board
from app.boards.core.ops import AddSection, Undo
from app.boards.core.sizes import CARD_H, CARD_W
from app.boards.library import store as library_store
from app.boards.live import actions as boards
from app.db import new_id, now
from app.records import laying_out
from app.records.core import ops
from app.records.core.kinds import KINDS
from app.records.core.ops import NewRow
from app.records.core.record import Record
from tests.records.desk import Desk, desk_at
from tests.records.people import ANA, DILEMMA, Kept
from tests.spaces.house import Person
from tests.support.until import until

POLES = {f"field-{name}": value for name, value in DILEMMA.items()}


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with desk_at(sqlite_url) as made:
        yield made


async def dilemma(desk: Desk) -> str:
    id = await desk.keep(desk.ana, "dilemma", "Quick and slow", **POLES)
    for tag, text in (("ups_a", "A bed"), ("ups_b", "They stay"), ("downs_a", "They refuse")):
        assert await desk.do(desk.ana, id, "add_row", id=new_id(), list=tag, **{"field-text": text}) == 303
    return id


async def lay(desk: Desk, who: Person, record: str, **fields: str) -> tuple[int, str]:
    given = {"id": new_id(), "way": "boxes", "board": desk.board, **fields}
    answer = await who.post(f"{desk.base}/{record}/lay-out", **given)
    return answer.status_code, answer.text


async def things(desk: Desk, item: str) -> dict[str, dict[str, object]]:
    """What everyone sees of the board, by title or words."""
    live = await desk.rooms.open(desk.board)
    found = [one for one in live.room.board.items.values() if one.item == item and one.removed is None]
    return {str(one.fields.get("title") or one.fields["text"]): {**one.fields, "id": one.id} for one in found}


async def test_the_four_boxes_lie_beside_each_other_under_a_card_that_wears_the_record(desk: Desk) -> None:
    id = await dilemma(desk)
    here = AddSection(new_id(), "Here already", x=0, y=0)
    await desk.op(desk.ana, here)
    assert (await lay(desk, desk.ben, id))[0] == 303
    sections, cards = await things(desk, "section"), await things(desk, "card")
    a, b, down = [
        sections[title] for title in ("Upsides of A: Flow", "Upsides of B: Choice", "Downsides of A: Flow")
    ]

    assert cards["A bed"]["section"] == a["id"]
    assert cards["They stay"]["section"] == b["id"]
    assert a["y"] == b["y"] < down["y"]  # type: ignore[operator]
    assert a["x"] == down["x"] < b["x"]  # type: ignore[operator]
    assert cards["Quick and slow"]["face"]["word"] == "Named"  # type: ignore[index]
    room = down["y"] - a["y"] - a["h"]  # type: ignore[operator]
    assert room * 0.6 > 24 + 2 * 20  # a title and two lines of prompt, as large as ever where one sees all
    boxes = [(one["x"], one["y"], one["w"], one["h"]) for one in sections.values()]
    assert not [(p, q) for i, p in enumerate(boxes) for q in boxes[i + 1 :] if cover(p, q)]


def cover(p: tuple[object, ...], q: tuple[object, ...]) -> bool:
    (px, py, pw, ph), (qx, qy, qw, qh) = [[float(str(number)) for number in box] for box in (p, q)]
    return px < qx + qw and qx < px + pw and py < qy + qh and qy < py + ph


async def test_boxes_are_as_high_as_the_fullest_needs_so_that_none_is_pushed_down(desk: Desk) -> None:
    id = await dilemma(desk)
    for number in range(9):
        note = {"field-text": f"A gain of the kind that takes two lines, {number}"}
        assert await desk.do(desk.ana, id, "add_row", id=new_id(), list="ups_a", **note) == 303
    assert (await lay(desk, desk.ben, id))[0] == 303
    sections = (await things(desk, "section")).values()

    assert {one["h"] for one in sections} == {12 + 5 * (40 + 2 * 20 + 12)}
    assert len({one["y"] for one in sections}) == 2


async def test_one_undo_takes_all_of_it_away_and_the_record_stays(desk: Desk) -> None:
    id = await dilemma(desk)
    before = await desk.record(id)
    await lay(desk, desk.ben, id)
    live = await desk.rooms.open(desk.board)
    added = next(one for one in live.room.board.items.values() if one.item == "section").born
    await desk.op(desk.ben, Undo(added))

    assert await things(desk, "section") == {}
    assert await things(desk, "card") == {}
    assert await desk.record(id) == before


async def test_a_form_sent_twice_puts_it_down_once(desk: Desk) -> None:
    id, form = await dilemma(desk), new_id()
    assert [(await lay(desk, desk.ana, id, id=form))[0] for _ in range(2)] == [303, 303]
    live = await desk.rooms.open(desk.board)

    assert sum(1 for one in live.room.board.items.values() if one.item == "section") == 4


async def test_what_is_on_the_board_can_be_kept_again_from_its_sections(desk: Desk) -> None:
    id = await dilemma(desk)
    await lay(desk, desk.ana, id)
    note = await desk.card(desk.ben, "And slow again")
    page = (await desk.ana.get(f"{desk.base}/keep?kind=dilemma&cards={desk.board}/{note}")).text
    sections = await things(desk, "section")

    for title in ("Upsides of A: Flow", "Downsides of B: Choice"):
        assert f'value="{sections[title]["id"]}" selected' in page


async def test_assumptions_lie_by_what_rests_on_them_and_by_evidence_each_wearing_its_record(
    desk: Desk,
) -> None:
    id = await dilemma(desk)
    more = {"from": id, "means": "rests_on", "mine": "yes"}
    known = await desk.keep(desk.ana, "assumption", "They trust us", **more)
    await desk.keep(desk.ana, "assumption", "They hear too late", **more)
    await desk.keep(desk.ana, "assumption", "Of something else")
    evidence = {"field-what": "7 of 10", "field-strength": "tested"}
    assert await desk.do(desk.ana, known, "add_row", id=new_id(), list="evidence", **evidence) == 303
    assert (await lay(desk, desk.ana, id, way="around"))[0] == 303
    cards, sections = await things(desk, "card"), await things(desk, "section")
    section = sections["How sure are we?"]

    assert set(cards) == {"They trust us", "They hear too late"}
    assert cards["They trust us"]["x"] < cards["They hear too late"]["x"]  # type: ignore[operator]
    assert section["layout"] == "free"
    assert (section["axis_left"], section["axis_top"]) == ("We have seen it", "All hangs on it")
    assert cards["They trust us"]["face"]["record"] == known  # type: ignore[index]


def belief(number: int, strength: str = "") -> Record:
    kept = Kept(kind="assumption", title=f"Belief {number:02}")
    if strength:
        kept.do(ANA, ops.AddRow(NewRow("e", "evidence", {"what": "x", "strength": strength})))
    return structs.replace(kept.now, id=f"r{number}")


def test_on_a_map_of_many_no_card_covers_another_and_none_lies_outside() -> None:
    strengths = ["", "", "anecdote", "tested"]
    records = [belief(number, strengths[number % 4]) for number in range(60)]
    resting = {one.id: number % 5 for number, one in enumerate(records)}
    axes = KINDS["assumption"].axes
    assert axes
    laid = laying_out.on_map(axes, records, resting, Board("b", "s"), new_id())
    section, *cards = [structs.asdict(part) for part in laid.op.parts]
    places = {(card["x"], card["y"]) for card in cards}

    assert len(places) == len(cards) == 60
    assert max(x for x, _ in places) + CARD_W <= section["w"]
    assert max(y for _, y in places) + CARD_H <= section["h"]
    assert set(laid.cards.values()) == {one.id for one in records}
    assert section["h"] < 1.5 * section["w"]
    by_x: dict[float, list[tuple[float, int]]] = {}
    for card in cards:
        by_x.setdefault(card["x"], []).append((card["y"], resting[laid.cards[card["id"]]]))
    for column in by_x.values():
        assert [rests for _, rests in sorted(column)] == sorted((rests for _, rests in column), reverse=True)


def test_a_map_of_which_nothing_is_known_yet_is_no_single_column_and_long_titles_have_room() -> None:
    records = [structs.replace(belief(number), title="A long belief " * 11) for number in range(60)]
    axes = KINDS["assumption"].axes
    assert axes
    laid = laying_out.on_map(axes, records, {}, Board("b", "s"), new_id())
    section, *cards = [structs.asdict(part) for part in laid.op.parts]
    rows = sorted({card["y"] for card in cards})

    assert section["h"] < section["w"]
    assert len(rows) == laying_out.TALL
    assert min(low - high for high, low in pairwise(rows)) > 80 + 7 * 20  # seven lines of title


async def test_a_board_that_is_locked_archived_or_foreign_takes_nothing_and_says_so(desk: Desk) -> None:
    id = await dilemma(desk)
    foreign, other = new_id(), await desk.home.space(desk.ben, "Elsewhere")
    async with desk.home.db.write() as tx:
        await library_store.add(tx, foreign, other, "Elsewhere", "blank", desk.ben.id, now())
    status, page = await lay(desk, desk.ben, id, board=foreign)
    assert (status, "Choose a board." in page) == (422, True)
    await desk.ana.post(f"/boards/{desk.board}/set-up/members")
    await desk.ana.post(f"/boards/{desk.board}/set-up", locked="yes")
    status, page = await lay(desk, desk.ben, id)
    assert (status, "set-up" in page or "locked" in page) == (422, True)
    assert (await lay(desk, desk.ana, id))[0] == 303  # a steward may set up the board all the same
    await desk.ana.post(f"/boards/{desk.board}/archive")
    assert f'value="{desk.board}"' not in (await desk.ana.get(f"{desk.base}/{id}/lay-out")).text
    assert (await lay(desk, desk.ana, id))[0] == 422


async def test_a_draft_and_what_has_no_boxes_are_not_laid_out_and_observers_are_not_asked(desk: Desk) -> None:
    question = await desk.keep(desk.ana, "question", "Who rings?")
    draft = await desk.keep(desk.ana, "dilemma", "CANARY", step="draft", **POLES)
    id = await dilemma(desk)

    assert (await lay(desk, desk.ana, question))[0] == 422
    assert (await lay(desk, desk.ana, draft))[0] == 422
    assert (await lay(desk, desk.ben, draft))[0] == 404
    assert (await lay(desk, desk.gus, id))[0] == 403
    assert "lay-out" not in (await desk.gus.get(f"{desk.base}/{id}")).text
    assert "lay-out" not in (await desk.ana.get(f"{desk.base}/{question}")).text


async def test_what_is_laid_out_late_stands_for_its_record_though_nobody_waits(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk_at(database_url) as desk:
        id = await dilemma(desk)
        with monkeypatch.context() as short:
            short.setattr(boards, "LONGEST_WAIT", 0)
            late, _ = await lay(desk, desk.ana, id)

        async def its_card() -> dict[str, object]:
            return (await things(desk, "card")).get("Quick and slow", {}).get("face", {})  # type: ignore[return-value]

        assert late == 503
        await until(its_card, why="the card wears its record")
