"""Puts the parts together; the only module that knows all others."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Response, Router, get
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig
from litestar.types import ControllerRouterHandler

from app import config as settings
from app import refusals, templating, web
from app.access import Refused
from app.assets import Static
from app.boards import routes as boards
from app.boards.library import needs as board_needs
from app.boards.library.gallery import board_cards
from app.boards.live.rooms import Rooms
from app.boards.retention import job as sweep
from app.boards.retention import personal_data
from app.body_limits import Bodies
from app.config import Config
from app.db import Database, DatabaseFault, Tx
from app.find import catch_up
from app.find import routes as find
from app.headers import before_send, security_headers
from app.migrate import is_migrated
from app.outcomes import personal_data as my_outcomes
from app.outcomes import routes as outcomes
from app.outcomes import worker
from app.outcomes.cards.status_job import StatusUpdater
from app.outcomes.jobs.runner import JobRunner
from app.outcomes.pages.goal_list import goal_lines
from app.outcomes.readings import recompute_job
from app.outcomes.reminders import job as reminders
from app.outcomes.reminders import needs as overdue_needs
from app.outcomes.reminders import overdue
from app.people import routes as people
from app.people.hooks import PeopleHooks
from app.people.mail import job as sending
from app.people.sessions import Sessions
from app.realtime.relay import Relay, relay_for
from app.reports import personal_data as my_reports
from app.reports import routes as reports
from app.reports.files.cache import FileCache
from app.reports.mailing import job as mailing_job
from app.spaces import actions, return_tokens, seats
from app.spaces import routes as spaces
from app.spaces.hooks import SpaceHooks
from app.spaces.joining import needs as joining_needs
from app.spaces.joining.guess_limit import Guesses
from app.spaces.members import actions as members
from app.workshops import routes as workshops
from app.workshops.screens import screens

# bytes of a form of somebody who may send it; of strangers less is read (body_limits.py)
MOST_BYTES = 256 * 1024
ROUTES: list[ControllerRouterHandler] = [
    *people.routes,
    *spaces.routes,
    *boards.routes,
    *outcomes.routes,
    *reports.routes,
    *workshops.routes,
    *find.routes,
]


async def _touch(tx: Tx, person_id: str) -> list[tuple[str, int]]:
    """Raise the epochs of a person's spaces; gives what to ring for, so that sockets check rights again."""
    return [(seats.topic(space_id), epoch) for space_id, epoch in await actions.touch_person(tx, person_id)]


PEOPLE_HOOKS = PeopleHooks(
    my_spaces=actions.my_spaces,
    touch=_touch,
    end_returns=return_tokens.end_of_person,
    overdue=overdue.of_person,
    my_data=(members.my_data, personal_data.my_data, my_outcomes.my_data, my_reports.my_data),
    # Goals are handed on to members of the space, so outcomes come before leaving it.
    on_erase=(personal_data.on_erase, my_reports.on_erase, my_outcomes.on_erase, members.on_erase),
)
SPACE_HOOKS = SpaceHooks(
    board_cards=board_cards,
    goal_lines=goal_lines,
    needs=(joining_needs.needs, overdue_needs.needs, board_needs.needs),
)


class Services(web.BaseServices, frozen=True):
    """All that lives as long as the process serves. Handlers get each part injected by its name."""

    relay: Relay
    rooms: Rooms
    jobs: JobRunner
    guesses: Guesses
    report_files: FileCache


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
        route_handlers=[*ROUTES, healthz, _static_files(static)],
        guards=[web.gate],
        request_max_body_size=MOST_BYTES,
        middleware=[Sessions(), Bodies()],
        dependencies=_dependencies(lambda: services(app), static),
        template_config=TemplateConfig(instance=templating.engine(static)),
        # Pages hold the form token together with people's text, so compression may let an attacker guess it.
        # The token alone gives no access: every unsafe request must also come from our own Origin.
        compression_config=CompressionConfig(
            backend="brotli", brotli_quality=5, brotli_gzip_fallback=True, exclude=[r"\.woff2$", "^/healthz"]
        ),
        csrf_config=_csrf(config),
        exception_handlers={
            Refused: refusals.answer_refused,
            NotAuthorizedException: refusals.answer_signed_out,
            HTTPException: refusals.answer_http,
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
        "jobs": provided(lambda running: running.jobs),
        "guesses": provided(lambda running: running.guesses),
        "files": provided(lambda running: running.report_files),
        "static": Provide(lambda: static, sync_to_thread=False),
        "hooks": Provide(lambda: PEOPLE_HOOKS, sync_to_thread=False),
        "space_hooks": Provide(lambda: SPACE_HOOKS, sync_to_thread=False),
    }


def _static_files(static: Static) -> Router:
    return create_static_files_router(
        path=static.base,
        directories=[static.root],
        cache_control=None,
        opt={"action": "server.show"},
        include_in_schema=False,
    )


def _csrf(config: Config) -> CSRFConfig:
    prefix = "__Host-" if config.https else ""
    return CSRFConfig(
        secret=config.secret,
        cookie_name=f"{prefix}tl_csrf",
        cookie_secure=config.https,
        cookie_samesite="lax",
    )


@asynccontextmanager
async def lifespan(app: Litestar) -> AsyncIterator[None]:
    """Starts the database, the wake-ups, the live boards and the jobs; stops them at the end."""
    config: Config = app.state.config
    db = Database(config.database_url, synchronous=config.sqlite_synchronous)
    relay = relay_for(config.database_url, config.relay_url or None)
    drawn = screens(db, app.template_engine, config)
    rooms = Rooms(db, relay.ring, limited=config.limits == "on", secret=config.secret, screens=drawn)
    jobs = JobRunner(worker.do)
    running = app.state.services = Services(config, db, relay, rooms, jobs, Guesses(), FileCache())
    statuses = StatusUpdater(db, rooms)

    def heard(topic: str, number: int) -> None:
        rooms.wake(topic, number)
        statuses.heard(topic, number)

    await db.check_durable()
    await relay.start(heard, rooms.gap)
    rooms.start()
    tasks = [asyncio.create_task(loop) for loop in _loops(running, statuses)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await jobs.stop()
        await rooms.stop()
        await relay.stop()
        await db.close()


def _loops(running: Services, statuses: StatusUpdater) -> tuple[Coroutine[None, None, None], ...]:
    """The background jobs, which run as long as the process serves."""
    db, config, ring = running.db, running.config, running.relay.ring
    return (
        sending.run(db, config),
        sweep.run(db, ring),
        reminders.run(db, config),
        mailing_job.run(db, config),
        recompute_job.run(db, ring),
        statuses.run(),
        catch_up.run(db),
    )


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
    except (DatabaseFault, OSError, TimeoutError):
        return Response({"status": "unavailable", "reason": "The database does not answer."}, status_code=503)
    return Response({"status": "ok"})
