"""An area's small number cannot be worked out from the other areas and what they add up to."""

from datetime import date
from decimal import Decimal
from random import Random

from app.outcomes.measures.measure import Definition, Observed, Series
from app.outcomes.measures.suppression import shown

FALLS = Definition("Falls", value_kind="count", unit="", decimals=0, direction="decrease", suppress_below=5)
Owner = tuple[str | None, str]


def seen(counts: dict[Owner, int]) -> dict[Owner, int | None]:
    """What is shown of counts by organisation and area."""
    lines = [Series(str(n), "m", *owner) for n, owner in enumerate(counts)]
    observed = {
        one.id: [Observed(one.id, date(2026, 1, 1), date(2026, 1, 31), 1, Decimal(count))]
        for one, count in zip(lines, counts.values(), strict=True)
    }
    found = shown(FALLS, lines, observed)
    values = [found[one.id][0].value for one in lines]
    return {owner: None if value is None else int(value) for owner, value in zip(counts, values, strict=True)}


def test_a_trust_less_its_other_wards_does_not_tell_of_a_small_one() -> None:
    found = seen({("trust", ""): 25, (None, "A"): 12, (None, "B"): 3, (None, "C"): 10})

    assert found == {("trust", ""): 25, (None, "A"): 12, (None, "B"): None, (None, "C"): None}


def test_an_area_that_is_the_sum_of_all_others_does_not_tell_either() -> None:
    found = seen({(None, "England"): 45, (None, "A"): 12, (None, "B"): 3, (None, "C"): 30})

    assert found == {(None, "England"): 45, (None, "A"): None, (None, "B"): None, (None, "C"): 30}


def test_organisations_and_areas_that_add_up_together_do_not_tell_either() -> None:
    found = seen({(None, "England"): 45, ("trust", ""): 30, (None, "B"): 3, (None, "C"): 12})

    assert found[None, "C"] is None


def test_areas_that_add_up_to_nothing_here_hide_their_small_numbers_alone() -> None:
    counts: dict[Owner, int] = {("trust", ""): 26, (None, "A"): 12, (None, "B"): 3, (None, "C"): 10}

    assert seen(counts) == {**counts, (None, "B"): None}


def test_what_is_hidden_of_areas_and_their_total_is_never_one_alone_nor_few() -> None:
    random = Random(11)
    for _ in range(300):
        counts: dict[Owner, int] = {
            (None, name): random.choice((0, 1, 3, 8, 40)) for name in "ABCDE"[: random.randint(2, 5)]
        }
        whose = random.choice(("trust", "All", ""))
        counts[(whose, "") if whose == "trust" else (None, whose)] = sum(counts.values(), 0)
        found = seen(counts)
        *parts, total = counts
        rest = [counts[part] for part in parts if found[part] is None]

        if found[total] is not None and rest:
            assert len(rest) > 1
            assert not 0 < sum(rest) < 5
        if found[total] is None and any(counts.values()):
            assert rest
