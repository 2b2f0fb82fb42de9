"""Join codes: short enough to read aloud, long enough that guessing is hopeless."""

import re
import secrets
import unicodedata
from urllib.parse import unquote

# No vowels, so no words; nothing that looks or sounds like its neighbour. 24 ** 9 is a little over 2 ** 41.
ALPHABET = "BCDFGHJKMPQRTVWXY2346789"
BLOCKS, BLOCK = 3, 3
LINK = re.compile(r"/JOIN/([^/?#\s]+)|/JOIN/?\?(?:\S*&)?CODE=([^&#\s]+)")
CODE = re.compile(
    r"(?<![A-Z0-9])" + r"[\W_]{0,3}".join([f"([{ALPHABET}]{{{BLOCK}}})"] * BLOCKS) + r"(?![A-Z0-9])"
)


def new_code() -> str:
    """Three blocks of three, such as KTM-4W9-QXR."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(BLOCK)) for _ in range(BLOCKS))


def tidy(typed: str) -> str:
    """The code as it is kept, however it was typed; "" where there is no letter or digit of one.

    In any case and width, with spaces, dashes or neither, with other words or signs around, as a whole link.
    """
    text = unquote(_plain(typed)).upper()
    link = LINK.search(text)
    text = (link[1] or link[2]) if link else text
    code = CODE.search(text)
    text = "".join(code.groups()) if code else text
    signs = "".join(sign for sign in text if sign.isascii() and sign.isalnum())[: BLOCKS * BLOCK + 1]
    return "-".join(signs[at : at + BLOCK] for at in range(0, len(signs), BLOCK))


def _plain(typed: str) -> str:
    """With plain letters and digits for the wide ones of East Asian keyboards, and for all other digits."""
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
