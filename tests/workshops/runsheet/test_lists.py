"""What the list of workshops, a run-sheet and minutes show of what is over."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

from app.boards.core.stage.ops import EndStage
from app.reports.minutes.content import Minutes
from app.reports.minutes.lines import took_part
from app.workshops.runsheet.follow import course_of
from app.workshops.runsheet.sheet import Block, Sheet, Step
from app.workshops.runsheet.timing import Ran
from app.workshops.runsheet.workshop import Workshop as Planned
from tests.boards.core.stage.workshop import Workshop
from tests.boards.play import ANA
from tests.workshops.runsheet.conftest import Plan
from tests.workshops.runsheet.held import Held, held
from tests.workshops.runsheet.walking import Console

__all__ = ["held"]
TEN = datetime(2026, 11, 21, 10, tzinfo=UTC)
LISTED = re.compile(r"<h2[^>]*>([^<]*)|<summary>([^<]*)|href=\"[^\"]*/workshops/([0-9a-f-]{36})\"")


def listed(page: str) -> list[tuple[str, ...]]:
    """The headings from the first list on, and what each list holds."""
    return LISTED.findall(page[page.index('id="coming-title"') :])


async def test_where_a_file_is_refused_the_list_of_workshops_is_as_it_was(held: Held) -> None:
    await held.end()
    ana, plan = held.plan.winter.ana, held.plan
    before = (await ana.get(plan.base)).text
    assert "Past" in before
    refused = await ana.http.post(
        f"{plan.base}/import",
        data={"_csrf_token": ana.http.cookies["tl_csrf"]},
        files={"file": ("a.json", b"{")},
    )

    assert refused.status_code == 422
    assert 'id="f-file-error"' in refused.text
    assert listed(refused.text) == listed(before)


def movable(page: str) -> list[tuple[str, str, bool]]:
    """By button of the run-sheet: which way, which block or step, and whether it can be pressed."""
    found = re.findall(r'name="deed" value="(up|down) ([^"]+)" class="small(?: quiet)?"( disabled)?', page)
    return [(way, id, not off) for way, id, off in found]


async def test_a_run_sheet_offers_to_move_only_what_can_be_moved(plan: Plan) -> None:
    ana, ids = plan.winter.ana, [block.id for block in (await plan.sheet()).blocks]
    assert (await ana.post(f"{plan.path}/open")).status_code == 303
    console = Console(plan, ana, await plan.board())
    await console.on()
    buttons = movable((await ana.get(plan.path)).text)

    assert {id for _, id, _ in buttons} == set(ids[1:]), "what ran has none"
    assert ("up", ids[1], False) in buttons, "it cannot go before what ran"
    assert ("up", ids[2], True) in buttons
    await console.on(f"?step={(await plan.sheet()).blocks[3].steps[1].id}")
    page = (await ana.get(f"{plan.path}?step={(await plan.sheet()).blocks[3].steps[0].id}")).text
    buttons = movable(page)
    steps = [step.id for step in (await plan.sheet()).blocks[3].steps]
    assert ("down", ids[2], False) in buttons, "nor after what ran out of its turn"
    assert [one for one in buttons if one[1] == steps[0]] == [
        ("up", steps[0], False),
        ("down", steps[0], False),
    ]
    before = await plan.sheet()
    for way, id, _ in [one for one in buttons if one[2]]:
        back = "up" if way == "down" else "down"
        assert (await plan.op(ana, way, id=id)).status_code == 303, (way, id)
        assert await plan.sheet() != before, (way, id)
        assert (await plan.op(ana, back, id=id)).status_code == 303, (way, id)
        assert await plan.sheet() == before, (way, id)

    stage = (await console.live()).stage
    assert (await ana.post(console.path, do="end", id=stage)).status_code == 303
    over = unescape((await ana.get(plan.path)).text)
    assert movable(over) == []
    assert "Add a block" not in over
    assert "When you open the doors" not in over
    assert f'new?from={plan.id}">Plan another from it' in over


async def test_each_block_of_the_minutes_says_when_it_was_over_the_last_one_too(held: Held) -> None:
    await held.end()
    heads = re.findall(r"\((\d\d:\d\d)( to \d\d:\d\d)?\)", await held.file(held.plan.winter.bo, "docx"))
    assert len(heads) >= 4
    assert all(until for _, until in heads)


async def test_a_run_sheet_that_was_ended_in_the_middle_times_only_what_came(held: Held) -> None:
    await held.end()
    page = (await held.plan.winter.ana.get(held.plan.path)).text
    rows = re.findall(r'<tr id="row-.*?</tr>', page, re.DOTALL)
    came = [row for row in rows if "<small> of " in row]
    passed = [row for row in rows if "passed over" in row]

    assert len(came) + len(passed) == len(rows)
    assert all(re.search(r"<td>\d\d:\d\d</td>", row) for row in came), "with the one that it ended in"
    assert came
    assert passed
    assert not any(re.search(r"\d\d:\d\d", row) for row in passed)
    assert re.search(r"</b>, ended \d\d:\d\d", page)


def test_a_block_that_was_begun_out_of_its_turn_began_when_it_did_once_the_workshop_has_ended() -> None:
    passed, out = _block("c", "c1"), _block("d", "d1", out=True)
    sheet = Sheet(blocks=(_block("a", "a1"), _block("b", "b1", "b2"), passed, out))
    play = Workshop()
    ran = []
    for at, step in ((0, "b2"), (300, "a1")):
        play.now = TEN.timestamp() + at
        of = sheet.block_of(step)
        assert of
        ran.append(Ran(of.steps[-1], of.id, of.title, play.ask(prompt=step), TEN))
    play.now = TEN.timestamp() + 480
    play.act(ANA, EndStage(play.stage.id))
    planned = Planned("w", "s1", "Winter", "ana", TEN, TEN, stage=play.stage.id, sheet=sheet)

    course = course_of(planned, ran, play.board, TEN + timedelta(hours=1))
    starts = [block.start and (block.start - TEN).total_seconds() for block in course.blocks]
    assert starts == [300, 0, None, None]
    never = course_of(planned, [], play.board, TEN + timedelta(hours=1))
    assert [block.start for block in never.blocks] == [None] * 4


def _block(id: str, *steps: str, out: bool = False) -> Block:
    made = (Step(id=step, title=step, minutes=7, left_out=out) for step in steps)
    return Block(id=id, title=id, steps=tuple(made))


def test_the_number_of_an_organisation_stands_behind_its_name_whatever_its_script() -> None:
    counts = (("Vale Hospice", 3), ("מרכז צפון", 2), ("مستشفى", 1))
    minutes = Minutes("Name it", "Winter", "", "", "", (), people=6, organisations=counts, observers=1)

    assert (
        took_part(minutes)
        == "6 people: Vale Hospice 3, \u2068מרכז צפון\u2069 2, \u2068مستشفى\u2069 1. 1 observer."
    )
