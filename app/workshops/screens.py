"""The kinds of screen of a workshop, each with how its shared part is drawn; live boards are given this."""

from app.boards.live.screens import Screens


def screens() -> Screens:
    """One entry a kind of screen."""
    return Screens({})
