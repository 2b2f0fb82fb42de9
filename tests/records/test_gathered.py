"""Keeping what a workshop gathered: a theme with its notes, the thing a vote chose, numbers of a choice."""

from collections.abc import AsyncIterator

import pytest

from app.boards.core.ops import AddCard, AddSection, DuplicateCard
from app.boards.core.stage.ops import AddTheme, CloseVote, Hold, OpenPhase, OpenStage, Vote
from app.boards.core.stage.read import Phase, Total, Totals
from app.db import new_id
from app.records.core.kinds import KINDS
from app.records.gathered import counts_of
from app.records.keep_form import gathered_values
from tests.records.desk import Desk, desk_at
from tests.support.forms import fields_of

ANSWERS = ("Critical", "Tame", "Wicked")


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with desk_at(sqlite_url) as made:
        yield made


async def theme_of(desk: Desk, *cards: str, title: str = "Families hear late") -> str:
    """A theme of a workshop that Ana leads."""
    await desk.op(desk.ana, OpenStage(new_id()))
    theme = new_id()
    assert not await desk.op(desk.ana, AddTheme(theme, title, cards=cards))
    return theme


async def kept(desk: Desk, of: str, kind: str, step: str = "stand") -> str:
    """What is kept from a form as it comes, with all that it holds."""
    page = await desk.ana.get(f"{desk.base}/keep?kind={kind}&{of}")
    fields = fields_of(page.text, "/keep")
    answer = await desk.ana.post(f"{desk.base}/keep", **{**fields, "tender": "me", "step": step})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]


async def test_a_theme_is_kept_with_all_its_notes_under_their_writers_and_no_card_wears_it(
    desk: Desk,
) -> None:
    one, two = await desk.card(desk.ana, "Nobody rang"), await desk.card(desk.ben, "We rang too late")
    alone = await desk.card(desk.ben, "The lift is broken")
    theme = await theme_of(desk, one, two)
    id = await kept(desk, f"theme={desk.board}/{theme}", "problem")
    record = await desk.record(id)

    assert record.title == "Families hear late"
    assert {(row.card, row.by) for row in record.rows} == {(one, desk.ana.id), (two, desk.ben.id)}
    assert [await desk.face(card) for card in (one, two, alone)] == [{}, {}, {}]


async def test_a_draft_of_a_theme_that_stands_later_is_worn_by_no_card_either(desk: Desk) -> None:
    card = await desk.card(desk.ana, "Nobody rang")
    theme = await theme_of(desk, card)
    id = await kept(desk, f"theme={desk.board}/{theme}", "question", "draft")
    await desk.do(desk.ana, id, "stand")

    assert (await desk.record(id)).stands == "standing"
    assert await desk.face(card) == {}


async def test_the_outline_leads_members_to_keep_themes_and_results(desk: Desk) -> None:
    card = await desk.card(desk.ana, "Nobody rang")
    before = (await desk.ana.get(f"/boards/{desk.board}/outline")).text
    theme = await theme_of(desk, card)
    page = (await desk.ana.get(f"/boards/{desk.board}/outline")).text
    observed = (await desk.gus.get(f"/boards/{desk.board}/outline")).text
    link = f"{desk.base}/keep?theme={desk.board}/{theme}"

    assert "From the workshop" not in before
    assert link in page
    assert "Theme, 1 note" in page
    assert "From the workshop" in observed
    assert link not in observed
    assert f"theme={desk.board}%2F{theme}" in (await desk.ana.get(link)).text.replace("/", "%2F")


async def test_a_result_is_kept_as_the_thing_that_the_room_goes_on_with(desk: Desk) -> None:
    one, two = await desk.card(desk.ana, "Nobody rang"), await desk.card(desk.ben, "We rang too late")
    await desk.op(desk.ana, OpenStage(new_id()))
    wrote, vote, note = new_id(), new_id(), new_id()
    await desk.op(desk.ana, OpenPhase(wrote, None, "What is hard?", write="shared"))
    assert not await desk.op(desk.ben, AddCard(note, "note", "Nobody owns it", phase=wrote))
    asked = {"write": "off", "vote": Vote("dots"), "about": (wrote,)}
    assert not await desk.op(desk.ana, OpenPhase(vote, wrote, "Which one?", **asked))  # type: ignore[arg-type]
    result = f"result={desk.board}/{vote}"
    early = (await desk.ana.get(f"{desk.base}/keep?kind=dilemma&{result}")).text
    cast = await desk.ben.post(f"/boards/{desk.board}/take-part", do="place", phase=vote, choice=note)
    await desk.op(desk.ana, CloseVote(vote))
    await desk.op(desk.ana, Hold(vote, note))
    outline = (await desk.ana.get(f"/boards/{desk.board}/outline")).text
    record = await desk.record(await kept(desk, result, "dilemma"))

    assert cast.status_code == 303
    assert "Nobody owns it" not in early
    assert "Vote, 1 person voted" in outline
    assert f"keep?{result}" in outline
    assert record.title == "Nobody owns it"
    assert [(row.card, row.by) for row in record.rows] == [(note, desk.ben.id)]
    assert await desk.face(one) == await desk.face(two) == {}


