"""Whether a column looks as if it said whose a row is, or of what: by its heading or its words. Pure."""

import re
from collections.abc import Collection

from app.outcomes.imports.sources.cell import kind_of

PLACES = re.compile(
    r"(?:post|area|org|provider|trust|site|la|gp|region|user)?(?:codes?|names?)|orgs?|organi[sz]ations?|institut\w+"
    r"|body|entity|providers?|commissioners?|trusts?|hospitals?|hospices?|sites?|wards?|units?|teams?|dep(?:artmen)?t"
    r"|divisions?|directorates?|special(?:i?ty|ities)|services?|clinics?|surgery|practices?|pharmacy|schools?|home"
    r"|care|facility|branch|office|areas?|regions?|districts?|boroughs?|county|counties|councils?|authority"
    r"|locality|locations?|neighbou?rhood|municipality|city|cities|towns?|villages?|states?|provinces?|country"
    r"|countries|nations?|territory|zones?|clusters?|places?|geo\w*|icbs?|ics|ccgs?|stp|pcns?|gps?|la|lad|utla"
    r"|ltla|lsoa|msoa|nuts|lhb|board|network|system|sector|ort|land|bezirk|kreis|gemeinde|stadt|bundesland"
    r"|klinik|krankenhaus|standort|station|einrichtung|abteilung|lieu|commune|pays|région|département"
    r"|établissement|hôpital|ville|región|provincia|país|municipio|centro|ciudad|ziekenhuis|regio|provincie"
    r"|afdeling"
)
THINGS = re.compile(  # whose numbers are never those of the whole
    r"measures?|metrics?|indicators?|kpis?|items?|series|variables?|category|types?|groups?|scenario|sex|gender|age"
    r"|ethnicity|kennzahl|merkmal|geschlecht|indicateur|sexe|indicador|sexo"
)
OTHERWISE = re.compile(  # what a column is where its heading has one of these
    r"months?|dates?|periods?|weeks?|weekday|quarters?|years?|days?|time|monat|datum|jahr|mois|mes|status|flags?"
    r"|(?:foot)?notes?|comments?|marks?|symbols?|file|user|contact|author|population|per|rate"
)
NUMBERED = frozenset(("code", "id", "no", "nr", "number"))  # the last word of a heading above numbers
CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
WORD = re.compile(r"[^\W\d_]+")
CODE = re.compile(r"[RTQ][0-9A-Z]{2}(?:[0-9A-Z]{2})?|[A-Z]\d{5}|[A-Z]\d{8}|(?!AM|PM|OK|NO|NA|ND)[A-Z]{2}")
NAME = re.compile(
    r"(?i).*\b(?:trust|hospitals?|hospice|infirmary|clinic|surgery|medical (?:cent|pract)\w+|council|borough"
    r"|icb|ccg|pcn|health ?board|care board|klinik\w*|krankenhaus|hôpital|ziekenhuis)"
    r"|(?:ward|site|team|unit|station|nhs) .*"
    r"|england|scotland|wales|northern ireland|(?:united|great) (?:kingdom|britain)|uk"
)


def says_whose(heading: str, words: Collection[str]) -> bool:
    """Whether a column with several `words` may say whose its rows are: no part of them is then the whole."""
    said = [one.casefold() for one in WORD.findall(CAMEL.sub(" ", heading))]
    if any(map(OTHERWISE.fullmatch, said)):
        return False
    numbers = all(kind_of(one) in ("number", "year") for one in words)
    if any(map(PLACES.fullmatch, said)):
        return not numbers or said[-1] in NUMBERED or all(map(PLACES.fullmatch, said))
    if any(map(THINGS.fullmatch, said)):
        return not numbers
    places = sum(bool(CODE.fullmatch(one) or NAME.fullmatch(one)) for one in words)
    return places > 1 and 2 * places >= len(words)
