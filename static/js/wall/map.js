// Draws the maps on a wall: cards at their places between the axes, in letters that grow with the map.
const READ = 14 // px: the least size of words on a wall, and that of a card where a map is drawn as large as it is
const MOST = 30 // px: larger than that says nothing more
const LEAST = 0.55 // the least scale at which cards are still read; below it a map stays a list with its axes in words
const CARD_H = 132 // what a card's place reckons with (app/boards/core/sizes.py)

/** @param {HTMLElement} root @param {number} bottom where the screen ends, in px from its top */
export function drawMaps(root, bottom) {
  for (const map of root.querySelectorAll(".wall-map"))
    if (map instanceof HTMLElement && map.checkVisibility()) drawMap(map, bottom)
}

/** @param {HTMLElement} map @param {number} bottom */
function drawMap(map, bottom) {
  const plot = /** @type {HTMLElement} */ (map.querySelector(".wall-cards"))
  const [w, h] = [Number(map.dataset.w), Number(map.dataset.h)]
  map.classList.add("drawn")
  map.style.setProperty("--plot-w", "1fr")
  map.style.setProperty("--plot-h", "0px")
  const section = /** @type {HTMLElement} */ (map.parentElement)
  // By the top of its own section and not of the screen: it is as large wherever on its page it stands.
  const around = map.getBoundingClientRect().bottom - section.getBoundingClientRect().top
  const top = /** @type {HTMLElement} */ (section.parentElement).getBoundingClientRect().top
  const scale = Math.min(plot.clientWidth / w, Math.max(200, bottom - top - around) / h)
  const drawn = map.classList.toggle("drawn", scale >= LEAST)
  map.style.setProperty("--plot-w", `${Math.floor(w * scale)}px`)
  map.style.setProperty("--plot-h", `${Math.floor(h * scale)}px`)
  plot.style.fontSize = drawn ? `${Math.min(MOST, Math.max(READ, READ * scale))}px` : ""
  for (const card of plot.children) if (card instanceof HTMLElement) put(card, w, h)
}

/**
 * By shares of the room around it: a card at the end of an axis touches the edge, however large it is drawn.
 * @param {HTMLElement} card
 * @param {number} w of the map as stored
 * @param {number} h
 */
function put(card, w, h) {
  const wide = Math.min(Number(card.dataset.w), w)
  const shares = {
    "--across": share(Number(card.dataset.x), w - wide),
    "--down": share(Number(card.dataset.y), h - CARD_H),
    "--wide": wide / w,
  }
  for (const [name, value] of Object.entries(shares)) card.style.setProperty(name, String(value))
}

/** @param {number} part @param {number} whole */
function share(part, whole) {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0
}
