"""Reads that go to the driver itself: to describe a result of a few rows takes longer than to ask for them.

For statements that are built once and asked with values, see `built_once`. All others, and whatever fails,
go the way of SQLAlchemy.
"""

from asyncio import CancelledError
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Generic, TypeVar

from msgspec import Struct
from sqlalchemy import CompoundSelect, Connection, Dialect, Float, Select
from sqlalchemy.exc import MultipleResultsFound, NoResultFound
from sqlalchemy.ext.asyncio import AsyncConnection

MOST = 1024  # statements kept, each with as many values in its lists
FEW = 1000  # rows; more are not kept until the end of a transaction
T = TypeVar("T")
Values = Mapping[str, Any]
Process = Callable[[Any], Any]


class Given(Struct, frozen=True):
    """A placeholder: the value of that name, or the one at that place of its list; or what never changes."""

    name: str
    place: int | None
    process: Process | None
    fixed: bool
    value: Any


class Plan(Struct, frozen=True):
    """A statement as the driver takes it, and how its rows become those that callers know."""

    sql: str
    given: tuple[Given, ...]
    row: Callable[[Any], Any]
    processes: tuple[tuple[int, Process], ...]

    def values(self, values: Values) -> tuple[Any, ...]:
        found = []
        for one in self.given:
            value = one.value if one.fixed else values[one.name]
            if one.place is not None:
                value = value[one.place]
            found.append(one.process(value) if one.process else value)
        return tuple(found)

    def rows(self, fetched: list[Any]) -> "Rows[Any]":
        if self.processes:
            return Rows([self.row(self._processed(one)) for one in fetched])
        return Rows([self.row(one) for one in fetched])

    def _processed(self, fetched: Any) -> list[Any]:
        row = list(fetched)
        for at, process in self.processes:
            row[at] = process(row[at])
        return row


