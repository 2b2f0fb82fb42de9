"""Every action on a board that access.py knows, done in every way there is; the server's board tells."""

from collections.abc import Awaitable, Callable
from typing import Any, get_args

import pytest
from playwright.async_api import Page, expect

from app.access import ACTIONS
from app.boards.core.stage.ops import StageOp, TakenOutOp, ThemeOp
from tests.browser.ways import shelf
from tests.browser.ways.conftest import House, Open
from tests.browser.ways.hands import Clicks, Keys
from tests.browser.ways.scene import Scene
from tests.browser.ways.shelf import BOARD_DEEDS, BoardDeed
from tests.browser.ways.table import DEEDS, Absent
from tests.support.until import until

# What jobs do, no person does. Workshops are led and taken part in on screens of their own, words are taken
# out in the outline, and what a guest did is put back on pages: tests/browser/workshops, tests/boards/outline
# and tests/browser/outline do those.
ELSEWHERE = {op.__struct_config__.tag for kind in (StageOp, ThemeOp, TakenOutOp) for op in get_args(kind)}
ELSEWHERE |= {
    "take_back",
    "board.cast",
    "workshop.begin",
    "workshop.lead",
    "workshop.say",
    "workshop.arrive",
    "screen.show",
}
KNOWN = {name for name, rule in ACTIONS.items() if rule.scope == "board" and rule.way != "job"} - ELSEWHERE
SHELF = [name for name, deed in BOARD_DEEDS.items() if isinstance(deed, BoardDeed)]


def having(way: str) -> list[str]:
    """The deeds that are done in this way."""
    return [name for name, deed in DEEDS.items() if not isinstance(getattr(deed, way), Absent)]


def test_every_action_on_a_board_has_a_row_in_the_tables() -> None:
    rows = {*DEEDS, *BOARD_DEEDS}

    assert KNOWN - rows == set(), "in access.py, but nobody said by which ways people do it"
    assert rows - KNOWN == set(), "here, but no longer in access.py"


def test_each_way_there_is_not_has_a_reason_and_leaves_others() -> None:
    for name, deed in DEEDS.items():
        absent = [way for way in (deed.keys, deed.clicks, deed.forms) if isinstance(way, Absent)]
        assert len(absent) < 2, name
        assert all(way.why.endswith(".") for way in absent), name


@pytest.mark.parametrize("name", having("keys"))
async def test_it_is_done_by_keys_alone_on_the_canvas(name: str, scene: Scene, open_page: Open) -> None:
    await _done(name, scene, open_page, "keys", Keys)


@pytest.mark.parametrize("name", having("clicks"))
async def test_it_is_done_by_single_clicks_on_the_canvas(name: str, scene: Scene, open_page: Open) -> None:
    await _done(name, scene, open_page, "clicks", Clicks)


async def _done(
    name: str, scene: Scene, open_page: Open, way: str, hands: Callable[[Page], Keys | Clicks]
) -> None:
    await _prepared(name, scene)
    page = await open_page(f"/boards/{scene.id}?view=canvas", True)
    await expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    await getattr(DEEDS[name], way)(hands(page), scene)

    await scene.sees(DEEDS[name].done, name)


@pytest.mark.parametrize("name", having("forms"))
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
async def test_it_is_done_by_forms_on_the_outline(
    name: str, javascript: bool, scene: Scene, open_page: Open
) -> None:
    await _prepared(name, scene)
    page = await open_page(f"/boards/{scene.id}/outline", javascript)
    way: Any = DEEDS[name].forms
    await way(page, scene)

    await scene.sees(DEEDS[name].done, name)


async def _prepared(name: str, scene: Scene) -> None:
    """Nothing counts that was so before."""
    if gone := DEEDS[name].gone:
        item = name.removeprefix("restore_")
        await scene.act({"do": f"remove_{item}", "id": getattr(scene, gone)})
    assert name == "undo" or not DEEDS[name].done(await scene.items(), scene), (
        "it is so before anybody did it"
    )


@pytest.mark.parametrize("name", SHELF)
async def test_it_is_done_to_a_whole_board_by_keys_alone(name: str, house: House, open_page: Open) -> None:
    await _to_a_board(name, house, open_page, lambda page, deed: shelf.by_keys(Keys(page), deed), True)


@pytest.mark.parametrize("name", SHELF)
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
async def test_it_is_done_to_a_whole_board_by_clicks(
    name: str, javascript: bool, house: House, open_page: Open
) -> None:
    await _to_a_board(name, house, open_page, shelf.by_clicks, javascript)


async def _to_a_board(
    name: str,
    house: House,
    open_page: Open,
    way: Callable[[Page, BoardDeed], Awaitable[None]],
    javascript: bool,
) -> None:
    deed = BOARD_DEEDS[name]
    assert isinstance(deed, BoardDeed)
    space = await house.space()
    board = await house.board(space)
    if deed.archived:
        await house.api.post(f"/boards/{board}/archive", data={"_csrf_token": house.api.cookies["tl_csrf"]})
    assert deed.saves or not deed.done(await house.shelf(space)), "it is so before anybody did it"
    page = await open_page(f"/spaces/{space}/boards", javascript)
    if deed.saves:
        async with page.expect_download():
            await way(page, deed)
    else:
        await way(page, deed)

    async def told() -> bool:
        return deed.done(await house.shelf(space))

    await until(told, 10, name)
