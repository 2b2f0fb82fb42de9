"""What somebody may do to a text: words put in, changed and taken out; in Chinese, times and numbers too."""

import re
from collections.abc import Callable

Below = Callable[[int], int]  # a number below another, from the seed
TEXTS = (
    "We begin 12:34 and pay 5.50 for it",
    "会议在早上9:30开始请来",
    "What they know\nas 7/8 say\nand comes at 3:45",
)
# As a reader would cut it, and with none of the product's own code: a sign of Chinese, else what stands
# between spaces and such signs.
WORD = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")
PIECE = re.compile(rf"\s|{WORD.pattern}")
HAN = re.compile(r"[\u3400-\u9fff]")
TWO_PARTS = re.compile(r"(\d+)([:./@-])(\d+)")
FIRST_SIGN = (
    0x5000  # of those that are written into a text; those of TEXTS are others or written by nobody else
)
FEWEST = 5  # words that are left


def words_of(text: str) -> set[str]:
    return set(WORD.findall(text))


def only_adds(before: str, after: str) -> bool:
    """Whether all that was there is there still, in its order."""
    rest = iter(PIECE.findall(after))
    return all(piece in rest for piece in PIECE.findall(before))


def with_more(below: Below, text: str, number: int) -> str:
    """A word that nobody else writes, put in somewhere: at an end, in the middle, as a line, into Chinese."""
    word = (f"w{number}", f"{number}:30", f"{number}.5")[below(3)]
    signs = [found.start() for found in HAN.finditer(text)]
    spaces = [at for at, sign in enumerate(text) if sign == " "]
    where = below(6)
    if signs and where < 4:
        at = signs[below(len(signs))] + below(2)
        return text[:at] + chr(FIRST_SIGN + number) + text[at:]
    if spaces and where == 0:
        at = spaces[below(len(spaces))]
        return f"{text[:at]} {word}{text[at:]}"
    if where == 1:
        return f"{text}\n{word}"
    return f"{word} {text}" if where == 2 else f"{text} {word}"


def with_change(below: Below, text: str, number: int) -> str:
    """One half of a time or a number is another, as of 9:30 the hour; the text itself where there is none."""
    found = [match for match in TWO_PARTS.finditer(text) if match.group() in words_of(text)]
    if not found:
        return text
    match = found[below(len(found))]
    left, between, right = match.groups()
    new = f"{number}{between}{right}" if below(2) else f"{left}{between}{number}"
    return text[: match.start()] + new + text[match.end() :]


def with_less(below: Below, text: str) -> str:
    """A word is taken out, with the space before it."""
    found = list(WORD.finditer(text))
    if len(found) <= FEWEST:
        return text
    match = found[below(len(found))]
    start = match.start() - (1 if text[: match.start()].endswith(" ") else 0)
    return text[:start] + text[match.end() :]
