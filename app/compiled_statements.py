"""Statements that run at every deed: compiled once, since to compile costs more than the database takes."""

from collections.abc import Callable
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ARRAY, Connection, CursorResult, Dialect, Executable, Insert, bindparam, func, select

Value = Callable[[Any], Any]
BoundStatement = tuple[str, Any]  # a statement, and its values as the driver wants them
MOST = 256  # statements kept; each work beside brings a dialect of its own, which would never go


def run(tx: Connection, statement: Executable, **values: Any) -> CursorResult[Any]:
    """Execute `statement` once. Its results come as the driver gives them: texts and numbers."""
    sql, given = _compiled(tx.dialect, statement)
    return tx.exec_driver_sql(sql, tuple(as_bound(values[name]) for name, as_bound in given))


def insert_many(tx: Connection, statement: Insert, rows: list[dict[str, Any]]) -> None:
    """Insert `rows`, all with the same columns."""
    tx.exec_driver_sql(*bind_rows(tx.dialect, statement, rows))


def bind_rows(dialect: Dialect, statement: Insert, rows: list[dict[str, Any]]) -> BoundStatement:
    """All that the driver needs to insert `rows`, so that it can be worked out before a transaction begins.

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
    return sql, [tuple(as_bound(row[name]) for name, as_bound in given) for row in rows]


@cache
def _of_arrays(statement: Insert, columns: tuple[str, ...]) -> Insert:
    kinds = {column.name: column.type for column in statement.table.columns}
    arrays = [bindparam(name, type_=ARRAY(kinds[name])) for name in columns]
    rows = func.unnest(*arrays).table_valued(*columns).render_derived()
    return statement.from_select(list(columns), select(rows), include_defaults=False)


@lru_cache(MOST)
def _compiled(
    dialect: Dialect, statement: Executable, columns: tuple[str, ...] | None = None
) -> tuple[str, tuple[tuple[str, Value], ...]]:
    """The text, and for each of its places the name of the value and how the driver wants it."""
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns and list(columns))  # type: ignore[attr-defined]
    given = []
    for name in compiled.positiontup:
        process = compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
        given.append((name, process or _as_it_is))
    return str(compiled), tuple(given)


def _as_it_is(value: Any) -> Any:
    return value
