"""What people do about several organisations in one file: say their codes, hand rows over."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import json

from app.outcomes.imports.rows import ColumnMapping, FileLook, FileRow
from app.outcomes.imports.sharing import codes, share_out, store
from app.spaces.actions import Door, SpaceChange, change, owners_of
from app.spaces.rules import Errors


async def set_codes(door: Door, text: str) -> Errors:
    """Say by which codes and names files know one's own organisation; gives what is wrong with them."""
    async with change(door, "measure.import") as under_way:
        tx, own = under_way.tx, under_way.organisation
        owners, known = await owners_of(tx, door.space_id), await store.codes(tx, door.space_id)
        wanted, errors = codes.read(text, own, owners, known)
        if not errors:
            await store.set_codes(tx, door.space_id, own, wanted)
    return errors


async def pass_on(
    under_way: SpaceChange,
    batch_id: str,
    file: Any,
    mapping: ColumnMapping,
    shared: Mapping[str, Sequence[FileRow]],
) -> None:
    """Keep the rows of other organisations until each confirms its own; nothing of them counts before."""
    asked = json.encode(share_out.mapping_for(mapping)).decode()
    for organisation, rows in shared.items():
        await store.pass_on(
            under_way.tx,
            under_way.space_id,
            organisation,
            batch_id,
            under_way.seat.actor.person or "",
            under_way.at,
            file_name=file.file_name,
            file_sha256=file.file_sha256,
            content=share_out.packed(rows, mapping.decimal),
            look=json.encode(FileLook("shared", rows=len(rows))).decode(),
            asked=asked,
        )
