// data-follow="socket" data-fragment="page": reads the fragment again whenever the server says that something changed.

import { Connection } from "app/board/sync/connection.js"
import { onWake } from "app/lib/wake_events.js"
import htmx from "htmx.org"

const TOGETHER = 300 // ms in which changes are drawn at once
const ASK = 10_000 // ms between two looks while the line is down

/** @param {HTMLElement} element */
export function follow(element) {
  const { follow: socket = "", fragment = "" } = element.dataset
  let drawn = /** @type {string | null} */ (null)
  let seq = -1
  /** @type {any} */
  let soon = null

  const draw = async () => {
    soon = null
    const answer = await fetch(fragment, { headers: { "hx-request": "true", accept: "text/html" } })
    if (!answer.ok) return
    const text = await answer.text()
    if (text === drawn) return
    drawn = text
    await htmx.swap({ sourceElement: element, target: element, swap: "innerMorph", text })
  }
  const changed = () => {
    soon ??= setTimeout(() => draw().catch(() => {}), TOGETHER)
  }
  const connection = new Connection({
    open: () =>
      new WebSocket(`${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${socket}`),
    hello: () => ({ type: "ping" }),
    onMessage: (message) => {
      if (message.type === "changed" || (message.type === "welcome" && seq >= 0)) changed()
      seq = Math.max(seq, message.to ?? 0)
    },
    state: () => {},
    visible: () => document.visibilityState === "visible",
  })
  const asking = setInterval(() => connection.state !== "live" && changed(), ASK)
  const stopWaking = onWake(() => connection.wake())
  const listening = new AbortController()
  // A form that somebody writes in stays as it is, with its caret, until it is sent or closed.
  element.addEventListener(
    "input",
    (event) => /** @type {Element} */ (event.target).closest("form")?.setAttribute("hx-morph-skip", ""),
    listening,
  )
  connection.start()

  return () => {
    listening.abort()
    stopWaking()
    clearInterval(asking)
    clearTimeout(soon)
    connection.stop()
  }
}
