"""Private pages over HTTP: one's list, a page that is saved as it is typed, handing its assumption on."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import Code, Refused, Role, State
from app.db import Tx, now
from app.records.core.kind import MAX_TITLE
from app.records.core.writing import Wrong
from app.records.immunity import actions, store
from app.records.immunity.page import (
    BOXES,
    CHOOSE,
    KEPT,
    NAMES,
    SEEN,
    Joined,
    Page,
    marks,
    read_words,
    sentence,
    too_long,
    too_long_together,
)
from app.spaces import actions as spaces
from app.spaces.actions import Door
from app.spaces.rules import Errors, tidy_line
from app.spaces.space import MySpace
from app.web import Db, Ring, Settings, go, page, signed_in, typed, wants_fragment

HERE = "/me/immunity"
MARKS = frozenset(f"{SEEN}{name}" for name in NAMES)


@get(HERE, opt={"action": "person.self"})
async def index(request: Request, db: Db) -> Template:
    async with db.read() as tx:
        pages = await store.of_person(tx, signed_in(request).id)
    return page(
        "records/immunity/index.html",
        here="me",
        pages=[one for one in pages if one.removed_at is None],
        removed=[one for one in pages if one.removed_at and now() - one.removed_at < KEPT],
        boxes=BOXES,
    )


@post(HERE, opt={"action": "person.self"})
async def begin(request: Request, db: Db) -> Response:
    return go(request, f"{HERE}/{await actions.begin(db, signed_in(request).id)}")


@get("/me/immunity/{page_id:str}", opt={"action": "person.self"})
async def show(request: Request, db: Db, page_id: FromPath[str]) -> Template:
    return await _page(request, db, page_id)


@post("/me/immunity/{page_id:str}", opt={"action": "person.self", "sent_again": MARKS})
async def save(request: Request, db: Db, page_id: FromPath[str]) -> Response | Template:
    """Save what was typed. As one types only the marks and the state come back, so that no caret moves."""
    form = await typed(request)
    words = read_words(form)
    errors = too_long(words)
    fits = {name: text for name, text in words.items() if name not in errors}
    seen = {name: form.get(f"{SEEN}{name}", "") for name in NAMES}
    choices = {name: form[f"{CHOOSE}{name}"] for name in NAMES if f"{CHOOSE}{name}" in form}
    saved, joined = await actions.save(db, signed_in(request).id, page_id, fits, seen, choices)
    errors |= too_long_together(joined, choices)
    left = {**seen, **joined.seen}
    if wants_fragment(request) and (errors or joined.conflicts or not choices):
        return page(
            "records/immunity/_state.html",
            at=saved,
            seen=left,
            conflicts=joined.conflicts,
            errors=errors,
            boxes={one.name: one for one in BOXES},
        )
    if errors or joined.conflicts:
        return await _page(request, db, page_id, {**saved.words, **words}, left, joined, errors)
    return go(request, f"{HERE}/{page_id}")


@post("/me/immunity/{page_id:str}/put-back", opt={"action": "person.self"})
async def put_back(request: Request, db: Db, page_id: FromPath[str]) -> Response:
    number = (await typed(request)).get("version", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise Refused(Code.NOT_FOUND, "These words are not kept any more.")
    await actions.put_back(db, signed_in(request).id, page_id, int(number))
    return go(request, f"{HERE}/{page_id}")


@post("/me/immunity/{page_id:str}/remove", opt={"action": "person.self"})
async def remove(request: Request, db: Db, page_id: FromPath[str]) -> Response:
    await actions.set_removed(db, signed_in(request).id, page_id, removed=True)
    return go(request, f"{HERE}#removed")


@post("/me/immunity/{page_id:str}/restore", opt={"action": "person.self"})
async def restore(request: Request, db: Db, page_id: FromPath[str]) -> Response:
    await actions.set_removed(db, signed_in(request).id, page_id, removed=False)
    return go(request, f"{HERE}/{page_id}")


@post("/me/immunity/{page_id:str}/erase", opt={"action": "person.self"})
async def erase(request: Request, db: Db, page_id: FromPath[str]) -> Response:
    await actions.erase(db, signed_in(request).id, page_id)
    return go(request, HERE)


@get("/me/immunity/{page_id:str}/hand-on", opt={"action": "person.self"})
async def hand_on_form(request: Request, db: Db, page_id: FromPath[str]) -> Template:
    return await _hand_on_page(request, db, page_id)


@post("/me/immunity/{page_id:str}/hand-on", opt={"action": "person.self", "sent_again": {"space"}})
async def hand_on(
    request: Request, db: Db, ring: Ring, settings: Settings, page_id: FromPath[str]
) -> Response | Template:
    """Make a draft of the sentence that was sent, and go on to it, or to the card of its test."""
    form, me = await typed(request), signed_in(request)
    title, space_id = tidy_line(form.get("title", "")), form.get("space", "")
    if not space_id:
        errors = {"space": "Choose the space that it is for."}
        return await _hand_on_page(request, db, page_id, form, errors)
    try:
        made = await actions.hand_on(Door(db, ring, settings, me.login, space_id), me.id, page_id, title)
    except Wrong as wrong:
        return await _hand_on_page(request, db, page_id, form, wrong.errors)
    records = f"/spaces/{space_id}/records"
    if form.get("then") == "test":
        return go(request, f"{records}/keep?kind=test&from={made.id}&means=tests")
    return go(request, f"{records}/{made.id}")


async def _page(
    request: Request,
    db: Any,
    page_id: str,
    words: Mapping[str, str] | None = None,
    seen: Mapping[str, str] | None = None,
    joined: Joined | None = None,
    errors: Errors | None = None,
) -> Template:
    me = signed_in(request).id

    async def read(tx: Tx) -> tuple[Page, list[Any]]:
        at = await actions.load(tx, me, page_id)
        return at, await store.versions(tx, me, at)

    at, versions = await db.run_read(read)
    conflicts = joined.conflicts if joined else ()
    return page(
        "records/immunity/page.html",
        422 if errors or conflicts else 200,
        here="me",
        at=at,
        values=words or at.words,
        seen=seen or marks(at.words),
        conflicts=conflicts,
        errors=errors or {},
        versions=versions,
        all_boxes=BOXES,
        boxes={one.name: one for one in BOXES},
    )


async def _hand_on_page(
    request: Request,
    db: Any,
    page_id: str,
    form: Mapping[str, str] | None = None,
    errors: Errors | None = None,
) -> Template:
    me = signed_in(request).id
    async with db.read() as tx:
        at = await actions.load(tx, me, page_id)
        open_to = [one for one in await spaces.my_spaces(tx, me) if _keeps_records(one)]
    first = {"title": tidy_line(sentence(at.words))[:MAX_TITLE]}
    if len(open_to) == 1:
        first["space"] = open_to[0].id
    return page(
        "records/immunity/hand_on.html",
        422 if errors else 200,
        here="me",
        at=at,
        spaces=[(one.id, one.name) for one in open_to],
        most=MAX_TITLE,
        values=form or first,
        errors=errors or {},
    )


def _keeps_records(one: MySpace) -> bool:
    """Whether to offer the space; the action decides again."""
    return one.role in (Role.MEMBER, Role.STEWARD) and one.state is State.OPEN and not one.waiting


routes = [index, begin, show, save, put_back, remove, restore, erase, hand_on_form, hand_on]
