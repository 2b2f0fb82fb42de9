"""The canvas: where the focus goes, axe, readers, and a crowd of cards. Each act by each way is in ways/."""

from playwright.async_api import Page, expect

from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, open_panel, served, write_new
from tests.support.browser import PHONE, axe

__all__ = ["board", "served"]


async def test_by_keys_alone_a_card_is_written_moved_removed_and_brought_back(
    board: CanvasBoard,
) -> None:
    await board.section("Where it begins", x=0, y=40, w=900, h=500, layout="free")
    section = await board.section("What must be true?", x=1000, y=40, w=400, h=300)
    ana = await board.at("Ana Okafor")
    await write_new(ana, "Written by keys")
    card = card_of(ana, "Written by keys")
    await expect(card.locator(".card-face")).to_be_focused()
    await is_saved(ana)
    before = await card.get_attribute("style")
    await ana.keyboard.press("ArrowRight")
    await ana.keyboard.press("Shift+ArrowDown")
    await expect(card).not_to_have_attribute("style", before or "")
    await ana.keyboard.press("Enter")
    await ana.keyboard.type(" and changed")
    await ana.keyboard.press("Control+Enter")
    await expect(card).to_contain_text("Written by keys and changed")
    await ana.keyboard.press("Alt+ArrowRight")
    await expect(card).to_have_css("width", "220px")
    await ana.keyboard.press("Alt+m")
    await expect(ana.get_by_label("Move to section")).to_be_focused()
    await ana.keyboard.type("What")
    await ana.keyboard.press("Enter")
    await expect(ana.locator(f"#section-{section} .card")).to_contain_text("Written by keys and changed")
    await expect(ana.locator("#say")).to_contain_text("to What must be true?, 1 of 1")
    await card.locator(".card-face").focus()
    await ana.keyboard.press("Delete")
    await expect(card).to_have_count(0)
    await expect(ana.locator("#canvas")).to_be_focused()
    await ana.keyboard.press("Control+z")

    await expect(card).to_have_count(1)
    await is_saved(ana)


async def test_undo_and_redo_go_on_after_a_reload_of_the_tab_but_not_in_another(board: CanvasBoard) -> None:
    ana = await board.at("Ana Okafor")
    await write_new(ana, "The first")
    await write_new(ana, "The second")
    await ana.keyboard.press("Delete")
    await expect(card_of(ana, "The second")).to_have_count(0)
    await is_saved(ana)
    await _again(ana)
    await ana.keyboard.press("Control+z")
    await expect(card_of(ana, "The second")).to_have_count(1)
    await ana.keyboard.press("Control+z")
    await expect(card_of(ana, "The second")).to_have_count(0)
    await is_saved(ana)
    await _again(ana)
    await ana.get_by_role("button", name="Redo").click()

    await expect(card_of(ana, "The second")).to_have_count(1)
    await is_saved(ana)
    other = await board.at("Ana Okafor")
    await expect(other.locator(".card")).to_have_count(2)
    await expect(other.get_by_role("button", name="Undo")).to_be_disabled()


async def _again(page: Page) -> None:
    await page.reload()
    await is_saved(page)


async def test_a_link_within_a_section_lies_above_its_ground_and_below_its_cards(board: CanvasBoard) -> None:
    section = await board.section("Where it begins", x=0, y=40, w=900, h=500)
    first = await board.card("The first", section=section, x=20, y=30)
    second = await board.card("The second", section=section, x=600, y=230)
    await board.link(first, second)
    ana = await board.at("Ana Okafor")
    await ana.mouse.click(*await ana.locator(".link .hit").evaluate(_MIDDLE))

    await expect(ana.get_by_label("What the link says")).to_be_visible()
    await open_panel(ana, card_of(ana, "The first").locator(".card-face"))
    await expect(ana.get_by_label("Words", exact=True)).to_have_value("The first")


async def test_a_section_is_dragged_by_its_title_and_sized_by_its_corner(board: CanvasBoard) -> None:
    section = await board.section("Where it begins", x=0, y=40, w=500, h=300)
    ana = await board.at("Ana Okafor")
    await _drag(ana, ".frame-pick", 100, 60)
    await is_saved(ana)
    await ana.locator(".frame-box").hover()
    await _drag(ana, ".frame > .grip", 50, 30)
    await is_saved(ana)

    found = await board.fields(section)
    assert [round(found[name], -1) for name in ("x", "y", "w", "h")] == [100, 100, 550, 330]


async def _drag(page: Page, handle: str, right: float, down: float) -> None:
    box = await page.locator(handle).bounding_box()
    assert box is not None
    x, y = box["x"] + 12, box["y"] + 12
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + right, y + down, steps=5)
    await page.mouse.up()


async def test_single_letters_can_be_switched_off_and_never_act_while_one_writes(board: CanvasBoard) -> None:
    ana = await board.at("Ana Okafor")
    await ana.locator("#canvas").focus()
    await ana.keyboard.press("?")
    await expect(ana.get_by_role("dialog")).to_contain_text("Undo what you did last")
    assert await axe(ana) == []
    await ana.get_by_label("Use single letters").uncheck()
    await ana.keyboard.press("Escape")
    await expect(ana.locator("#canvas")).to_be_focused()
    await ana.keyboard.press("n")
    assert await ana.locator(".writer").count() == 0
    await ana.dblclick("#canvas", position={"x": 200, "y": 200})
    await ana.keyboard.type("nslmcf?w")
    await ana.keyboard.press("Escape")

    await expect(ana.locator(".card")).to_contain_text("nslmcf?w")
    assert await ana.locator("dialog").count() == 0


