"""Puts the parts together; the only module that knows all others."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig
from litestar.types import ControllerRouterHandler

from app import config as settings
from app import health, refusals, templating, web
from app.access import Refused
from app.assets import Static
from app.boards import routes as boards
from app.boards.live import withheld_job
from app.boards.live.quotas import Allowance
from app.boards.live.rooms import Rooms
from app.boards.live.status_updater import StatusUpdater
from app.boards.outline.drawing import Cards
from app.boards.outline.screen import OutlineScreen
from app.boards.retention import job as sweep
from app.config import Config
from app.db import Database, DatabaseFault
from app.find import catch_up
from app.find import routes as find
from app.headers import before_send, csrf, security_headers
from app.hooks import PEOPLE_HOOKS, RECORD_HOOKS, SPACE_HOOKS, STATUS_KINDS
from app.limits.bodies import Bodies
from app.limits.heavy_requests import HeavyRequests
from app.limits.newcomers import Newcomers
from app.limits.page_turns import PageTurns
from app.outcomes import background, worker
from app.outcomes import routes as outcomes
from app.outcomes.jobs.runner import JobRunner
from app.people import routes as people
from app.people.mail import job as sending
from app.people.sessions import Sessions
from app.realtime.relay import Relay, relay_for
from app.records import routes as records
from app.records.followers import Followers
from app.records.immunity import actions as private_pages
from app.records.taken_out_job import TakenOutJob
from app.rehearse.workshop import pages as try_out_pages
from app.rehearse.workshop.try_out import TryOuts
from app.reports import routes as reports
from app.reports.files.cache import FileCache
from app.reports.mailing import job as mailing_job
from app.reports.minutes import job as minutes_job
from app.spaces import routes as spaces
from app.spaces.joining.guess_limit import Guesses
from app.spaces.together import job as together_job
from app.supervision import Tasks, give_way
from app.workshops import routes as workshops
from app.workshops.runsheet import needs_job
from app.workshops.screens import screens

# bytes of a form of somebody who may send it; of strangers less is read (limits/bodies.py)
MOST_BYTES = 256 * 1024
TRANSACTION = 10.0  # seconds that a transaction of a page may take
ROUTES: list[ControllerRouterHandler] = [
    *people.routes,
    *spaces.routes,
    *boards.routes,
    *outcomes.routes,
    *records.routes,
    *reports.routes,
    *workshops.routes,
    *try_out_pages.routes,
    *find.routes,
]


class Services(web.BaseServices, frozen=True):
    """All that lives as long as the process serves. Handlers get each part injected by its name."""

    relay: Relay
    rooms: Rooms
    outline: OutlineScreen
    jobs: JobRunner
    followers: Followers
    guesses: Guesses
    report_files: FileCache
    tasks: Tasks
    try_outs: TryOuts


def services(app: Litestar) -> Services:
    """What a running app holds; for what is no handler, such as the end of the process, and for tests."""
    found: Services = app.state.services
    return found


def create_app(config: Config | None = None) -> Litestar:
    """The whole product as one ASGI app. Raises config.Unsafe with a sentence."""
    config = config or settings.read()
    settings.check(config)
    static = Static()
    app = Litestar(
        route_handlers=[*ROUTES, *health.routes, _static_files(static)],
        guards=[web.gate],
        request_max_body_size=MOST_BYTES,
        middleware=[PageTurns(static=static), Newcomers(), Sessions(), HeavyRequests(), Bodies()],
        after_request=web.drawn,
        dependencies=_dependencies(lambda: services(app), static),
        template_config=TemplateConfig(instance=templating.engine(static)),
        # Pages hold the form token together with people's text, so compression may let an attacker guess it.
        # The token alone gives no access: every unsafe request must also come from our own Origin.
        compression_config=CompressionConfig(
            backend="brotli",
            brotli_quality=4,  # 5 makes pages by a twentieth smaller, and takes 1.7 times as long for it
            brotli_gzip_fallback=True,
            # a register as a file may have 17 MB: boards would stand still for as long as that is compressed
            exclude=[r"\.woff2$", "^/(health|live|ready)z", "/records/as/"],
        ),
        csrf_config=csrf(config),
        exception_handlers={
            Refused: refusals.answer_refused,
            NotAuthorizedException: refusals.answer_signed_out,
            HTTPException: refusals.answer_http,
            DatabaseFault: refusals.answer_database_fault,
            500: refusals.answer_fault,
        },
        after_exception=[refusals.note_fault],
        before_send=[before_send(security_headers(config, [static.import_map]))],
        lifespan=[lifespan],
        openapi_config=None,
        logging_config=None,
    )
    app.state.config = config
    return app


def _dependencies(started: Callable[[], Services], static: Static) -> dict[str, Provide]:
    """What handlers get by the name of a parameter; `started` gives the services once the app has started."""

    def provided(part: Callable[[Services], Any]) -> Provide:
        return Provide(lambda: part(started()), sync_to_thread=False, use_cache=False)

    return {
        "db": provided(lambda running: running.db),
        "settings": provided(lambda running: running.config),
        "ring": provided(lambda running: running.relay.ring),
        "rooms": provided(lambda running: running.rooms),
        "followers": provided(lambda running: running.followers),
        "jobs": provided(lambda running: running.jobs),
        "guesses": provided(lambda running: running.guesses),
        "files": provided(lambda running: running.report_files),
        "try_outs": provided(lambda running: running.try_outs),
        "static": Provide(lambda: static, sync_to_thread=False),
        "hooks": Provide(lambda: PEOPLE_HOOKS, sync_to_thread=False),
        "space_hooks": Provide(lambda: SPACE_HOOKS, sync_to_thread=False),
        "record_hooks": Provide(lambda: RECORD_HOOKS, sync_to_thread=False),
    }


def _static_files(static: Static) -> Router:
    return create_static_files_router(
        path=static.base,
        directories=[static.root],
        cache_control=None,
        opt={"action": "server.show"},
        include_in_schema=False,
    )


@asynccontextmanager
async def lifespan(app: Litestar) -> AsyncIterator[None]:
    """Starts the database, the wake-ups, the live boards and the jobs; stops them at the end."""
    config: Config = app.state.config
    db = Database(config.database_url, synchronous=config.sqlite_synchronous, limit=TRANSACTION)
    relay = relay_for(config.database_url, config.relay_url or None)
    outline = OutlineScreen(Cards(app.template_engine), db)
    rooms = _rooms(app, db, relay, outline)
    jobs = JobRunner(worker.do)
    tasks = Tasks()
    trying = TryOuts(db, rooms, relay.ring, config, tasks)
    running = app.state.services = Services(
        config, db, relay, rooms, outline, jobs, Followers(db), Guesses(), FileCache(), tasks, trying
    )
    statuses, words = StatusUpdater(db, rooms, STATUS_KINDS), TakenOutJob(db, rooms, relay.ring)

    def heard(topic: str, number: int) -> None:
        rooms.wake(topic, number)
        statuses.heard(topic, number)
        words.heard(topic, number)
        running.followers.heard(topic, number)

    def gap() -> None:
        rooms.gap()
        running.followers.gap()

    give_way()
    await db.check_durable()
    await relay.start(heard, gap)
    rooms.start()
    for name, run in _loops(running, statuses, words).items():
        running.tasks.keep(name, run)
    try:
        yield
    finally:
        await running.tasks.stop()
        await jobs.stop()
        await rooms.stop()
        await relay.stop()
        await db.close()


def _rooms(app: Litestar, db: Database, relay: Relay, outline: OutlineScreen) -> Rooms:
    config: Config = app.state.config
    return Rooms(
        db,
        relay.ring,
        limited=config.limits == "on",
        allowance=Allowance(config.person_mb << 20, config.board_mb << 20, config.space_mb << 20),
        secret=config.secret,
        screens=screens(db, app.template_engine, config),
        outline=outline,
    )


def _loops(
    running: Services, statuses: StatusUpdater, words: TakenOutJob
) -> dict[str, Callable[[], Coroutine[None, None, None]]]:
    """The background jobs, which run as long as the process serves."""
    db, config, ring = running.db, running.config, running.relay.ring
    return {
        "what waits for organisations": partial(together_job.run, db, ring, config),
        "mail": partial(sending.run, db, config),
        "clearing": partial(sweep.run, db, ring),
        "words taken out": partial(withheld_job.run, db, running.rooms),
        "reports by mail": partial(mailing_job.run, db, config),
        **background.loops(db, config, ring),
        "live statuses": statuses.run,
        "words taken out in records": words.run,
        "looks at records": running.followers.looks.run,
        "private pages": partial(private_pages.clear_for_ever, db),
        "minutes": partial(minutes_job.run, db, running.rooms),
        "what would help people": partial(needs_job.run, db),
        "workshops tried out": running.try_outs.remove_lapsed,
        "index of find": partial(catch_up.run, db),
    }
