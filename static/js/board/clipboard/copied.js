// Cards on the clipboard: lines of text for everybody else, and in the markup what another board needs of them.

import { storable } from "app/lib/characters.js"
import { h } from "app/lib/dom.js"

/** @typedef {import("app/board/sync/batches.js").NewCard} NewCard */

const MARK = "data-throughline-cards"

/** @param {import("app/board/schema.js").Item[]} cards */
export function written(cards) {
  const lines = cards.map(({ fields }) => fields.text.split(/\s*\n\s*/).join(" "))
  const data = cards.map(({ fields }) => ({ kind: fields.kind, text: fields.text }))
  const list = h("ul", { [MARK]: JSON.stringify(data) }, ...lines.map((text) => h("li", { text })))
  return { text: lines.join("\n"), html: list.outerHTML }
}

/**
 * The cards in copied markup, if there are any. It may come from any page: only kinds that are known and texts count.
 * @param {string} html
 * @param {string[]} kinds
 * @returns {NewCard[]}
 */
export function read(html, kinds) {
  if (!html.includes(MARK)) return []
  const data = new DOMParser()
    .parseFromString(html, "text/html")
    .querySelector(`[${MARK}]`)
    ?.getAttribute(MARK)
  return parsed(data ?? "").flatMap(({ kind, text }) => {
    if (typeof text !== "string" || !text.trim()) return []
    return [{ kind: kinds.includes(kind) ? kind : kinds[0], text: storable(text) }]
  })
}

/** @param {string} json @returns {any[]} */
function parsed(json) {
  try {
    const data = JSON.parse(json)
    return Array.isArray(data) ? data.filter((each) => each !== null && typeof each === "object") : []
  } catch {
    return []
  }
}
