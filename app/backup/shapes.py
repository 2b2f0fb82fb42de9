"""What a backup holds: of each table a struct with its columns, by which every line is checked."""

from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Column, Table

from app.boards.storage import find_store
from app.boards.storage import store as boards
from app.db import Utc, metadata
from app.outcomes.goals import store as goal_store
from app.outcomes.measures import annotation_store
from app.people import store as people
from app.records import card_store as record_cards
from app.records import find_store as record_words
from app.records import store as records
from app.records.immunity import personal_data as private_pages
from app.reports import store as reports
from app.reports.minutes import store as minutes
from app.spaces import store as spaces
from app.spaces.together import store as together
from app.workshops.runsheet import store as run_sheets

KNOWN = (
    boards,
    annotation_store,
    goal_store,
    people,
    private_pages,
    records,
    record_cards,
    reports,
    minutes,
    spaces,
    together,
    run_sheets,
)  # imported so that all tables are in `metadata`
LEFT_OUT = frozenset(
    {
        "login",
        "letter",
        "outbox",
        "attempt",
        "upload",
        "return_token",
        "ballot",
        "phase_nonce",
        "quiet_word",
        "access_need",
        "screen_link",
        "usage",
    }
) | {
    table.name
    for table in (*find_store.TABLES, *record_words.TABLES)  # made anew from items and records
}


def tables() -> list[Table]:
    """The tables of a backup; each comes after those it points to."""
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


@cache
def shape(table: Table) -> type[Struct]:
    """The struct of a row."""
    fields = [(str(column.name), _kind(column)) for column in table.columns]
    return msgspec.defstruct(str(table.name), fields, frozen=True, forbid_unknown_fields=True)


def _kind(column: Column[Any]) -> Any:
    kind = datetime if isinstance(column.type, Utc) else column.type.python_type
    return kind | None if column.nullable else kind
