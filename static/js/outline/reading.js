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
