"""Puts the parts together; the only module that knows all others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar, Response, get
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig
from litestar.types import ControllerRouterHandler
from sqlalchemy.exc import SQLAlchemyError

from app import config as settings
from app import refusals, templating, web
from app.access import Refused
from app.assets import Static
from app.boards import routes as boards
from app.boards.library.gallery import board_cards
from app.boards.live.rooms import Rooms
from app.boards.retention import job as sweep
from app.boards.retention import personal_data
from app.bodies import Bodies
from app.config import Config
from app.db import Database, Tx
from app.headers import before_send, security_headers
from app.migrate import is_migrated
from app.outcomes import personal_data as my_outcomes
from app.outcomes import routes as outcomes
from app.outcomes.cards.status_job import Faces
from app.outcomes.jobs.runner import JobRunner
from app.outcomes.pages.goal_list import lines
from app.outcomes.readings import recompute_job
from app.outcomes.reminders import job as reminders
from app.outcomes.reminders import overdue
from app.people import routes as people
from app.people.hooks import Hooks
from app.people.mail import job as sending
from app.people.sessions import Sessions
from app.realtime.relay import relay_for
from app.reports import personal_data as my_reports
from app.reports import routes as reports
from app.reports.files.cache import Copies
from app.reports.mailing import job as mailing_job
from app.spaces import actions, seats
from app.spaces import pages as spaces
from app.spaces.joining.guess_limit import Guesses
from app.spaces.members import actions as members

# bytes of a form of somebody who may send it; of strangers less is read (bodies.py)
MOST_BYTES = 256 * 1024
ROUTES: list[ControllerRouterHandler] = [
    *people.routes,
    *spaces.routes,
    *boards.routes,
    *outcomes.routes,
    *reports.routes,
]


async def _touch(tx: Tx, person_id: str) -> list[tuple[str, int]]:
    """Raise the epochs of a person's spaces: what to ring for, so that sockets look again who may stay."""
    return [(seats.topic(space_id), epoch) for space_id, epoch in await actions.touch_person(tx, person_id)]


PARTS = Hooks(
    my_spaces=actions.my_spaces,
    touch=_touch,
    overdue=overdue.of_person,
    my_data=(members.my_data, personal_data.my_data, my_outcomes.my_data, my_reports.my_data),
    # Who takes goals over must still see them in the space, so outcomes come before leaving.
    on_erase=(personal_data.on_erase, my_reports.on_erase, my_outcomes.on_erase, members.on_erase),
)


def create_app(config: Config | None = None) -> Litestar:
    """The whole product as one ASGI app. Raises config.Unsafe with a sentence."""
    config = config or settings.read()
    settings.check(config)
    static = Static()
    headers = security_headers(config, [static.import_map])
    prefix = "__Host-" if config.https else ""

    app = Litestar(
        route_handlers=[
            *ROUTES,
            healthz,
            create_static_files_router(
                path=static.base,
                directories=[static.root],
                cache_control=None,
                opt={"action": "server.show"},
                include_in_schema=False,
            ),
        ],
        guards=[web.gate],
        request_max_body_size=MOST_BYTES,
        middleware=[Sessions(), Bodies()],
        dependencies={
            "db": Provide(lambda: app.state.db, sync_to_thread=False, use_cache=False),
            "settings": Provide(lambda: app.state.config, sync_to_thread=False, use_cache=False),
            "others": Provide(lambda: PARTS, sync_to_thread=False),
            "ring": Provide(lambda: app.state.relay.ring, sync_to_thread=False, use_cache=False),
            "works": Provide(lambda: app.state.works, sync_to_thread=False, use_cache=False),
        },
        template_config=TemplateConfig(instance=templating.engine(static)),
        # Pages hold the form token beside what people wrote, whose length could so be guessed at. That token
        # opens nothing by itself: every unsafe request must come from our own Origin as well.
        compression_config=CompressionConfig(
            backend="brotli", brotli_quality=4, brotli_gzip_fallback=True, exclude=[r"\.woff2$", "^/healthz"]
        ),
        csrf_config=CSRFConfig(
            secret=config.secret,
            cookie_name=f"{prefix}tl_csrf",
            cookie_secure=config.https,
            cookie_samesite="lax",
        ),
        exception_handlers={
            Refused: refusals.answer_refused,
            NotAuthorizedException: refusals.answer_signed_out,
            HTTPException: refusals.answer_http,
            500: refusals.answer_fault,
        },
        after_exception=[refusals.note_fault],
        before_send=[before_send(headers)],
        lifespan=[lifespan],
        openapi_config=None,
        logging_config=None,
    )
    app.state.config = config
    app.state.static = static
    app.state.board_cards = board_cards
    app.state.goal_lines = lines
    return app


@asynccontextmanager
async def lifespan(app: Litestar) -> AsyncIterator[None]:
    """The database, the wake-ups and the live boards, for as long as the process serves."""
    config: Config = app.state.config
    db = app.state.db = Database(config.database_url, synchronous=config.sqlite_synchronous)
    relay = app.state.relay = relay_for(config.database_url, config.relay_url or None)
    rooms = app.state.rooms = Rooms(db, relay.ring, limited=config.limits == "on")
    works = app.state.works = JobRunner()
    app.state.guesses = Guesses()
    app.state.copies = Copies()
    faces = Faces(db, rooms)

    def heard(topic: str, number: int) -> None:
        rooms.wake(topic, number)
        faces.heard(topic, number)

    await db.check_durable()
    await relay.start(heard, rooms.gap)
    rooms.start()
    work = (
        sending.run(db, config),
        sweep.run(db, relay.ring),
        reminders.run(db, config),
        mailing_job.run(db, config),
        recompute_job.run(db, relay.ring),
        faces.run(),
    )
    jobs = [asyncio.create_task(job) for job in work]
    try:
        yield
    finally:
        for job in jobs:
            job.cancel()
        await asyncio.wait(jobs)
        await works.stop()
        await rooms.stop()
        await relay.stop()
        await db.close()


@get("/healthz", opt={"action": "server.show"}, include_in_schema=False)
async def healthz(db: web.Db) -> Response[dict[str, str]]:
    """200 once migrated and able to write, else 503 and why."""
    try:
        async with asyncio.timeout(5):
            if not await is_migrated(db):
                return Response(
                    {"status": "unavailable", "reason": "The database is not migrated."}, status_code=503
                )
            async with db.write():
                pass
    except (SQLAlchemyError, OSError, TimeoutError):
        return Response({"status": "unavailable", "reason": "The database does not answer."}, status_code=503)
    return Response({"status": "ok"})
