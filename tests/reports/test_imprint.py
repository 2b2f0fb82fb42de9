"""What every copy of a report says of who issued it and when."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from app.reports.imprint import Imprint, edition
from tests.reports.winter_report import report


def test_a_report_is_of_the_day_that_it_was_where_the_people_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIME_ZONE", "Australia/Sydney")
    eve = datetime(2026, 12, 31, 14, tzinfo=UTC)

    assert edition(replace(report(), made_at=eve), None) == "Live, as of 1 January 2027"
    issued = "Report 3, approved and issued by Ana on 1 January 2027"
    assert edition(report(), Imprint("i", 3, eve, "Ana")) == issued
