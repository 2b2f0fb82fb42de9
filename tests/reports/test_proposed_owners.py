"""Whoever is only asked to own a goal is never named as its owner, in no report and no file of one."""

import re

from app.access import Role
from tests.reports.files.read_whole import document_lines
from tests.reports.test_reports import goal, issue, link
from tests.spaces.conftest import Winter
from tests.spaces.house import House

__all__ = ["goal"]


async def test_who_is_only_asked_to_own_a_goal_is_named_as_that_and_sees_no_readers(
    home: House,
    winter: Winter,
    goal: str,
) -> None:
    fay, council = await home.person("Fay"), await home.organisation(winter.id, "Borough Council")
    await home.seat(winter.id, fay, council, Role.STEWARD)
    await winter.ana.post(f"{winter.path}/outcomes/goals/{goal}/owners", organisation=council)
    live = f"{winter.path}/outcomes/{goal}/report"
    path = await issue(winter, goal)
    reader = await link(winter, path)
    page, says = (await home.stranger().get(reader)).text, "proposed to Borough Council"
    files = {form: await winter.bo.get(f"{path}/as/{form}") for form in ("json", "md", "docx")}
    before = (await fay.get(path)).text
    await fay.post(f"{winter.path}/outcomes/goals/{goal}/own", answer="yes")

    for shown in (page, (await winter.bo.get(path)).text, before):
        owners, asked = re.findall(r"<dt>(?:Owned together by|Proposed to)</dt><dd>(.*?)</dd>", shown)
        assert "Borough Council" not in owners
        assert "Borough Council</span>, without an answer so far" in asked
    kept = files["json"].json()["goals"][0]
    assert [one["name"] for one in kept["organisations"]] == ["Northfield Trust", "Vale Hospice"]
    assert [one["name"] for one in kept["proposed"]] == ["Borough Council"]
    assert f"Owned by Northfield Trust, Vale Hospice, {says}; looked after by" in files["md"].text
    assert any(says in one for one in document_lines(files["docx"].content))
    assert "/links/" not in before
    assert "For readers" not in before
    assert "Proposed to" in (await winter.bo.get(path)).text  # what is issued never changes
    assert "Proposed to" not in (await winter.bo.get(live)).text
