// When the page is left or hidden, what is typed is sent; what may not be stored in time is copied at once.

import { writeCopy } from "app/board/device/unload_copy.js"

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {globalThis.Storage | null} storage null where nothing may be stored
 */
export function flushOnLeaving({ about, boxes, outbox, unsaved }, storage) {
  const where = { person: about.me, board: about.id }
  let hidden = false
  let copied = false
  addEventListener("pagehide", () => show(false))
  addEventListener("pageshow", () => show(true))
  document.addEventListener("visibilitychange", () => show(!document.hidden))
  outbox.on("kept", () => copied && copy())

  /** @param {boolean} visible */
  function show(visible) {
    hidden = !visible
    if (hidden) boxes.flush()
    if (hidden || copied) copy()
  }

  /** While the page is seen its words are in their boxes; nobody knows whether a hidden page is seen again. */
  function copy() {
    if (!storage) return
    const words = [...unsaved.unstored(), ...(hidden ? boxes.unsent() : [])]
    const drafts = [...new Map(words.map((draft) => [draft.id, draft])).values()]
    copied = writeCopy(storage, where, outbox.tab, { ...outbox.unstored(), drafts })
  }
}
