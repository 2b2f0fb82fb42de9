"""No task that runs beside requests stops without a word: each is broken once here, and begins anew."""

import asyncio
import re

import pytest

from app import supervision
from app.config import ROOT
from app.main import services
from app.supervision import DueList, Tasks, one_by_one, rounds
from tests.spaces.conftest import home
from tests.spaces.house import House
from tests.support.until import until

__all__ = ["home"]

# Where a task is begun in another way, and how its end is heard.
BEGUN_OTHERWISE = {
    "app/boards/hello.py": "says goodbye, for seconds at most, to a socket that is closed then",
    "app/outcomes/jobs/runner.py": "ends with a status that says how, whatever goes wrong",
    "app/realtime/asgi_handle.py": "lives while there is something to send",
    "app/realtime/relay_reconnect.py": "one attempt, which the relay waits for",
    "app/realtime/relay_redis.py": "its end counts as a broken connection",
    "app/rehearse/play.py": "a program of its own, which ends with its report",
    "app/records/pages/socket.py": "the socket waits for its end, and closes with it",
    "app/rehearse/player.py": "a program of its own, which ends with its report",
    "app/rehearse/simulated.py": "a program of its own, which ends with its report",
    "app/rehearse/workshop/play.py": "a program of its own, which ends with its report",
    "app/reports/files/cache.py": "whoever asked waits for it and gets what went wrong",
    "app/sqlite/shared_commit.py": "each who asked waits for it and gets what went wrong",
    "app/supervision.py": "the way itself",
}
OF_THE_PRODUCT = {
    "clearing",
    "index of find",
    "live statuses",
    "looks at records",
    "private pages",
    "mail",
    "minutes",
    "readings",
    "reminders",
    "reports by mail",
    "unfinished imports",
    "what waits for organisations",
    "what would help people",
    "words taken out",
    "words taken out in records",
    "workshops tried out",
}
OF_BOARDS = {"looks", "new deeds", "progress", "quotas", "rights", "sign-ins"}
ENDED_WELL = {"readings", "reminders"}  # all is computed; there is no mail server


def test_every_long_task_is_begun_in_the_one_way_that_hears_its_end() -> None:
    begun = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app").rglob("*.py")
        if re.search(r"\b(create_task|ensure_future)\(", path.read_text())
    }

    assert begun == set(BEGUN_OTHERWISE)


async def test_every_long_task_of_the_product_goes_on_after_it_was_broken(home: House) -> None:
    running = services(home.app)
    both = {**running.tasks.kept, **running.rooms.tasks.kept}
    assert set(both) == OF_THE_PRODUCT | OF_BOARDS
    await until(lambda: all(both[name].done() for name in ENDED_WELL))

    for tasks in (running.tasks, running.rooms.tasks):
        for name in set(tasks.kept) - ENDED_WELL:
            await break_task(tasks, name)

            assert not tasks.kept[name].done()


async def break_task(tasks: Tasks, name: str) -> None:
    """End the task, and wait until it is begun anew."""
    broken = tasks.kept[name]
    broken.cancel()
    await until(lambda: tasks.kept[name] is not broken)


async def test_a_task_that_fails_is_logged_and_begun_anew(caplog: pytest.LogCaptureFixture) -> None:
    tasks, runs = Tasks(), 0

    async def run() -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise ValueError
        await asyncio.Event().wait()

    tasks.keep("a broken one", run)
    await until(lambda: runs == 2)
    await tasks.stop()

    assert "Task a broken one failed" in caplog.text
    assert runs == 2


async def test_a_task_that_is_through_is_not_begun_again_nor_one_that_was_stopped() -> None:
    tasks, ends = Tasks(), []

    async def done() -> None:
        pass

    async def waiting() -> None:
        await asyncio.Event().wait()

    tasks.keep("through", done)
    await until(lambda: tasks.kept["through"].done())
    tasks.keep("waiting", waiting)
    tasks.start("heard", waiting(), lambda: ends.append("heard"))
    await tasks.stop()
    tasks.keep("too late", waiting)

    assert set(tasks.kept) == {"through", "waiting"}
    assert tasks.kept["waiting"].cancelled()
    assert ends == ["heard"]


async def test_rounds_go_on_after_one_that_found_no_database() -> None:
    begun = 0

    async def act() -> None:
        nonlocal begun
        begun += 1
        if begun == 1:
            raise OSError

    tasks = Tasks()
    tasks.start("rounds", rounds(act, first=0.0, every=0.001, what="A thing"))
    await until(lambda: begun > 2)
    await tasks.stop()


async def test_what_is_due_stays_so_until_it_is_settled_and_all_is_looked_at_now_and_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervision, "AGAIN", 0.001)
    due, settled, looks = DueList("A thing", every=0.01), list[str](), 0

    async def find_all() -> set[str]:
        nonlocal looks
        looks += 1
        return {"of all"} if looks == 2 else set()

    async def settle(id: str) -> None:
        settled.append(id)
        if len(settled) == 1:
            raise OSError

    tasks = Tasks()
    tasks.start("due", due.run(find_all, settle))
    due.add("named")
    await until(lambda: "of all" in settled)
    await tasks.stop()

    assert sorted(settled) == ["named", "named", "of all"]
    assert due.waiting == set()


async def test_what_fails_over_one_is_logged_and_keeps_none_of_the_others_waiting(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []

    async def act(id: str) -> None:
        if id == "broken":
            raise ValueError
        if id == "away":
            raise OSError
        done.append(id)

    await one_by_one(["broken", "first"], act, "A thing")
    with pytest.raises(OSError):
        await one_by_one(["away", "broken", "second"], act, "A thing")

    assert done == ["first", "second"]
    assert caplog.text.count("A thing: broken could not be looked after") == 2


async def test_what_is_due_and_always_fails_keeps_nothing_else_from_being_settled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervision, "AGAIN", 0.001)
    due, settled, tries = DueList("A thing", every=0.01), set[str](), 0

    async def find_all() -> set[str]:
        return {"broken", "away", *map(str, range(20))}

    async def settle(id: str) -> None:
        nonlocal tries
        if id == "broken":
            tries += 1
            raise ValueError
        if id == "away":
            raise OSError
        settled.add(id)

    tasks = Tasks()
    task = tasks.start("due", due.run(find_all, settle))
    await until(lambda: len(settled) == 20 and tries)

    assert not task.done()
    assert due.waiting <= {"away"}
    await tasks.stop()
