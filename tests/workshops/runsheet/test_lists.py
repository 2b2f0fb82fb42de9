"""What the list of workshops, a run-sheet and minutes show of what is over."""

import re
from html import unescape

from tests.workshops.runsheet.conftest import Plan
from tests.workshops.runsheet.held import Held, held
from tests.workshops.runsheet.walking import Console

__all__ = ["held"]
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
    """By button of the run-sheet: which way, which block, and whether it can be pressed."""
    found = re.findall(r'name="deed" value="(up|down) ([^"]+)" class="small"( disabled)?', page)
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
    for way, id, _ in [one for one in buttons if one[2]]:
        assert (await plan.op(ana, way, id=id)).status_code == 303, (way, id)

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
