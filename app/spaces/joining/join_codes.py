"""Join codes: short enough to read aloud, long enough that guessing is hopeless."""

import secrets

# No vowels, so no words; nothing that looks or sounds like its neighbour. 24 ** 9 is a little over 2 ** 41.
ALPHABET = "BCDFGHJKMPQRTVWXY2346789"
BLOCKS, BLOCK = 3, 3


def new_code() -> str:
    """Three blocks of three, such as KTM-4W9-QXR."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(BLOCK)) for _ in range(BLOCKS))


def tidy(typed: str) -> str:
    """The code as it is kept, however it was typed: any case, with spaces, dashes or neither."""
    signs = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())[: BLOCKS * BLOCK + 1]
    return "-".join(signs[at : at + BLOCK] for at in range(0, len(signs), BLOCK))
