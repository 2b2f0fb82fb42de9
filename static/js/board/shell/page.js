// The page around the canvas: which board it is of, what it came with, and its head.
import { byId } from "app/lib/dom.js"

/** The board that the page is of; one from the service worker says so by its address alone. */
export const board = byId("board")?.dataset.id ?? decodeURIComponent(location.pathname.split("/")[2] ?? "")

export function pageSnapshot() {
  const text = byId("snapshot")?.textContent
  return text ? JSON.parse(text) : null
}

/**
 * What a page from the service worker will want to know.
 * @param {import("app/board/sync/sync.js").Sync} sync
 * @param {import("./people.js").People} people
 */
export function aboutOf(sync, people) {
  const space = /** @type {HTMLAnchorElement} */ (byId("space"))
  return {
    title: byId("title").textContent,
    purpose: byId("purpose").textContent,
    space: { name: space.textContent, path: space.getAttribute("href") },
    people: people.all,
    you: sync.you ?? { name: "", organisation: "", role: "member", may: [] },
  }
}

/** A page from the service worker knows nothing: its head comes from this device. @param {Record<string, any>} about */
export function fillHead({ title, purpose, space }) {
  document.title = title ?? "Board"
  byId("title").textContent = title ?? "Board"
  byId("purpose").textContent = purpose ?? ""
  byId("space").textContent = space?.name ?? "Throughline"
  byId("space").setAttribute("href", space?.path ?? "/")
  byId("outline-link").setAttribute("href", `/boards/${board}/outline`)
}

export function cannotOpen() {
  byId("saved").dataset.state = "offline"
  byId("saved").textContent = "Offline"
  const words =
    "This board is not stored on this device. Open it once while you are online, and it will be here next time."
  byId("canvas").textContent = words
}
