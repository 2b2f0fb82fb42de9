"""A record without the words of cards that were taken out, all through its history. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from app.records.core.kind import MAX_TITLE
from app.records.core.kinds import KINDS

Place = tuple[str, str]  # board and card, by id
Deeds = Sequence[dict[str, Any]]  # a record's history, the first deed first, as its JSON is read
LENGTHS = (None, MAX_TITLE, 300, 2000)  # titles and fields repeat words whole or cut


class Titles(Struct, frozen=True):
    """What a record is called `now`; its history has `shown` titles, and withheld ones `ever` too."""

    now: str
    shown: frozenset[str]
    ever: frozenset[str]


def quoted_cards(deeds: Deeds) -> set[Place]:
    """The cards that the record quotes or ever quoted."""
    return {_place(row) for deed in deeds for row in _rows(deed) if row.get("card")}


def without(deeds: Deeds, sentences: Mapping[Place, str]) -> list[dict[str, Any]]:
    """The history with these sentences, by card, in place of the words of the cards.

    Lines that came from a card have its sentence whoever reworded them since. So has a title or a field that
    repeats its words. Each deed then says that words were taken out, so that it may change nothing.
    """
    lines = {row["id"]: row for deed in deeds for row in _rows(deed) if _place(row) in sentences}
    if not lines:
        return list(deeds)
    said = {words: sentences[card] for card, words in _words(deeds, lines, sentences)}
    kind = KINDS.get(deeds[0]["op"].get("kind", ""))
    most = {field.name: field.most for field in kind.fields if not field.choices} if kind else {}
    return [_deed(deed, lines, sentences, said, most) for deed in deeds]


def _rows(deed: dict[str, Any]) -> list[dict[str, Any]]:
    op = deed["op"]
    return [*op.get("rows", ()), *([op["row"]] if "row" in op else [])]


def _place(row: Mapping[str, Any]) -> Place:
    return (row.get("board") or "", row.get("card") or "")


def _first(row: dict[str, Any]) -> str:
    """The field that had the words of the card."""
    return next(iter(row["fields"]), "")


def _words(
    deeds: Deeds, lines: Mapping[str, dict[str, Any]], sentences: Mapping[Place, str]
) -> Iterator[tuple[Place, str]]:
    """(card, words as one line), whole and cut to the lengths that they may be repeated in."""
    found = [(_place(row), row["fields"].get(_first(row), "")) for row in lines.values()]
    quotes = (quote for deed in deeds for quote in deed.get("quotes", ()))
    found += [(_place(quote), quote["text"]) for quote in quotes if _place(quote) in sentences]
    for card, text in found:
        line = " ".join(text.split())
        yield from ((card, line[:length].strip()) for length in LENGTHS if line)


def _deed(
    deed: dict[str, Any],
    lines: Mapping[str, dict[str, Any]],
    sentences: Mapping[Place, str],
    said: Mapping[str, str],
    most: Mapping[str, int],
) -> dict[str, Any]:
    op = dict(deed["op"])
    if "title" in op:
        op["title"] = said.get(" ".join(op["title"].split()), op["title"])
    if op.get("id") in lines and "fields" in op:
        row = lines[op["id"]]
        op["fields"] = _line(op["fields"], _first(row), sentences[_place(row)])
    elif "fields" in op:
        op["fields"] = {
            name: said.get(" ".join(value.split()), value)[: most[name]] if name in most else value
            for name, value in op["fields"].items()
        }
    if "rows" in op:
        op["rows"] = [_row(row, sentences) for row in op["rows"]]
    if "row" in op:
        op["row"] = _row(op["row"], sentences)
    quotes = [
        {**one, "text": sentences[_place(one)]} if _place(one) in sentences else one
        for one in deed.get("quotes", ())
    ]
    return {**deed, "op": op, "quotes": quotes, "taken_out": True}


def _row(row: dict[str, Any], sentences: Mapping[Place, str]) -> dict[str, Any]:
    sentence = sentences.get(_place(row))
    return row if sentence is None else {**row, "fields": _line(row["fields"], _first(row), sentence)}


def _line(fields: Mapping[str, str], first: str, sentence: str) -> dict[str, str]:
    return {name: sentence if name == first else value for name, value in fields.items()}
