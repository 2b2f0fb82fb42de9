// Starts the projector: it follows the workshop, and asks while it does not.
import "app/app.js"
import { Countdown } from "app/workshops/countdown.js"
import { putProgress, ScreenLine } from "app/workshops/line.js"

const ASK = 5000 // ms: how many are here, before it begins, and all while the line is down

const root = /** @type {HTMLElement} */ (document.querySelector("[data-projector]"))
const region = () => document.getElementById("projector-body")
const clock = new Countdown(region, Number(root.dataset.now))

/** @param {string} html */
const put = (html) => {
  root.innerHTML = html
  clock.draw()
}

const line = new ScreenLine("/present/live", "stage:projector", {
  frame: (html, now) => {
    put(html)
    clock.set(now)
  },
  progress: (progress) => putProgress(region(), progress),
  state: (state, say) => {
    const place = /** @type {HTMLElement} */ (document.getElementById("saved"))
    place.dataset.state = state
    place.textContent = say
  },
})

const ask = async () => {
  if (line.live && !region()?.classList.contains("wall-doors")) return
  const answer = await fetch("/present", { headers: { "hx-request": "true", accept: "text/html" } })
  if (answer.ok) put(await answer.text())
}
setInterval(() => ask().catch(() => {}), ASK)
line.start()
