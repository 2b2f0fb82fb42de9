"""SQL statements that are built and compiled only once: that takes longer than the database does."""

from collections.abc import Callable, Collection, Mapping
from functools import cache, lru_cache, wraps
from inspect import signature
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import (
    ARRAY,
    CTE,
    Connection,
    CursorResult,
    Dialect,
    Executable,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    exists,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

Value = Callable[[Any], Any]
Rows = list[dict[str, Any]]
BoundStatement = tuple[str, Any]  # a statement, and its values as the driver wants them
MOST = 256  # compiled statements kept; every database object brings a dialect of its own, so they add up


def insert_in(dialect: str, table: Table) -> Any:
    """An INSERT of this dialect: it can say what becomes of rows that are there already."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


def built_once(build: Callable[..., Select[Any]]) -> Callable[..., tuple[Select[Any], dict[str, Any]]]:
    """A function that gives its statement, built at the first call, with the values of this one.

    `await tx.execute(*_of_space(space_id))`. A collection is for `in_`, and each parameter stays what it was
    at first: a collection, or one value. None is no value: SQL asks otherwise for what is not there.
    """
    names = tuple(signature(build).parameters)
    statement: Select[Any] | None = None

    @wraps(build)
    def asked(*values: Any) -> tuple[Select[Any], dict[str, Any]]:
        nonlocal statement
        many = [isinstance(value, Collection) and not isinstance(value, str) for value in values]
        if statement is None:
            each = zip(names, many, strict=True)
            statement = build(*(bindparam(name, expanding=is_many) for name, is_many in each))
        given = zip(names, values, many, strict=True)
        return statement, {name: list(value) if is_many else value for name, value, is_many in given}

    return asked


def run(tx: Connection, statement: Executable, **values: Any) -> CursorResult[Any]:
    """Execute `statement`. The results are as the driver gives them: texts and numbers, no times."""
    sql, given = _compiled(tx.dialect, statement)
    return tx.exec_driver_sql(sql, tuple(as_bound(values[name]) for name, as_bound in given))


def number(tx: Connection, statement: Executable, **values: Any) -> int | None:
    """The one number that `statement` gives; None where there is no row."""
    if tx.dialect.name == "postgresql":
        return cast(int | None, run(tx, statement, **values).scalar())
    sql, given = _compiled(tx.dialect, statement)
    row = _at_once(tx, sql, tuple(as_bound(values[name]) for name, as_bound in given))
    return None if row is None else cast(int, row[0])


def insert_many(tx: Connection, statement: Insert, rows: Rows) -> None:
    """Insert `rows`, all with the same columns."""
    sql, values = bind_rows(tx.dialect, statement, rows)
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql(sql, values)
    else:
        _at_once(tx, sql, *values)


def _at_once(tx: Connection, sql: str, *rows: Any) -> Any:
    """Run a statement of SQLite's by the driver's own cursor; the first row that it gives.

    To prepare and describe a statement of one row takes SQLAlchemy longer than the database. What goes wrong
    is raised as by it, and nothing is tried again: SQLite may have taken the transaction back.
    """
    for hear in tx.dispatch.before_cursor_execute:
        hear(tx, None, sql, rows, None, len(rows) > 1)
    cursor, errors = tx.connection.cursor(), tx.dialect.loaded_dbapi.Error
    try:
        if len(rows) != 1:
            cursor.executemany(sql, rows)
            return None
        cursor.execute(sql, rows[0])
        return cursor.fetchone()
    except errors as error:
        raise DBAPIError.instance(sql, None, error, errors, True, dialect=tx.dialect) from error
    finally:
        cursor.close()


def insert_if(
    tx: Connection, guard: Update | Select[Any], values: Mapping[str, Any], parts: Mapping[Insert, Rows]
) -> bool:
    """Run `guard` and, where it gives a row, insert all rows of all `parts`: PostgreSQL's, in one statement.

    Gives whether it did. Where there are no rows of a part, nothing is inserted of it.
    """
    arrays = {
        f"{place}_{column.name}": [row[column.name] for row in rows]
        for place, (statement, rows) in enumerate(parts.items())
        for column in statement.table.columns
    }
    return run(tx, _guarded(guard, tuple(parts)), **values, **arrays).first() is not None


def bind_rows(dialect: Dialect, statement: Insert, rows: Rows) -> BoundStatement:
    """The statement and its values for the driver, so that this can be done before a transaction begins.

    PostgreSQL takes them as one statement with an array for each column, not one after another.
    """
    columns = tuple(rows[0])
    if dialect.name == "postgresql":
        sql, given = _compiled(dialect, _of_arrays(statement, columns))
        return sql, tuple(as_bound([row[name] for row in rows]) for name, as_bound in given)
    sql, given = _compiled(dialect, statement, columns)
    if all(as_bound is _as_it_is for _, as_bound in given):
        in_order = itemgetter(*(name for name, _ in given))
        return sql, [in_order(row) for row in rows]
    by_column = (_bound([row[name] for row in rows], as_bound) for name, as_bound in given)
    return sql, list(zip(*by_column, strict=True))


def _bound(values: list[Any], as_bound: Value) -> list[Any]:
    """The values of one column for the driver. One that all rows share, such as None, is converted once."""
    if as_bound is _as_it_is:
        return values
    first = values[0]
    if all(value is first for value in values):
        return [as_bound(first)] * len(values)
    return [as_bound(value) for value in values]


@cache
def _guarded(guard: Update | Select[Any], parts: tuple[Insert, ...]) -> Select[Any]:
    found = guard.cte("guard")
    inserts = [
        _of_arrays(one, tuple(one.table.columns.keys()), f"{place}_", found).cte(f"part_{place}")
        for place, one in enumerate(parts)
    ]
    return select(found).add_cte(*inserts)


@cache
def _of_arrays(
    statement: Insert, columns: tuple[str, ...], prefix: str = "", guard: CTE | None = None
) -> Insert:
    """The rows come as an array for each column, `prefix` before its name; none where `guard` gave none."""
    kinds = {column.name: column.type for column in statement.table.columns}
    arrays = [bindparam(prefix + name, type_=ARRAY(kinds[name])) for name in columns]
    rows = select(func.unnest(*arrays).table_valued(*columns).render_derived())
    if guard is not None:
        rows = rows.where(exists(select(guard)))
    return statement.from_select(list(columns), rows, include_defaults=False)


@lru_cache(MOST)
def _compiled(
    dialect: Dialect, statement: Executable, columns: tuple[str, ...] | None = None
) -> tuple[str, tuple[tuple[str, Value], ...]]:
    """The SQL text, and for each placeholder the name of its value and how to convert it for the driver."""
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns and list(columns))  # type: ignore[attr-defined]
    given = []
    for name in compiled.positiontup:
        process = compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
        given.append((name, process or _as_it_is))
    return str(compiled), tuple(given)


def _as_it_is(value: Any) -> Any:
    return value
