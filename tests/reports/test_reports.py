"""Reports over HTTP: live, issued, corrected, and read by link."""

import re
from datetime import UTC, date, datetime

import msgspec
import pytest

from app.access import Role
from app.boards.library import store as library_store
from app.db import new_id, now
from app.outcomes.view import pseudonyms
from app.outcomes.view.content import ReportContent
from app.reports.issued.changes import news
from tests.outcomes.given import HOME, a_goal, a_measure, numbers
from tests.reports.winter_report import report
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person

PAIRS = [(60 + i * 3 % 7, 100) for i in range(14)]


@pytest.fixture
async def goal(home: House, winter: Winter) -> str:
    """A goal of both organisations, looked after by Ana, with fourteen months from each; gives its id."""
    made = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield, winter.hospice)
    measure = await a_measure(home.db, winter.id, made, winter.ana.id)
    await numbers(home.db, measure, winter.ana.id, PAIRS, winter.northfield)
    await numbers(home.db, measure, winter.cleo.id, PAIRS, winter.hospice)
    return made


async def issue(winter: Winter, goal: str, by: Person | None = None, **fields: str) -> str:
    """Issue report of the goal; gives its address."""
    answer = await (by or winter.ana).post(f"{winter.path}/outcomes/{goal}/report", **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def link(winter: Winter, path: str) -> str:
    """A reader's link to an issued report: its path."""
    answer = await winter.ana.post(f"{path}/links", days="30")
    found = re.search(r'value="http://[^/]+(/read/[^"]+)"', answer.text)
    assert found, answer.text
    return found[1]


async def test_the_report_of_a_goal_says_what_its_data_say(winter: Winter, goal: str) -> None:
    page = (await winter.bo.get(f"{winter.path}/outcomes/{goal}/report")).text

    assert "Home sooner" in page
    assert "No signal yet" in page
    assert "February 2025: 64.0%" in page
    assert "Vale Hospice" in page
    assert 'role="img"' in page
    assert " style=" not in page


async def test_a_link_says_inside_alone_whom_it_is_for(winter: Winter, goal: str) -> None:
    path = await issue(winter, goal)
    made = await winter.ana.post(f"{path}/links", days="30", for_whom="  The \u202e trust board ")
    await winter.ana.post(f"{path}/links", days="30", for_whom="Carers' <b>evening</b>")
    too_long = await winter.ana.post(f"{path}/links", days="30", for_whom="x" * 121)
    seen = (await winter.ana.get(path)).text
    (token,) = re.findall(r'value="http://[^/]+(/read/[^"]+)"', made.text)
    mine = (await winter.ana.get("/me/data.json")).json()

    assert "For <bdi>The trust board</bdi>, created" in seen
    assert "For <bdi>Carers&#39; &lt;b&gt;evening&lt;/b&gt;</bdi>, created" in seen
    assert too_long.status_code == 422
    assert "trust board" not in (await winter.ana.get(token)).text
    assert {one["for_whom"] for one in mine["reports"]["links_made"]} == {
        "The trust board",
        "Carers' <b>evening</b>",
    }


async def test_the_report_of_a_space_has_every_goal_and_a_method(winter: Winter, goal: str) -> None:
    page = (await winter.cleo.get(f"{winter.path}/outcomes/report")).text

    assert "Outcomes of Winter Together" in page
    assert page.index("Northfield Trust</bdi></th>") < page.index("Vale Hospice</bdi></th>")
    assert "mdc-r-0.2.2" in page
    assert "How this is read" in page


async def test_a_space_without_goals_has_a_report_that_says_so(winter: Winter) -> None:
    assert (
        "Nothing has been measured here yet" in (await winter.ana.get(f"{winter.path}/outcomes/report")).text
    )


async def test_a_second_click_issues_no_second_report(home: House, winter: Winter, goal: str) -> None:
    live = f"{winter.path}/outcomes/{goal}/report"
    seen = re.search(r'name="last" value="([^"]*)"', (await winter.ana.get(live)).text)
    assert seen
    first, second = [await winter.ana.post(live, last=seen[1]) for _ in range(2)]

    assert second.headers["location"] == first.headers["location"]
    assert await home.count("report") == 1
    newest = first.headers["location"].rsplit("/", 1)[1]
    await winter.ana.post(live, last=newest)
    assert await home.count("report") == 2


async def test_an_issued_report_never_changes(home: House, winter: Winter, goal: str) -> None:
    path = await issue(winter, goal)
    before = await home.value("SELECT content FROM report")
    measure = str(await home.value("SELECT id FROM measure"))
    await numbers(home.db, measure, winter.ana.id, [(1, 2)], winter.northfield, begin="2025-03-01")
    await home.set("UPDATE goal SET title = 'Another title'")
    page = (await winter.bo.get(path)).text

    assert "February 2025" in page
    assert "March 2025" not in page
    assert "Another title" not in page
    assert await home.value("SELECT content FROM report") == before


async def test_reports_are_numbered_and_say_what_is_new(home: House, winter: Winter, goal: str) -> None:
    await issue(winter, goal)
    measure = str(await home.value("SELECT id FROM measure"))
    for organisation in (winter.northfield, winter.hospice):
        await numbers(home.db, measure, winter.ana.id, [(90, 100)], organisation, begin="2025-03-01")
    page = (await winter.bo.get(await issue(winter, goal))).text

    assert "Report 2, issued" in page
    assert "New since the last report" in page
    assert "one new value, the latest 90.0% in March 2025" in page


async def test_no_file_tells_by_its_totals_what_is_hidden(home: House, winter: Winter) -> None:
    made = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield, winter.hospice)
    rare = msgspec.structs.replace(HOME, suppress_below=5)
    measure = await a_measure(home.db, winter.id, made, winter.ana.id, rare)
    for n, d, breakdown in ((62, 120, ()), (60, 100, (("Sex", "Women"),)), (2, 20, (("Sex", "Men"),))):
        await numbers(
            home.db, measure, winter.ana.id, [(n, d)], winter.northfield, definition=rare, breakdown=breakdown
        )
    path = await issue(winter, made)
    files = [
        (await winter.cleo.get(f"{place}/as/.{kind}")).text
        for place in (f"{winter.path}/outcomes/{made}/report", path)
        for kind in ("csv", "json", "md")
    ]

    for file in files:
        assert "62" in file or "51.7" in file
        assert "Women" not in file or ("60,100" not in file and '"numerator": "60"' not in file)


