"""The driver diagram as geometry: the aim, what moves it, what we try. Pure."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from app.outcomes.goals.goal import Level

WIDE, GAP, BETWEEN, LINE, PAD = 196.0, 32.0, 12.0, 17.0, 11.0
LETTERS = 25  # in a line of a box
COLUMNS = (None, Level.PRIMARY, Level.SECONDARY, Level.CHANGE)
HEADS = {
    None: "Aim",
    Level.PRIMARY: "Primary drivers",
    Level.SECONDARY: "Secondary drivers",
    Level.CHANGE: "Change ideas",
}
HEAD = 30.0


class Driving(Protocol):
    """A driver, as a goal has it or as a report kept it."""

    @property
    def id(self) -> str: ...
    @property
    def level(self) -> Level: ...
    @property
    def words(self) -> str: ...
    @property
    def uppers(self) -> tuple[str, ...]: ...


class Box(Struct, frozen=True):
    """A box with its words in lines."""

    id: str
    level: str
    x: float
    y: float
    height: float
    lines: tuple[tuple[float, str], ...]
    width: float = WIDE


class Diagram(Struct, frozen=True):
    """Boxes and the ties between them; `heads` stand over the columns."""

    width: float
    height: float
    heads: tuple[tuple[float, str], ...]
    boxes: tuple[Box, ...]
    ties: tuple[str, ...]
    say: str


def diagram(aim: str, drivers: Sequence[Driving]) -> Diagram:
    """Columns from the aim to the change ideas; an empty column takes no room."""
    by_level = {level: [one for one in drivers if one.level is level] for level in COLUMNS[1:]}
    columns: list[tuple[Level | None, list[Driving]]] = [(None, [])]
    columns += [(level, found) for level, found in by_level.items() if level and found]
    tall = max(_tall(found) for _, found in columns[1:]) if columns[1:] else 0.0
    boxes: list[Box] = []
    for place, (level, found) in enumerate(columns):
        texts = [("aim", aim)] if level is None else [(one.id, one.words) for one in found]
        boxes += _column(level, place * (WIDE + GAP), texts, tall)
    at = {box.id: box for box in boxes}
    ties = [_tie(at[one.id], at[upper]) for one in drivers for upper in _uppers(one) if upper in at]
    height = max(box.y + box.height for box in boxes) + 2
    heads = tuple((place * (WIDE + GAP), HEADS[level]) for place, (level, _) in enumerate(columns))
    return Diagram(
        len(columns) * (WIDE + GAP) - GAP, height, heads, tuple(boxes), tuple(ties), _say(by_level)
    )


def _uppers(one: Driving) -> tuple[str, ...]:
    return ("aim",) if one.level is Level.PRIMARY else one.uppers


def _tall(found: Sequence[Driving]) -> float:
    return sum(_height(one.words) + BETWEEN for one in found) - BETWEEN


def _height(words: str) -> float:
    return 2 * PAD + LINE * len(_wrapped(words)) - 3


def _column(level: Level | None, x: float, texts: Sequence[tuple[str, str]], tall: float) -> list[Box]:
    """The boxes of a column, in the middle of the height."""
    own = sum(_height(words) + BETWEEN for _, words in texts) - BETWEEN
    y = HEAD + max(0.0, (tall - own) / 2)
    boxes = []
    for id, words in texts:
        lines = tuple((y + PAD + 11 + LINE * i, line) for i, line in enumerate(_wrapped(words)))
        boxes.append(Box(id, level.value if level else "aim", x, y, _height(words), lines))
        y += _height(words) + BETWEEN
    return boxes


def _wrapped(words: str) -> list[str]:
    """Words in lines of a box; a word that is too long alone is cut."""
    lines = [""]
    for word in words.split():
        while len(word) > LETTERS:
            lines.append(word[: LETTERS - 1] + "-")
            word = word[LETTERS - 1 :]
        together = f"{lines[-1]} {word}".strip()
        if len(together) <= LETTERS:
            lines[-1] = together
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def _tie(lower: Box, upper: Box) -> str:
    """A curve from the box to the one that it moves."""
    x1, y1 = upper.x + upper.width, upper.y + upper.height / 2
    x2, y2 = lower.x, lower.y + lower.height / 2
    half = (x1 + x2) / 2
    return f"M{x1:.1f} {y1:.1f}C{half:.1f} {y1:.1f} {half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _say(by_level: dict[Level, list[Driving]]) -> str:
    names = {
        Level.PRIMARY: "primary drivers",
        Level.SECONDARY: "secondary drivers",
        Level.CHANGE: "change ideas",
    }
    counts = [f"{len(found)} {names[level]}" for level, found in by_level.items() if found]
    return f"The aim, with {', '.join(counts)}. The list below has all words and ties."
