"""What every template can rely on: the house's words, dates people read, static addresses, who is asking."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from litestar.plugins.jinja import JinjaTemplateEngine

from app import web
from app.assets import Static
from app.boards.kinds import CARD_KINDS, LINK_MEANINGS
from app.config import ROOT
from app.db import new_id, now

MINUTE, HOUR, DAY = 60, 3600, 86400


def engine(static: Static) -> JinjaTemplateEngine:
    """The template engine of the product. A name that a template does not know is an error, never a blank."""
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        static=static, card_kinds=CARD_KINDS, link_meanings=LINK_MEANINGS, new_id=new_id
    )
    environment.globals["who"] = _who
    environment.filters.update(ago=ago, day=day, plural=plural, initials=initials, shorten=shorten)
    environment.filters.update(date=full, month=month)
    return JinjaTemplateEngine.from_environment(environment)


@pass_context
def _who(context: Mapping[str, Any]) -> web.Who | None:
    return web.who(context["request"])


def ago(then: datetime | float, today: datetime | None = None) -> str:
    """'just now', '4 minutes ago', 'yesterday', '3 November'. Takes a time, or unix seconds."""
    at = then if isinstance(then, datetime) else datetime.fromtimestamp(then, UTC)
    here = today or now()
    seconds = (here - at).total_seconds()
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{plural(int(seconds // MINUTE), 'minute')} ago"
    if at.date() == here.date():
        return f"{plural(int(seconds // HOUR), 'hour')} ago"
    if (here.date() - at.date()).days == 1:
        return "yesterday"
    return day(at, here)


def day(at: date, today: datetime | None = None) -> str:
    """'3 November', with the year where it is not this one."""
    year = "" if at.year == (today or now()).year else f" {at.year}"
    return f"{at.day} {at:%B}{year}"


def full(at: date) -> str:
    """'3 November 2026'."""
    return f"{at.day} {at:%B} {at.year}"


def month(at: date) -> str:
    """'March 2027'."""
    return f"{at:%B} {at.year}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """'1 person', '35 people': a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def initials(name: str) -> str:
    """Up to two letters that stand for a person."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def shorten(text: str, length: int = 60) -> str:
    """The beginning of a text on one line, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + "…"