async def test_a_mistake_is_put_right_by_a_report_that_says_so(winter: Winter, goal: str) -> None:
    first = await issue(winter, goal)
    wrong = first.rsplit("/", 1)[1]
    second = await issue(winter, goal, corrects=wrong, because="June was counted twice.")

    files = [(await winter.bo.get(f"{path}/as/.md")).text for path in (first, second)]

    assert "It was corrected by report 2: June was counted twice." in files[0]
    assert "issued by Ana" in files[1]
    assert "It corrects report 1: June was counted twice." in files[1]
    assert "This corrects report 1." in (await winter.bo.get(second)).text
    assert "This was corrected by report 2." in (await winter.bo.get(first)).text
    assert "June was counted twice." in (await winter.bo.get(first)).text


async def test_a_correction_says_what_was_wrong_and_names_a_report_of_the_same(
    winter: Winter, goal: str
) -> None:
    first = (await issue(winter, goal)).rsplit("/", 1)[1]
    path = f"{winter.path}/outcomes/{goal}/report"

    silent = await winter.ana.post(path, corrects=first, because=" ")
    of_none = await winter.ana.post(path, corrects="", because="June was counted twice.")

    assert (silent.status_code, of_none.status_code) == (422, 422)
    assert f'<option value="{first}" selected>' in silent.text
    assert 'id="f-because-error">Say what was wrong' in silent.text
    assert "Choose which report was wrong" in of_none.text
    assert "June was counted twice.</textarea>" in of_none.text
    assert len((await winter.ana.get(f"{winter.path}/outcomes/reports")).text.split("Report 2")) == 1
    assert (await winter.ana.post(path, corrects=new_id(), because="It was wrong.")).status_code == 404
    space = f"{winter.path}/outcomes/report"
    assert (await winter.ana.post(space, corrects=first, because="It was wrong.")).status_code == 404


