"""Files of numbers, brought in over HTTP: looked at first, whole or not at all, taken back."""

import csv
import io
import re
import resource
from decimal import Decimal
from pathlib import Path

import pytest

from app.access import Role
from app.db import now
from app.outcomes.imports.writing import turns
from app.outcomes.measures import observation_store
from app.outcomes.measures.measure import Definition
from tests.outcomes.given import a_goal, a_measure
from tests.outcomes.imports.import_forms import (
    bring,
    choose,
    fields_of,
    keep_words,
    measured,
    send,
    tally,
    values_of,
    words,
)
from tests.outcomes.imports.sample_tables import FALLS, with_cell_at
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person, house

ATTENDANCES = Path(__file__).parents[3] / "app" / "demo" / "ae_attendances.csv"
LONG = "measure_code,org_code,period_start,numerator,denominator,value,note\n"


async def take(home: House, person: Person, imports: str, content: str) -> None:
    """Bring a file and import it."""
    await send(home, person, f"{await bring(home, person, imports, content)}/do")


async def test_a_file_is_looked_at_first_and_then_imported_whole(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    file = await bring(
        home, winter.bo, imports, LONG + "home,,2024-01-01,80,100,,\nhome,R1H,2024-01-01,70,100,,\n"
    )
    looked = await winter.bo.get(file)
    nothing_yet = await home.count("observation")
    await send(home, winter.bo, f"{file}/do")
    after = await winter.bo.get(imports)

    assert tally(looked.text) == [2, 0, 0, 0]
    assert "Northfield Trust your organisation" in words(looked.text)
    assert nothing_yet == 0
    assert await home.count("observation") == 2
    assert await home.count("reading") == 2
    assert await home.count("upload") == 0
    assert "2 values added" in after.text


async def test_c8_it_is_said_of_which_rows_characters_were_left_out(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    long = await bring(home, winter.ana, imports, LONG + "home,,2024-01-01,80,100,,a no\0te\n")
    other = await bring(home, winter.ana, imports, "month,a,b\nJan 2024,8\0,10\nFeb 2024,8\0,10\n")
    say = "Characters that cannot be stored were left out of"

    assert f"{say} 1 row, row 2." in words((await winter.ana.get(long)).text)
    assert f"{say} 2 rows; the first is row 2." in words((await winter.ana.get(other)).text)


async def test_the_same_file_again_changes_nothing_and_a_corrected_one_only_what_is_new(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter)
    first = LONG + "home,,2024-01-01,80,100,,\nhome,,2024-02-01,81,100,,\n"
    await take(home, winter.bo, imports, first)
    again = await winter.bo.get(await bring(home, winter.bo, imports, first))
    corrected = await bring(
        home, winter.bo, imports, first.replace("81,", "82,") + "home,,2024-03-01,83,100,,\n"
    )
    looked = await winter.bo.get(corrected)
    await send(home, winter.bo, f"{corrected}/do")

    assert tally(again.text) == [0, 0, 2, 0]
    assert f"{corrected}/do" in looked.text
    assert "/do" not in again.text
    assert tally(looked.text) == [1, 1, 1, 0]
    assert "81.0% 82.0%" in words(looked.text)
    assert await home.count("observation") == 4
    assert await home.value("SELECT count(*) FROM observation WHERE current") == 3


async def test_all_refused_rows_can_be_had_as_they_were_with_the_reasons(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    rows = [f"home,,2024-01-01,=many{n},-{n},," for n in range(310)]
    file = await bring(
        home, winter.bo, imports, LONG + "home,,2024-01-01,80,100,,\n" + "\n".join(rows) + "\n"
    )
    looked = await winter.bo.get(file)
    answer = await winter.bo.get(f"{file}/refused.csv")
    told = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))

    assert "And 10 more." in looked.text
    assert f'href="{file}/refused.csv"' in looked.text
    assert len(told) == 311
    assert told[1][:5] == ["home", "", "2024-01-01", "'=many0", "-0"]
    assert told[1][-2:] == ["3", "“=many0” is not a number."]
    assert (await winter.ana.get(f"{file}/refused.csv")).status_code == 404


async def test_nothing_is_imported_by_halves_unless_rows_are_left_out(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    file = await bring(
        home, winter.bo, imports, LONG + "home,,2024-01-01,80,100,,\nhome,,2024-02-01,many,100,,\n"
    )
    looked = await winter.bo.get(file)
    await send(home, winter.bo, f"{file}/do")
    refused = await winter.bo.get(file)
    none = await home.count("observation")
    await send(home, winter.bo, f"{file}/do", leave_out="yes")

    assert tally(looked.text) == [1, 0, 0, 1]
    assert "3 “many” is not a number." in words(looked.text)
    assert "Some rows of this file cannot be imported." in refused.text
    assert none == 0
    assert await home.count("observation") == 1


async def test_an_import_is_taken_back_and_what_was_before_counts_again(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    rows = "home,,2024-01-01,{},100,,\nhome,,2024-02-01,{},100,,\n"
    for n in (80, 90):
        await take(home, winter.bo, imports, LONG + rows.format(n, n))
    latest = await home.value("SELECT id FROM batch WHERE changed = 2")
    by_other = await winter.ana.post(f"{imports}/{latest}/undo")
    await send(home, winter.bo, f"{imports}/{latest}/undo")
    page = (await winter.bo.get(imports)).text
    found = await home.value("SELECT found FROM reading")
    twice = await bring(home, winter.bo, imports, LONG + rows.format(90, 90))

    assert by_other.status_code == 403
    assert "Undone" in page
    assert await home.value("SELECT count(*) FROM observation") == 4
    assert await home.value("SELECT count(*) FROM observation WHERE current AND numerator = '80'") == 2
    assert '"latest":{"start":"2024-02-01","end":"2024-02-29","label":"February 2024","value":"80"' in found
    assert tally((await winter.bo.get(twice)).text) == [0, 2, 0, 0]


async def test_numbers_of_an_import_that_was_taken_back_count_nowhere(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    rows = LONG + "home,,2024-01-01,80,100,,\nhome,,2024-02-01,80,100,,\n"
    await take(home, winter.bo, imports, rows)
    before = await home.count("reading")
    await send(home, winter.bo, f"{imports}/{await home.value('SELECT id FROM batch')}/undo")
    async with home.db.read() as tx:
        ids = await home.values("SELECT id FROM series")
        observed = await observation_store.observed(tx, ids)
    again = await bring(home, winter.bo, imports, rows)

    assert (before, await home.count("reading")) == (1, 0)
    assert not any(observed.values())
    assert tally((await winter.bo.get(again)).text) == [2, 0, 0, 0]


async def test_what_came_after_an_import_stays_when_it_is_taken_back(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    await send(
        home, winter.bo, f"{await bring(home, winter.bo, imports, LONG + 'home,,2024-01-01,80,100,,')}/do"
    )
    await send(
        home, winter.ana, f"{await bring(home, winter.ana, imports, LONG + 'home,,2024-01-01,70,100,,')}/do"
    )
    first = await home.value(f"SELECT id FROM batch WHERE \"by\" = '{winter.bo.id}'")
    await send(home, winter.bo, f"{imports}/{first}/undo")

    assert await home.value("SELECT numerator FROM observation WHERE current") == "70"


async def test_what_counts_again_after_an_import_was_taken_back_can_be_changed(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter)
    rows = LONG + "home,,2024-01-01,{},100,,\n"
    await take(home, winter.bo, imports, rows.format(80))
    await take(home, winter.bo, imports, rows.format(90))
    second = await home.value("SELECT id FROM batch WHERE changed = 1")
    await send(home, winter.bo, f"{imports}/{second}/undo")
    await take(home, winter.bo, imports, rows.format(70))

    assert await home.value("SELECT numerator FROM observation WHERE current") == "70"
    assert await home.value("SELECT count(*) FROM observation WHERE current") == 1


async def test_an_older_version_that_goes_by_the_mark_alone_counts_no_undone_import(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter)
    rows = LONG + "home,,2024-01-01,{},100,,\nhome,,2024-02-01,{},100,,\n"
    await take(home, winter.bo, imports, rows.format(80, 81))
    await take(home, winter.bo, imports, rows.format(90, 91))
    second = await home.value("SELECT id FROM batch WHERE changed = 2")
    await send(home, winter.bo, f"{imports}/{second}/undo")
    before = await values_of(home, code="home")
    await turns.settle_all(home.db, now())

    assert await home.values("SELECT numerator FROM observation WHERE current ORDER BY start") == ["80", "81"]
    assert await values_of(home, code="home") == before != []


async def test_who_came_back_for_another_organisation_takes_back_no_numbers_of_the_first(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter)
    await take(home, winter.bo, imports, LONG + "home,,2024-01-01,80,100,,\n")
    batch = await home.value("SELECT id FROM batch")
    await winter.bo.post(f"{winter.path}/leave")
    await home.seat(winter.id, winter.bo, winter.hospice)
    answer = await send(home, winter.bo, f"{imports}/{batch}/undo")

    assert answer.status_code == 403
    assert await home.value("SELECT count(*) FROM observation WHERE current") == 1


async def test_what_was_shown_is_what_is_done_or_nothing(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    file = await bring(home, winter.bo, imports, LONG + "home,,2024-01-01,80,100,,\n")
    await send(
        home, winter.ana, f"{await bring(home, winter.ana, imports, LONG + 'home,,2024-01-01,70,100,,')}/do"
    )
    await send(home, winter.bo, f"{file}/do")

    assert (
        "The numbers here have changed since you checked, or the server was updated"
        in (await winter.bo.get(file)).text
    )
    assert await home.value("SELECT numerator FROM observation WHERE current") == "70"


async def test_a_file_that_cannot_be_read_says_so(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    damaged = await winter.bo.get(
        await bring(home, winter.bo, imports, b"PK\x03\x04 damaged", "numbers.xlsx")
    )
    await winter.bo.get("/join")
    data = {"_csrf_token": winter.bo.http.cookies["tl_csrf"]}
    none = await winter.bo.http.post(imports, data=data)
    empty = await winter.bo.http.post(imports, data=data, files={"file": ("a.csv", b"")})
    large = await winter.bo.http.post(imports, data=data, files={"file": ("a.csv", b"x" * 20_050_000)})

    assert "This is not a spreadsheet that can be read." in damaged.text
    assert (none.status_code, empty.status_code, large.status_code) == (422, 422, 422)
    assert "Choose a file first." in none.text
    assert "The file is empty." in empty.text
    assert "larger than 20 MB" in large.text


async def test_a_workbook_that_ends_the_process_that_reads_it_does_not_end_this_one(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter)
    page = await bring(home, winter.bo, imports, with_cell_at('r = "XFD1048576"'), "numbers.xlsx")

    assert "This could not be finished." in (await winter.bo.get(page)).text


async def test_nobody_sees_anothers_file_and_guests_bring_none(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    file = await bring(home, winter.bo, imports, LONG + "home,,2024-01-01,80,100,,\n")
    watching = await home.person("Olu")
    await home.seat(winter.id, watching, winter.northfield, Role.OBSERVER)

    assert (await winter.ana.get(file)).headers["location"] == imports
    assert (await winter.ana.post(f"{file}/do")).status_code == 404
    assert (await watching.get(imports)).status_code == 403
    assert await home.count("observation") == 0


async def test_somebody_of_an_organisation_that_does_not_own_the_goal_brings_nothing_for_it(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter)
    mia = await home.person("Mia")
    await home.seat(winter.id, mia, await home.organisation(winter.id, "Elsewhere"))
    looked = await mia.get(await bring(home, mia, imports, LONG + "home,,2024-01-01,80,100,,\n"))

    assert "Only organisations that own the goal can import numbers for this measure." in looked.text


async def test_templates_name_the_measures_and_come_back_as_they_went(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    long = await winter.bo.get(f"{imports}/templates/one-row-a-period.csv")
    wide = await winter.bo.get(f"{imports}/templates/periods-side-by-side.csv")
    filled = long.text.replace(",,,,,\r\n", ",8,10,,,\r\n")
    looked = await winter.bo.get(await bring(home, winter.bo, imports, filled))
    halves = wide.text.replace("numerator,", "numerator,8").replace("denominator,", "denominator,10")
    mapped = await bring(home, winter.bo, imports, halves)

    assert tally(looked.text) == [3, 0, 0, 0]
    assert re.search(r'name="take" value="ratio" checked', (await winter.bo.get(mapped)).text)
    assert (await winter.bo.get(f"{imports}/templates/other.csv")).status_code == 404


async def test_the_mapping_is_asked_again_where_something_is_missing(home: House, winter: Winter) -> None:
    imports = await measured(home, winter)
    file = await bring(home, winter.bo, imports, "when,how many\n2024-01-01,5\n")
    asked = await winter.bo.post(f"{file}/mapping", take="as_is", measure="home")

    assert asked.status_code == 422
    assert "Choose the column with the periods, or write the one period" in asked.text
    assert "Choose where the numbers are." in asked.text


async def test_what_the_columns_mean_can_be_changed_and_what_was_chosen_is_kept(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter)
    text = "Riverside;;;\nwhen;kind;n;d\nJan-24;1;4;10\nJan-24;2;2;2\nFeb-24;1;7;10\n"
    file = await bring(home, winter.bo, imports, text)
    asked = {"measure": "home", "period": "when", "take": "ratio", "first": "n", "second": "d"}
    await choose(home, winter.bo, file, **asked, all_own="yes")
    twice = await winter.bo.get(file)
    sent = await winter.bo.post(f"{file}/again")
    again = await winter.bo.get(sent.headers["location"])
    await choose(home, winter.bo, file, add_up="yes")
    summed = await winter.bo.get(file)
    await winter.bo.post(f"{file}/do")
    after = await winter.bo.get(imports)

    assert tally(twice.text) == [1, 0, 0, 2]
    assert "2 rows have the same period and place as another." in twice.text
    assert "not finished" not in again.text
    assert re.search(r'value="ratio" checked', again.text)
    assert fields_of(again.text)["second"] == "D"
    assert tally(summed.text) == [2, 0, 0, 0]
    assert 'January 2024 to February 2024</td><td class="number">70.0%' in summed.text
    assert "See what they say" in words(after.text)


@pytest.mark.timeout(120)
async def test_the_attendances_of_england_are_imported_as_a_stranger_would(
    home: House, winter: Winter
) -> None:
    """4-hour performance of major departments by organisation; data under the Open Government Licence."""
    seen = Definition(name="Seen within 4 hours", suppress_below=0, licence="Open Government Licence v3.0")
    imports = await measured(home, winter, "4-hours", seen)
    file = await bring(home, winter.bo, imports, ATTENDANCES.read_bytes(), "ae_attendances.csv")
    mapping = await winter.bo.get(file)
    chosen = {"take": "ratio_complement", "measure": "4-hours", "first": "breaches", "second": "attendances"}
    await choose(home, winter.bo, file, **chosen, **await keep_words(home, winter.bo, file, "1"))
    looked = await winter.bo.get(file)
    await send(home, winter.bo, f"{file}/do")
    value = await home.value(
        "SELECT value FROM observation o JOIN series s ON s.id = o.series_id "
        "WHERE s.area = 'RF4' AND o.start = '2017-03-01'"
    )

    assert (fields_of(mapping.text)["period"], fields_of(mapping.text)["place"]) == ("A", "B")
    assert tally(looked.text) == [180, 0, 0, 0]
    assert await home.count("observation") == 180
    assert Decimal(value) == round(Decimal(100 * (21289 - 2879)) / 21289, 12)


@pytest.mark.timeout(180)
async def test_the_process_that_serves_boards_does_not_grow_with_a_large_file(sqlite_url: str) -> None:
    """How long a hundred thousand rows take is for the bench to say."""
    months = [f"{2000 + month // 12}-{month % 12 + 1:02}-01" for month in range(250)]
    rows = "".join(f"home,A{area},{month},{area % 90},100,,\n" for area in range(120) for month in months)
    async with house(sqlite_url) as home:
        ana = await home.person("Ana")
        space = await home.space(ana)
        goal = await a_goal(home.db, space, ana.id, str(await home.value("SELECT id FROM organisation")))
        await a_measure(home.db, space, goal, ana.id)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        await take(home, ana, f"/spaces/{space}/outcomes/imports", LONG + rows)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        count = await home.count("observation")

    assert count == 30_000
    assert grown < 30 * 1024  # KB


async def test_a_line_that_is_here_but_for_how_it_is_written_is_pointed_out(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter, "falls", FALLS.definition)
    table = "Month,Area,Falls\n{} 2024,St Mary's,4\n{} 2024,Leeds,5\n"
    january = await bring(home, winter.bo, imports, table.format("Jan", "Jan"))
    await choose(home, winter.bo, january)
    await send(home, winter.bo, f"{january}/do")
    again = await bring(home, winter.bo, imports, table.format("Feb", "Feb").replace("'", "’"))
    await choose(home, winter.bo, again)
    page = words((await winter.bo.get(again)).text)

    why = "differ only in capitals, blanks or signs, but it would be a new line."
    assert f"2 “St Mary’s” and “St Mary's”, which is here, {why}" in page
    assert page.count(why) == 1
