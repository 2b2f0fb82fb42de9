"""The ways of reading an XmR chart that are in use, each under the name that reports print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """How tools that all read as Making Data Count does differ.

    `screens`: ranges may be screened (the series still chooses). `beyond_counts`: a point outside the limits
    counts as one of two in three. `as_r`: odd cases are answered as NHSRplotthedots 0.2.2 answers them, its
    errors included, and not as we recommend.
    """

    name: str
    screens: bool = True
    beyond_counts: bool = False
    as_r: bool = False


# nhs-r-community/NHSRplotthedots 0.2.2, with answers of ours where its own mislead
MDC_R = Profile("mdc-r-0.2.2")
# the same to the letter, for comparing
MDC_R_STRICT = Profile("mdc-r-0.2.2-strict", as_r=True)
# NHS England's own spreadsheet and single-chart tool since the end of 2023: they never screen
MDC_ENGLAND = Profile("mdc-england-2023", screens=False, beyond_counts=True)

PROFILES = {profile.name: profile for profile in (MDC_R, MDC_R_STRICT, MDC_ENGLAND)}
