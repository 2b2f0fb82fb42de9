"""The rooms of the house: how full and how long they may be, what is pure, where SQL is, who imports whom."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import grimp
import pytest

from app.config import ROOT

MOST_FILES = 25  # of code, in one folder
MOST_LINES = {".py": 250, ".js": 250, ".html": 100, ".css": 250}
MOST_LINES_OF_TESTS = 400  # sentences that stand each for itself are read one at a time
MOST_LINES_OF_A_FUNCTION = 40

# What is fuller or longer, and why. A line that is no longer needed has to go: the test says so.
FULL_FOLDERS = {
    "migrations/versions": "a migration is never taken away after it has run somewhere",
    "static/css": "one file a component, and the order of their layers is declared in one of them",
    "templates/boards": "one fragment a file, named in one place: the page that includes it",
    "templates/outcomes": "one fragment a file, named in one place: the page that includes it",
}
LONG_FILES = {
    "app/access.py": "one row an action, so that the whole table can be read in one place",
    "app/boards/live/followers.py": "all that one follower of a board is told",
    "app/boards/live/room.py": "one turn of a board, from the queue to the answers, in one place",
    "migrations/versions/0004_outcomes.py": "a migration is never changed after it has run somewhere",
    "static/css/outcomes.css": "the look of one kind of page",
    "tests/boards/test_socket.py": "all that goes over one socket",
    "tests/boards/core/test_cards.py": "all that may happen to a card",
    "tests/spaces/joining/test_join.py": "all the ways through one door, each told from knock to seat",
}
LONG_FUNCTIONS = {
    "app/boards/core/rules.py _do": "one branch an op, all to be seen at once",
}

# Modules that speak to the database, the web, a clock or a loop, by their names; the rest of a room of rules
# is pure.
SHELLS = (
    "actions",
    "*_actions",
    "store",
    "*_store",
    "tables",
    "*_tables",
    "pages",
    "*_pages",
    "job",
    "*_job",
)
WEB_AND_DATABASE = (
    "litestar",
    "sqlalchemy",
    "jinja2",
    "asyncio",
    "uvicorn",
    "app.db",
    "app.web",
    "app.config",
)
# Rooms of rules, and which modules in them are shells under another name.
ROOMS_OF_RULES = {
    "app.boards.core": (),
    "app.boards.core.layout": (),
    "app.boards.core.stage": (),
    "app.boards.core.text": (),
    "app.boards.core.words": (),
    "app.boards.library": ("gallery", "needs"),
    "app.boards.putting_back": ("look",),
    "app.boards.outline": ("view", "submit", "feedback", "drawing", "screen"),
    "app.boards.retention": ("personal_data",),
    "app.outcomes.cards": ("of_goal",),
    "app.outcomes.charts": (),
    "app.outcomes.editing": ("entry", "exclusions", "measures", "reading_profile"),
    "app.outcomes.goals": ("needs", "people"),
    "app.outcomes.imports": ("steps", "templates_csv", "refused_rows"),
    "app.outcomes.imports.columns": (),
    "app.outcomes.imports.flags": (),
    "app.outcomes.imports.recipes": (),
    "app.outcomes.imports.sharing": ("needs",),
    "app.outcomes.imports.sources": (),
    "app.outcomes.measures": (),
    "app.outcomes.readings": ("compute",),
    "app.outcomes.spc": (),
    "app.outcomes.view": ("collect",),
    "app.line": ("collect", "steps"),
    "app.people.mail": ("outbox",),
    "app.records.core": (),
    "app.records.core.kinds": (),
    "app.records.immunity": ("personal_data",),
    "app.rehearse": (
        "address",
        "arriving",
        "command",
        "connection",
        "play",
        "player",
        "simulated",
        "stage",
    ),
    "app.rehearse.workshop": ("copied", "leading", "play", "pretend", "try_out"),
    "app.reports.files": ("cache", "chart_files", "formats", "pdf", "places", "png"),
    "app.reports.issued": (),
    "app.reports.mailing": ("send",),
    "app.reports.minutes": ("collect", "files"),
    "app.workshops.console": ("draw", "offers", "quiet", "told", "plan"),
    "app.workshops.phone": ("doors", "draw", "submit"),
    "app.workshops.runsheet": ("context", "home", "open_doors", "sheet_page", "templates_board"),
    "app.workshops.projector": ("draw", "guard", "links", "socket"),
    "app.spaces.log": ("sentences", "view"),
    "app.spaces.joining": (
        "accept_invitation",
        "come_back",
        "invite",
        "join",
        "needs",
        "organisations",
        "waiting_room",
    ),
    "app.spaces.together": ("carry_out", "letters", "needs", "organisations", "pause", "view"),
}
# Rooms whose work it is to speak to one of them: nothing there has to be pure.
ROOMS_OF_SHELLS = {
    "app",
    "app.backup",
    "app.boards",
    "app.boards.live",
    "app.boards.live.stage",
    "app.boards.live.turn",
    "app.boards.storage",
    "app.demo",
    "app.driver",
    "app.find",
    "app.limits",
    "app.outcomes",
    "app.outcomes.imports.writing",
    "app.outcomes.jobs",
    "app.outcomes.pages",
    "app.outcomes.reminders",
    "app.people",
    "app.people.account",
    "app.people.signing_in",
    "app.realtime",
    "app.records",
    "app.records.pages",
    "app.reports",
    "app.reports.live",
    "app.reports.subscriptions",
    "app.spaces",
    "app.spaces.members",
    "app.sqlite",
    "app.workshops",
}

SQL_BESIDE_STORES = {
    "app/backup/shapes.py": "reads the columns of every table, to check a backup by them",
    "app/commands.py": "takes an address of a database apart, to say what is wrong with it",
    "app/sqlite/threads.py": "opens connections to files, and runs transactions in threads",
    "app/sqlite/shared_commit.py": "gives each write of a transaction a savepoint",
    "app/connections.py": "opens connections to databases, and tells their errors apart",
    "app/compiled_statements.py": "compiles what stores write",
    "app/driver/reads.py": "asks the driver what stores ask again and again",
    "app/driver/lost_sessions.py": "ends at the server what is left of connections that ended here",
    "app/migrate.py": "takes the lock of migrations",
    "app/driver/pooler.py": "sets for each transaction what a pooler keeps from its connection",
    "app/realtime/relay_postgres.py": "takes the address of a database apart",
}

# The day and hour of a moment are those where people are (TIME_ZONE), and app/phrases.py alone tells them.
CLOCK = {"date", "astimezone", "strftime", "today", "ctime", "utcnow"}
CLOCKS = {
    "app/phrases.py": "tells what day and hour it is for people",
    "app/db.py": "stores moments in UTC",
    "app/spaces/calendar_file.py": "programs that keep calendars are told moments in UTC",
    "app/outcomes/imports/sources/workbook.py": "a workbook has days and hours, and no moments",
    "app/reports/minutes/lines.py": "is pure, and given the clock of people",
    "app/workshops/runsheet/workshop.py": "is pure, and given the clock by which people type",
}

HANDLERS = {"get", "post", "put", "patch", "delete", "websocket"}
PAGES_OF_PAGES = {
    ("app.boards.canvas", "app.boards.api"): "the page carries the same welcome that the API gives",
}


def code_files() -> Iterator[Path]:
    """All files of code that people write, relative to the root of the repository."""
    for folder in ("app", "migrations", "scripts", "static/css", "static/js", "templates", "tests"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in MOST_LINES and "__pycache__" not in path.parts:
                yield path.relative_to(ROOT)


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("app", include_external_packages=True)


def test_no_folder_is_fuller_than_can_be_looked_through() -> None:
    files = Counter(path.parent.as_posix() for path in code_files() if path.name != "__init__.py")

    assert {folder for folder, count in files.items() if count > MOST_FILES} == set(FULL_FOLDERS)


def test_no_file_is_longer_than_can_be_read_in_one_go() -> None:
    long = set()
    for path in code_files():
        most = MOST_LINES_OF_TESTS if path.parts[0] == "tests" else MOST_LINES[path.suffix]
        if len((ROOT / path).read_text().splitlines()) > most:
            long.add(path.as_posix())

    assert long == set(LONG_FILES)


def test_no_function_is_longer_than_can_be_seen_at_once() -> None:
    long = {
        f"{path.as_posix()} {node.name}"
        for path in code_files()
        if path.suffix == ".py" and path.parts[0] in ("app", "scripts")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    }

    assert long == set(LONG_FUNCTIONS)


def test_every_room_is_one_of_rules_or_one_of_shells(graph: grimp.ImportGraph) -> None:
    rooms = {module.rpartition(".")[0] for module in _modules(graph)}

    assert not ROOMS_OF_SHELLS & set(ROOMS_OF_RULES)
    assert rooms == ROOMS_OF_SHELLS | set(ROOMS_OF_RULES)


def test_rules_know_no_web_no_database_and_no_loop(graph: grimp.ImportGraph) -> None:
    knowing = {
        module
        for outer in WEB_AND_DATABASE
        if outer in graph.modules
        for module in graph.find_downstream_modules(outer, as_package=True)
    }
    rules = {
        module
        for module in _modules(graph)
        for room, _, name in (module.rpartition("."),)
        if room in ROOMS_OF_RULES
        and not any(fnmatch(name, shell) for shell in (*SHELLS, *ROOMS_OF_RULES[room]))
    }

    assert rules
    assert sorted(rules & knowing) == []


def test_only_stores_and_tables_speak_sql() -> None:
    speaking = {
        path.as_posix()
        for path in code_files()
        if path.parts[0] == "app"
        and path.suffix == ".py"
        and re.search(r"^\s*(from|import) sqlalchemy\b", (ROOT / path).read_text(), re.MULTILINE)
    }
    stores = {
        path
        for path in speaking
        if path == "app/db.py" or "/storage/" in path or path.endswith(("store.py", "tables.py"))
    }

    assert speaking - stores == set(SQL_BESIDE_STORES)


def test_one_place_tells_what_day_and_hour_it_is_for_people() -> None:
    telling = {
        path.as_posix()
        for path in code_files()
        if path.parts[0] == "app" and path.suffix == ".py" and _tells_the_day(_tree(path))
    }
    templates = [
        path.as_posix()
        for path in code_files()
        if path.suffix == ".html" and re.search(r"strftime|astimezone|\.date\(", (ROOT / path).read_text())
    ]

    assert telling == set(CLOCKS)
    assert not templates


def test_pages_never_import_pages(graph: grimp.ImportGraph) -> None:
    pages = {_name(path) for path in code_files() if path.parts[0] == "app" and _has_handlers(path)}
    pages -= {"app.main"}  # which puts all of them together
    found = {
        (page, other)
        for page in pages
        for other in graph.find_modules_directly_imported_by(page)
        if other in pages
    }

    assert len(pages) > 20
    assert found == set(PAGES_OF_PAGES)


def _modules(graph: grimp.ImportGraph) -> list[str]:
    """The modules of the app, without its packages."""
    return [
        module for module in graph.modules if module.startswith("app.") and not graph.find_children(module)
    ]


def _tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def _tells_the_day(tree: ast.Module) -> bool:
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    hours = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return any(isinstance(one, ast.Attribute) and one.attr in CLOCK for one in called) or any(
        isinstance(one, str) and "%H" in one for one in hours
    )


def _name(path: Path) -> str:
    return path.with_suffix("").as_posix().replace("/", ".")


def _has_handlers(path: Path) -> bool:
    """Whether a module has functions that answer requests."""
    return path.suffix == ".py" and any(
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Name)
        and decorator.func.id in HANDLERS
        for node in _tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for decorator in node.decorator_list
    )
