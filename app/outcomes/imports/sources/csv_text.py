"""Reads a CSV file in any common spelling as rows of texts. Pure."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypedDict

from app.outcomes.imports.sources import encodings
from app.outcomes.spc.series import Unreadable

NOT_CLOSED = "Row {} cannot be read: perhaps a quotation mark is not closed."
SEPARATORS = ",;\t|"
LINE_END = re.compile(r"[\r\n]")
QUOTED = re.compile('"[^"]*"')
TSV = re.compile(r"[\w ]+(,[\w ]+)+\\")  # freq,unit,geo\TIME_PERIOD
FORMULA = re.compile('^="([^"]*)"$')  # how a text is kept from becoming a number or date
HINT = re.compile(r"sep=(.)\r?\n")  # how spreadsheets are told the separator


class Spelling(TypedDict):
    """How a file is written, in the words of the library."""

    delimiter: str
    skipinitialspace: bool


def rows(content: bytes, codec: str) -> Iterator[list[str]]:
    """The rows of the file, with trimmed cells; `codec` as `encodings.taken` gives it.

    Raises Unreadable with a sentence.
    """
    text = encodings.decoded(content, codec)
    lines: list[str] = []  # of the row that is read
    spelling: Spelling = {"delimiter": _separator(text), "skipinitialspace": True}
    reader = csv.reader(_remembered(io.StringIO(text, newline=""), lines), **spelling)
    number = joined = 0  # how many columns stand in the first one, with commas between, in files of Eurostat
    try:
        for row in reader:
            number += 1
            if len(lines) > 1 and not _is_closed("".join(lines), spelling["delimiter"]):
                raise Unreadable(NOT_CLOSED.format(number))
            lines.clear()
            if number == 1 and row and TSV.match(row[0]) and reader.dialect.delimiter == "\t":
                joined = row[0].count(",")
            if joined and row:
                row[:1] = row[0].split(",", joined)
            yield [FORMULA.sub(r"\1", cell.strip()) if cell[:1] == "=" else cell.strip() for cell in row]
    except csv.Error as fault:
        raise Unreadable(NOT_CLOSED.format(number + 1)) from fault


def _is_closed(row: str, delimiter: str) -> bool:
    """Whether a row of several lines is one, and not others that stand behind a mark that is not closed.

    The mark that closes a cell of several lines has only blanks behind it. Within a line, it may have more.
    """
    cell, at = _cell(delimiter), 0
    while at < len(row):
        match = cell.match(row, at)
        if match is None or (match[1] and LINE_END.search(match[1]) and match[2].strip()):
            return False
        at = match.end()
    return True


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """A cell and the sign after it: what stands in quotation marks, if any, and what behind those."""
    other = f"[^{re.escape(delimiter)}\r\n]"
    return re.compile(
        rf' *+(?:"([^"]*+(?:""[^"]*+)*+)"({other}*)|(?!"){other}*)(?:{re.escape(delimiter)}|\r\n?|\n|\Z)'
    )


def _remembered(text: Iterable[str], lines: list[str]) -> Iterator[str]:
    """The lines of a text. `lines` grows by each."""
    for line in text:
        lines.append(line)
        yield line


def _separator(text: str) -> str:
    """The separator that most of the first rows have equally often: texts and numbers have commas too."""
    if (hint := HINT.match(text)) and hint[1] in SEPARATORS:
        return hint[1]
    lines = [line for line in QUOTED.sub("", text[:10_000]).splitlines()[:40] if line.strip(" ")]

    def equal_rows(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines)
        return max(((lines, count) for count, lines in counts.items() if count), default=(0, 0))

    return max(SEPARATORS, key=equal_rows)
