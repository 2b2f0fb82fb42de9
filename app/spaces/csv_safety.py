"""Makes texts safe for CSV files: no spreadsheet takes them for formulas. Pure."""

import unicodedata

FORMULA = ("=", "+", "-", "@")
FIRST = ("\t", "\r", "\n", "\0")


def plain(text: str) -> str:
    """The text, with an apostrophe in front where it begins like a formula.

    Spaces and invisible characters before the sign count too, and its full-width forms.
    """
    if text.startswith(FIRST):
        return f"'{text}"
    begin = next((sign for sign in text if not sign.isspace() and unicodedata.category(sign)[0] != "C"), "")
    return f"'{text}" if unicodedata.normalize("NFKC", begin) in FORMULA else text
