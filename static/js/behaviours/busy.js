// What htmx gets while the server is busy is asked for again by itself; a form that sends words never is.
import { askAgain, wait } from "app/lib/ask_again.js"

const BUSY = "Throughline is busy. Trying again in a moment."

export function waitWhileBusy() {
  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail
    if (ctx.request.method !== "GET" || asksAnyway(ctx.sourceElement)) return
    const ask = ctx.fetch
    ctx.fetch = (/** @type {string} */ path, /** @type {RequestInit} */ options) =>
      askAgain(
        () => ask(path, options),
        (seconds) => wait(seconds, options.signal ?? undefined),
        say,
      )
  })
}

/** @param {Element} element What asks again and again, busy or not. */
function asksAnyway(element) {
  return element.getAttribute("hx-trigger")?.startsWith("every") ?? false
}

/** @param {boolean} busy */
function say(busy) {
  const flash = document.getElementById("flash")
  const said = flash?.querySelector(".flash.busy")
  if (!busy) return said?.remove()
  if (!flash || said) return
  const line = document.createElement("p")
  line.className = "flash bad busy"
  line.role = "alert"
  line.textContent = BUSY
  flash.replaceChildren(line)
}