async def test_the_focus_is_never_lost_when_others_remove_what_has_it(board: CanvasBoard) -> None:
    card = await board.card("Here for a while")
    ana = await board.at("Ana Okafor")
    await open_panel(ana, card_of(ana, "Here for a while").locator(".card-face"))
    await ana.get_by_label("Kind").focus()
    await board.act({"do": "remove_card", "id": card}, "Cleo Marsh")
    await expect(card_of(ana, "Here for a while")).to_have_count(0)

    await expect(ana.locator("#canvas")).to_be_focused()


async def test_axe_finds_nothing_on_a_full_board_wide_and_on_a_phone(board: CanvasBoard) -> None:
    section = await board.section("What must be true?", prompt="We believe that …")
    first = await board.card("Families hear too late", "assumption", section=section, x=20, y=30)
    second = await board.card("People wait", "problem", x=600, y=30)
    await board.link(first, second)
    await board.card("Linked with nothing", "question", x=900, y=30)
    ana = await board.at("Ana Okafor")
    await card_of(ana, "Families hear").locator(".card-face").click()
    await expect(ana.locator(".card.dim")).to_have_count(1)
    assert await axe(ana) == []
    await ana.keyboard.press("Alt+Enter")
    assert await axe(ana) == []
    phone = await board.at("Bo Hale", **PHONE)
    await expect(phone.get_by_text("is easier on a small screen")).to_be_visible()
    await _tap_first(phone)

    assert await axe(phone) == []


async def test_who_may_only_read_is_offered_nothing_to_change(board: CanvasBoard) -> None:
    card = await board.card("For everyone to read")
    oli = await board.at("Oli Reed")
    await oli.locator(f"#card-{card} .card-face").click()
    await expect(oli.locator(".selection-bar button")).to_have_text(["Comments 0", "⋯"])
    await oli.keyboard.press("Alt+Enter")

    await expect(oli.get_by_label("Words")).to_be_disabled()
    await expect(oli.get_by_label("Move to section")).to_be_disabled()
    await expect(oli.get_by_role("button", name="Problem")).to_be_hidden()
    await expect(oli.locator("#reads-only")).to_be_visible()
    await oli.locator(f"#card-{card} .card-face").dblclick()
    assert await oli.locator(".writer").count() == 0
    assert await axe(oli) == []


async def test_of_two_thousand_cards_only_those_in_view_are_drawn(board: CanvasBoard) -> None:
    ana = await board.at("Ana Okafor")
    drawn = await ana.evaluate(_CROWD)

    assert drawn["cards"] < 300
    assert drawn["afar"] == 0, "seen from afar they are painted"
    assert drawn["median"] < 30, f"drawing a frame takes {drawn['median']:.0f} ms"


async def _tap_first(page: Page) -> None:
    await page.locator(".phone-hint button").tap()
    await page.locator(".card-face").first.tap()
    await page.locator(".selection-bar").get_by_role("button", name="More", exact=True).tap()
    await expect(page.locator(".board-panel")).to_be_visible()


# Where on the screen the middle of a line is.
_MIDDLE = """line => {
  const at = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM())
  return [at.x, at.y]
}"""

# Puts 2,000 cards onto the page's own renderer, pans over them, and times how long drawing takes.
_CROWD = """async () => {
  const { renderer, sync } = window.throughline
  for (let i = 0; i < 2000; i++) {
    const fields = { kind: "note", text: `Card ${i} with some words on it`, section: null, order: `a${i}`,
      x: (i % 50) * 230, y: Math.floor(i / 50) * 150, w: 200, by: "", at: 0 }
    sync.view.set(`c${i}`, { id: `c${i}`, item: "card", seq: 1, fields })
  }
  renderer.redrawAll()
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  await frame(); await frame()
  const times = []
  for (let i = 0; i < 40; i++) {
    renderer.viewport.pan(-60, -25)
    const start = performance.now()
    renderer.element(null) // draws now
    document.body.offsetHeight
    times.push(performance.now() - start)
    await frame()
  }
  const cards = document.querySelectorAll(".card").length
  renderer.viewport.fit(renderer.layout.whole())
  await frame(); await frame()
  const afar = document.querySelectorAll(".card").length
  times.sort((a, b) => a - b)
  return { cards, afar, median: times[20] }
}"""


async def test_a_notice_covers_no_tool_and_a_section_is_named_whole(board: CanvasBoard) -> None:
    await board.card("Nobody rang")
    ana = await board.at("Ana Okafor")
    await open_panel(ana, card_of(ana, "Nobody rang"))
    for width in (1280, 1024):
        await ana.set_viewport_size({"width": width, "height": 800})
        await ana.evaluate("throughline.context.announcer.warn('The connection is lost. You can go on.')")
        notice = await ana.locator(".note-bar.warn").bounding_box()
        tools = await ana.locator("#zoom").bounding_box()
        assert notice
        assert tools

        assert notice["y"] + notice["height"] <= tools["y"] or notice["x"] + notice["width"] <= tools["x"]
    needs, has = await ana.get_by_label("Move to section").evaluate(
        """select => {
          const pen = document.createElement("canvas").getContext("2d")
          pen.font = getComputedStyle(select).font
          return [pen.measureText("Outside the sections").width, select.clientWidth - 40]
        }"""
    )

    assert has >= needs
