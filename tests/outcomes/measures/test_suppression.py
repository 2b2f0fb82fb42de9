"""Small numbers, and all that would give them away: no total less its parts tells what is hidden."""

from datetime import date
from decimal import Decimal
from itertools import product
from random import Random

from app.outcomes.measures.measure import Definition, Observed, Series
from app.outcomes.measures.suppression import shown

SHARE = Definition(name="Home in two days", suppress_below=5)
MEN, WOMEN, OTHERS = ((("Sex", one),) for one in ("Men", "Women", "Others"))
Told = dict[tuple[str, tuple[tuple[str, str], ...]], tuple[int, int] | None]


def told(cells: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[int, int] | None]) -> Told:
    """What is shown of numerators and denominators, by organisation ('' is the whole) and breakdown."""
    lines, observed = [], {}
    for n, ((whose, breakdown), pair) in enumerate(cells.items()):
        id = str(n)
        lines.append(Series(id, "m", whose or None, breakdown=breakdown))
        one = Observed(id, date(2026, 1, 1), date(2026, 1, 31), 1, None, status="suppressed")
        if pair:
            n_of, d_of = (Decimal(count) for count in pair)
            one = Observed(id, one.start, one.end, 1, n_of * 100 / d_of, n_of, d_of)
        observed[id] = [one]
    found = shown(SHARE, lines, observed)
    return {
        key: (int(one.numerator), int(one.denominator))
        if (one := found[str(n)][0]).numerator is not None and one.denominator is not None
        else None
        for n, key in enumerate(cells)
    }


def test_where_nothing_is_small_all_is_shown() -> None:
    cells: Told = {("a", ()): (60, 120), ("a", MEN): (10, 20), ("a", WOMEN): (50, 100)}

    assert told(cells) == cells


def test_a_total_less_its_other_groups_does_not_tell_of_a_small_one() -> None:
    found = told(
        {("a", ()): (62, 140), ("a", MEN): (2, 20), ("a", WOMEN): (50, 100), ("a", OTHERS): (10, 20)}
    )

    assert found == {("a", ()): (62, 140), ("a", MEN): None, ("a", WOMEN): (50, 100), ("a", OTHERS): None}


def test_what_somebody_marked_as_suppressed_cannot_be_worked_out_either() -> None:
    found = told({("a", ()): (70, 140), ("a", MEN): None, ("a", WOMEN): (50, 100)})

    assert found[("a", WOMEN)] is None


def test_two_small_groups_that_are_small_together_take_another_with_them() -> None:
    one_each: Told = {
        ("a", ()): (52, 140),
        ("a", MEN): (1, 20),
        ("a", WOMEN): (50, 100),
        ("a", OTHERS): (1, 20),
    }
    four_each: Told = {**one_each, ("a", ()): (58, 140), ("a", MEN): (4, 20), ("a", OTHERS): (4, 20)}

    assert told({**one_each})[("a", WOMEN)] is None
    assert told({**four_each})[("a", WOMEN)] == (50, 100)


def test_the_whole_does_not_betray_the_one_organisation_that_is_hidden() -> None:
    found = told({("a", ()): (3, 100), ("b", ()): (50, 100), ("", ()): (53, 200)})

    assert found == {("a", ()): None, ("b", ()): (50, 100), ("", ()): None}


def test_neither_of_two_hidden_organisations_learns_from_the_whole_what_the_other_has() -> None:
    found = told({("a", ()): (3, 100), ("b", ()): (4, 100), ("c", ()): (50, 100), ("", ()): (57, 300)})

    assert found[("", ())] is None


def test_of_three_hidden_organisations_two_must_not_be_few_together() -> None:
    enough: Told = {("a", ()): (3, 100), ("b", ()): (4, 100), ("c", ()): (4, 100), ("", ()): (11, 300)}
    few: Told = {**enough, ("a", ()): (1, 100), ("b", ()): (2, 100), ("", ()): (7, 300)}

    assert told({**enough})[("", ())] == (11, 300)
    assert told({**few})[("", ())] is None


def test_groups_of_the_whole_do_not_tell_of_a_small_group_of_one_organisation() -> None:
    cells: Told = {
        ("a", ()): (42, 120),
        ("a", MEN): (2, 20),
        ("a", WOMEN): (40, 100),
        ("b", ()): (80, 200),
        ("b", MEN): (30, 100),
        ("b", WOMEN): (50, 100),
        ("", ()): (122, 320),
        ("", MEN): (32, 120),
        ("", WOMEN): (90, 200),
    }
    found = told(cells)

    assert {key for key, pair in found.items() if pair is None} == {
        ("a", MEN),
        ("a", WOMEN),
        ("", MEN),
        ("", WOMEN),
    }


def test_in_no_table_a_sum_with_one_unknown_is_left() -> None:
    random = Random(7)
    for _ in range(300):
        names = ["a", "b", "c"][: random.randint(1, 3)]
        cells: Told = {}
        for name, group in product(names, (MEN, WOMEN, OTHERS)):
            d = random.choice((6, 40, 200))
            cells[name, group] = (random.randint(0, d), d)
        for whose in [*names, ""]:
            for group in (MEN, WOMEN, OTHERS):
                cells.setdefault(("", group), added([cells[name, group] for name in names]))
            cells[whose, ()] = added([cells[whose, group] for group in (MEN, WOMEN, OTHERS)])
        found = told(cells)
        sums = [[(whose, ()), *((whose, group) for group in (MEN, WOMEN, OTHERS))] for whose in [*names, ""]]
        sums += [[("", group), *((name, group) for name in names)] for group in ((), MEN, WOMEN, OTHERS)]

        for terms in sums:
            assert sum(found[term] is None for term in terms) != 1, (cells, found, terms)


def added(pairs: list[tuple[int, int] | None]) -> tuple[int, int]:
    known = [pair for pair in pairs if pair]
    return sum(n for n, _ in known), sum(d for _, d in known)
