"""Goals, measures and their numbers come through a backup into the other database, to the digit."""

import subprocess
import sys
from pathlib import Path

import pytest

import app.main  # noqa: F401 - brings in the tables of every domain
from app.backup import actions
from app.db import Database, metadata
from app.outcomes import annotation_tables, tables
from app.reports import tables as report_tables
from tests.commands.command import rows
from tests.outcomes.forms import goal_of, id_of, measure_of
from tests.outcomes.given import numbers
from tests.spaces.conftest import Winter
from tests.spaces.house import House

STAYS_BEHIND = ("login", "letter", "outbox", "attempt")


@pytest.fixture
def other_url(request: pytest.FixtureRequest, database_url: str) -> str:
    """An empty database of the other kind."""
    return str(request.getfixturevalue("postgres_url" if database_url.startswith("sqlite") else "sqlite_url"))


async def test_all_of_outcomes_comes_through(
    home: House, winter: Winter, database_url: str, other_url: str, tmp_path: Path
) -> None:
    goal = await goal_of(winter)
    measure = await measure_of(winter, goal)
    council = await home.organisation(winter.id, "Borough Council")
    await winter.ana.post(f"{goal}/owners", organisation=council)  # it has not answered yet
    await winter.ana.post(f"{goal}/drivers", level="primary", words="Choice is talked through")
    await winter.ana.post(
        f"{measure}/targets", value="2.50", comparator="<=", kind="ambition", valid_from="2026-01-01"
    )
    await winter.ana.post(f"{measure}/rebases", begins="2026-02-01", reason="All wards")
    await winter.ana.post(f"{measure}/annotations", starts="2026-02-01", words="All wards", kind="event")
    await winter.ana.post(f"{measure}/stories", until="2026-03-31", story="It falls.", due="2026-06-30")
    await numbers(home.db, id_of(measure), winter.ana.id, [(n, 70) for n in range(10, 30)], winter.northfield)
    by_mail = {"every": "month", "day": "5", f"to-{winter.bo.id}": "yes"}
    await winter.ana.post(f"{winter.path}/outcomes/{id_of(goal)}/report/mailing", **by_mail)
    await winter.ana.post(f"{winter.path}/outcomes/reading", profile="mdc-england-2023")
    file = tmp_path / "throughline.backup"
    await actions.backup(home.db, file)
    other = Database(other_url)
    await actions.restore(other, file, replace=False)
    await other.close()

    before, after = await rows(database_url, *STAYS_BEHIND), await rows(other_url, *STAYS_BEHIND)
    more = (annotation_tables.chosen_profile, report_tables.mailing, report_tables.mailing_reader)
    for table in (
        tables.goal,
        tables.goal_organisation,
        tables.driver,
        annotation_tables.target,
        tables.observation,
        tables.reading,
        *more,
    ):
        assert before[table.name]
    assert after == before


def test_a_backup_knows_every_table_whatever_else_was_loaded() -> None:
    ask = "from app.backup import shapes; print(*sorted(t.name for t in shapes.metadata.tables.values()))"
    alone = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)

    assert alone.stdout.split() == sorted(metadata.tables)
