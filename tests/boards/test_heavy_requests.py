"""What is heavy has fair places, and an amount for each person and hour."""

import asyncio
from collections import Counter

import pytest

from app.access import Refused
from app.limits.heavy_requests import HOUR, IN_LINE, Amounts
from tests.boards.conftest import Desk


async def test_who_asks_for_much_at_once_waits_and_is_told_and_others_are_served(desk: Desk) -> None:
    path, ana, bo = f"{desk.path}/changes?from=0", desk.winter.ana, desk.winter.bo
    asked = [asyncio.create_task(ana.get(path)) for _ in range(3 * IN_LINE)]
    of_bo = await bo.get(f"{desk.path}/export.json")
    answers = await asyncio.gather(*asked)

    counts = Counter(answer.status_code for answer in answers)
    assert of_bo.status_code == 200
    assert set(counts) == {200, 503}
    assert counts[200] >= IN_LINE + 1
    assert all("in line" in answer.text for answer in answers if answer.status_code == 503)
    assert (await ana.get(path)).status_code == 200


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_who_has_sent_or_fetched_very_much_is_told_when_to_try_again() -> None:
    clock = Clock()
    amounts = Amounts(most=1000, clock=clock)
    amounts.add("ana", 400)
    clock.now += 600
    amounts.add("ana", 600)

    amounts.check("bo")
    with pytest.raises(Refused, match=r"Try again in 51 minutes\."):
        amounts.check("ana")
    clock.now = 100 + HOUR
    amounts.check("ana")
    amounts.add("ana", 1)
    amounts.check("ana")


def test_who_was_not_here_for_long_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.limits.heavy_requests.PEOPLE", 2)
    amounts = Amounts(most=10)
    for person in ("ana", "bo", "cleo"):
        amounts.add(person, 10)

    amounts.check("ana")
    with pytest.raises(Refused):
        amounts.check("cleo")
