from decimal import Decimal

from msgspec.structs import replace

from app.outcomes.view import inequality
from app.outcomes.view.content import MeasureContent
from app.outcomes.view.group_chart import group_chart
from tests.reports.winter_report import CHOICE, choice, length, row, share


def shares(**pairs: tuple[int, int]) -> MeasureContent:
    rows = [
        row(name, "Winter", CHOICE, share([pair]), breakdown=(("Area", name),), together=True)
        for name, pair in pairs.items()
    ]
    return MeasureContent("m", "m", 1, CHOICE, (), (), (), tuple(rows))


def test_small_groups_are_hidden_and_so_is_what_would_give_them_away() -> None:
    panel = inequality.panels(shares(a=(40, 80), b=(3, 4), c=(9, 12)))[0]
    shown = {one.category: one.value for one in panel.groups}

    assert shown == {"a": 50.0, "b": None, "c": None}
    assert {one.words for one in panel.groups if one.value is None} == {"Hidden: small numbers"}


def test_two_small_groups_hide_only_each_other() -> None:
    panel = inequality.panels(shares(a=(40, 80), b=(3, 4), c=(2, 40), d=(30, 40)))[0]

    assert [one.category for one in panel.groups if one.value is None] == ["b", "c"]


def test_the_gap_is_between_the_highest_and_the_lowest_shown() -> None:
    panel = inequality.panels(choice())[0]

    assert panel.gap == 30
    assert "a gap of 30.0 percentage points" in group_chart(panel).sentence


def test_groups_stand_in_their_own_order_and_never_by_result() -> None:
    panel = inequality.panels(length())[0]

    assert [one.category for one in panel.groups] == ["18 to 64", "65 to 84", "85 and over"]


def test_a_proportion_has_the_interval_of_wilson() -> None:
    dot = row("s", "w", CHOICE, share([(40, 80)])).found.points[0]
    low, high = inequality.interval(dot, CHOICE)

    assert low is not None
    assert high is not None
    assert (round(low, 2), round(high, 2)) == (39.3, 60.7)
    given = replace(dot, low95=Decimal(1), high95=Decimal(2))
    assert inequality.interval(given, CHOICE) == (1, 2)


def test_the_panels_of_counts_have_whole_numbers_below() -> None:
    panel = inequality.panels(shares(a=(40, 80), b=(41, 80)))[0]
    counts = replace(
        panel,
        definition=replace(CHOICE, value_kind="count", unit=""),
        groups=tuple(
            replace(one, value=6.0 + place, low=None, high=None) for place, one in enumerate(panel.groups)
        ),
        overall=None,
    )

    assert [words for _, words in group_chart(counts).ticks] == ["6", "7"]


def test_two_organisations_of_one_name_do_not_share_a_panel() -> None:
    """In a report of earlier days, whose names may be the same."""
    rows = [
        row(f"{owner}{name}", "Winter", CHOICE, share([pair]), breakdown=(("Sex", name),), organisation=owner)
        for owner, pairs in (("o1", ((40, 80), (20, 80))), ("o2", ((70, 80), (60, 80))))
        for name, pair in zip(("Men", "Women"), pairs, strict=True)
    ]
    panels = inequality.panels(MeasureContent("m", "m", 1, CHOICE, (), (), (), tuple(rows)))

    assert [[one.value for one in panel.groups] for panel in panels] == [[50.0, 25.0], [87.5, 75.0]]
    assert len({group_chart(panel).id for panel in panels}) == 2


def test_groups_that_differ_look_different_and_so_does_their_gap() -> None:
    panel = inequality.panels(shares(men=(451, 10_000), women=(449, 10_000)))[0]

    assert group_chart(panel).sentence.endswith(
        ": 4.51% for men and 4.49% for women, a gap of 0.02 percentage points."
    )
    assert [one.interval for one in panel.groups] == ["4.12% to 4.93%", "4.10% to 4.91%"]


def test_the_drawing_of_groups_says_its_unit_once_and_cuts_no_words() -> None:
    rate = replace(CHOICE, value_kind="rate", unit="emergency admissions", multiplier=100_000, decimals=0)
    content = shares(men=(40, 3000), women=(60, 3000))
    content = replace(content, definition=rate)
    panel = inequality.panels(content)[0]

    assert panel.unit == "emergency admissions per 100,000"
    assert {one.bare for one in panel.groups} <= {one.words.split(" ")[0] for one in panel.groups}
    assert all(one.words.endswith(panel.unit) for one in panel.groups)
    assert inequality.panels(choice())[0].unit == ""
