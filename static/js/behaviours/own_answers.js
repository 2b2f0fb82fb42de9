// Every request of htmx takes only our server's answer for one; any other is no answer, and raises `htmx:error`.
import { assertOwn } from "app/lib/own_answer.js"

export function takeOnlyOwnAnswers() {
  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = /** @type {CustomEvent} */ (event).detail
    const ask = ctx.fetch
    ctx.fetch = async (/** @type {string} */ path, /** @type {RequestInit} */ options) =>
      assertOwn(await ask(path, options))
  })
}
