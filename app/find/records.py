"""Finds records: by the index that registers are searched by, the latest changed first."""

from collections.abc import Sequence

from app.boards.core.text.folding import Query, matches, pieces
from app.db import Tx
from app.find.result import FoundRecord, Pieces, around
from app.records import register_store
from app.records.core.findable import texts_of
from app.records.core.kinds import KINDS
from app.records.core.register import ALL, COUNTED, Asked
from app.records.pages.register import rows_of
from app.records.register_store import Reader
from app.records.store import Parts
from app.spaces.space_people import SpacePeople

MOST = 20  # records shown; the register has them all


async def find_records(
    tx: Tx, people: SpacePeople, q: str, asked: Query, reader: Reader
) -> tuple[list[FoundRecord], int]:
    """The first records that have these words, closed ones too; and how many or more than COUNTED."""
    space, wanted = people.seat.space.id, Asked(q=q, state=ALL, sort="changed")
    count = await register_store.count(tx, space, wanted, reader, COUNTED + 1)
    found = await register_store.page(tx, space, wanted, reader, count, MOST, parts=Parts(ties=False))
    rows = await rows_of(tx, people, found)
    return [
        FoundRecord(
            row,
            KINDS[row.record.kind].word if row.record.kind in KINDS else "Record",
            pieces(asked, row.record.title),
            _elsewhere(asked, texts_of(row.record)),
        )
        for row in rows
    ], count


def _elsewhere(asked: Query, texts: Sequence[str]) -> Pieces:
    """A part of the first text with a word that the title, the first of them, has not."""
    title, *others = texts
    if matches(asked, [title]):
        return []
    return next((around(found) for text in others if (found := _marked(asked, text))), [])


def _marked(asked: Query, text: str) -> Pieces:
    found = pieces(asked, text)
    return found if any(piece.found for piece in found) else []