class Rows(Generic[T]):
    """All rows of a result, with what is used of SQLAlchemy's."""

    def __init__(self, rows: list[T]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[T]:
        return iter(self._rows)

    def all(self) -> list[T]:
        return list(self._rows)

    def first(self) -> T | None:
        return self._rows[0] if self._rows else None

    def one_or_none(self) -> T | None:
        if len(self._rows) > 1:
            raise MultipleResultsFound("More than one row.")
        return self.first()

    def one(self) -> T:
        found = self.one_or_none()
        if not self._rows:
            raise NoResultFound("No row.")
        return found  # type: ignore[return-value]

    def scalars(self) -> "Rows[Any]":
        return Rows([row[0] for row in self._rows])  # type: ignore[index]

    def scalar(self) -> Any:
        return self._rows[0][0] if self._rows else None  # type: ignore[index]

    def scalar_one_or_none(self) -> Any:
        return self.scalars().one_or_none()

    def scalar_one(self) -> Any:
        return self.scalars().one()


Known = dict[tuple[str, tuple[Any, ...]], Rows[Any]]  # what was asked in a transaction, with its values


class Reading:
    """A connection as those that only read see it, in the middle of no transaction until one is needed.

    It has the methods of an asynchronous one. What the driver refuses is asked again by SQLAlchemy, whose
    errors callers know. What was asked before is known: several parts of a page ask for the same.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._known: Known = {}

    @property
    def info(self) -> dict[Any, Any]:
        return self._connection.info

    @property
    def dialect(self) -> Dialect:
        return self._connection.dialect

    async def execute(self, statement: Any, values: Any = None) -> Any:
        asked = prepared(self.dialect, statement, values)
        if asked is None:
            return await self._connection.execute(statement, values)
        plan, given = asked
        known = self._known.get((plan.sql, given))
        if known is not None:
            return known
        connection: Any = self._connection.sync_connection
        tell(connection, plan, given)
        try:
            fetched = await connection.connection.driver_connection.fetch(plan.sql, *given)
        except CancelledError:  # half asked, and in the pool it would go on holding the locks of that
            await self._connection.invalidate()
            raise
        except Exception:  # noqa: BLE001 - see above
            return await self._connection.execute(statement, values)
        return _noted(plan, given, fetched, self._known)

    async def run_sync(self, work: Callable[..., T], *args: Any) -> T:
        return await self._connection.run_sync(work, *args)


def fetch_at_once(connection: Connection, statement: Any, values: Any, known: Known) -> Any:
    """The same for a connection that answers at once, SQLite's; `known` is what it answered before."""
    asked = prepared(connection.dialect, statement, values)
    if asked is None:
        return connection.execute(statement, values)
    plan, given = asked
    found = known.get((plan.sql, given))
    if found is not None:
        return found
    tell(connection, plan, given)
    driver: Any = connection.connection.driver_connection
    try:
        fetched = driver.execute(plan.sql, given).fetchall()
    except Exception:  # noqa: BLE001 - it fails again in there, as an error that callers know
        return connection.execute(statement, values)
    return _noted(plan, given, fetched, known)


def _noted(plan: Plan, given: tuple[Any, ...], fetched: list[Any], known: Known) -> Rows[Any]:
    """The rows, known from now on unless they are many."""
    found = plan.rows(fetched)
    if len(fetched) <= FEW:
        known[plan.sql, given] = found
    return found


def tell(connection: Connection, plan: Plan, given: tuple[Any, ...]) -> None:
    """Whoever listens to what is asked hears of this too."""
    for hear in connection.dispatch.before_cursor_execute:
        hear(connection, None, plan.sql, given, None, False)


def prepared(dialect: Dialect, statement: Any, values: Any) -> tuple[Plan, tuple[Any, ...]] | None:
    """The plan of a statement with its values in order; None where it has to go the way of SQLAlchemy."""
    if not isinstance(values, dict) or not isinstance(statement, Select | CompoundSelect):
        return None
    lists = {name: value for name, value in values.items() if isinstance(value, list)}
    if lists:
        lists = {name: _filled_up(value) for name, value in lists.items()}
        values = values | lists
    lengths = tuple((name, len(value)) for name, value in lists.items())
    plan = _plan(dialect, statement, lengths, _Kept(values))
    return (plan, plan.values(values)) if plan else None


def _filled_up(many: list[Any]) -> list[Any]:
    """With the last one again until there are 1, 2, 4, 8, ...: for the database that is the same.

    So a list of any length has one of ten statements, which the database knows already.
    """
    more = (1 << (len(many) - 1).bit_length()) - len(many) if many else 0
    return [*many, *(many[-1:] * more)]


class _Kept:
    """The values with which a plan is made, which are no part of what it is found by."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept)


@lru_cache(MOST)
def _plan(dialect: Dialect, statement: Any, lengths: tuple[tuple[str, int], ...], kept: _Kept) -> Plan | None:
    """None for a type that is read by how the database describes it: exact decimals of PostgreSQL."""
    compiled: Any = statement.compile(dialect=dialect)
    state = compiled.construct_expanded_state(kept.values)
    places = {
        expanded: (name, place)
        for name, names in state.parameter_expansion.items()
        for place, expanded in enumerate(names)
    }
    processors = {**compiled._bind_processors, **state.processors}
    given = []
    for name in state.positiontup:
        asked, place = places.get(name, (name, None))
        fixed = asked not in kept.values
        value = compiled.binds[asked].effective_value if fixed else None
        given.append(Given(asked, place, processors.get(name), fixed, value))
    columns = compiled._result_columns
    try:
        found = [_process(one.type, dialect) for one in columns]
    except TypeError:
        return None
    processes = tuple((at, process) for at, process in enumerate(found) if process is not None)
    row: Any = namedtuple("row", [one.keyname for one in columns], rename=True)  # type: ignore[misc]
    return Plan(state.statement, tuple(given), row._make, processes)


def _process(kind: Any, dialect: Dialect) -> Process | None:
    """How a value of this type becomes the one that callers know. Raises TypeError, see above."""
    if isinstance(kind, Float) and not kind.asdecimal:
        return lambda value: value if value is None else float(value)  # however the database describes it
    found: Process | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return found
