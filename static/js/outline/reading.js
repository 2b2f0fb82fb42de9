// Reads from the page which cards the outline shows, and where.

/** @typedef {import("./news.js").Reading} Reading */

/**
 * @param {ParentNode} root
 * @returns {Reading}
 */
export function read(root) {
  /** @type {Reading} */
  const found = new Map()
  for (const part of root.querySelectorAll("[data-part]")) {
    let before = ""
    if (part instanceof HTMLElement && isPartial(part)) found.set(part.id, unopened(part))
    for (const card of part.querySelectorAll("[data-card]")) {
      if (!(card instanceof HTMLElement) || card.classList.contains("gone")) continue
      const id = card.id
      found.set(id, {
        part: part.id,
        rev: Number(card.dataset.rev),
        remarks: Number(card.dataset.remarks ?? 0),
        words: `${card.querySelector("h3")?.textContent?.trim() ?? ""}: ${card.querySelector(".text")?.textContent ?? ""}`,
        before,
      })
      before = id
    }
  }
  return found
}

/** Whether some of its cards are not on the page. @param {HTMLElement} part */
function isPartial({ dataset }) {
  return dataset.unopened !== undefined || dataset.partly !== undefined
}

/** A section without all its cards: how many there are, and whether they changed. @param {HTMLElement} part */
function unopened(part) {
  const rev = `${part.dataset.latest} ${part.dataset.count}`
  const words = part.querySelector("h2")?.textContent?.trim() ?? ""
  return { part: part.id, rev: 0, remarks: Number(part.dataset.count), words, before: "", unopened: rev }
}
