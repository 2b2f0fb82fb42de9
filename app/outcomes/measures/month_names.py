"""Names of months in other languages of Europe, put into English. Pure.

Only names that mean one month in all of them: listopad is October in one and November in the next.
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
IN_ORDER = (  # Welsh and Polish, from January on; "-" is none
    "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr",
    "ion chwe maw ebr mai meh gor awst medi hyd tach rhag",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik - grudzień",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października - grudnia",
    "sty lut mar kwi maj cze lip sie wrz paź - gru",
)
ENGLISH = {name: english for english, names in NAMES for name in names.split()} | {
    name: english
    for names in IN_ORDER
    for (english, _), name in zip(NAMES, names.split(), strict=True)
    if name != "-"
}
OF = re.compile(r"(?<=[a-z0-9.º°]) del? (?=[a-z0-9])")
FOREIGN = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(sorted(ENGLISH, key=len, reverse=True))})(?![^\W\d_])")


def in_english(words: str) -> str:
    """The words, in lower case, with each name of a month in English: enero de 2024 is january 2024."""
    return OF.sub(" ", FOREIGN.sub(lambda match: ENGLISH[match[0]], words))
