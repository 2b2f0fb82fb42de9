"""The README is true where a test can tell."""

import re
from dataclasses import fields
from pathlib import Path

from app.__main__ import main
from app.boards.live.turn.passes import SLOW, USUAL
from app.config import Config
from app.connections import KEPT_OPEN, MORE
from app.realtime.server import config

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def test_every_setting_is_in_the_readme_and_no_other() -> None:
    rows = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))

    assert rows == {field.name.upper() for field in fields(Config)}


def test_every_word_of_make_that_the_readme_names_is_there() -> None:
    words = set(re.findall(r"`make ([a-z]+)`", README)) | set(
        re.findall(r"^make ([a-z]+)$", README, re.MULTILINE)
    )
    makefile = (ROOT / "Makefile").read_text()

    assert words
    assert all(re.search(rf"^{word}:", makefile, re.MULTILINE) for word in words)


def test_every_file_that_the_readme_points_to_is_there() -> None:
    for path in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / path).exists(), path


def test_every_command_is_in_the_readme_and_no_other() -> None:
    line = re.search(r"^python -m app (.*)$", README, re.MULTILINE)

    assert line is not None
    assert {words.split()[0] for words in line[1].split(" | ")} == set(main.commands)


def test_the_map_has_every_folder_of_the_app() -> None:
    folders = {path.parent.name for path in (ROOT / "app").glob("*/__init__.py")}
    rooms = {path.parent.name for path in (ROOT / "app").glob("*/*/__init__.py")}

    assert folders == set(re.findall(r"^  (\w+)/ ", README, re.MULTILINE))
    assert rooms <= set(re.findall(r"(\w+)/", README))


def test_how_many_connections_a_process_has_is_in_the_readme_and_boards_leave_some_for_polls() -> None:
    pool = KEPT_OPEN + MORE

    assert f"at most {2 * pool + 1} connections to PostgreSQL ({pool} of pages and jobs, {pool}" in README
    assert f"wait in line for {USUAL + SLOW} of theirs" in README
    assert pool > USUAL + SLOW


def test_a_proxy_lets_go_of_a_connection_that_rests_before_the_server_does() -> None:
    kept = re.search(r"keepalive (\d+)s", README)

    assert kept is not None
    assert int(kept[1]) < config(None).timeout_keep_alive
