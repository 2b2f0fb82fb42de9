"""Names of months in other languages of Europe, put into English. Pure.

Only names that mean one month in all of them.
"""

import re

NAMES = (
    ("january", "januar jänner januari janvier janv enero ene gennaio gen janeiro jän"),
    ("february", "februar feber februari février fevrier févr fevr fév febrero febbraio fevereiro fev"),
    ("march", "märz maerz mär mrz mars maart mrt marzo março marco marts"),
    ("april", "avril avr abril abr aprile"),
    ("may", "mai mei mayo maggio mag maio maj"),
    ("june", "juni juin junio giugno giu junho"),
    ("july", "juli juillet juil julio luglio lug julho"),
    ("august", "août aout agosto ago augustus augusti"),
    ("september", "septembre septiembre setiembre settembre sett setembro set"),
    ("october", "oktober okt octobre octubre ottobre ott outubro out"),
    ("november", "novembre noviembre novembro"),
    ("december", "dezember dez décembre decembre déc diciembre dicembre dic dezembro"),
)
ENGLISH = {name: english for english, names in NAMES for name in names.split()}
FOREIGN = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(sorted(ENGLISH, key=len, reverse=True))})(?![^\W\d_])")


def in_english(words: str) -> str:
    """The words, in lower case, with each name of a month in English."""
    return FOREIGN.sub(lambda match: ENGLISH[match[0]], words)
