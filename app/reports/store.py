"""Issued reports and the links of their readers, in the database. A report is written once."""

from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Row, Select, func, insert, select, update

from app.compiled_statements import built_once
from app.db import Tx
from app.reports.tables import reader_link, report


class Issued(Struct, frozen=True):
    """An issued report without its content, which is long: `content_of` gives that."""

    id: str
    space: str
    goal: str | None
    number: int
    title: str
    at: datetime
    by: str
    corrects: str | None
    because: str


class ReaderLink(Struct, frozen=True):
    """A link by which people outside of the space read one report. Only the hash of its token is stored."""

    id: str
    report: str
    by: str
    made_at: datetime
    expires_at: datetime
    for_whom: str = ""


async def add(tx: Tx, one: Issued, until: date, content: str) -> None:
    """Store a report; `until` is the end of its newest period, `content` its content as JSON."""
    row = {"space_id": one.space, "goal_id": one.goal, "number": one.number, "title": one.title}
    issued = {"issued_at": one.at, "issued_by": one.by, "corrects_id": one.corrects, "because": one.because}
    await tx.execute(insert(report).values(id=one.id, until=until, content=content, **row, **issued))


async def next_number(tx: Tx, space_id: str) -> int:
    """The number of the next report of a space, from 1."""
    highest = select(func.max(report.c.number)).where(report.c.space_id == space_id)
    return ((await tx.execute(highest)).scalar() or 0) + 1


async def of_space(tx: Tx, space_id: str) -> list[Issued]:
    """All reports issued in a space, the newest first."""
    return [_as_issued(row) for row in await tx.execute(*_of_space(space_id))]


@built_once
def _of_space(space_id: Any) -> Select[Any]:
    return _query(report.c.space_id == space_id).order_by(report.c.number.desc())


async def find(tx: Tx, space_id: str, report_id: str) -> Issued | None:
    return await _one(tx, report.c.space_id == space_id, report.c.id == report_id)


async def last_of(tx: Tx, space_id: str, goal_id: str | None) -> Issued | None:
    """The newest report of the same goal, or of the whole space."""
    same = report.c.goal_id == goal_id if goal_id else report.c.goal_id.is_(None)
    query = _query(report.c.space_id == space_id, same).order_by(report.c.number.desc()).limit(1)
    row = (await tx.execute(query)).one_or_none()
    return _as_issued(row) if row else None


async def corrected_by(tx: Tx, report_id: str) -> Issued | None:
    """The report that corrects this one, if any: the last of several."""
    query = _query(report.c.corrects_id == report_id).order_by(report.c.number.desc()).limit(1)
    row = (await tx.execute(query)).one_or_none()
    return _as_issued(row) if row else None


async def content_of(tx: Tx, report_id: str) -> str:
    """The content of a report as JSON, with ids in the place of people's names."""
    content: str = (await tx.execute(select(report.c.content).where(report.c.id == report_id))).scalar_one()
    return content


# -- readers -----------------------------------------------------------------------------------------


async def add_link(tx: Tx, one: ReaderLink, token_sha256: str) -> None:
    """Store a link with the hash of its token, by which it is found."""
    row = {"report_id": one.report, "made_by": one.by, "made_at": one.made_at, "expires_at": one.expires_at}
    values = {"id": one.id, "token_sha256": token_sha256, "for_whom": one.for_whom, **row}
    await tx.execute(insert(reader_link).values(values))


async def links(tx: Tx, report_id: str, at: datetime) -> list[ReaderLink]:
    """The links that are open at this time."""
    query = select(reader_link).where(reader_link.c.report_id == report_id, *_open(at))
    rows = await tx.execute(query.order_by(reader_link.c.made_at, reader_link.c.id))
    return [_link(row) for row in rows]


async def links_by(tx: Tx, person: str) -> list[ReaderLink]:
    """All links that somebody has made, also those that are closed."""
    rows = await tx.execute(select(reader_link).where(reader_link.c.made_by == person))
    return [_link(row) for row in rows]


async def withdraw_link(tx: Tx, report_id: str, link_id: str, at: datetime) -> None:
    """Close a link; one that is closed already keeps its time."""
    this = (reader_link.c.report_id == report_id, reader_link.c.id == link_id)
    await tx.execute(
        update(reader_link).where(*this, reader_link.c.withdrawn_at.is_(None)).values(withdrawn_at=at)
    )


async def report_of_token(tx: Tx, token_sha256: str, at: datetime) -> Issued | None:
    """The report that a reader's token opens now."""
    query = select(reader_link.c.report_id).where(reader_link.c.token_sha256 == token_sha256, *_open(at))
    report_id = (await tx.execute(query)).scalar_one_or_none()
    return await _one(tx, report.c.id == report_id) if report_id else None


def _open(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return reader_link.c.withdrawn_at.is_(None), reader_link.c.expires_at > at


async def _one(tx: Tx, *conditions: ColumnElement[bool]) -> Issued | None:
    row = (await tx.execute(_query(*conditions))).one_or_none()
    return _as_issued(row) if row else None


def _query(*conditions: ColumnElement[bool]) -> Select[Any]:
    columns = [column for column in report.c if column.name != "content"]
    return select(*columns).where(*conditions)


def _as_issued(row: Row[Any]) -> Issued:
    frame = (row.id, row.space_id, row.goal_id, row.number, row.title, row.issued_at, row.issued_by)
    return Issued(*frame, row.corrects_id, row.because)


def _link(row: Any) -> ReaderLink:
    return ReaderLink(row.id, row.report_id, row.made_by, row.made_at, row.expires_at, row.for_whom)
