// data-wall="board id": a board on the wall. Arrow keys show its sections in turn, or all; changes come by themselves.

import { VERSION } from "app/board/schema.js"
import { Connection } from "app/board/sync/connection.js"
import { onWake } from "app/lib/wake_events.js"
import htmx from "htmx.org"

const TOGETHER = 300 // ms in which changes are drawn at once
const ASK = 10_000

/** @param {HTMLElement} element */
export function wall(element) {
  const board = element.dataset.wall ?? ""
  const turns = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-turn]")])
  const client = crypto.randomUUID()
  let seq = Number(element.querySelector("[data-seq]")?.getAttribute("data-seq"))
  let turn = ""
  /** @type {any} */
  let soon = null

  /** @param {string} to */
  const show = (to) => {
    turn = to
    for (const section of element.querySelectorAll(".wall-section"))
      section.toggleAttribute("data-turn-on", section.id === `wall-${to}`)
    for (const link of turns) {
      if (link.dataset.turn === to) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    }
  }
  const draw = async () => {
    soon = null
    const answer = await fetch(`/boards/${board}/wall`, {
      headers: { "hx-request": "true", accept: "text/html" },
    })
    if (!answer.ok) return
    await htmx.swap({
      sourceElement: element,
      target: element,
      swap: "innerMorph",
      text: await answer.text(),
    })
    show(turn)
  }
  const changed = () => {
    soon ??= setTimeout(() => draw().catch(() => {}), TOGETHER)
  }
  // It wants no items but which sections changed: words come from `/wall` alone, which leaves drafts out.
  const connection = new Connection({
    open: () =>
      new WebSocket(
        `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/boards/${board}/live`,
      ),
    hello: () => ({ type: "hello", v: VERSION, client, from: seq, audience: null, want: "wall" }),
    onMessage: (message) => {
      if (message.type !== "welcome" && message.type !== "parts") return
      if (message.to > seq) changed()
      seq = Math.max(seq, message.to)
    },
    state: () => {},
    visible: () => document.visibilityState === "visible",
  })
  const asking = setInterval(() => connection.state !== "live" && changed(), ASK)
  const stopWaking = onWake(() => connection.wake())
  const listening = new AbortController()
  document.addEventListener(
    "keydown",
    (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return
      const all = turns.map((link) => link.dataset.turn ?? "")
      show(all[(all.indexOf(turn) + step + all.length) % all.length])
      event.preventDefault()
    },
    listening,
  )
  /** @param {Event} event */
  const chosen = (event) => {
    event.preventDefault()
    show(/** @type {HTMLElement} */ (event.currentTarget).dataset.turn ?? "")
  }
  for (const link of turns) link.addEventListener("click", chosen, listening)
  connection.start()

  return () => {
    listening.abort()
    stopWaking()
    clearInterval(asking)
    clearTimeout(soon)
    connection.stop()
  }
}
