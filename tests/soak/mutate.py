"""Deletes one statement of what is pure at a time and asks its tests: `python -m tests.soak.mutate`.

These are the core of boards, and the writers of reports.

Works on copies in a temporary folder. A deletion that no test notices is a survivor and fails the run; those
that change nothing anybody could notice are listed in SAME with the reason. With `--branches` each condition
is made always true and always false as well.
"""

import argparse
import ast
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import fractional_indexing  # noqa: F401 - what the tests import is imported once, before they are started
import hypothesis.strategies  # noqa: F401
import immutables  # noqa: F401
import pytest
from hypothesis import Phase, settings
from msgspec import Struct

ROOT = Path(__file__).parents[2]
BOARDS = (
    *("rules", "sight", "cards", "sections", "links", "undo", "texts", "order", "changeset"),
    *("delivery", "group_commit", "board"),
)
MORE = ("ops", "batch", "limits", "locks", "arrangement", "taking_back")  # tests of several of these at once
WRITERS = ("table_rows", "as_text", "sentences", "pdf_tables", "pdf_worker")
FILES = (
    "app/access.py",
    *(f"app/boards/core/{name}.py" for name in BOARDS),
    "app/boards/core/text/merge3.py",
    *(f"app/reports/files/{name}.py" for name in WRITERS),
)
TESTS_OF_WRITER = {
    "pdf_tables": ("pdf_tables",),
    "pdf_worker": ("pdf_worker", "scripts_of_the_world", "board_page"),
}
TESTS = [
    "tests/test_access.py",
    *(f"tests/boards/core/test_{name}.py" for name in (*BOARDS, *MORE)),
    *(
        f"tests/boards/core/stage/test_{name}.py"
        for name in ("private_notes", "taken_out", "themes_and_votes", "gone_meanwhile", "leading", "machine")
    ),
    "tests/boards/core/test_tidy.py",
    "tests/boards/core/text/test_merge3.py",
    "tests/boards/live/test_status_job.py",
]

# What may be deleted without anybody noticing, by file and text, and why.
SAME: dict[tuple[str, str], str] = {
    ("app/access.py", "return None"): "a function that ends without a word returns None as well",
    ("app/access.py", 'return ""'): "no sentence and an empty one both say that nothing is in the way",
    ("app/boards/core/board.py", "return None"): "the same",
    ("app/boards/core/links.py", "return False"): "and nothing is as false",
    ("app/boards/core/text/merge3.py", "if yours == theirs or base == theirs:"): "a short cut",
    ("app/boards/core/text/merge3.py", "if base == yours:"): "a short cut",
    ("app/boards/core/text/merge3.py", "return yours"): "the same short cut",
    ("app/boards/core/text/merge3.py", "return theirs"): "the same short cut",
    ("app/boards/core/undo.py", "return"): "what is so already is changed by nothing that would follow",
    ("app/boards/core/board.py", "if not board.items:"): "a short cut to what the long way comes to as well",
    ("app/boards/core/board.py", "return _fresh(board, items)"): "the same short cut",
    (
        "app/boards/core/rules.py",
        "assert_never(op)",
    ): "speaks to the type checker; may() has refused such an op",
}

# Only what these tests need: most mutants fall at once, so starting up is most of the time.
INI = "[pytest]\naddopts = --import-mode=importlib --assert=plain\npythonpath = .\nasyncio_mode = auto\n"
PATIENCE, OF_PAPER = 20, 90  # seconds that one test may take: a busy machine makes a PDF in half a minute
LONGEST = 300.0  # seconds after which a mutant has hung itself


class Mutant(Struct, frozen=True):
    """One statement less, or one condition turned into always or never."""

    file: str
    line: int
    text: str
    source: str


def mutants(file: str, *, branches: bool = False) -> Iterator[Mutant]:
    """Every statement of a function replaced by `pass`, and every condition by both of its outcomes."""
    source = (ROOT / file).read_text()
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for statement in ast.walk(node):
            if isinstance(statement, ast.stmt) and statement is not node and not _is_docstring(statement):
                yield from _deleted(file, lines, statement)
            if branches and isinstance(statement, ast.If | ast.IfExp):
                for always in ("True", "False"):
                    yield _replaced(file, lines, statement.test, always)


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _deleted(file: str, lines: list[str], statement: ast.stmt) -> Iterator[Mutant]:
    if isinstance(statement, ast.Pass | ast.FunctionDef):
        return
    first, last = statement.lineno - 1, (statement.end_lineno or statement.lineno) - 1
    text = lines[first].strip()
    indent = lines[first][: statement.col_offset]
    if indent.strip():
        return  # not at the beginning of its line
    changed = [*lines[:first], f"{indent}pass\n", *lines[last + 1 :]]
    yield Mutant(file, first + 1, text, "".join(changed))


