"""Points out rows of one ward or team alone that are read as those of the whole organisation. Pure."""

from collections.abc import Iterator

from app.outcomes.imports.columns.place_column import names_part
from app.outcomes.imports.flags.row_flags import FlaggedRow
from app.outcomes.imports.plan import Lookup
from app.outcomes.imports.rows import ColumnMapping, FileLook, folded


def of_one_part(look: FileLook, mapping: ColumnMapping, known: Lookup) -> Iterator[FlaggedRow]:
    """The columns nobody chose that say the same ward, team and so on in every row."""
    if mapping.layout not in ("rows", "wide") or mapping.place_at is not None or mapping.blank == "own":
        return
    read = {mapping.part_at, *mapping.breakdown_at, *mapping.firsts, *mapping.seconds, mapping.period_at}
    for one in look.columns:
        if one.index in read or len(one.words) != 1 or one.blanks:
            continue
        word = one.words[0][0]
        own = folded(word) in known.own_names or known.places.get(folded(word)) == known.own
        if not own and names_part(one.heading, word):
            why = f"Column {one.letter}, “{one.heading[:60]}”, says “{word[:60]}” in every row, but all are "
            yield FlaggedRow(look.place.last_heading + 1, f"{why}read as those of the whole organisation.")
