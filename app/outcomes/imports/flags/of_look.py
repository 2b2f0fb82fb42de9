"""All that the look at a file warns of: headings, titles, marks and merged cells. Pure."""

from collections.abc import Iterator

from app.outcomes.imports.flags.denied_values import of_scale
from app.outcomes.imports.flags.financial_years import of_financial_years
from app.outcomes.imports.flags.merged_numbers import of_merged_numbers
from app.outcomes.imports.flags.one_part import of_one_part
from app.outcomes.imports.flags.over_time import of_several_periods
from app.outcomes.imports.flags.row_flags import FlaggedRow, of_file, of_headings, of_marks
from app.outcomes.imports.plan import Lookup
from app.outcomes.imports.rows import ColumnMapping, FileLook


def of_look(look: FileLook, mapping: ColumnMapping, known: Lookup) -> Iterator[FlaggedRow]:
    """What the chosen columns and all around them warn of."""
    yield from of_headings(look, mapping)
    if measure := known.measures.get(mapping.measure.casefold()):
        yield from of_scale(look, mapping, measure.definition)
        yield from of_several_periods(look, mapping, measure.definition)
        yield from of_financial_years(look, mapping, measure.definition)
    yield from of_marks(look, mapping)
    yield from of_one_part(look, mapping, known)
    yield from of_file(look, mapping)
    yield from of_merged_numbers(look, mapping)
