"""Deletes one line at a time of scripts and of what needs a database: `python -m tests.soak.mutate_lines`.

The scripts' formatter puts one statement on a line, so no parser is needed: what does not parse is no mutant.
Each condition is made always true and always false as well. As in `mutate`, a change that no test notices
is a survivor and fails the run, unless it is in SAME with the reason. Works on copies in a temporary folder.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.soak.mutate import Mutant
from tests.soak.mutate import mutants as statements

ROOT = Path(__file__).parents[2]
JS, TEXT, SYNC = "tests/js/board", "tests/js/board/text", "tests/js/board/sync"

# Each file, and the tests that must notice: the likeliest first.
TESTS: dict[str, tuple[str, ...]] = {
    "static/js/board/text/diff.js": (f"{TEXT}/merge3.test.js", f"{TEXT}/rebase.test.js"),
    "static/js/board/text/merge3.js": (f"{TEXT}/merge3.test.js", f"{TEXT}/rebase.test.js"),
    "static/js/board/text/rebase.js": (f"{TEXT}/rebase.test.js", f"{TEXT}/text_box.test.js"),
    "static/js/board/text/unfinished.js": (f"{TEXT}/unfinished.test.js", f"{TEXT}/writers.test.js"),
    "static/js/board/text/choice.js": (f"{TEXT}/choice.test.js",),
    "static/js/board/text/open_boxes.js": (f"{TEXT}/open_boxes.test.js",),
    "static/js/board/sync/http/poster.js": (f"{SYNC}/http/poster.test.js", f"{SYNC}/http/polling.test.js"),
    "static/js/board/sync/unsaved.js": (f"{SYNC}/unsaved.test.js",),
    "static/js/board/device/unload_copy.js": (f"{SYNC}/unsaved.test.js", f"{SYNC}/adopt.test.js"),
    "static/js/board/shell/leaving.js": (f"{JS}/shell/leaving.test.js",),
    "static/js/lib/forced_focus.js": ("tests/js/forced_focus.test.js",),
    "app/spaces/return_tokens.py": (
        "tests/spaces/joining/test_return_tokens.py",
        "tests/spaces/joining/test_coming_back.py",
    ),
}

# What may be changed without anybody noticing, by file and text, and why.
REBASE = "static/js/board/text/rebase.js"
SHORT_CUT = "a short cut to what the long way comes to as well"
SAME: dict[tuple[str, str], str] = {
    (REBASE, "if (theirs === read) return { ...none, rest: null }"): SHORT_CUT,
    (REBASE, "false: theirs === read"): SHORT_CUT,
    (REBASE, "if (theirs === mine) return { ...none, read: theirs, rest: null }"): SHORT_CUT,
    (REBASE, "false: theirs === mine"): SHORT_CUT,
    (
        "static/js/lib/forced_focus.js",
        'window.removeEventListener("pointerdown", release, FIRST)',
    ): "to release what is released changes nothing",
    (
        "static/js/board/device/unload_copy.js",
        "return null // somebody else has written there",
    ): "a function that ends without a word returns nothing as well",
    (
        "static/js/board/text/open_boxes.js",
        "() => box.input.value,",
    ): "tests/browser/test_canvas_words.py copies them, in a browser",
}

COPIED = ("app", "scripts", "static", "tests")
NO_STATEMENT = ("//", "/*", "*", "import ", "export ", "}", "]", ")", ".", "?", ":", "&&", "||", "case ", "#")
LONGEST = 180.0  # seconds after which a mutant has hung itself


def mutants(file: str) -> Iterator[Mutant]:
    """Every mutant of the file that parses."""
    if file.endswith(".py"):
        yield from statements(file)
        return
    lines = (ROOT / file).read_text().splitlines(keepends=True)
    for at, line in enumerate(lines):
        for text, changed in _changes_of(line):
            yield Mutant(file, at + 1, text, "".join([*lines[:at], changed, *lines[at + 1 :]]))


def _changes_of(line: str) -> Iterator[tuple[str, str]]:
    """What is changed, and the line as it is then."""
    text = line.strip()
    if line.startswith((" ", "\t")) and text and not text.startswith(NO_STATEMENT):
        yield text, "\n"
    condition = re.search(r"\bif \((.*)\)( \w.*| \{)$", line.rstrip())
    if condition:
        for always in ("true", "false"):
            start, end = condition.span(1)
            yield f"{always}: {condition.group(1)}", line[:start] + always + line[end:]


def parses(mutant: Mutant) -> bool:
    if mutant.file.endswith(".py"):
        return True
    check = ["node", "--check", "--input-type=module", "-"]
    return subprocess.run(check, input=mutant.source, text=True, capture_output=True).returncode == 0


def is_noticed(file: str, copy: Path) -> bool:
    """Whether a test fails on this copy."""
    tests = TESTS[file]
    if file.endswith(".py"):
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    else:
        command = ["node", "--import", "./scripts/resolve_app.js", "--test", "--test-timeout=30000", *tests]
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, timeout=LONGEST, env=environment(copy))
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def environment(copy: Path) -> dict[str, str]:

    return {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}


def survivors(tried: list[Mutant], copies: list[Path]) -> Iterator[Mutant]:
    """Those that all tests pass with. As many run at once as there are copies."""
    free = SimpleQueue[Path]()
    for copy in copies:
        free.put(copy)

    def survives(mutant: Mutant) -> bool:
        copy = free.get()
        try:
            (copy / mutant.file).write_text(mutant.source)
            return not is_noticed(mutant.file, copy)
        finally:
            shutil.copy(ROOT / mutant.file, copy / mutant.file)
            free.put(copy)

    with ThreadPoolExecutor(len(copies)) as pool:
        for mutant, survived in zip(tried, pool.map(survives, tried), strict=True):
            if survived:
                yield mutant


def copies_of(folder: Path, many: int) -> list[Path]:
    """So many copies of the repository; what no mutant is in is linked."""
    copies = [folder / str(i) for i in range(many)]
    for copy in copies:
        copy.mkdir()
        for path in ROOT.iterdir():
            if path.name in COPIED:
                leave = shutil.ignore_patterns("__pycache__", "vendor")
                shutil.copytree(path, copy / path.name, ignore=leave)
            elif not path.name.startswith(".git"):
                (copy / path.name).symlink_to(path)
        (copy / "static/vendor").symlink_to(ROOT / "static/vendor")
    return copies


def main(args: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=list(TESTS))
    parser.add_argument("--at-once", type=int, default=2)
    given = parser.parse_args(args)
    began = time.monotonic()
    everything = [mutant for file in given.files for mutant in mutants(file)]
    excused = [m for m in everything if (m.file, m.text) in SAME]
    tried = [m for m in everything if (m.file, m.text) not in SAME and parses(m)]
    left = 0
    with tempfile.TemporaryDirectory() as folder:
        copies = copies_of(Path(folder), given.at_once)
        for file in given.files:
            assert not is_noticed(file, copies[0]), f"The tests of {file} fail on the code as it is"
        for mutant in survivors(tried, copies):
            left += 1
            print(f"{mutant.file}:{mutant.line}: nobody misses: {mutant.text}", flush=True)
    print(
        f"mutants of lines: {len(tried)} tried, {left} survived, {len(excused)} excused, "
        f"{time.monotonic() - began:.0f} s"
    )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
