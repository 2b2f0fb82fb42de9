"""Whether the words of a file can be words in the letters it is read in: how many of them look odd. Pure.

No word is known here. A word is odd where a sign stands between its letters, as in Wroc³aw, where a capital
stands behind a small letter, as in £ódŸ, where no language has its letters together, as in Tøebíè, or where
letters of two scripts are joined. Short files and languages with few letters of their own decide nothing.
"""

import re
import unicodedata

LANGUAGES = (  # the letters of each beside a to z
    *("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţșț", "čćđšž", "äöüß"),
    *("çğıİöşüâîû", "àâæçéèêëîïôœùûüÿ", "áéíñóúüç", "áàâãçéêíóôõúü", "àèéìíîòóùú", "àçèéíïòóúü"),
    *("åäöæøéüôò", "áðéíóúýþæö", "ëïéèêöüóáíĳ", "âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ", "áéíóú", "àèìòù", "äöüõšž"),
    *("āčēģīķļņšūž", "ąčęėįšųūž", "ëç", "ċġħżàèìòù", "áíóúýæøð"),
)
ALPHABETS = tuple(frozenset(letters) for letters in LANGUAGES)
BETWEEN = re.compile(r"[\x00-@\[-`{-\x7f’‘“”„‚‹›«»–—…·´\xa0\u3000-\u303f\uff01-\uff20]+")
BOX = re.compile("[\u2500-\u259f]")  # lines and blocks, as terminals draw them
SIGNS = "ªºµ"  # which Python calls letters


def share(text: str) -> float:
    """How many of the different words with other letters than a to z are odd."""
    words = {word for word in BETWEEN.split(text) if not word.isascii()}
    return sum(map(_is_odd, words)) / len(words) if words else 0.0


def _is_odd(word: str) -> bool:
    if BOX.search(word):
        return True
    word = _without_signs_around(word)
    others = [sign for sign in word if not sign.isascii()]
    if not all(map(_is_letter, others)) or any(map(_is_turned, word, word[1:])):
        return True
    latin = [unicodedata.name(sign, "").startswith("LATIN") for sign in others]
    if all(latin):
        return not any(map(frozenset(map(_small, others)).issubset, ALPHABETS))
    return any(latin) or len(others) < len(word)


def _without_signs_around(word: str) -> str:
    """The word without what may stand before or after one: 5 m³, £m, 1º, ¿Qué."""
    begin, end = 0, len(word)
    while begin < end and not _is_letter(word[begin]):
        begin += 1
    while end > begin and not _is_letter(word[end - 1]):
        end -= 1
    return word[begin:end]


def _is_letter(sign: str) -> bool:
    return sign.isalpha() and sign not in SIGNS


def _is_turned(first: str, second: str) -> bool:
    """Whether a capital that is not ASCII stands behind a small letter."""
    return first.islower() and second.isupper() and not second.isascii()


def _small(letter: str) -> str:
    return letter if letter == "İ" else letter.lower()