async def test_only_the_tender_issues_and_shares(home: House, winter: Winter, goal: str) -> None:
    path = await issue(winter, goal)
    for other in (winter.bo, winter.cleo):
        assert (await other.post(f"{winter.path}/outcomes/{goal}/report")).status_code == 403
        assert (await other.post(f"{winter.path}/outcomes/report")).status_code == 403
        assert (await other.post(f"{path}/links", days="30")).status_code == 403
        assert "Issue report" not in (await other.get(f"{winter.path}/outcomes/{goal}/report")).text

    assert (await winter.ana.post(f"{winter.path}/outcomes/report")).status_code == 303
    assert await home.count("report") == 2
    assert await home.count("reader_link") == 0


async def test_without_data_there_is_nothing_to_issue(home: House, winter: Winter) -> None:
    bare = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)

    assert (await winter.ana.post(f"{winter.path}/outcomes/{bare}/report")).status_code == 422


async def test_every_owner_of_a_goal_sees_to_whom_its_report_goes_and_only_its_tender_ends_that(
    home: House, winter: Winter, goal: str
) -> None:
    path = await issue(winter, goal)
    await winter.ana.post(f"{path}/links", days="30", for_whom="The trust board")
    fay = await home.person("Fay")
    await home.seat(winter.id, fay, await home.organisation(winter.id, "Borough Council"))

    owner, other = (await winter.cleo.get(path)).text, (await fay.get(path)).text
    assert "For <bdi>The trust board</bdi>, created" in owner
    assert "/withdraw" not in owner
    assert "trust board" not in other


async def test_a_reader_sees_the_report_and_nothing_else(home: House, winter: Winter, goal: str) -> None:
    path = await link(winter, await issue(winter, goal))
    answer = await home.stranger().get(path)

    assert answer.status_code == 200
    assert "Home sooner" in answer.text
    assert "noindex" in answer.headers["x-robots-tag"]
    assert winter.path not in answer.text
    assert str(await home.value("SELECT token_sha256 FROM reader_link")) not in path


async def test_a_link_closes_at_once_and_ends_by_itself(home: House, winter: Winter, goal: str) -> None:
    issued = await issue(winter, goal)
    one, two = await link(winter, issued), await link(winter, issued)
    first = str(await home.value("SELECT id FROM reader_link ORDER BY made_at LIMIT 1"))
    assert (await winter.ana.post(f"{issued}/links/{first}/withdraw")).status_code == 303
    reader = home.stranger()

    assert (await reader.get(one)).status_code == 404
    assert (await reader.get(two)).status_code == 200
    await home.set("UPDATE reader_link SET expires_at = '2020-01-01 00:00:00.000000+00:00'")
    assert (await reader.get(two)).status_code == 404
    assert (await reader.get("/read/nothing")).status_code == 404


async def test_a_link_is_closed_in_an_archived_space_too(home: House, winter: Winter, goal: str) -> None:
    issued = await issue(winter, goal)
    path = await link(winter, issued)
    await winter.ana.post(f"{winter.path}/archive")
    await winter.cleo.say_yes(winter.path)
    page = (await winter.ana.get(issued)).text
    id = await home.value("SELECT id FROM reader_link")
    by_other = await winter.cleo.post(f"{issued}/links/{id}/withdraw")
    closed = await winter.ana.post(f"{issued}/links/{id}/withdraw")

    assert f"/links/{id}/withdraw" in page
    assert "Create link" not in page
    assert (by_other.status_code, closed.status_code) == (403, 303)
    assert (await home.stranger().get(path)).status_code == 404


async def test_a_tender_who_came_back_for_another_organisation_tends_no_more(
    home: House, winter: Winter, goal: str
) -> None:
    await home.set(f"UPDATE goal SET tender_id = '{winter.bo.id}'")
    await home.set(f"DELETE FROM goal_organisation WHERE organisation_id = '{winter.hospice}'")
    issued = await issue(winter, goal, winter.bo)
    await winter.bo.post(f"{winter.path}/leave")
    await home.seat(winter.id, winter.bo, winter.hospice)
    tried = [
        (await winter.bo.post(path, days="30")).status_code
        for path in (
            f"{winter.path}/outcomes/{goal}/report",
            f"{winter.path}/outcomes/report",
            f"{winter.path}/outcomes/goals/{goal}/archive",
            f"{issued}/links",
        )
    ]

    assert tried == [403] * 4
    assert await home.count("report") == 1


async def test_a_reader_link_lasts_only_as_long_as_may_be_chosen(winter: Winter, goal: str) -> None:
    path = await issue(winter, goal)

    for days in ("", "0", "100000", "-1", "x"):
        assert (await winter.ana.post(f"{path}/links", days=days)).status_code == 422


