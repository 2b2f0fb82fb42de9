"""The page of the log, its files, and putting old words back from it."""

from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.phrases import file_name
from app.spaces import keeping, log_store
from app.spaces.hooks import SpaceHooks
from app.spaces.log import files, sentences, view
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.web import Db, go


@get("/log", opt={"action": "space.log"})
async def show(
    request: Request,
    db: Db,
    space_hooks: NamedDependency[SpaceHooks],
    topic: FromQuery[str] = "",
    organisation: FromQuery[str] = "",
    before: FromQuery[str] = "",
) -> Template:
    """What was done for the whole space, by whom and when, the newest first."""
    seat = seat_of(request)
    asked, topic = view.narrowed(topic, organisation, before)
    async with db.read() as tx:
        found = await view.load(tx, seat, space_hooks.titles, asked, topic)
    topics = [(one.value, words) for one, words in sentences.TOPIC_WORDS.items()]
    return page_of(seat, "spaces/log/log.html", here="people", log=found, topics=topics, first=not before)


@get("/log.csv", opt={"action": "space.log"})
async def as_csv(request: Request, db: Db, space_hooks: NamedDependency[SpaceHooks]) -> Response[bytes]:
    text = files.as_csv(await _told(request, db, space_hooks))
    name = f"{file_name(seat_of(request).space.name)}-log.csv"
    return Response(
        ("\ufeff" + text).encode(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@get("/log.json", opt={"action": "space.log"})
async def as_json(
    request: Request, db: Db, space_hooks: NamedDependency[SpaceHooks]
) -> Response[dict[str, Any]]:
    told = files.as_json(await _told(request, db, space_hooks))
    return Response({"log": told}, media_type=MediaType.JSON)


@post("/log/{n:int}/put-back", opt={"action": "space.describe"})
async def put_back(request: Request, db: Db, door: AtDoor, n: FromPath[int]) -> Response:
    """Let the words stand again that stood before an entry."""
    async with db.read() as tx:
        entry = await log_store.find(tx, seat_of(request), n)
    if entry is None or not entry.has_words:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    await keeping.put_words_back(door, entry)
    return go(request, f"/spaces/{door.space_id}/log?done=words-back")


async def _told(request: Request, db: Db, space_hooks: SpaceHooks) -> list[files.Told]:
    async with db.read() as tx:
        lines = await view.whole(tx, seat_of(request), space_hooks.titles)
    return [
        files.Told(
            one.entry.n, one.at.isoformat(), one.by, one.organisation, one.entry.act, one.say, one.words
        )
        for one in lines
    ]


routes = [show, as_csv, as_json, put_back]
