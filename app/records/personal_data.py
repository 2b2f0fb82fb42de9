"""The part of records in downloading one's own data. Erasing leaves words and takes the name."""

from typing import Any

import msgspec

from app.db import Tx
from app.records import look_store, personal_data_store


async def my_data(tx: Tx, person_id: str) -> tuple[str, dict[str, Any]]:
    """What the person did to records and signed in them, and what they keep true."""
    changes = await personal_data_store.changes_by(tx, person_id)
    rows = await personal_data_store.rows_by(tx, person_id)
    return "records", {
        "keeps_true": await personal_data_store.titles_kept(tx, person_id),
        "changes": [
            {
                "record": one.title,
                "kind": one.kind,
                "at": one.at.isoformat(),
                "did": msgspec.json.decode(one.op)["op"],
            }
            for one in changes
        ],
        "lines": [
            {
                "record": one.title,
                "list": one.list,
                "words": msgspec.json.decode(one.fields),
                "at": one.at.isoformat(),
            }
            for one in rows
        ],
    }


async def on_erase(tx: Tx, person_id: str) -> None:
    """Forget what they have looked at; what they wrote stays, without their name."""
    await look_store.forget(tx, person_id)
