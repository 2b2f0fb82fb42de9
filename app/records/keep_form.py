"""The form that keeps something: read from what a page sent, and turned into a record to be."""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from app.access import Refused
from app.boards.core.board import Board
from app.db import new_id
from app.records.actions import Keeping
from app.records.core import ops
from app.records.core.form_ops import PREFIX, fields_of, read_day
from app.records.core.kind import MAX_TITLE, Kind
from app.records.core.ops import NewRow, NewTie, Quote
from app.records.core.record import SOURCES
from app.records.core.ties import MEANINGS
from app.records.quotes import People, Place, in_section
from app.spaces.rules import Errors, tidy_line
from app.spaces.space import Seat

SECTION = "section-"  # the field that names the section which carries a list
ME, NOBODY, OTHER = "me", "nobody", "other"
GATHERED = ("theme", "result")  # how an address or a form names what gathers notes: board/theme, board/phase


class KeepForm(Struct, frozen=True):
    """What a form says. Of `places`, the cards it comes from, the first is to stand for the record.

    `gathered`: they are of a theme or a result, so that none of them stands for it.
    """

    kind: Kind
    places: tuple[Place, ...]
    title: str
    fields: dict[str, str]
    tender: str
    person: str
    look_again: date | None
    goal: str
    source: str  # the record that asked for this one
    means: str
    mine: bool  # whether the tie belongs to the record that asked
    sections: dict[str, str]  # of the first card's board, by list
    gathered: bool = False


def read_places(text: str) -> tuple[Place, ...]:
    """Cards as an address or a form has them: board/card, parted by commas. What is none is left out."""
    parts = (one.split("/") for one in text.split(",")[:200])
    return tuple(dict.fromkeys((part[0], part[1]) for part in parts if len(part) == 2 and all(part)))


def written_places(places: tuple[Place, ...]) -> str:
    return ",".join("/".join(place) for place in places)


def read(form: Mapping[str, str], kind: Kind) -> tuple[KeepForm, Errors]:
    """The form, and what is wrong by field, as far as it can be told without the database."""
    errors: Errors = {}
    day = None
    try:
        day = read_day(form.get("look_again", ""))
    except Refused as wrong:
        errors["look_again"] = wrong.say
    tender = form.get("tender", NOBODY)
    if tender == OTHER and not form.get("person"):
        errors["person"] = "Choose somebody, or say that nobody holds it yet."
    means = form.get("means", "")
    return (
        KeepForm(
            kind,
            read_places(form.get("cards", "")),
            tidy_line(form.get("title", "")),
            fields_of(form),
            tender,
            form.get("person", ""),
            day,
            form.get("goal", ""),
            form.get("from", "") if means in MEANINGS else "",
            means,
            form.get("mine") == "yes",
            {
                name.removeprefix(SECTION): value
                for name, value in form.items()
                if name.startswith(SECTION) and value
            },
            any(form.get(name) for name in GATHERED),
        ),
        errors,
    )


def first_values(kind: Kind, quotes: list[Quote], today: date) -> dict[str, str]:
    """What a new form holds: the words of the first card as title, and the usual day to look again."""
    title = " ".join(quotes[0].text.split())[:MAX_TITLE] if quotes else ""
    return {"title": title, "look_again": (today + timedelta(days=kind.days)).isoformat(), "tender": NOBODY}


def gathered_values(kind: Kind, title: str, counts: Mapping[str, str]) -> dict[str, str]:
    """What a theme or a result fills in: its words, and how many chose each answer that is a field's name."""
    shares = {f"{PREFIX}{one.name}": counts[one.name] for one in kind.fields if one.name in counts}
    return {"title": title[:MAX_TITLE], **shares}


def carried(kind: Kind, sections: list[tuple[str, str]]) -> dict[str, str]:
    """The sections of a board that carry a list by their name, or what of it is before a colon; by list."""
    by_title = {title.partition(":")[0].strip().casefold(): id for id, title in reversed(sections)}
    by_title |= {title.casefold(): id for id, title in sections}
    found = {}
    for list_ in kind.lists:
        names = [name.casefold() for name in (list_.title, *list_.sections)]
        section = next((by_title[name] for name in names if name in by_title), None)
        if section:
            found[f"{SECTION}{list_.tag}"] = section
    return found


def rows_of(
    form: KeepForm, quotes: list[Quote], board: Board | None, seat: Seat, people: People
) -> list[Quote]:
    """All that the record quotes: the cards it comes from and those of the sections that carry its lists."""
    more = [
        quote
        for section in dict.fromkeys(form.sections.values())
        for quote in (in_section(board, section, seat, people) if board else [])
    ]
    return [*quotes, *more]


def source_rows(quotes: list[Quote]) -> list[NewRow]:
    """The notes that a record comes from, in their own words."""
    return [_row(quote, SOURCES, "text") for quote in quotes]


def new_rows(
    form: KeepForm, quotes: list[Quote], board: Board | None, seat: Seat, people: People
) -> list[NewRow]:
    """The rows of the record to be, each a quote."""
    rows = source_rows(quotes)
    for tag, section in form.sections.items():
        list_ = form.kind.row_list(tag)
        if list_ and board:
            rows += [_row(quote, tag, list_.first) for quote in in_section(board, section, seat, people)]
    return rows


def keeping(
    form: KeepForm,
    quotes: list[Quote],
    rows: list[NewRow],
    everything: list[Quote],
    goals: set[str],
    *,
    draft: bool,
) -> Keeping:
    """The record to be made."""
    ties = [NewTie(new_id(), "goal", form.goal, "serves")] if form.goal else []
    if form.source and not form.mine:
        ties.append(NewTie(new_id(), "record", form.source, form.means))
    op = ops.Keep(
        kind=form.kind.tag,
        title=form.title,
        fields=form.fields,
        rows=tuple(rows),
        ties=tuple(ties),
        tend=form.tender == ME,
        offer=form.person if form.tender == OTHER else None,
        look_again=form.look_again,
        draft=draft,
        gathered=form.gathered,
    )
    card = form.places[0] if form.places and quotes and not form.gathered else None
    tied = ((form.source, form.means),) if form.source and form.mine else ()
    return Keeping(op, tuple(everything), card, tied, goals)


def field_errors(errors: Errors) -> Errors:
    """Errors of the record's own fields under the names that they have in the form."""
    own = ("title", "look_again", "person", "")
    return {name if name in own else f"{PREFIX}{name}": say for name, say in errors.items()}


def _row(quote: Quote, list_: str, first: str) -> NewRow:
    most = 4000 if list_ == SOURCES else 300
    text = quote.text.strip()
    return NewRow(new_id(), list_, {first: text[:most]}, quote.board, quote.card)
