"""Which columns may say whose a row is, by the last word of the heading, else by what they hold."""

import pytest

from app.outcomes.imports.columns.place_column import says_whose

HILL = ("Hill", "Dale")


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Ward",
            "Wards",
            "Ward name",
            "Org code",
            "OrgName",
            "Name",
            "Code",
            "ODS Code",
            "Site (short name)",
        ),
        *("Day unit", "Contact centre", "Population", "Year group", "Service line"),
        *("Place of residence", "Trust of treatment", "Nom de la région", "Région sanitaire", "GEO (Labels)"),
        *("Type", "Measure name", "Age group", "Specialties", "Treatment Function Name"),
    ],
)
def test_a_heading_may_say_whose_the_rows_below_it_are(heading: str) -> None:
    assert says_whose(heading, HILL)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Discharged home?", ("Y", "N")),
        ("Reported to board", ("Yes", "no")),
        ("In service", ("true", "false")),
        ("State", ("Final", "Draft")),
        ("Data type", ("Final", "Provisional")),
        ("Care plan reviewed", HILL),
        ("Source system", ("EPR", "PAS")),
        ("Season name", ("Winter", "Spring")),
        ("Ward manager name", ("Ann Hill", "Bo Dale")),
        ("Team changes", ("Ward 3 joined", "Two nurses more")),
        ("Row code", ("R01", "R02")),
        ("Variation", ("CC", "SC")),
        ("Trend", ("UP", "DN")),
        ("Checked", ("JB", "KL")),
        ("Reported by", ("AB", "CD")),
        *(
            (head, ("Ward 3 moved", "Unit 4"))
            for head in ("Remarks", "Events", "Reason", "Change", "Comment")
        ),
        ("What happened", ("Ward 3 moved to hospital", "Unit 4 opened")),
        ("Status of ward", HILL),
        ("Month name", ("January", "February")),
        ("Site visits", ("10", "20")),
        ("Care home", ("10", "20")),
        ("Hospitals", ("10", "20")),
    ],
)
def test_a_column_of_something_else_is_not_asked_about(heading: str, words: tuple[str, ...]) -> None:
    assert not says_whose(heading, words)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("", ("DE", "ES")),
        ("x", ("RXA", "RXB")),
        ("x", ("E06000001", "E06000002")),
        ("x", ("Hill Hospital", "Dale Hospice")),
        (
            "x",
            ("United Lincolnshire Hospitals NHS Trust", "Brighton and Sussex University Hospitals NHS Trust"),
        ),
        ("Sent by", ("Ward 3", "Ward 4")),
        ("Site code", ("101", "102")),
        ("Hospital number", ("101", "102")),
        ("Ward", ("1", "2")),
    ],
)
def test_what_a_column_holds_may_say_whose_its_rows_are(heading: str, words: tuple[str, ...]) -> None:
    assert says_whose(heading, words)
