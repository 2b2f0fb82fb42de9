"""Why a board's socket is closed: the number that goes with it, and whether trying again can help."""

from enum import IntEnum


class Close(IntEnum):
    """The code of a `bye`. The names travel to the browser, which knows by them what to offer the person."""

    SIGNED_OUT = 4401
    NOT_A_MEMBER = 4403
    GONE = 4404
    REPLACED = 4408  # by another connection of the same tab; or too slow to follow
    RELOAD = 4410
    UNAVAILABLE = 4503  # restarting, or too many windows


# A client tries the others again by itself.
FINAL = (Close.SIGNED_OUT, Close.NOT_A_MEMBER, Close.GONE, Close.RELOAD)

GONE = (Close.GONE, "This board is no longer here.")
AGAIN = (Close.UNAVAILABLE, "Something went wrong on our side. You will be connected again in a moment.")
