// The page around the canvas: which board it shows, the snapshot it came with, and its heading.
import { byId } from "app/lib/dom.js"

/** The id of the board that the page shows; a page from the service worker has it in its address only. */
export const board = byId("board")?.dataset.id ?? decodeURIComponent(location.pathname.split("/")[2] ?? "")

export function pageSnapshot() {
  const text = byId("snapshot")?.textContent
  return text ? JSON.parse(text) : null
}

/**
 * What is stored for a later page from the service worker, which has no words of its own.
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

/** Fills the heading of a page from the service worker with what is stored on this device. @param {Record<string, any>} about */
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
