"""The kinds of screen of a workshop, each with how its shared part is drawn; live boards are given this."""

from typing import Any

from app.access import Hat
from app.boards.live.stage.screens import Screen, Screens
from app.config import Config
from app.db import Database
from app.workshops.console.draw import ConsoleScreen
from app.workshops.phone.draw import PhoneScreen
from app.workshops.projector.draw import ProjectorScreen


def screens(db: Database, engine: Any, config: Config) -> Screens:
    """One entry a kind of screen."""
    return Screens(
        {
            "phone": Screen(PhoneScreen(db, engine).draw),
            "console": Screen(ConsoleScreen(db, engine, config).draw, Hat.FACILITATOR),
            "projector": Screen(ProjectorScreen(db, engine, config).draw),
        }
    )
