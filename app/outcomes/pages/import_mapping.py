"""Saying over HTTP what a file means: where its table is, what its columns are, by hand or by a recipe."""

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Template
from msgspec import json
from msgspec.structs import replace

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.imports import actions, guess, mapping_form, offers
from app.outcomes.imports import store as batch_store
from app.outcomes.imports.recipes import actions as recipe_actions
from app.outcomes.imports.recipes import recipe as recipes
from app.outcomes.imports.recipes import store as recipe_store
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.imports.sources.table import TablePlace
from app.outcomes.jobs.runner import Jobs
from app.outcomes.measures import store as measure_store
from app.outcomes.pages.import_frame import find_file, mapping_page, path_of
from app.spaces.page_frame import AtDoor
from app.spaces.seats import seat_of
from app.web import Db, go, typed


@post("/outcomes/imports/{upload_id:str}/mapping", opt={"action": "measure.import"})
async def choose_mapping(
    request: Request, db: Db, door: AtDoor, jobs: Jobs, upload_id: FromPath[str]
) -> Response | Template:
    """Store the mapping; the file, and others like it where asked, are checked with it at once."""
    form = await typed(request)
    async with db.read() as tx:
        file = await find_file(tx, request, upload_id)
        measures = await measure_store.of_space(tx, door.space_id)
        others = await batch_store.others_of(
            tx, door.space_id, seat_of(request).actor.person or "", upload_id
        )
    if file is None or not file.look:
        return go(request, path_of(door.space_id, upload_id))
    look = json.decode(file.look, type=FileLook)
    mapping, errors = mapping_form.read(form, look, measures)
    if errors:
        return await mapping_page(request, db, file, form, errors, 422)
    if name := form.get("recipe_name", "").strip():
        await recipe_actions.keep(door, recipes.made(name, look, mapping))
    chosen = {upload_id: replace(mapping, answered="here")}
    for one in offers.others_like(look, file.asked, others) if form.get("others") else ():
        theirs = json.decode(one.look, type=FileLook)
        alike, still_open = offers.mapped_alike(look, mapping, theirs, form, measures)
        if still_open:
            await actions.fill_in(door, one.id, alike)
        else:
            chosen[one.id] = alike
    await actions.choose_mapping(door, jobs, chosen)
    return go(request, path_of(door.space_id, upload_id))


@post("/outcomes/imports/{upload_id:str}/table", opt={"action": "measure.import"})
async def choose_table(request: Request, door: AtDoor, jobs: Jobs, upload_id: FromPath[str]) -> Response:
    """Say which sheet and which rows the table has; the file is looked at again."""
    form = await typed(request)
    first, last, end = (_row(form.get(name, "")) for name in ("first_heading", "last_heading", "end"))
    last = max(first, last) if first else 0
    place = TablePlace(form.get("sheet", ""), first, last, end if end > last else 0, form.get("encoding", ""))
    await actions.choose_table(door, jobs, upload_id, place)
    return go(request, path_of(door.space_id, upload_id))


@post("/outcomes/imports/{upload_id:str}/recipe", opt={"action": "measure.import"})
async def use_recipe(request: Request, db: Db, door: AtDoor, upload_id: FromPath[str]) -> Response:
    """Fill the form of the mapping in as a recipe has it."""
    chosen = (await typed(request)).get("recipe", "")
    async with db.read() as tx:
        file = await find_file(tx, request, upload_id)
        measures = await measure_store.of_space(tx, door.space_id)
        kept = await recipe_store.of_space(tx, door.space_id)
    if file is None or not file.look:
        return go(request, path_of(door.space_id, upload_id))
    look = json.decode(file.look, type=FileLook)
    now = json.decode(file.asked, type=ColumnMapping) if file.asked else guess.guess_mapping(look, measures)
    offer = next((one for one in offers.offered(look, kept, measures, now) if one.id == chosen), None)
    if offer is None:
        raise Refused(Code.NOT_FOUND, "This recipe does not fit the file any more.")
    await actions.fill_in(door, upload_id, offer.mapping)
    return go(request, path_of(door.space_id, upload_id))


@post("/outcomes/imports/{upload_id:str}/again", opt={"action": "measure.import"})
async def back_to_mapping(request: Request, door: AtDoor, jobs: Jobs, upload_id: FromPath[str]) -> Response:
    await actions.back_to_mapping(door, jobs, upload_id)
    return go(request, path_of(door.space_id, upload_id) + "?edit")


@get("/outcomes/imports/recipes/{recipe_id:str}", opt={"action": "measure.import"})
async def download_recipe(request: Request, db: Db, recipe_id: FromPath[str]) -> Response[str]:
    """A recipe as a file, for another space."""
    async with db.read() as tx:
        one = await recipe_store.find(tx, seat_of(request).space.id, recipe_id)
    if one is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    headers = {"Content-Disposition": 'attachment; filename="recipe.json"'}
    return Response(one.recipe, media_type="application/json", headers=headers)


@post("/outcomes/imports/recipes", opt={"action": "measure.import"})
async def add_recipe(request: Request, door: AtDoor) -> Response:
    """Keep a recipe that was downloaded from another space."""
    file = (await request.form()).get("recipe")
    content = await file.read() if isinstance(file, UploadFile) else b""
    await recipe_actions.add_from_file(door, content)
    return go(request, path_of(door.space_id))


@post("/outcomes/imports/recipes/{recipe_id:str}/remove", opt={"action": "measure.import"})
async def remove_recipe(request: Request, door: AtDoor, recipe_id: FromPath[str]) -> Response:
    await recipe_actions.remove(door, recipe_id)
    return go(request, path_of(door.space_id))


def _row(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


routes = [
    choose_mapping,
    choose_table,
    use_recipe,
    back_to_mapping,
    download_recipe,
    add_recipe,
    remove_recipe,
]
