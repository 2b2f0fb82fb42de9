"""What is asked of the driver itself answers as SQLAlchemy would, fails as it would, and is heard of."""

from datetime import date, timedelta, timezone
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Select, delete, insert, literal_column, select, update
from sqlalchemy.exc import DBAPIError, MultipleResultsFound

from app.access import Role
from app.boards.storage.tables import client
from app.compiled_statements import built_once
from app.db import Database, Tx, now
from app.driver.reads import prepared
from app.people.tables import person
from app.records.core.record import Stands
from app.records.tables import record
from app.spaces.tables import member
from tests.support.counted import counted
from tests.support.world import World, make_world

WHEN = now()


@pytest.fixture
async def world(db: Database) -> World:
    made = await make_world(db.url)
    rows = [_record(made.space, made.people["Ana"], number) for number in range(7)]
    async with db.write() as tx:
        await tx.execute(insert(record), rows)
    return made


def _record(space: str, by: str, number: int) -> dict[str, Any]:
    at = WHEN + timedelta(hours=number)
    words = {"title": f"Record {number}", "fields": "{}", "reason": "", "state": "open", "audience": "space"}
    day = date(2026, 3, 1 + number) if number % 2 else None
    made = {"made_at": at, "made_by": by, "changed_at": at, "changed_by": by}
    kind = {"kind": "dilemma", "version": 1, "stands": Stands.STANDING, "look_again": day, "revision": 1}
    return {"id": f"id-{number}", "space_id": space, **words, **kind, **made}


@built_once
def _whole(space_id: Any, ids: Any, stands: Any, most: Any) -> Select[Any]:
    here = (record.c.space_id == space_id, record.c.id.in_(ids), record.c.stands == stands)
    return (
        select(record).where(*here, record.c.kind.in_(["dilemma", "test"])).order_by(record.c.id).limit(most)
    )


@built_once
def _people(space_id: Any, role: Any) -> Select[Any]:
    query = select(person.c.name, member.c.joined_at).join(member, member.c.person_id == person.c.id)
    return query.where(member.c.space_id == space_id, member.c.role == role).order_by(person.c.name)


@built_once
def _changed(space_id: Any, at: Any) -> Select[Any]:
    return select(record.c.title).where(record.c.space_id == space_id, record.c.changed_at == at)


@built_once
def _answered(board_id: Any) -> Select[Any]:
    return select(client.c.client, client.c.at).where(client.c.board_id == board_id).order_by(client.c.client)


async def both_ways(db: Database, statement: Select[Any], values: dict[str, Any]) -> tuple[Any, Any]:
    """What the driver answers, and SQLAlchemy."""

    async def asked(tx: Tx) -> Any:
        assert prepared(tx.dialect, statement, values)
        return (await tx.execute(statement, values)).all()

    async with db.read() as tx:
        slow = (await tx.execute(statement, values)).all()
    return await db.run_read(asked), slow


@pytest.mark.parametrize("many", [0, 1, 2, 3, 5, 7])
async def test_rows_are_those_of_sqlalchemy_for_lists_of_any_length(
    db: Database, world: World, many: int
) -> None:
    asked = _whole(world.space, [f"id-{number}" for number in range(many)], Stands.STANDING, 6)

    quick, slow = await both_ways(db, *asked)

    assert [tuple(row) for row in quick] == [tuple(row) for row in slow]
    assert [row._fields for row in quick] == [row._fields for row in slow]
    assert len(quick) == min(many, 6)
    assert all(row.changed_at.tzinfo and isinstance(row.look_again, date | None) for row in quick)


async def test_rows_of_two_tables_are_those_of_sqlalchemy(db: Database, world: World) -> None:
    quick, slow = await both_ways(db, *_people(world.space, Role.STEWARD))

    assert [tuple(row) for row in quick] == [tuple(row) for row in slow]
    assert [row.name for row in quick] == ["Ana Ash", "Cat Elm"]


async def test_a_number_with_decimals_that_may_be_missing_is_read_too(db: Database, world: World) -> None:
    """Those of a workshop's plan: one statement in the usual way takes a transaction of PostgreSQL."""
    made = {"board_id": world.board, "person_id": world.people["Ana"], "last_n": 1}
    answered = [("a", 1.25), ("b", None)]
    async with db.write() as tx:
        await tx.execute(insert(client), [{**made, "client": name, "at": at} for name, at in answered])

    quick, slow = await both_ways(db, *_answered(world.board))

    assert [tuple(row) for row in quick] == [tuple(row) for row in slow] == answered


