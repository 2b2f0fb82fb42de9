"""The profiles in use: variants of the rules of an XmR chart, each with the name that reports print."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """What differs between tools that all follow Making Data Count.

    `screens`: very large ranges may be left out (each series can switch it off). `beyond_counts`: a point
    outside the limits counts as one of two in three. `better_first`: of rules that contradict each other on a
    point, one that means improvement is named. `as_r`: odd cases as NHSRplotthedots 0.2.2 decides them,
    errors included, and not as we recommend. `title` and `about` are for people.
    """

    name: str
    screens: bool = True
    beyond_counts: bool = False
    better_first: bool = False
    as_r: bool = False
    title: str = ""
    about: str = ""


# nhs-r-community/NHSRplotthedots 0.2.2, with our own answers where its answers mislead
MDC_R = Profile(
    "mdc-r-0.2.2",
    title="Making Data Count, as the R package reads it",
    about="A jump from one value to the next that is far larger than the others does not widen the limits. "
    "For two of three near a limit, both lie between two thirds of the way and the limit itself.",
)
# exactly the same as the R package, for comparing
MDC_R_STRICT = Profile("mdc-r-0.2.2-strict", as_r=True)
# NHS England's own spreadsheet and single-chart tool since the end of 2023: they never screen; what one rule
# calls improvement and another concern is shown as improvement (nhs-r-community/NHSRplotthedots#194)
MDC_ENGLAND = Profile(
    "mdc-england-2023",
    screens=False,
    beyond_counts=True,
    better_first=True,
    title="Making Data Count, as NHS England’s own tools read it since 2023",
    about="Every jump from one value to the next counts, so a single odd value widens the limits. "
    "For two of three near a limit, a value beyond the limit counts too. "
    "A value that one rule calls better and another worse counts as better.",
)

PROFILES = {profile.name: profile for profile in (MDC_R, MDC_R_STRICT, MDC_ENGLAND)}
CHOICES = (MDC_R, MDC_ENGLAND)  # that a space can choose; the first is the default


def titles(names: Iterable[str]) -> str:
    """Profiles as a report names them: title, and in brackets the name that never changes."""
    return " and ".join(_title(PROFILES.get(name), name) for name in names)


def abouts(names: Iterable[str]) -> tuple[str, ...]:
    """The descriptions of these profiles, without unknown ones."""
    known = (PROFILES.get(name) for name in names)
    return tuple(one.about for one in known if one and one.about)


def _title(profile: Profile | None, name: str) -> str:
    return f"{profile.title} ({name})" if profile and profile.title else name
