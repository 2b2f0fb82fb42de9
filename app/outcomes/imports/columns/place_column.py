"""Whether a column looks as if it said whose a row is, or of what: by its heading or its words. Pure."""

import re
from collections.abc import Collection
from itertools import pairwise

from app.outcomes.imports.sources.cell import kind_of


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


PLACES = _set_of(
    "org organisation organization institution institute body entity provider commissioner trust hospital "
    "hospice site ward unit team department dept division directorate specialty specialties speciality "
    "specialities service clinic centre center surgery practice pharmacy school home care facility branch "
    "office area region district borough county counties council authority locality location neighbourhood "
    "neighborhood municipality city cities town village state province country countries nation territory "
    "zone cluster place geo geography icb ics ccg stp pcn gp la lad utla ltla lsoa msoa nuts lhb board "
    "network sector postcode orgcode orgname areacode areaname sitecode wardcode trustcode providercode ods "
    "ons nhs ort land bezirk kreis gemeinde stadt bundesland klinik krankenhaus standort station einrichtung "
    "abteilung ziekenhuis regio provincie afdeling"
)
PARTS = _set_of(  # of an organisation, whose numbers are not those of all of it
    "site ward unit team department dept division directorate specialty specialties speciality specialities "
    "service clinic branch office facility station abteilung"
)
PLACES_ANYWHERE = _set_of(  # in languages that have the adjective behind its noun
    "lieu commune pays région département établissement hôpital ville región provincia país municipio centro "
    "ciudad"
)
THINGS = _set_of(  # whose numbers are never those of the whole
    "measure metric indicator kpi item series line variable category type group scenario sex gender age "
    "ethnicity population function kennzahl merkmal geschlecht indicateur sexe indicador sexo"
)
OTHERWISE = _set_of(
    "month date period week weekday quarter year day time monat datum jahr mois mes status flag note "
    "footnote comment remark reason event change action detail mark symbol file user contact author rate row "
    "record"
)
NAMED = _set_of("code name")  # by which alone a column may say whose a row is
BEHIND = NAMED | _set_of("id no nr number ref key label title description desc codelist short long full")
NUMBERED = _set_of("code id no nr number")  # the last word of a heading above numbers
COUNTED = _set_of("home care hospital hospice clinic service school")  # numbers below it: how many are there
OF = _set_of("of in on at for from to by de du des del der von van")
STATES = _set_of(
    "y n yes no true false ja nein oui non final draft provisional revised open closed done pending"
)
CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
WORD = re.compile(r"[^\W\d_]+")
CODE = re.compile(r"[RTQ][0-9A-Z]{2}(?:[0-9A-Z]{2})?|[A-Z]\d{5}|[A-Z]\d{8}")
COUNTRY = re.compile(r"(?!AM|PM|OK|NO|NA|ND)[A-Z]{2}")
NAME = re.compile(
    r"(?i).*\b(?:trust|hospitals?|hospice|infirmary|clinic|surgery|medical (?:cent|pract)\w+|council|borough"
    r"|icb|ccg|pcn|health ?board|care (?:board|system)|klinik\w*|krankenhaus|hôpital|ziekenhuis)\b.*"
    r"|(?:ward|site|team|unit|station|nhs)(?: \S+){1,3}"
    r"|england|scotland|wales|northern ireland|(?:united|great) (?:kingdom|britain)|uk"
)
MOST_WORDS = 9  # of a name
SENTENCE = re.compile(r"\b(?:was|were|is|are|has|had|to|(?!united)[a-z]{3,}ed)\b")


def says_whose(heading: str, words: Collection[str]) -> bool:
    """Whether a column with several `words` may say whose its rows are: no part of them is then the whole.

    One word of the heading decides: that before a preposition, as in “Place of care”, else the last.
    """
    if all(one.strip().casefold() in STATES for one in words):
        return False
    said = [one.casefold() for one in WORD.findall(CAMEL.sub(" ", heading))]
    about = _without_those_behind(said)
    numbers = all(kind_of(one) in ("number", "year") for one in words)
    for word in _deciding(about):
        if _is_one(word, OTHERWISE):
            return False
        if _is_one(word, THINGS):
            return not numbers
        if _is_one(word, PLACES):
            alone = all(_is_one(one, PLACES) and not _is_one(one, COUNTED) for one in about)
            return not numbers or said[-1] in NUMBERED or alone
    if any(_is_one(one, PLACES_ANYWHERE) for one in about) or (not about and NAMED & {*said}):
        return not numbers or said[-1] in NUMBERED
    found = sum(is_code(one, heading) or _is_name(one) for one in words)
    return found > 1 and 2 * found >= len(words)


def names_part(heading: str, word: str) -> bool:
    """Whether a column that says one word in all rows names a part of an organisation, such as a ward."""
    said = [one.casefold() for one in WORD.findall(CAMEL.sub(" ", heading))]
    deciding = _deciding(_without_those_behind(said))
    return says_whose(heading, [word]) and any(_is_one(one, PARTS) for one in deciding)


def is_code(word: str, heading: str = "") -> bool:
    """Whether a word is a code of an organisation or area; two letters below no heading, of a country."""
    return bool(CODE.fullmatch(word) or (not heading and COUNTRY.fullmatch(word)))


def _is_name(word: str) -> bool:
    return bool(NAME.fullmatch(word)) and len(word.split()) <= MOST_WORDS and not SENTENCE.search(word)


def _without_those_behind(said: list[str]) -> list[str]:
    """The words of a heading without those that are about the one before, as in “Ward name”."""
    return [one for one in said if not _is_one(one, BEHIND)]


def _deciding(about: list[str]) -> list[str]:
    """The words of a heading that tell what its column is, the stronger first."""
    before = [one for one, after in pairwise(about) if after in OF]
    return [*before[:1], *about[-1:]]


def _is_one(word: str, of: Collection[str]) -> bool:
    """Whether it is one of the words, or several of it."""
    return word in of or word.removesuffix("s") in of