async def test_a_moment_is_asked_for_in_whatever_time_zone_it_is_given(db: Database, world: World) -> None:
    third = (WHEN + timedelta(hours=3)).astimezone(timezone(timedelta(hours=5)))

    quick, slow = await both_ways(db, *_changed(world.space, third))

    assert [row.title for row in quick] == [row.title for row in slow] == ["Record 3"]


async def test_each_call_asks_for_its_own_values(db: Database, world: World) -> None:
    async def titles(tx: Tx, *numbers: int) -> list[str]:
        ids = [f"id-{number}" for number in numbers]
        rows = await tx.execute(*_whole(world.space, ids, Stands.STANDING, 9))
        return [row.title for row in rows]

    assert await db.run_read(lambda tx: titles(tx, 1, 2, 3)) == ["Record 1", "Record 2", "Record 3"]
    assert await db.run_read(lambda tx: titles(tx, 4, 5, 6, 0)) == [f"Record {one}" for one in (0, 4, 5, 6)]
    assert await db.run_read(lambda tx: titles(tx, 5, 6, 2)) == ["Record 2", "Record 5", "Record 6"]


async def test_lists_of_three_and_four_are_one_statement(db: Database) -> None:
    async def sql(tx: Tx, many: int) -> str:
        found = prepared(tx.dialect, *_whole("space", ["id"] * many, Stands.STANDING, 9))
        assert found
        return found[0].sql

    three, four, five = [await db.run_read(partial(sql, many=many)) for many in (3, 4, 5)]

    assert three == four != five


async def test_one_row_is_one_and_two_are_too_many(db: Database, world: World) -> None:
    async def one(tx: Tx, *ids: str) -> Any:
        return (await tx.execute(*_whole(world.space, list(ids), Stands.STANDING, 9))).one_or_none()

    assert (await db.run_read(lambda tx: one(tx, "id-1"))).title == "Record 1"
    assert await db.run_read(lambda tx: one(tx, "nobody")) is None
    with pytest.raises(MultipleResultsFound):
        await db.run_read(lambda tx: one(tx, "id-1", "id-2"))


async def test_what_the_database_refuses_is_an_error_that_callers_know(db: Database) -> None:
    broken: Select[Any] = select(literal_column("nothing_of_that_name")).where(person.c.id == "x")

    async def asked(tx: Tx) -> Any:
        return await tx.execute(broken, {})

    with pytest.raises(DBAPIError):
        await db.run_read(asked)


async def test_whoever_counts_statements_hears_of_them(db: Database, world: World) -> None:
    async def asked(tx: Tx) -> None:
        await tx.execute(*_people(world.space, Role.STEWARD))

    with counted() as sent:
        await db.run_read(asked)

    assert [one for one in sent if "FROM person" in one] == sent[-1:]


async def test_what_was_asked_before_in_the_transaction_is_known(db: Database, world: World) -> None:
    async def asked(tx: Tx) -> list[str]:
        rows = [await tx.execute(*_people(world.space, role)) for role in (Role.STEWARD, Role.MEMBER) * 2]
        return [row.name for found in rows for row in found]

    with counted() as sent:
        first = await db.run_read(asked)
        async with db.write() as tx:
            await tx.execute(update(person).where(person.c.name == "Ana Ash").values(name="Ana Oak"))
        second = await db.run_read(asked)

    assert first == ["Ana Ash", "Cat Elm", "Ben Elm"] * 2
    assert second == ["Ana Oak", "Cat Elm", "Ben Elm"] * 2
    assert len([one for one in sent if "FROM person" in one]) == 4


async def test_what_writes_or_is_built_each_time_goes_the_usual_way(db: Database) -> None:
    async def plans(tx: Tx) -> list[Any]:
        statements: list[Any] = [(select(person), None), (delete(person).where(person.c.id == "x"), {})]
        return [prepared(tx.dialect, *one) for one in statements]

    assert await db.run_read(plans) == [None, None]


async def test_a_page_of_postgresql_begins_no_transaction_for_its_reads(postgres_url: str) -> None:
    db = Database(postgres_url)

    async def asked(tx: Tx) -> bool:
        rows = await tx.execute(*_people("space", Role.STEWARD))
        assert not rows.all()
        raw: Any = tx
        return bool(raw._connection.sync_connection.connection.driver_connection.is_in_transaction())

    assert await db.run_read(asked) is False
    await db.close()
