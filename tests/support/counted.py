"""Which statements a request sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

_sent: ContextVar[list[str] | None] = ContextVar("sent", default=None)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent to any database by what the block calls; jobs send theirs elsewhere."""
    sent: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if _sent.get() is sent:
            sent.append(statement)

    token = _sent.set(sent)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        _sent.reset(token)