async def test_reports_of_another_space_are_not_here(home: House, winter: Winter, goal: str) -> None:
    path = await issue(winter, goal)
    other = await home.person("Dora")
    space = await home.space(other, "Elsewhere")

    assert (await other.get(path)).status_code == 404
    assert (await other.get(path.replace(winter.id, space))).status_code == 404
    assert (await other.get(f"/spaces/{space}/outcomes/{goal}/report")).status_code == 404


async def test_whoever_was_erased_is_named_in_no_issued_report(
    home: House, winter: Winter, goal: str
) -> None:
    path = await issue(winter, goal)
    kept = str(await home.value("SELECT content FROM report"))

    assert "Ana" not in kept
    assert "Ana" in (await winter.bo.get(path)).text
    await winter.ana.post("/me/name", name="Ann")
    assert 'Looked after by</dt><dd dir="auto">Ann<' in (await winter.bo.get(path)).text


async def test_who_is_observing_reads_and_cannot_issue(home: House, winter: Winter, goal: str) -> None:
    olga = await home.person("Olga")
    await home.seat(winter.id, olga, winter.hospice, Role.OBSERVER)

    assert (await olga.get(f"{winter.path}/outcomes/{goal}/report")).status_code == 200
    assert (await olga.post(f"{winter.path}/outcomes/{goal}/report")).status_code == 403


async def test_the_line_that_led_here_is_told_as_everybody_sees_it(
    home: House, winter: Winter, goal: str
) -> None:
    board = new_id()
    async with home.db.write() as tx:
        await library_store.add(tx, board, winter.id, "Leaving well", "blank", winter.ana.id, now())
    cards = [new_id() for _ in range(3)]
    texts = ("Nobody owns the journey", "My secret draft", "Home in two days")
    for id, text in zip(cards, texts, strict=True):
        own = {"draft": "yes"} if "secret" in text else {}
        sent = await winter.ana.post(
            f"/boards/{board}/ops", do="add_card", id=id, kind="note", text=text, **own
        )
        assert sent.status_code == 303, sent.text
    for start in cards[:2]:
        ends = {"start": start, "end": cards[2], "means": "leads_to"}
        assert (await winter.ana.post(f"/boards/{board}/ops", do="add_link", id=new_id(), **ends)).is_redirect
    await home.set(
        f"INSERT INTO goal_card (board_id, card_id, goal_id) VALUES ('{board}', '{cards[2]}', '{goal}')"
    )
    live = f"{winter.path}/outcomes/{goal}/report"
    theirs, own_page = (await winter.bo.get(live)).text, (await winter.ana.get(live)).text
    issued = (await winter.ana.get(await issue(winter, goal))).text

    for page in (theirs, own_page, issued):
        assert "The line that led here" in page
        assert "Nobody owns the journey" in page
        assert "written in" in page
    assert "My secret draft" in own_page
    assert "My secret draft" not in theirs + issued


def test_a_name_in_a_kept_report_can_hold_any_sign() -> None:
    person = new_id()
    kept = msgspec.json.encode({"by": pseudonyms.pseudonym(person), "text": 'a "word"'}).decode()

    written = pseudonyms.with_names(kept, lambda _: 'Ana "the\\one" </script>')

    assert msgspec.json.decode(written) == {"by": 'Ana "the\\one" </script>', "text": 'a "word"'}


def test_what_is_kept_can_be_read_again() -> None:
    content = report("space")

    assert msgspec.json.decode(msgspec.json.encode(content), type=ReportContent) == content


def test_a_first_report_has_no_news_and_the_same_again_has_none() -> None:
    content = report()

    assert news(None, content) == ()
    assert news(content, content) == ("Nothing has changed since.",)


def test_the_names_of_measures_that_came_or_went_are_news() -> None:
    full = report()
    goal = full.goals[0]
    less = msgspec.structs.replace(
        full, goals=(msgspec.structs.replace(goal, measures=goal.measures[:2]),), made_at=datetime.now(UTC)
    )

    assert news(less, full) == ("A new measure: People back within 30 days.",)
    assert news(full, less) == ("No longer measured: People back within 30 days.",)
    assert date(2026, 10, 31) == full.until
