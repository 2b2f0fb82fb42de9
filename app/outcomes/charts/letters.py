"""How wide words in a chart are, counted in Latin letters. Pure."""

from unicodedata import category, east_asian_width

UNSEEN = ("Mn", "Me", "Cf")  # marks over and under letters, and what nobody sees
CASELESS = ("Lo", "Mc")  # letters without small and capital ones, and marks beside them
SOUTHERN = ("\u0b80", "\u0d7f")  # from Tamil to Malayalam: the widest of these


def letters(words: str) -> float:
    """Rather too many than too few: a chart is drawn before anybody knows in which fonts."""
    return sum(map(_one, words))


def _one(sign: str) -> float:
    kind = category(sign)
    if kind in UNSEEN:
        return 0
    if kind == "So" or east_asian_width(sign) in "WF":  # emoji, Chinese
        return 1.9
    if kind in CASELESS:
        return 1.7 if SOUTHERN[0] <= sign <= SOUTHERN[1] else 1.4
    return 1