def test_how_many_said_critical_tame_and_wicked_fills_the_three_shares_of_a_problem() -> None:
    vote = Vote("choice", options=ANSWERS)
    totals = Totals(12, (Total("0", 2), Total("1", 1), Total("2", 9)))
    filled = gathered_values(
        KINDS["problem"], "Leaving", counts_of(Phase("p", "?", vote=vote, totals=totals))
    )
    few = Phase("p", "?", vote=vote, totals=Totals(3, too_few=True))

    assert filled == {
        "title": "Leaving",
        "field-critical": "2 of 12",
        "field-tame": "1 of 12",
        "field-wicked": "9 of 12",
    }
    assert gathered_values(KINDS["decision"], "Leaving", counts_of(few)) == {"title": "Leaving"}


async def test_themes_and_results_of_another_space_are_not_there(desk: Desk) -> None:
    theme = await theme_of(desk, await desk.card(desk.ana, "Nobody rang"))
    other = await desk.home.space(desk.ana, "Elsewhere")
    answer = await desk.ana.get(f"/spaces/{other}/records/keep?kind=problem&theme={desk.board}/{theme}")

    assert answer.status_code == 404


async def test_what_was_written_where_nothing_is_kept_is_kept_by_no_way_in(desk: Desk) -> None:
    section, one, note = new_id(), await desk.card(desk.ana, "Nobody rang"), new_id()
    await desk.op(desk.ana, AddSection(section, "Arriving"))
    await desk.op(desk.ana, OpenStage(new_id()))
    check_in, theme, vote = new_id(), new_id(), new_id()
    how = OpenPhase(check_in, None, "How do you arrive?", write="shared", kept=False, kinds=("outcome",))
    await desk.op(desk.ana, how)
    written = AddCard(note, "outcome", "I slept badly", section=section, phase=check_in)
    assert not await desk.op(desk.ben, written)
    assert not await desk.op(desk.ana, AddTheme(theme, "Tired", cards=(one, note)))
    asked = {"write": "off", "vote": Vote("dots"), "about": (check_in,)}
    await desk.op(desk.ana, OpenPhase(vote, check_in, "Which one?", **asked))  # type: ignore[arg-type]
    await desk.op(desk.ana, CloseVote(vote))
    await desk.op(desk.ana, Hold(vote, note))
    card = f"{desk.base}/cards/{desk.board}/{note}"
    goal = card.replace("/records/", "/outcomes/")

    refused = [
        await desk.ana.get(card),
        await desk.ana.post(card, record=new_id()),
        await desk.ana.get(f"{desk.base}/keep?kind=problem&cards={desk.board}/{note}"),
        await desk.ana.post(f"{desk.base}/keep", kind="problem", cards=f"{desk.board}/{note}", title="It"),
        await desk.ana.get(goal),
        await desk.ana.post(f"{goal}/goal", title="It", aim="It"),
    ]
    shown = [
        await desk.ana.get(f"{desk.base}/keep?kind=problem&theme={desk.board}/{theme}"),
        await desk.ana.get(f"{desk.base}/keep?kind=problem&result={desk.board}/{vote}"),
        await desk.ana.get(f"{desk.base}/keep/several?board={desk.board}&section={section}"),
        await desk.ana.get(f"{desk.base}/keep/several?board={desk.board}&cards={one},{note}"),
    ]
    copied = await desk.op(desk.ana, DuplicateCard(new_id(), note))
    outline = (await desk.ana.get(f"/boards/{desk.board}/outline")).text

    assert "What is written here is not kept" in copied
    assert {answer.status_code for answer in refused} == {409}
    assert all("What is written here is not kept" in answer.text for answer in refused)
    assert {answer.status_code for answer in shown} == {200}
    assert not [answer.text for answer in shown if "I slept badly" in answer.text]
    assert "Nobody rang" in shown[0].text
    assert f"cards/{desk.board}/{one}" in outline
    assert f"cards/{desk.board}/{note}" not in outline
