"""The template engine, and the functions and filters that every template can use."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from litestar.plugins.jinja import JinjaTemplateEngine
from markupsafe import Markup, escape

from app import web
from app.assets import Static
from app.boards.core.kinds import CARD_KINDS, LINK_MEANINGS
from app.boards.core.ops import TEXT_LIMITS
from app.boards.core.text import addresses
from app.boards.core.text.folding import Piece
from app.boards.library.thumbnail import Rectangle
from app.config import ROOT, zone
from app.db import new_id
from app.notices import notice
from app.phrases import (
    ago,
    clock,
    day,
    full,
    hour,
    initials,
    month,
    near_month,
    plural,
    shorten,
    with_article,
)
from app.spaces import seats
from app.spaces.space import MySpace

QUOTED = re.compile("“([^“”]*)”")


def engine(static: Static) -> JinjaTemplateEngine:
    """The template engine of the product. A name that a template does not know is an error, never a blank."""
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # else each template asks the disk at each use whether it is still the same
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        static=static,
        card_kinds=CARD_KINDS,
        link_meanings=LINK_MEANINGS,
        text_limits=TEXT_LIMITS,
        new_id=new_id,
        clock=clock,
        zone=zone,
        options=options,
    )
    environment.globals.update(who=_who, knows_who=_knows_who, notice=_notice, my_spaces=_my_spaces)
    environment.filters.update(
        ago=ago,
        date=full,
        day=day,
        hour=hour,
        initials=initials,
        linked=linked,
        month=month,
        near_month=near_month,
        plural=plural,
        rects=rects,
        shorten=shorten,
        one=with_article,
        marked=marked,
        quoted=quoted,
    )
    return JinjaTemplateEngine.from_environment(environment)


def linked(text: str) -> Markup:
    """The text as HTML, with its addresses as links."""
    link = Markup('<a href="{0}" rel="noopener nofollow"{1}>{0}</a>')
    host = Markup(' data-host="{}"')
    return Markup("").join(
        link.format(one.text, host.format(one.host) if one.host else "") if one.address else one.text
        for one in addresses.pieces(text)
    )


def quoted(sentence: str) -> Markup:
    """A sentence as HTML, in which what it quotes of people goes from the side that its script begins on."""
    return Markup(QUOTED.sub(r"“<bdi>\1</bdi>”", str(escape(sentence))))  # noqa: S704 - escaped just here


def options(choices: Sequence[tuple[str, str]], chosen: object) -> Markup:
    """The choices (value, words) of a select. For hundreds of people a template takes ten times as long."""
    found = (
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
        for value, words in choices
    )
    return Markup("".join(found))  # noqa: S704 - both are escaped just above


def rects(boxes: Sequence[Rectangle]) -> Markup:
    """The boxes of a board's small drawing. A page has hundreds of them, as of options."""
    found = (
        f'<rect class="kind-{escape(one.kind)}" x="{one.x}" y="{one.y}" width="{one.w}" height="{one.h}"'
        f' rx="{5 if one.kind == "section" else 2}"/>'
        for one in boxes
    )
    return Markup("".join(found))  # noqa: S704 - all but the kind, which is escaped, are numbers


def marked(found: list[Piece]) -> Markup:
    """A text in pieces as HTML, with what was looked for marked."""
    mark = Markup("<mark>{}</mark>")
    return Markup("").join(mark.format(one.text) if one.found else one.text for one in found)


@pass_context
def _who(context: Mapping[str, Any]) -> web.Who | None:
    return web.who(context["request"])


@pass_context
def _knows_who(context: Mapping[str, Any]) -> bool:
    return web.is_asked(context["request"])


@pass_context
def _notice(context: Mapping[str, Any]) -> str:
    return notice(context["request"].query_params.get("done"))


@pass_context
def _my_spaces(context: Mapping[str, Any]) -> list[MySpace]:
    """The spaces to switch to in the bar; empty outside the pages of a space."""
    return seats.my_spaces_of(context["request"])
