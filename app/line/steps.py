from app.db import Tx
from app.records.core.record import Record
from app.records.hooks import LineStep
from app.spaces.space import Seat


async def of_record(tx: Tx, seat: Seat, record: Record) -> list[LineStep]:
    return []
