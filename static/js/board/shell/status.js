// Says whether all is saved: saved, sending n, or offline with n stored on this device (C5).

import { ENDED } from "app/board/text/obstacle.js"
import { byId, h, setText } from "app/lib/dom.js"
import { plural, withUnsaved } from "app/lib/words.js"

const LOST = "The connection is lost. You can continue: what you do is stored on this device."
const GRACE = 1200 // ms; a shorter interruption is not mentioned

/**
 * The words and the state to show.
 * @param {{ live: boolean, ended?: string, queued: number, kept: number, begun: boolean }} now
 * @returns {{ state: string, words: string }}
 */
export function stateOf({ live, ended, queued, kept, begun }) {
  const left = queued ? `, ${queued} ${kept >= queued ? "stored on this device" : "not saved yet"}` : ""
  if (ended)
    return {
      state: "ended",
      words: `${ENDED[ended] ?? "Not connected"}${left}`,
    }
  if (live && queued) return { state: "sending", words: `Sending ${queued}` }
  if (live) return { state: "saved", words: "Saved" }
  return begun ? { state: "offline", words: `Offline${left}` } : { state: "waiting", words: "Connecting" }
}

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {{ show: () => void, count: () => number }} refusals what was not saved
 */
export function status(context, refusals) {
  const element = byId("saved")
  const words = h("span", {})
  let unsaved = 0
  const refused = h("button", {
    type: "button",
    class: "small danger",
    text: "Show",
    hidden: true,
    onclick: refusals.show,
  })
  element.replaceChildren(words, refused)
  let last = ""
  let begun = false
  /** @type {any} */
  let timer = null
  context.sync.on("state", plan)
  context.outbox.on("kept", plan)
  context.sync.on("ended", ({ why, say }) => end(why, say))
  context.on("refusals", countUnsaved)
  countUnsaved(refusals.count())
  setTimeout(() => {
    begun = true
    plan()
  }, 3000)
  plan()

  /** @param {number} count */
  function countUnsaved(count) {
    unsaved = count
    refused.hidden = count === 0
    refused.setAttribute("aria-label", `Show: Not saved, ${plural(count, "item")}`)
    plan()
  }

  /** A lost connection is shown only when it lasts, all else at once. */
  function plan() {
    const { sync } = context
    if (sync.live) begun = true
    const cut = begun && !sync.live && !sync.ended && last !== "offline"
    if (cut) timer ??= setTimeout(draw, GRACE)
    else draw()
    if (cut) show(true)
  }

  function draw() {
    clearTimeout(timer)
    timer = null
    const before = last
    last = show(context.sync.live)
    if (last === before) return
    if (last === "offline") warn()
    else if (before === "offline") context.announcer.withdraw(LOST)
    if (before === "offline" && last === "saved")
      context.announcer.say(withUnsaved("You are online again, and all is saved", unsaved))
  }

  /** @param {boolean} live */
  function show(live) {
    const { outbox, sync } = context
    const now = stateOf({ live, ended: sync.ended, queued: outbox.queue.length, kept: outbox.kept, begun })
    setText(words, withUnsaved(now.words, unsaved))
    element.dataset.state = now.state
    return now.state
  }

  function warn() {
    context.announcer.warn(LOST)
  }

  /** @param {string} why @param {string} [say] */
  function end(why, say) {
    draw()
    const actions = {
      "signed-out": {
        word: "Sign in",
        act: () => location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`),
      },
      gone: { word: "Leave", act: () => location.assign("/") },
      "not-a-member": { word: "Leave", act: () => location.assign("/") },
      reload: { word: "Load again", act: () => location.reload() },
      "somebody-else": { word: "Load again", act: () => location.reload() },
    }
    context.announcer.warn(
      say || `${ENDED[why] ?? "Not connected"}.`,
      actions[/** @type {keyof typeof actions} */ (why)],
    )
  }
}