def _replaced(file: str, lines: list[str], test: ast.expr, by: str) -> Mutant:
    first, last = test.lineno - 1, (test.end_lineno or test.lineno) - 1
    head = lines[first].encode()[: test.col_offset].decode()
    tail = lines[last].encode()[test.end_col_offset :].decode()
    changed = [*lines[:first], f"{head}{by}{tail}", *lines[last + 1 :]]
    return Mutant(file, first + 1, f"{by}: {ast.unparse(test)}", "".join(changed))


def tests_for(file: str) -> tuple[list[str], list[str]]:
    """The tests of the file itself, which are the likeliest to notice, and the others."""
    if file.startswith("app/reports/"):
        names = TESTS_OF_WRITER.get(Path(file).stem, ("writers", "whole_files"))
        return [f"tests/reports/files/test_{name}.py" for name in names], []
    own = [test for test in TESTS if test.endswith(f"test_{Path(file).stem}.py")] or TESTS[1:3]
    return own, [test for test in TESTS if test not in own]


def start(mutant: Mutant | None, copy: Path, tests: tuple[list[str], list[str]]) -> int:
    """The id of a process that runs tests on a copy with the mutant in it; it starts warm."""
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        code = _run(mutant, copy, tests)
    finally:
        os._exit(code)


def _run(mutant: Mutant | None, copy: Path, tests: tuple[list[str], list[str]]) -> int:
    if mutant:
        (copy / mutant.file).write_text(mutant.source)
    for name in [name for name in sys.modules if name.split(".")[0] in ("app", "tests")]:
        del sys.modules[name]
    sys.path[:] = [str(copy), *(place for place in sys.path if place and Path(place) != ROOT)]
    os.chdir(copy)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.dont_write_bytecode = True
    # the first example that fails will do: nobody reads the smallest
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile(
        "calm", max_examples=60, deadline=None, derandomize=True, database=None, phases=phases
    )
    settings.load_profile("calm")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    plugins = ("no:cacheprovider", "pytest_timeout", "pytest_asyncio.plugin")
    seconds = OF_PAPER if any("/reports/" in test for test in tests[0]) else PATIENCE
    options = ["-q", "-x", "--noconftest", f"--timeout={seconds}"]
    options += [word for name in plugins for word in ("-p", name)]
    return next((code for some in tests if some and (code := int(pytest.main([*options, *some])))), 0)


def survivors(tried: list[Mutant], copies: list[Path]) -> Iterator[Mutant]:
    """Those that all tests pass with. A few run at once, each on a copy of its own."""
    waiting, running = deque(tried), dict[int, tuple[Mutant, Path, float]]()
    while waiting or running:
        while waiting and copies:
            mutant, copy = waiting.popleft(), copies.pop()
            running[start(mutant, copy, tests_for(mutant.file))] = (mutant, copy, time.monotonic())
        child, status = os.waitpid(-1, os.WNOHANG)
        if not child:
            time.sleep(0.01)
            for pid in [p for p, (_, _, began) in running.items() if time.monotonic() - began > LONGEST]:
                os.kill(pid, signal.SIGKILL)
            continue
        mutant, copy, _ = running.pop(child)
        shutil.copy(ROOT / mutant.file, copy / mutant.file)
        copies.append(copy)
        if os.waitstatus_to_exitcode(status) == 0:
            yield mutant


def copies_of(folder: Path, many: int) -> list[Path]:
    """So many copies of what the tests need."""
    copies = []
    for i in range(many):
        copy = folder / str(i)
        for name in ("app", "tests"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("static", "templates"):  # paper is made of them
            (copy / name).symlink_to(ROOT / name)
        (copy / "pytest.ini").write_text(INI)
        copies.append(copy)
    return copies


def main(args: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=FILES)
    parser.add_argument("--branches", action="store_true")
    parser.add_argument("--at-once", type=int, default=2)
    given = parser.parse_args(args)
    began = time.monotonic()
    found = (mutant for file in given.files for mutant in mutants(file, branches=given.branches))
    everything = list(dict.fromkeys(found))  # a function within a function is come by twice
    excused = [m for m in everything if (m.file, m.text) in SAME]
    tried = [m for m in everything if (m.file, m.text) not in SAME]
    left = 0
    with tempfile.TemporaryDirectory() as folder:
        copies = copies_of(Path(folder), given.at_once)
        needed = {test for file in given.files for some in tests_for(file) for test in some}
        _, status = os.waitpid(start(None, copies[0], (sorted(needed), [])), 0)
        assert status == 0, "The tests fail on the code as it is"
        for mutant in survivors(tried, copies):
            left += 1
            print(f"{mutant.file}:{mutant.line}: nobody misses: {mutant.text}", flush=True)
    print(
        f"mutants: {len(tried)} tried, {left} survived, {len(excused)} excused, "
        f"{time.monotonic() - began:.0f} s"
    )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
