"""Reads the source of templates: which texts of people they show or take, and in which elements."""

import re
from html.parser import HTMLParser
from pathlib import Path

from msgspec import Struct, structs

TEMPLATES = Path(__file__).parents[2] / "templates"
# The title of the page, which has no `dir`, and what boards/_shell.html puts into elements that have one.
HEAD = re.compile(r"\{% block (?:title|board_title|purpose) %\}.*?\{% endblock %\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
SHOWN = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
# What a person has written, by the last name of what is shown. Filters change nothing about that.
FIELDS = [
    "text",
    "title",
    "prompt",
    "example",
    "name",
    "shown",
    "organisation",
    "organisation_name",
    "purpose",
    "scope",
    "agreement",
    "brings",
    "says",
    "aim",
    "person",
    "theory",
    "description",
    "numerator",
    "denominator",
    "exclusions",
    "caveats",
    "source",
    "licence",
    "reason",
    "story",
    "action",
    "owner",
    "tender",
    "inviter",
    "approved_by",
    "because",
    "for_whom",
    "board_title",
    "theirs",
    "yours",
    "author",
    "collected",
    "why",
    "whose",
    "space",
    "space_name",
    "measure",
    "goal",
    "subject",
    "body",
    "file_name",
    "category",
    "agreement",
]
PEOPLE = re.compile(
    rf"\.({'|'.join(FIELDS)})\s*(\||$| or | if )"
    r"|(driver|idea|upper|lower|event|unsent|one|mark)\.words\s*(\||$| if )"
    r"|people\.(full_name|name)\(|\bvalues\.get\(name|told(\[0\])?\.who|attribute=\"(words|name)\"|^(line|cell|chart_title|text)\s*(\||$)"
)
# Words of the product itself, and its sentences in which what they quote is set apart.
# Sentences of the product that quote people: they go from left to right, whatever they begin with.
SENTENCE = re.compile(r"^(one|line)\.(say|detail|wish)$")
OURS = re.compile(r"^\s*(layout|kind|meaning|level|figure\.sentence)\.|\|\s*quoted\b")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# Of a drawing, where there is no `dir`, or a list of choices, where browsers set each choice apart.
ELSEWHERE = {"title", "text", "tspan", "desc", "option", "select", "script"}
BOX = "a box"
TAKES = {"text", "search", None}


class Place(Struct, frozen=True):
    """Where a template shows or takes a text: the innermost element, and the direction there."""

    file: str
    line: int
    what: str
    tag: str
    end: int  # offset of the `>` of the element's tag, -1 where the text is in no element of the file
    direction: str  # what the nearest element with a `dir` says, "auto" of a bdi; else empty
    # words of the product stand beside it, or in elements after its own, and it is not set apart from them
    in_sentence: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether it is a sentence of the product that quotes people."""
        return bool(SENTENCE.search(self.what))


def places(path: Path) -> list[Place]:
    """All places of a template."""
    source = path.read_text()
    reader = _Reader(path, source)
    reader.feed(SHOWN.sub(reader.hidden, TAG.sub(_blank, HEAD.sub(_blank, source))))
    return [
        structs.replace(one, in_sentence=True) if one.end in reader.turned and one.what != BOX else one
        for one in reader.found
    ]


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


class _Reader(HTMLParser):
    def __init__(self, path: Path, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.name = str(path.relative_to(TEMPLATES))
        self.lines = [0]
        for line in source.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.source, self.bare = source, HEAD.sub(_blank, source)
        self.open: list[tuple[str, int, str]] = []
        self.found: list[Place] = []
        self.turned: set[int] = set()  # the ends of elements whose direction turns words of the product, too

    def hidden(self, match: re.Match[str]) -> str:
        """As many signs of no meaning, so that what follows keeps its place."""
        return re.sub(r"[^\n]", "\ue000", match[0])

    def at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given, end = dict(attrs), self.at() + len(self.get_starttag_text() or "") - 1
        direction = given.get("dir") or ("auto" if tag == "bdi" else "")
        kind = given.get("type")
        if tag == "textarea" or (tag == "input" and (kind in TAKES or "\ue000" in (kind or ""))):
            self.found.append(Place(self.name, self.getpos()[0], BOX, tag, end, direction))
        if tag not in VOID:
            self.open.append((tag, end, direction))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Has no content."""

    def handle_endtag(self, tag: str) -> None:
        at = next((i for i in reversed(range(len(self.open))) if self.open[i][0] == tag), None)
        if at is not None:
            del self.open[at:]

    def handle_data(self, data: str) -> None:
        begin = self.at()
        end = begin + len(data)
        has_words = bool(re.search("[A-Za-z]{2}", data))
        if has_words and not self.open_names & ELSEWHERE:
            self._note_turned()
        for match in SHOWN.finditer(self.bare, begin, end):
            what = match[1].strip()
            if (PEOPLE.search(what) and not OURS.search(match[1])) or SENTENCE.search(what):
                self._note(match, beside_words=has_words)

    @property
    def open_names(self) -> set[str]:
        return {name for name, *_ in self.open}

    def _note_turned(self) -> None:
        """The words here are in an element without a direction: they go by that of the nearest around it."""
        around = next((one for one in reversed(self.open) if one[2]), None)
        if around and around != self.open[-1] and around[0] != "bdi":
            self.turned.add(around[1])

    def _note(self, match: re.Match[str], *, beside_words: bool) -> None:
        tag, end, _ = self.open[-1] if self.open else ("", -1, False)
        if self.open_names & ELSEWHERE:
            return
        direction = next((one[2] for one in reversed(self.open) if one[2]), "")
        line = self.source.count("\n", 0, match.start()) + 1
        self.found.append(
            Place(self.name, line, match[1].strip(), tag, end, direction, beside_words and tag != "bdi")
        )
