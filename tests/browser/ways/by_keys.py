"""Every deed on the canvas with the keyboard alone. Each begins at the top of a freshly opened page."""

from tests.browser.ways.hands import Keys
from tests.browser.ways.scene import Scene, any_of


async def add_card(at: Keys, scene: Scene) -> None:
    await _to_canvas(at)
    await at.press("n")
    await at.type("New words")
    await at.press("Escape")


async def edit_card(at: Keys, scene: Scene) -> None:
    await _to_first_card(at)
    await at.press("Enter")
    await at.type(", changed")
    await at.press("Control+Enter")


async def move_card(at: Keys, scene: Scene) -> None:
    await _to_first_card(at)
    await at.press("Alt+m")
    await at.type("Goes")
    await at.press("Enter")


async def resize_card(at: Keys, scene: Scene) -> None:
    await _to_first_card(at)
    await at.press("Alt+ArrowRight")


async def publish_card(at: Keys, scene: Scene) -> None:
    await _to_canvas(at)
    await at.reach("article", "Note: Not yet…", "Alt+ArrowDown")
    await at.press("Alt+m")
    await at.push("Publish")


async def remove_card(at: Keys, scene: Scene) -> None:
    await _to_first_card(at)
    await at.press("Delete")


async def restore(at: Keys, scene: Scene) -> None:
    """For items of every sort."""
    await at.reach("button", "Note")
    await at.push("Removed", "ArrowRight")
    await at.wait_for("dialog li button")
    await at.push("Restore")


async def duplicate_card(at: Keys, scene: Scene) -> None:
    await _to_first_card(at)
    await at.press("Control+d")


async def batch(at: Keys, scene: Scene) -> None:
    await _to_first_card(at)
    await at.press("Alt+Shift+ArrowDown", "Delete")


async def add_section(at: Keys, scene: Scene) -> None:
    await _to_canvas(at)
    await at.press("s")
    await at.type("Ways home")


async def edit_section(at: Keys, scene: Scene) -> None:
    await _to_section(at)
    await at.press("Enter")
    await at.type(", changed")


async def move_section(at: Keys, scene: Scene) -> None:
    await _to_section(at)
    await at.press("ArrowRight", "Shift+ArrowDown")


async def remove_section(at: Keys, scene: Scene) -> None:
    await _to_section(at)
    await at.press("Delete")


async def lock_section(at: Keys, scene: Scene) -> None:
    await _to_section(at)
    await at.press("Alt+m")
    await at.push("Lock this section")


async def add_link(at: Keys, scene: Scene) -> None:
    await _to_canvas(at)
    await at.reach("article", "Note: Card three…", "Alt+ArrowDown")
    await at.press("Alt+l")
    await at.type("Tests")
    await at.press("Tab")
    await at.type("Note: The second")
    await at.press("Enter")


async def edit_link(at: Keys, scene: Scene) -> None:
    await _to_link(at)
    await at.type("Tests")
    await at.press("Enter")


async def remove_link(at: Keys, scene: Scene) -> None:
    await _to_link(at)
    await at.push("Remove")


async def add_comment(at: Keys, scene: Scene) -> None:
    await _to_first_card(at)
    await at.press("Alt+c")
    await at.type("A remark")
    await at.press("Control+Enter")


async def edit_comment(at: Keys, scene: Scene) -> None:
    await _to_first_card(at)
    await at.press("Alt+c")
    await at.push("Edit", "Shift+Tab")
    await at.type(", changed")
    await at.push("Close")


async def remove_comment(at: Keys, scene: Scene) -> None:
    await _to_first_card(at)
    await at.press("Alt+c")
    await at.push("Remove", "Shift+Tab")


async def undo(at: Keys, scene: Scene) -> None:
    await add_card(at, scene)
    await scene.sees(lambda now, _: any_of(now, "card", text="New words"), "what is taken back next")
    await at.press("Control+z")


async def _to_canvas(at: Keys) -> None:
    await at.reach("div", "Canvas")


async def _to_first_card(at: Keys) -> None:
    await _to_canvas(at)
    await at.press("]")


async def _to_section(at: Keys) -> None:
    await _to_canvas(at)
    await at.reach("button", "Begins here")


async def _to_link(at: Keys) -> None:
    await _to_first_card(at)
    await at.press("Alt+m")
    await at.push("Edit this link")
