"""The kinds of screen of a workshop, each with how its shared part is drawn; live boards are given this."""

from typing import Any

from app.boards.live.screens import Screen, Screens
from app.db import Database
from app.workshops.phone.draw import PhoneScreen


def screens(db: Database, engine: Any) -> Screens:
    """One entry a kind of screen."""
    return Screens({"phone": Screen(PhoneScreen(db, engine).draw)})
