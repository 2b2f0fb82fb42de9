"""The page of the log, and its files."""

from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Template

from app.phrases import file_name
from app.spaces.hooks import SpaceHooks
from app.spaces.log import files, sentences, view
from app.spaces.page_frame import page_of
from app.spaces.seats import seat_of
from app.web import Db


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
    found = await db.run_long_read(lambda tx: view.load(tx, seat, space_hooks.titles, asked, topic))
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


async def _told(request: Request, db: Db, space_hooks: SpaceHooks) -> list[files.Told]:
    async with db.read() as tx:
        lines = await view.whole(tx, seat_of(request), space_hooks.titles)
    return [
        files.Told(
            one.entry.n, one.at.isoformat(), one.by, one.organisation, one.entry.act, one.say, one.words
        )
        for one in lines
    ]


routes = [show, as_csv, as_json]
