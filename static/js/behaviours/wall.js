// data-wall="board id": a board on the wall. Arrow keys show its sections in turn, or all, a screen at a time; changes
// come by themselves.

import { VERSION } from "app/board/schema.js"
import { Connection } from "app/board/sync/connection.js"
import { onWake } from "app/lib/wake_events.js"
import { Screen } from "app/wall/screen.js"
import htmx from "htmx.org"

const TOGETHER = 300 // ms in which changes are drawn at once
const ASK = 10_000

/** @param {HTMLElement} element */
export function wall(element) {
  const board = element.dataset.wall ?? ""
  const client = crypto.randomUUID()
  const screen = new Screen(element)
  let seq = Number(element.querySelector("[data-seq]")?.getAttribute("data-seq"))
  /** @type {any} */
  let soon = null

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
    screen.lay()
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
  connection.start()

  return () => {
    screen.stop()
    stopWaking()
    clearInterval(asking)
    clearTimeout(soon)
    connection.stop()
  }
}
