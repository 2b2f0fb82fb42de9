"""Every deed on the canvas with single clicks alone: nothing is dragged, no key does anything but write."""

from tests.browser.ways.hands import Clicks
from tests.browser.ways.scene import Scene, any_of

PANEL, TOOLS, BAR = "#board-panel", "#board-toolbar", "#selection-bar"


async def add_card(at: Clicks, scene: Scene) -> None:
    await at.on("Problem", within=TOOLS)
    await at.write("New words")
    await at.on("Canvas", "group")


async def edit_card(at: Clicks, scene: Scene) -> None:
    await _panel(at, "The first")
    await at.on("Words", "textbox")
    await at.write(", changed")
    await at.on("Close the panel")


async def move_card(at: Clicks, scene: Scene) -> None:
    await _card(at, "The first")
    await at.on("Move…", within=BAR)
    await at.choose("Move to section", "Goes on here")


async def resize_card(at: Clicks, scene: Scene) -> None:
    await _panel(at, "The first")
    await at.choose("Width", "Wide")


async def publish_card(at: Clicks, scene: Scene) -> None:
    await _card(at, "Not yet")
    await at.on("Publish", within=BAR)


async def remove_card(at: Clicks, scene: Scene) -> None:
    await _panel(at, "Card three")
    await at.on("Remove", within=PANEL)


async def restore(at: Clicks, scene: Scene) -> None:
    """For items of every sort."""
    await at.on("Removed", within=TOOLS)
    await at.on("Restore")


async def duplicate_card(at: Clicks, scene: Scene) -> None:
    await _panel(at, "The first")
    await at.on("Duplicate", within=PANEL)


async def batch(at: Clicks, scene: Scene) -> None:
    await at.on("Select", within=TOOLS)
    await _card(at, "The first")
    await _card(at, "The second")
    await at.on("Remove", within=BAR)


async def add_section(at: Clicks, scene: Scene) -> None:
    await at.on("Section", within=TOOLS)
    await at.write("Ways home")
    await at.on("Close the panel")


async def edit_section(at: Clicks, scene: Scene) -> None:
    await at.on("Begins here")
    await at.on("Edit", within=BAR)
    await at.on("Title", "textbox")
    await at.write(", changed")
    await at.on("Close the panel")


async def move_section(at: Clicks, scene: Scene) -> None:
    await at.on("Begins here")
    await at.on("More", within=BAR)
    await at.choose("Position in the outline", "After: Goes on here")


async def remove_section(at: Clicks, scene: Scene) -> None:
    await at.on("Begins here")
    await at.on("More", within=BAR)
    await at.on("Remove", within=PANEL)


async def lock_section(at: Clicks, scene: Scene) -> None:
    await at.on("Begins here")
    await at.on("Lock", within=BAR)


async def add_link(at: Clicks, scene: Scene) -> None:
    await _card(at, "Card three")
    await at.on("Link", within=BAR)
    await _card(at, "The second")


async def edit_link(at: Clicks, scene: Scene) -> None:
    await _panel(at, "The first")
    await at.on("Edit this link")
    await at.choose("What the link says", "Tests")


async def remove_link(at: Clicks, scene: Scene) -> None:
    await _panel(at, "The first")
    await at.on("Edit this link")
    await at.on("Remove", within=PANEL)


async def add_comment(at: Clicks, scene: Scene) -> None:
    await _card(at, "The first")
    await at.on("Comments 1", within=BAR)
    await at.write("A remark")
    await at.on("Add comment")


async def edit_comment(at: Clicks, scene: Scene) -> None:
    await _panel(at, "The first")
    await at.on("Edit", within=".thread")
    await at.on("Edit your comment", "textbox")
    await at.write(", changed")
    await at.on("Close")


async def remove_comment(at: Clicks, scene: Scene) -> None:
    await _panel(at, "The first")
    await at.on("Remove", within=".thread")


async def undo(at: Clicks, scene: Scene) -> None:
    await add_card(at, scene)
    await scene.sees(lambda now, _: any_of(now, "card", text="New words"), "what is taken back next")
    await at.on("Undo", within=TOOLS)


async def _card(at: Clicks, words: str) -> None:
    await at.on(f"Note: {words}", "article")


async def _panel(at: Clicks, words: str) -> None:
    await _card(at, words)
    await at.on("More", within=BAR)
