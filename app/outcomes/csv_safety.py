"""Texts in CSV files, so that no spreadsheet takes one for a formula. Pure."""

import unicodedata

FORMULA = ("=", "+", "-", "@")
FIRST = ("\t", "\r", "\n", "\0")


def plain(text: str) -> str:
    """The text, with an apostrophe before it where it begins like a formula.

    Also behind blanks and signs that nobody sees, and in the wide letters of East Asian keyboards.
    """
    if text.startswith(FIRST):
        return f"'{text}"
    begin = next((sign for sign in text if not sign.isspace() and unicodedata.category(sign)[0] != "C"), "")
    return f"'{text}" if unicodedata.normalize("NFKC", begin) in FORMULA else text
