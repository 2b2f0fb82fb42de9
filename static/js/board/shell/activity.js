// What others have changed: read out at most every ten seconds, if the person wants that, and listed on request.

import { partsOf } from "app/board/sync/parts.js"
import { h } from "app/lib/dom.js"
import { store } from "app/lib/storage.js"
import { plural, shorten } from "app/lib/words.js"
import { dialog } from "./dialog.js"

/** @typedef {import("app/board/schema.js").Item} Item */

const PAUSE = 10_000
const LEVEL = "throughline:voice" // the same choice as in the outline
const PLACE = new Set(["section", "order", "x", "y", "w", "h"])
const WORDS = { added: "new", moved: "moved", changed: "changed", removed: "removed" }

/**
 * What happened to an item, in one word; null where it is not worth telling.
 * @param {Item | undefined} before
 * @param {Item | undefined} now
 * @returns {keyof typeof WORDS | null}
 */
export function newsOf(before, now) {
  if (!before) return now ? "added" : null
  if (!now) return "removed"
  if (before.seq === now.seq) return null
  const fields = Object.keys({ ...before.fields, ...now.fields })
  const differ = fields.filter(
    (name) => JSON.stringify(before.fields[name]) !== JSON.stringify(now.fields[name]),
  )
  if (differ.some((name) => name !== "face" && !PLACE.has(name))) return "changed"
  return differ.includes("face") ? null : "moved"
}

/**
 * Counts news by kind: "4 new cards, 2 moved cards".
 * @param {Iterable<{ what: keyof typeof WORDS, item: Item }>} news
 */
export function summary(news) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const { what, item } of news) {
    const key = `${WORDS[what]} ${item.item}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].map(([key, count]) => `${count} ${plural(count, key).replace(/^\d+ /, "")}`).join(", ")
}

/** @param {import("app/board/context.js").BoardContext} context @param {(id: string) => void} go */
export function activity(context, go) {
  /** @type {Map<string, Item>} */
  let seen = new Map(context.sync.replica.items)
  /** @type {Map<string, { what: keyof typeof WORDS, item: Item }>} */
  let asked = new Map()
  /** @type {typeof asked} */
  let unsaid = new Map()
  /** @type {any} */
  let timer = null
  /** What we did ourselves is no news. @type {Set<string>} */
  const own = new Set()
  context.outbox.on("answered", ({ entry }) => {
    for (const { id } of partsOf(entry.op)) own.add(id)
  })
  context.sync.on("received", ({ full, dirty }) => collect(full, dirty))
  return { show, newsLevel, setNewsLevel }

  /** @param {boolean} full @param {Set<string>} dirty */
  function collect(full, dirty) {
    const { items } = context.sync.replica
    queueMicrotask(() => {
      for (const id of full ? [] : dirty) addNews(id, items.get(id))
      for (const id of dirty) {
        const now = items.get(id)
        if (now) seen.set(id, now)
        else seen.delete(id)
      }
      if (full) seen = new Map(items)
      own.clear()
      if (!timer && unsaid.size && newsLevel() !== "off") timer = setTimeout(say, PAUSE)
    })
  }

  /** @param {string} id @param {Item | undefined} now */
  function addNews(id, now) {
    const before = seen.get(id)
    const item = now ?? before
    const what = newsOf(before, now)
    if (!item || !what || own.has(id) || context.outbox.isSending(id)) return
    const kept = asked.get(id)?.what === "added" && what !== "removed" ? "added" : what
    asked.set(id, { what: kept, item })
    unsaid.set(id, { what: kept, item })
  }

  function say() {
    timer = null
    const news = [...unsaid.values()]
    unsaid = new Map()
    if (newsLevel() !== "off")
      context.announcer.speak(newsLevel() === "all" ? news.map(labelOf).join(". ") : summary(news))
  }

  function show() {
    const rows = [...asked.values()].slice(-100).map(({ what, item }) => row(what, item))
    asked = new Map()
    const words = rows.length
      ? "Since you last asked:"
      : "Nobody else has changed anything since you last asked."
    const list = h("ul", {}, ...rows)
    const open = dialog("What has changed", h("p", { text: words }), list)
    list.addEventListener("click", () => open.close())
  }

  /** @param {keyof typeof WORDS} what @param {Item} item */
  function row(what, item) {
    const target = item.item === "comment" ? item.fields.card : item.id
    const text = labelOf({ what, item })
    if (what === "removed" || !context.get(target)) return h("li", { text })
    return h(
      "li",
      {},
      h("button", { type: "button", class: "quiet", text, onclick: () => setTimeout(() => go(target)) }),
    )
  }
}

/** @param {{ what: keyof typeof WORDS, item: Item }} news */
function labelOf({ what, item }) {
  const words = shorten(item.fields.text ?? item.fields.title ?? "", 80)
  const label = `${WORDS[what]} ${item.item}${words ? `: ${words}` : ""}`
  return label[0].toUpperCase() + label.slice(1)
}

function newsLevel() {
  return localStorage.getItem(LEVEL) ?? "summary"
}

/** @param {string} value */
function setNewsLevel(value) {
  store(localStorage, LEVEL, value)
}
