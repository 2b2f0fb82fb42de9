// Says whether all is saved: saved, sending n, or offline with n stored on this device (C5); checking while unsure.

import { ENDED } from "app/board/text/obstacle.js"
import { byId, h, setText } from "app/lib/dom.js"
import { plural, withUnsaved } from "app/lib/words.js"

const TAB_ONLY = "kept in this tab only"
const LOST = {
  stored: "The connection is lost. You can continue: what you do is stored on this device.",
  tab: "The connection is lost. You can continue, but leave this tab open: what you do is kept in it only.",
}
const GRACE = 1200 // ms; a shorter interruption is not mentioned

/**
 * The words and the state to show.
 * @param {{ live: boolean, sure: boolean, waiting?: boolean, ended?: string, queued: number, kept: number, storing: boolean, begun: boolean }} now
 *   sure: whether `live` is known to be so at this moment; waiting: whether the server waits for its database; storing: whether this device stores what is queued
 * @returns {{ state: string, words: string }}
 */
export function stateOf({ live, sure, waiting, ended, queued, kept, storing, begun }) {
  const where = !storing ? TAB_ONLY : kept >= queued ? "stored on this device" : "not saved yet"
  const left = queued ? `, ${queued} ${where}` : ""
  const unsaved = left || (storing ? "" : `; unsent changes are ${TAB_ONLY}`)
  if (ended)
    return {
      state: "ended",
      words: `${ENDED[ended] ?? "Not connected"}${left}`,
    }
  if (live && !sure) return { state: "checking", words: `Checking${unsaved}` }
  if (live && waiting) return { state: "sending", words: `Waiting for the server’s database${unsaved}` }
  if (live && queued) return { state: "sending", words: `Sending ${queued}${storing ? "" : `, ${TAB_ONLY}`}` }
  if (live) return { state: "saved", words: `Saved${unsaved}` }
  return begun
    ? { state: "offline", words: `Offline${unsaved}` }
    : { state: "waiting", words: `Connecting${unsaved}` }
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
  let warned = ""
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
    if (cut) show(true, false)
  }

  function draw() {
    clearTimeout(timer)
    timer = null
    const before = last
    last = show(context.sync.live, context.sync.sure)
    if (last === before) return
    if (last === "offline") warn()
    else if (before === "offline") context.announcer.withdraw(warned)
    if (before === "offline" && last === "saved")
      context.announcer.say(withUnsaved("You are online again, and all is saved", unsaved))
  }

  /**
   * @param {boolean} live
   * @param {boolean} sure
   */
  function show(live, sure) {
    const { outbox, sync } = context
    const { kept, storing } = outbox.saver
    const now = stateOf({
      live,
      sure,
      waiting: sync.waiting,
      ended: sync.ended,
      queued: outbox.queue.length,
      kept,
      storing,
      begun,
    })
    setText(words, withUnsaved(now.words, unsaved))
    element.dataset.state = now.state
    return now.state
  }

  function warn() {
    warned = context.outbox.saver.storing ? LOST.stored : LOST.tab
    context.announcer.warn(warned)
  }

  /** @param {string} why @param {string} [say] */
  function end(why, say) {
    draw()
    const actions = {
      "signed-out": {
        word: "Sign in",
        act: () => location.reload(), // the server sends on to sign in, or asks a guest whom it knows
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
