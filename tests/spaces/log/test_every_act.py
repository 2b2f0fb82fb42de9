"""No act of a steward passes by the log: whoever writes another such act is told by these tests."""

import ast
from collections.abc import Iterator

from app.access import ACTIONS, Role
from app.config import ROOT
from app.db import now
from app.spaces.log.sentences import PLAIN, SAYINGS, TOPIC_WORDS, say
from app.spaces.log_entry import TOPICS, Act, Entry, Topic

# What stewards do that is no act: looking, and what another action inside decides.
LOOKS: set[str] = set()


def test_every_change_that_only_stewards_make_notes_it() -> None:
    found = dict(_changes())
    ours = {action for action, rule in ACTIONS.items() if rule.roles == {Role.STEWARD}}
    inside = {"space.remove_guest", "board.put_all_back"} & ours  # decided within another action

    assert {action for action, _ in _changes()} >= ours - inside - LOOKS
    assert [
        f"{where}: {action}" for action, (where, notes) in found.items() if action in ours and not notes
    ] == []


def test_the_log_is_only_added_to_and_through_one_door() -> None:
    writing = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app").rglob("*.py")
        if "space_log" in path.read_text() and path.name not in ("tables.py", "log_store.py")
    ]
    store = (ROOT / "app/spaces/log_store.py").read_text()

    assert writing == []
    assert "update(" not in store
    assert "delete(" not in store


def test_every_act_has_a_sentence_a_topic_and_words() -> None:
    assert set(PLAIN) | set(SAYINGS) == set(Act)
    assert sorted(act for acts in TOPICS.values() for act in acts) == sorted(Act)
    assert set(TOPIC_WORDS) == set(Topic) == set(TOPICS)


def test_what_a_newer_version_wrote_is_a_line_all_the_same() -> None:
    entry = Entry(1, now(), None, None, "not_known_yet", "person:x", {}, {"a": 1})

    assert say(entry, lambda about: about) == "did what this version cannot tell"


def _changes() -> Iterator[tuple[str, tuple[str, bool]]]:
    """Each action that a function changes a space by, where, and whether it is noted there."""
    for path in (ROOT / "app").rglob("*.py"):
        tree = ast.parse(path.read_text())
        names = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        functions = [node for node in tree.body if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)]
        noting = {one.name for one in functions if _calls(one, {"note"})}
        for one in functions:
            for call in _calls(one, {"change"}):
                if len(call.args) < 2:
                    continue
                action = call.args[1]
                named = (
                    action.value if isinstance(action, ast.Constant) else names.get(getattr(action, "id", ""))
                )
                if isinstance(named, str):
                    where = f"{path.relative_to(ROOT).as_posix()} {one.name}"
                    yield named, (where, bool(_calls(one, {"note"} | noting)))


def _calls(function: ast.AST, names: set[str]) -> list[ast.Call]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [
        call
        for call in calls
        if (call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")) in names
    ]
