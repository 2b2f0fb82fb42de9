"""Goals, drivers and measures made over HTTP, for tests that need some."""

from typing import Any

from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person

GOAL = {
    "title": "Home within 2 days of being ready",
    "aim": "I am home, or where I want to be, within two days of being ready.",
    "from": "4.2 days",
    "to": "2 days",
    "for_whom": "People ready to leave hospital",
    "by_when": "2027-03-31",
    "person": "Joan sleeps in her own bed on Friday.",
    "theory": "Families hear about the choice on day 1.",
}
MEASURE = {
    "name": "Days from ready to leaving",
    "kind": "outcome",
    "value_kind": "mean",
    "unit": "days",
    "direction": "decrease",
    "frequency": "month",
    "multiplier": "1",
    "decimals": "1",
    "chart": "xmr",
    "lag_days": "31",
    "suppress_below": "5",
    "sums": "yes",
}


async def goal_of(winter: Winter, by: Person | None = None, **fields: Any) -> str:
    """A goal of both organisations, looked after by Ana unless told otherwise; gives its address."""
    owners = {f"org-{winter.northfield}": "yes", f"org-{winter.hospice}": "yes"}
    made = await (by or winter.ana).post(f"{winter.path}/outcomes/goals", **{**GOAL, **owners, **fields})
    assert made.status_code == 303, made.text
    address = made.headers["location"]
    for steward in (winter.ana, winter.cleo):
        await steward.post(f"{address}/own", answer="yes")  # where their organisation was asked
    return address


async def measure_of(winter: Winter, goal: str, by: Person | None = None, **fields: Any) -> str:
    """A measure of that goal; gives its address."""
    made = await (by or winter.ana).post(f"{goal}/measures", **{**MEASURE, **fields})
    assert made.status_code == 303, made.text
    return made.headers["location"]


def id_of(address: str) -> str:
    return address.rsplit("/", 1)[1]


async def rows(home: House, table: str) -> int:
    return await home.count(table)
