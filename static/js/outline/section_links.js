// The links to the sections, with how many cards each has: drawn anew from the sections on the page.

const LOOSE = "loose"

/**
 * @param {ParentNode} root the outline
 * @param {HTMLElement} nav
 * @param {string} current the section that a small screen shows
 */
export function drawSectionLinks(root, nav, current) {
  const parts = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-part]:not(.gone)")])
  const list = nav.querySelector("ul")
  if (!list) return
  const there = new Map(
    [...list.children].map((row) => [row.firstElementChild?.getAttribute("data-section"), row]),
  )
  const rows = parts
    .filter(({ dataset }) => dataset.part !== LOOSE || dataset.count !== "0" || parts.length === 1)
    .map((part) => fill(there.get(part.dataset.part) ?? row(part), part, current))
  if (rows.length === list.children.length && rows.every((each, i) => list.children[i] === each)) return
  list.replaceChildren(...rows)
}

/** @param {HTMLElement} part */
function row({ dataset }) {
  const link = document.createElement("a")
  link.href = `outline?section=${dataset.part}#part-${dataset.part}`
  link.dataset.section = dataset.part
  const words = document.createElement("span")
  words.dir = "auto"
  const cards = document.createElement("span")
  cards.className = "unseen"
  link.append(words, " ", document.createElement("b"), cards)
  const item = document.createElement("li")
  item.append(link)
  return item
}

/**
 * @param {Element} item
 * @param {HTMLElement} part
 * @param {string} current
 */
function fill(item, part, current) {
  const link = /** @type {HTMLElement} */ (item.firstElementChild)
  const { count = "0" } = part.dataset
  set(link.querySelector("span"), part.querySelector("h2")?.textContent ?? "")
  set(link.querySelector("b"), count)
  set(link.querySelector(".unseen"), count === "1" ? " card" : " cards")
  if (part.dataset.part === current) link.setAttribute("aria-current", "true")
  else link.removeAttribute("aria-current")
  return item
}

/** @param {Element | null} element @param {string} text */
function set(element, text) {
  if (element && element.textContent !== text) element.textContent = text
}
