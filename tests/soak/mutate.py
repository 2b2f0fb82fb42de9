"""Deletes one statement of the pure core at a time and asks its tests: `python -m tests.soak.mutate`.

Works on a copy in a temporary folder. A deletion that no test notices is a survivor and fails the run; those
that change nothing anybody could notice are listed in SAME with the reason.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).parents[2]
BOARDS = ("rules", "cards", "sections", "links", "undo", "texts", "words", "order", "work", "sight")
BOARDS += ("delivery", "batch", "board")
FILES = ("app/access.py", *(f"app/boards/{name}.py" for name in BOARDS))
TESTS = ["tests/test_access.py", *(f"tests/boards/test_{name}.py" for name in (*BOARDS, "ops") if name != "work")]

# What may be deleted without anybody noticing, by file and text, and why.
SAME: dict[tuple[str, str], str] = {}


class Mutant(Struct, frozen=True):
    """One statement less, or one condition turned into always or never."""

    file: str
    line: int
    text: str
    source: str


def mutants(file: str) -> Iterator[Mutant]:
    """Every statement of a function replaced by `pass`, and every `if` by both of its outcomes."""
    source = (ROOT / file).read_text()
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        for statement in ast.walk(node):
            if isinstance(statement, ast.stmt) and statement is not node and not _is_docstring(statement):
                yield from _deleted(file, lines, statement)
            if isinstance(statement, ast.If | ast.IfExp):
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


def survives(mutant: Mutant, copies: list[Path]) -> bool:
    """Whether all tests pass on a copy with the mutant in it."""
    copy = copies.pop()
    try:
        target = copy / mutant.file
        whole = target.read_text()
        target.write_text(mutant.source)
        try:
            return _passes(copy)
        finally:
            target.write_text(whole)
    finally:
        copies.append(copy)


def _passes(copy: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--timeout=30", *TESTS]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, timeout=180, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def copies_of(folder: Path, many: int) -> list[Path]:
    """So many copies of what the tests need."""
    copies = []
    for i in range(many):
        copy = folder / str(i)
        for name in ("app", "tests"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        copies.append(copy)
    return copies


def main(args: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=FILES)
    parser.add_argument("--at-once", type=int, default=2)
    given = parser.parse_args(args)
    began = time.monotonic()
    everything = [mutant for file in given.files for mutant in mutants(file)]
    excused = [m for m in everything if (m.file, m.text) in SAME]
    tried = [m for m in everything if (m.file, m.text) not in SAME]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.at_once) as pool:
        copies = copies_of(Path(folder), given.at_once)
        assert _passes(copies[0]), "The tests fail on the code as it is"
        left = [m for m, alive in zip(tried, pool.map(lambda m: survives(m, copies), tried), strict=True) if alive]
    for mutant in left:
        print(f"{mutant.file}:{mutant.line}: nobody misses: {mutant.text}")
    print(
        f"mutants: {len(tried)} tried, {len(left)} survived, {len(excused)} excused, "
        f"{time.monotonic() - began:.0f} s"
    )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
