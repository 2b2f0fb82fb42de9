"""No act of a steward passes by the log: whoever writes another such act is told by these tests."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from app.access import ACTIONS, Role
from app.config import ROOT
from app.db import now
from app.spaces.log.sentences import PLAIN, SAYINGS, TOPIC_WORDS, say
from app.spaces.log_entry import TOPICS, Act, Entry, Topic

# Of those who look after a goal, what several organisations rely on.
OF_TENDERS = {"goal.hand_on", "goal.tend", "report.issue", "report.share", "report.close", "report.plan"}
# Where an action is decided within another one, that one notes it.
INSIDE = {"space.remove_guest"}  # people and guests are removed by one function
# What a tender says of a measure stands on its page for good, with who and when.
ON_THEIR_PAGE = ("app.outcomes.editing.measures.", "app.outcomes.editing.exclusions.")


def test_every_change_that_only_stewards_or_tenders_make_notes_it() -> None:
    changes = list(_changes())
    ours = {action for action, rule in ACTIONS.items() if rule.roles == {Role.STEWARD}} | OF_TENDERS

    assert ours - INSIDE <= {action for action, _, _ in changes}
    assert [
        f"{where}: {action}"
        for action, where, notes in changes
        if action in ours and not notes and not where.startswith(ON_THEIR_PAGE)
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


Function = tuple[str, str]  # its module and its name


def _changes() -> Iterator[tuple[str, str, bool]]:
    """Each action by which a function changes a space, where, and whether it is noted there or below."""
    code = _code()
    opening: set[Function] = {("app.spaces.actions", "change")}
    while more := {name for name, one in code.items() if _opens(one, opening)} - opening:
        opening |= more
    for name, one in code.items():
        if name in opening:
            continue
        for call, to in one.calls:
            if to in opening:
                notes = _notes(name, code, frozenset(opening))
                named = one.constants(call) or (code[to].own_actions if to in code else ())
                yield from ((action, ".".join(name), notes) for action in named if action in ACTIONS)


@dataclass
class _Code:
    """One function: what it calls, as far as that is ours, and the constants of its module."""

    node: ast.AsyncFunctionDef | ast.FunctionDef
    calls: list[tuple[ast.Call, Function]]
    words: dict[str, object]

    def constants(self, call: ast.Call) -> list[str]:
        given = [
            one.value if isinstance(one, ast.Constant) else self.words.get(getattr(one, "id", ""))
            for one in call.args
        ]
        return [one for one in given if isinstance(one, str) and one in ACTIONS]

    @property
    def own_actions(self) -> list[str]:
        return sorted({action for call, _ in self.calls for action in self.constants(call)})

    @property
    def notes(self) -> bool:
        found = [node for node in ast.walk(self.node) if isinstance(node, ast.Attribute)]
        return any(node.attr in ("note", "noted") for node in found)


def _code() -> dict[Function, _Code]:
    found: dict[Function, _Code] = {}
    for path in (ROOT / "app").rglob("*.py"):
        module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        tree = ast.parse(path.read_text())
        names: dict[str, str] = {}  # what a name of this module stands for, as "app.module.name"
        words: dict[str, object] = {}
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                names |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
            elif isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
                names[node.name] = f"{module}.{node.name}"
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                words |= {getattr(one, "id", ""): node.value.value for one in node.targets}
        for node in tree.body:
            if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
                calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
                known = [(one, _called(one.func, names)) for one in calls]
                found[module, node.name] = _Code(node, [(one, to) for one, to in known if to], words)
    return found


def _called(func: ast.expr, names: dict[str, str]) -> Function | None:
    """`change` and `actions.change` as the function that is meant."""
    if isinstance(func, ast.Name) and func.id in names:
        module, _, name = names[func.id].rpartition(".")
        return module, name
    if isinstance(func, ast.Attribute) and getattr(func.value, "id", "") in names:
        return names[getattr(func.value, "id", "")], func.attr
    return None


def _opens(one: _Code, opening: set[Function]) -> bool:
    """Whether a function only opens a change for others: it hands its transaction on."""
    gives = any(isinstance(node, ast.Yield) for node in ast.walk(one.node))
    return gives and any(to in opening for _, to in one.calls)


def _notes(name: Function, code: dict[Function, _Code], seen: frozenset[Function]) -> bool:
    one = code.get(name)
    if one is None or name in seen:
        return False
    return one.notes or any(_notes(to, code, seen | {name}) for _, to in one.calls)
