"""An area's small number cannot be worked out from the other areas and what they add up to."""

from datetime import date
from decimal import Decimal
from random import Random

from msgspec.structs import replace

from app.outcomes.measures.measure import Definition, Observed, Series
from app.outcomes.measures.suppression import shown

FALLS = Definition("Falls", value_kind="count", unit="", decimals=0, direction="decrease", suppress_below=5)
Owner = tuple[str | None, str]


RATE = Definition("Falls", value_kind="rate", multiplier=1000, decimals=1, suppress_below=5)


def seen(counts: dict[Owner, int | None]) -> dict[Owner, int | None]:
    """What is shown of counts by organisation and area; None is hidden by the file itself."""
    found = shown_of(FALLS, {owner: (count, None) for owner, count in counts.items()})
    return {owner: None if one.value is None else int(one.value) for owner, one in found.items()}


def shown_of(
    definition: Definition, counts: dict[Owner, tuple[int | None, int | None]]
) -> dict[Owner, Observed]:
    """The same of numerators and denominators."""
    lines = [Series(str(n), "m", *owner) for n, owner in enumerate(counts)]
    observed = {}
    for one, (n, d) in zip(lines, counts.values(), strict=True):
        frame = Observed(one.id, date(2026, 1, 1), date(2026, 1, 31), 1, None, status="suppressed")
        if n is not None:
            value = Decimal(n) * definition.multiplier / d if d else Decimal(n)
            of = {"numerator": Decimal(n), "denominator": Decimal(d)} if d else {}
            frame = replace(frame, value=value, status="final", **of)
        observed[one.id] = [frame]
    found = shown(definition, lines, observed)
    return {owner: found[one.id][0] for one, owner in zip(lines, counts, strict=True)}


def test_a_trust_less_its_other_wards_does_not_tell_of_a_small_one() -> None:
    found = seen({("trust", ""): 25, (None, "A"): 12, (None, "B"): 3, (None, "C"): 10})

    assert found == {("trust", ""): 25, (None, "A"): 12, (None, "B"): None, (None, "C"): None}


def test_an_area_that_is_the_sum_of_all_others_does_not_tell_either() -> None:
    found = seen({(None, "England"): 45, (None, "A"): 12, (None, "B"): 3, (None, "C"): 30})

    assert found == {(None, "England"): 45, (None, "A"): None, (None, "B"): None, (None, "C"): 30}


def test_organisations_and_areas_that_add_up_together_do_not_tell_either() -> None:
    found = seen({(None, "England"): 45, ("trust", ""): 30, (None, "B"): 3, (None, "C"): 12})

    assert found[None, "C"] is None


def test_whoever_knows_the_hidden_number_of_their_organisation_learns_no_other() -> None:
    three = seen({(None, "England"): 45, ("trust", ""): 3, (None, "B"): 4, (None, "C"): 38})
    few = seen({(None, "England"): 47, ("trust", ""): 3, (None, "B"): 1, (None, "D"): 1, (None, "C"): 42})
    none_left = seen({(None, "England"): 7, ("trust", ""): 3, (None, "B"): 4})

    assert three == {(None, "England"): 45, ("trust", ""): None, (None, "B"): None, (None, "C"): None}
    assert few[None, "C"] is None
    assert set(none_left.values()) == {None}


def test_a_part_that_the_file_itself_hides_is_not_told_by_the_total() -> None:
    found = seen({(None, "England"): 45, (None, "A"): 12, (None, "B"): None, (None, "C"): 30})
    several = seen(
        {(None, "England"): 45, (None, "A"): 12, (None, "B"): None, (None, "C"): 21, (None, "D"): 9}
    )
    apart = seen({(None, "England"): 50, (None, "A"): 12, (None, "B"): None, (None, "C"): 30})

    assert found == {(None, "England"): 45, (None, "A"): None, (None, "B"): None, (None, "C"): 30}
    assert (several[None, "D"], several[None, "A"]) == (None, 12)
    assert list(apart.values()) == [50, 12, None, 30]


def test_a_total_is_found_where_one_of_both_numbers_is_rounded() -> None:
    england, a, b, c = (None, "England"), (None, "A"), (None, "B"), (None, "C")
    people = shown_of(RATE, {england: (45, 4500), a: (12, 1200), b: (3, 300), c: (30, 2999)})
    falls = shown_of(RATE, {england: (46, 4500), a: (12, 1200), b: (3, 300), c: (30, 3000)})

    for found in (people, falls):
        assert [one.value is None for one in found.values()] == [False, True, True, False]


def test_areas_that_add_up_to_nothing_here_hide_their_small_numbers_alone() -> None:
    counts: dict[Owner, int | None] = {("trust", ""): 26, (None, "A"): 12, (None, "B"): 3, (None, "C"): 10}

    assert seen(counts) == {**counts, (None, "B"): None}


def test_what_is_hidden_of_areas_and_their_total_is_never_one_alone_nor_few() -> None:
    random = Random(11)
    for _ in range(300):
        counts: dict[Owner, int] = {
            (None, name): random.choice((0, 1, 3, 8, 40)) for name in "ABCDE"[: random.randint(2, 5)]
        }
        whose = random.choice(("trust", "All", ""))
        counts[(whose, "") if whose == "trust" else (None, whose)] = sum(counts.values(), 0)
        found = seen({**counts})
        *parts, total = counts
        rest = [counts[part] for part in parts if found[part] is None]

        if found[total] is not None and rest:
            assert len(rest) > 1
            assert not 0 < sum(rest) < 5
        if found[total] is None and any(counts.values()):
            assert rest
