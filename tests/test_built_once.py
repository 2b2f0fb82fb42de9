"""A statement that is built once asks with the values of each call."""

from typing import Any

from sqlalchemy import Column, Integer, MetaData, Select, Table, Text, create_engine, insert, select

from app.compiled_statements import built_once

thing = Table("thing", MetaData(), Column("id", Integer, primary_key=True), Column("name", Text))
built: list[str] = []


@built_once
def _named(name: Any, ids: Any) -> Select[Any]:
    built.append("built")
    return select(thing.c.id).where(thing.c.name == name, thing.c.id.in_(ids)).order_by(thing.c.id)


def test_a_statement_is_built_once_and_asked_with_other_values_each_time() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as tx:
        thing.metadata.create_all(tx)
        tx.execute(insert(thing), [{"id": n, "name": "even" if n % 2 == 0 else "odd"} for n in range(1, 7)])

        def ask(name: str, ids: Any) -> list[int]:
            return list(tx.execute(*_named(name, ids)).scalars())

        assert ask("odd", [1, 2, 3]) == [1, 3]
        assert ask("even", {2, 4, 5, 6}) == [2, 4, 6]
        assert ask("even", {4: "x"}) == [4]
        assert ask("odd", []) == []
        assert ask("of'; drop table thing", [1]) == []
    assert built == ["built"]
