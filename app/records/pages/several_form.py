"""The form that keeps several cards of a board at once, each as a record of its own and all of one kind."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from app.access import Actor, Refused
from app.db import new_id
from app.records import keep_form
from app.records.actions import Keeping
from app.records.core.form_ops import read_day
from app.records.core.kind import MAX_TITLE, Kind
from app.records.core.ops import Deed, Quote
from app.records.core.rules import apply
from app.records.core.writing import Wrong
from app.records.keep_form import ME, NOBODY, KeepForm
from app.spaces.rules import Errors, tidy_line

MOST = 100  # cards at once
USUAL = timedelta(days=90)  # until somebody looks again, unless they say otherwise
TICK, TITLE = "keep-", "title-"  # fields of one card, with its id behind


def first_values(quotes: Sequence[Quote], kept: Mapping[str, str], today: date) -> dict[str, str]:
    """What a new form holds: the words of each card as its title, all ticked that are not kept already."""
    titles = {f"{TITLE}{one.card}": " ".join(one.text.split())[:MAX_TITLE] for one in quotes}
    ticks = {f"{TICK}{one.card}": "yes" for one in quotes if one.card not in kept}
    return {**titles, **ticks, "tender": NOBODY, "look_again": (today + USUAL).isoformat()}


def read(
    form: Mapping[str, str], kind: Kind, quotes: Sequence[Quote], actor: Actor, at: datetime, today: date
) -> tuple[list[Keeping], Errors]:
    """The records to be, and what is wrong by field."""
    errors: Errors = {}
    day = None
    try:
        day = read_day(form.get("look_again", ""))
    except Refused as wrong:
        errors["look_again"] = wrong.say
    keepings = []
    for quote in (one for one in quotes if form.get(f"{TICK}{one.card}")):
        place, title = (quote.board, quote.card), tidy_line(form.get(f"{TITLE}{quote.card}", ""))
        tender = ME if form.get("tender") == ME else NOBODY
        one = KeepForm(kind, (place,), title, {}, tender, "", day, "", "", "", mine=False, sections={})
        rows = keep_form.source_rows([quote])
        keeping = keep_form.keeping(one, [quote], rows, [quote], set(), draft=form.get("step") == "draft")
        try:
            apply(None, Deed(keeping.op, actor, at, keeping.quotes, today=today), new_id(), "")
        except Wrong as wrong:
            for name, say in wrong.errors.items():
                errors[name if name == "look_again" else f"{TITLE}{quote.card}"] = say
        keepings.append(keeping)
    if not keepings:
        errors[""] = "Tick at least one card."
    return keepings, errors
