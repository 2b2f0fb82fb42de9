"""Every rule that a comment, a docstring or the name of a test cites stands on the protocol page, once."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import ROOT

FOLDERS = ("app", "static/js", "tests", "migrations", "scripts")
SECTION = (ROOT / "app" / "boards" / "PROTOCOL.md").read_text().partition("\n## The rules\n")[2]
DEFINED = re.findall(r"^- \*\*(\w+)\*\* ", SECTION, re.MULTILINE)
LETTERS = "".join(re.findall(r"^### (\w): ", SECTION, re.MULTILINE))

RULE = r"[A-Z]\d{1,2}"
MORE = rf"(?:(?:,\s+|-){RULE})*"
IN_WORDS = re.compile(rf"\brules?\s+({RULE}{MORE})\b")  # (rule S2), (rules D1-D3, D6), by rule T2
IN_BRACKETS = re.compile(rf"\(((?=[{LETTERS}]){RULE}{MORE})\)")  # (S6), (T2, T3); but A1 is a cell
IN_NAMES = re.compile(rf"^(?:async )?def test_({RULE})_|^\s*test\([\"'`]({RULE}) ", re.MULTILINE)


def cited(words: str) -> set[str]:
    """The rules that a comment cites, each of a range too."""
    found: set[str] = set()
    for run in (*IN_WORDS.findall(words), *IN_BRACKETS.findall(words)):
        for first, last in re.findall(rf"({RULE})(?:-({RULE}))?", run):
            numbers = range(int(first[1:]), int((last or first)[1:]) + 1)
            found |= {last or first} | {f"{first[0]}{number}" for number in numbers}
    return found


def comments(path: Path) -> Iterator[str]:
    """All comments of a file, and where it is Python all docstrings."""
    text = path.read_text()
    if path.suffix == ".py":
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        yield from (token.string for token in tokens if token.type == tokenize.COMMENT)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield ast.get_docstring(node) or ""
    else:
        sign = "#" if path.suffix == ".sh" else "//"
        yield from re.findall(rf"/\*.*?\*/|{sign}[^\n]*", text, re.DOTALL)


def everywhere() -> Iterator[tuple[str, str]]:
    """Each citation: the file, and the rule."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".py", ".js", ".ts", ".sh"):
                continue
            name = str(path.relative_to(ROOT))
            yield from ((name, rule) for comment in comments(path) for rule in sorted(cited(comment)))
            if folder == "tests":
                yield from ((name, a or b) for a, b in IN_NAMES.findall(path.read_text()))


def test_every_rule_that_is_cited_is_on_the_page() -> None:
    found = set(everywhere())

    assert sorted(one for one in found if one[1] not in DEFINED) == []
    assert {path.split("/")[0] for path, _ in found} >= {"app", "static", "tests"}
    assert len({rule for _, rule in found}) > 30


def test_each_rule_is_defined_once_under_its_letter_and_in_turn() -> None:
    groups = re.split(r"^### ", SECTION, flags=re.MULTILINE)[1:]
    for group in groups:
        rules = re.findall(r"^- \*\*(\w+)\*\* \S", group, re.MULTILINE)

        assert rules == sorted(set(rules), key=lambda rule: int(rule[1:]))
        assert {rule[0] for rule in rules} == {group[0]}
    assert len(set(LETTERS)) == len(groups)
    assert len(set(DEFINED)) == len(DEFINED)


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("Nobody waits (rule D10).", "D10"),
        ("By rule T2: what was read is replaced.", "T2"),
        ("One commit (rules S2-S4, C2): all or nothing.", "S2 S3 S4 C2"),
        ("Shown beside (T2, T3)", "T2 T3"),
        ("Of a group that is nowhere (rule Z9)", "Z9"),
        ("A cell (A1), the summary of 2024 (Q1), the road M5 and F2 on the keyboard", ""),
    ],
)
def test_how_rules_are_cited(words: str, rules: str) -> None:
    assert cited(words) == set(rules.split())
