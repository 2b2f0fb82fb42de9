"""What the pages of imports share: the address of a file, the file itself, and the page of its mapping."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from litestar import Request
from litestar.response import Template
from msgspec import json

from app.db import Tx
from app.outcomes.goals.people import load_people
from app.outcomes.imports import guess, labels, mapping_form, offers
from app.outcomes.imports import store as batch_store
from app.outcomes.imports.recipes import store as recipe_store
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.imports.sharing import store as sharing_store
from app.outcomes.jobs.runner import JobRunner
from app.outcomes.measures import store as measure_store
from app.spaces.actions import owners_of
from app.spaces.page_frame import page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db


class PassedOn(NamedTuple):
    """Rows of a file that wait for their organisation to confirm them."""

    id: str
    organisation: str
    batch: str
    file_name: str
    rows: int
    by: str
    at: datetime


def path_of(space_id: str, id: str = "") -> str:
    return f"/spaces/{space_id}/outcomes/imports" + (f"/{id}" if id else "")


async def find_file(tx: Tx, request: Request, upload_id: str) -> Any:
    """The uploaded file as a row; None for everybody but those who are to import it."""
    seat = seat_of(request)
    return await batch_store.find_upload(tx, seat.space.id, upload_id, seat.actor)


def file_page(request: Request, name: str, file: Any, status: int = 200, **context: Any) -> Template:
    context.setdefault("look", json.decode(file.look, type=FileLook) if file.look else None)
    return page_of(seat_of(request), name, status, here="outcomes", file=file, **context)


async def index_page(
    request: Request,
    db: Db,
    jobs: JobRunner,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    typed_codes: str | None = None,
) -> Template:
    """The form for a file, what waits, earlier imports, recipes and codes."""
    seat = seat_of(request)
    running = jobs.running_keys()  # before reading: a job that ends meanwhile is still shown as running
    async with db.read() as tx:
        batches = await batch_store.of_space(tx, seat.space.id)
        waiting = await batch_store.waiting(tx, seat.space.id, seat.actor.person or "")
        measures = await measure_store.of_space(tx, seat.space.id)
        latest = batches[0] if batches and batches[0].undone_at is None else None
        brought = await batch_store.measures_of(tx, latest.id) if latest else []
        people = await load_people(tx, seat)
        recipes = await recipe_store.of_space(tx, seat.space.id)
        sharing = await _sharing(tx, seat)
    return page_of(
        seat,
        "outcomes/imports/index.html",
        status,
        here="outcomes",
        batches=batches,
        waiting=waiting,
        recipes=recipes,
        typed_codes=typed_codes,
        **sharing,
        measures=measures,
        brought=[one for one in measures if one.id in brought],  # by the latest import
        people=people,
        running=running,
        failed={one.id: job.say for one in batches if (job := jobs.status(one.id)) and job.code},
        words=labels,
        errors=errors or {},
    )


async def _sharing(tx: Tx, seat: Seat) -> dict[str, Any]:
    """The codes of the organisations, what waits for one's own, and what waits by import."""
    codes = await sharing_store.codes(tx, seat.space.id)
    owners = await owners_of(tx, seat.space.id)
    waiting = [_passed_on(one) for one in await sharing_store.waiting(tx, seat.space.id)]
    passed_on: dict[str, list[PassedOn]] = {}
    for one in waiting:
        passed_on.setdefault(one.batch, []).append(one)
    return {
        "codes": [(one, codes.get(one.id, ())) for one in owners],
        "to_confirm": [one for one in waiting if one.organisation == seat.actor.organisation],
        "passed_on": passed_on,
        "names": {one.id: one.name for one in owners},
    }


def _passed_on(row: Any) -> PassedOn:
    look = json.decode(row.look, type=FileLook)
    return PassedOn(row.id, row.organisation_id, row.batch_id, row.file_name, look.rows, row.by, row.at)


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
        others=offers.others_like(look, file.asked, others),
        values=values,
        split=any(name.startswith("breakdown-") for name in values),
        filtered=any(name.startswith("keep-") for name in values) or values.get("only_column"),
        errors=errors or {},
        words=labels,
        failed=failed or look.problem,
    )
