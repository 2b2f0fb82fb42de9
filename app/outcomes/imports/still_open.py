"""What is open of a file once its columns are mapped: by hand, or as those of another file. Pure."""

from collections.abc import Mapping, Sequence

from app.outcomes.imports import reading_form
from app.outcomes.imports.guess import open_marks, styled
from app.outcomes.imports.rows import ColumnMapping, FileLook
from app.outcomes.imports.sources.cell import letter
from app.outcomes.measures import periods
from app.outcomes.measures.measure import Measure
from app.outcomes.spc.series import Unreadable
from app.spaces.rules import Errors

MARKS = (
    "Column {letter}, right of the numbers, says “{word}” and may have their marks. Choose it, or say that "
    "it has none."
)


def read_again(
    answers: Mapping[str, str], mapping: ColumnMapping, look: FileLook, measures: Sequence[Measure]
) -> tuple[ColumnMapping, Errors]:
    """A mapping that was chosen for another file, for this one, and what is open by field.

    An answer counts only where the cells of this file leave its question open.
    """
    if look.layout == "fingertips":
        return mapping, _other_indicators(mapping, look)
    lacking: Errors = {} if look.layout == "long" else missing(mapping, look, measures)
    used = needed(answers, mapping, look, measures)
    read, errors = reading_form.read_reading(used, look, mapping, measures)
    return read, {**lacking, **errors}


def answers_of(mapping: ColumnMapping, look: FileLook, measures: Sequence[Measure]) -> Mapping[str, str]:
    """What somebody answered of what the cells leave open, by field."""
    if not mapping.answered or look.layout == "fingertips":
        return {}
    role = mapping.style.role
    answers = {
        "date_order": mapping.style.order,
        "dates_are": role,
        "parts_are": role,
        "decimal": mapping.decimal,
    }
    return needed(answers, styled(mapping, look), look, measures)


def needed(
    answers: Mapping[str, str], mapping: ColumnMapping, look: FileLook, measures: Sequence[Measure]
) -> Mapping[str, str]:
    """The answers to what the cells leave open of how periods and numbers are read: one may open another."""
    used: dict[str, str] = {}
    while True:
        errors = reading_form.read_reading(used, look, mapping, measures)[1]
        more = {name: answers[name] for name in errors if answers.get(name) and name not in used}
        if not more:
            return used
        used |= more


def _other_indicators(mapping: ColumnMapping, look: FileLook) -> Errors:
    """What was not said of a Fingertips file: an indicator, or a headline, that the other one has not."""
    errors: Errors = {}
    for place, id in enumerate(look.indicators):
        if id not in mapping.measures:
            errors[f"measure-{place}"] = "Say which measure this is, or that it is not imported."
        elif mapping.measures[id] and mapping.headlines.get(id) not in look.headlines.get(id, ()):
            errors[f"headline-{place}"] = "Say which of these is the headline."
    return errors


def missing(mapping: ColumnMapping, look: FileLook, measures: Sequence[Measure]) -> Errors:
    """What a mapping does not say, by the field that would."""
    errors: Errors = {}
    if not mapping.measure:
        errors["measure"] = "Choose the measure that these numbers belong to."
    if mapping.layout == "rows":
        errors |= _missing_period(mapping, measures)
    if not mapping.firsts and mapping.layout == "rows":
        errors["first"] = "Choose where the numbers are."
    if mapping.take.startswith("ratio"):
        if mapping.layout == "rows" and not mapping.seconds:
            errors["second"] = "Choose what the numbers are divided by."
        if mapping.layout == "wide" and not (mapping.first_word and mapping.second_word):
            errors["first_word"] = "Say which rows have the numbers, and which those they are divided by."
    if mapping.layout == "wide" and mapping.part_at is not None and not mapping.first_word:
        errors["first_word"] = (
            f"Say which rows have the numbers: column {letter(mapping.part_at)} says what each row counts."
        )
    if any(not one.words for one in mapping.only_rows):
        errors["only_value"] = "Say which rows of that column count."
    if one := open_marks(look, mapping):
        errors["marks"] = MARKS.format(letter=one.letter, word=one.words[0][0])
    return errors | _unclear_places(mapping, look)


def _missing_period(mapping: ColumnMapping, measures: Sequence[Measure]) -> Errors:
    if mapping.one_period:
        definition = next((one.definition for one in measures if one.code == mapping.measure), None)
        try:
            if definition and not definition.pooled:
                periods.read(mapping.one_period, definition.frequency)
        except Unreadable as why:
            return {"one_period": str(why)}
        return {}
    if mapping.period_at is None:
        return {"period": "Choose the column with the periods, or write the one period of this file below."}
    return {}


def _unclear_places(mapping: ColumnMapping, look: FileLook) -> Errors:
    """An empty place in a file that has places is never taken for one's own organisation."""
    if mapping.place_at is None or mapping.blank:
        return {}
    place = look.columns[mapping.place_at]
    if not place.blanks:
        return {}
    rows = f"{place.blanks:,} {'row' if place.blanks == 1 else 'rows'}"
    first = f"first in row {place.first_blank}"
    return {"blank": f"Column {place.letter} is empty in {rows}, {first}. Say what that means."}
