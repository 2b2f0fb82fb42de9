"""What a person has at hand: only a keyboard, or only single clicks (and letters where words are written)."""

from playwright.async_api import Locator, Page, expect

# The tag and the name of what has the focus, much as a screen reader says them.
_FOCUSED = """() => {
  const at = document.activeElement
  const words = at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent || ""
  return [at.tagName.toLowerCase(), words.trim().replace(/\\s+/g, " ")]
}"""
FAR = 120  # presses of Tab after which something cannot be reached


class Keys:
    """A keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self._page.keyboard.press(key)

    async def send(self) -> None:
        """Enter, where it leads to another page."""
        async with self._page.expect_navigation():
            await self._page.keyboard.press("Enter")

    async def type(self, words: str) -> None:
        await self._page.keyboard.type(words)

    async def reach(self, tag: str, name: str, key: str = "Tab") -> None:
        """Press Tab (or another key) until the focus is on what is called so; '…' at the end is for more."""
        seen = []
        for _ in range(FAR):
            await self._page.keyboard.press(key)
            at, called = await self._page.evaluate(_FOCUSED)
            seen.append(f"{at} {called[:40]}")
            if at == tag and (called == name or (name[-1] == "…" and called.startswith(name[:-1]))):
                return
        raise AssertionError(f"{key} never reaches the {tag} {name!r}, only {list(dict.fromkeys(seen))}")

    async def push(self, name: str, key: str = "Tab") -> None:
        """Go to a button and press Enter on it."""
        await self.reach("button", name, key)
        await self.press("Enter")

    async def wait_for(self, selector: str) -> None:
        """As one waits for something to appear before going on."""
        await expect(self._page.locator(selector)).to_be_visible()


class Clicks:
    """Single clicks and taps, nothing dragged; letters are typed only into a field that was clicked."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def on(self, name: str, role: str = "button", within: str = "body") -> None:
        await self.find(name, role, within).click()

    async def choose(self, label: str, option: str) -> None:
        """Two clicks on a menu: one opens it, one takes the option."""
        await self._page.get_by_label(label, exact=True).select_option(label=option)

    async def write(self, words: str) -> None:
        await self._page.keyboard.type(words)

    def find(self, name: str, role: str = "button", within: str = "body") -> Locator:
        return self._page.locator(within).get_by_role(role, name=name, exact=role != "article")  # type: ignore[arg-type]
