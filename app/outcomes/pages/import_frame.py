"""What the pages of imports share: the address of a file, the file itself, and the page of its mapping."""

from collections.abc import Mapping
from typing import Any

from litestar import Request
from litestar.response import Template
from msgspec import json

from app.db import Tx
from app.outcomes.imports import guess, labels, mapping_form, offers
from app.outcomes.imports import store as batch_store
from app.outcomes.imports.recipes import store as recipe_store
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.measures import store as measure_store
from app.spaces.page_frame import page_of
from app.spaces.seats import seat_of
from app.web import Db


def path_of(space_id: str, id: str = "") -> str:
    return f"/spaces/{space_id}/outcomes/imports" + (f"/{id}" if id else "")


async def find_file(tx: Tx, request: Request, upload_id: str) -> Any:
    """The uploaded file as a row; None for everybody but the person who uploaded it."""
    seat = seat_of(request)
    return await batch_store.find_upload(tx, seat.space.id, upload_id, seat.actor.person or "")


def file_page(request: Request, name: str, file: Any, status: int = 200, **context: Any) -> Template:
    context.setdefault("look", json.decode(file.look, type=FileLook) if file.look else None)
    return page_of(seat_of(request), name, status, here="outcomes", file=file, **context)


async def mapping_page(
    request: Request,
    db: Db,
    file: Any,
    form: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    failed: str = "",
) -> Template:
    """The form that asks what the columns of a file mean, as proposed, chosen, or typed."""
    seat = seat_of(request)
    look = json.decode(file.look, type=FileLook)
    async with db.read() as tx:
        measures = await measure_store.of_space(tx, seat.space.id)
        kept = await recipe_store.of_space(tx, seat.space.id)
        others = await batch_store.others_of(tx, seat.space.id, seat.actor.person or "", file.id)
    mapping = (
        json.decode(file.asked, type=ColumnMapping) if file.asked else guess.guess_mapping(look, measures)
    )
    values = form or {**mapping_form.values(mapping, look, measures), "others": "yes"}
    offered = offers.offered(look, kept, measures, mapping)
    return file_page(
        request,
        "outcomes/imports/mapping.html",
        file,
        status,
        look=look,
        **mapping_form.lists(look, measures),
        offers=[one for one in offered if not one.used],
        recipe_used=next((one.name for one in offered if one.used), ""),
        others=offers.others_like(look, others),
        values=values,
        split=any(name.startswith("breakdown-") for name in values),
        filtered=any(name.startswith("keep-") for name in values) or values.get("only_column"),
        errors=errors or {},
        words=labels,
        failed=failed or look.problem,
    )
