// Starts the console: it follows the workshop, sends its forms without leaving the page, and has a key for each.
import "app/app.js"
import { buttonFor } from "app/workshops/console/keys.js"
import { clearFlash, putRegions, regionOfChoice } from "app/workshops/console/regions.js"
import { send } from "app/workshops/console/send.js"
import { Countdown } from "app/workshops/countdown.js"
import { putProgress, ScreenLine } from "app/workshops/line.js"

const FLASH = 6000 // ms that a good word about a deed stays
const ASK = 5000 // ms: who is here, and what they say quietly, are no deeds of the board

const root = /** @type {HTMLElement} */ (document.querySelector("[data-console]"))
const path = `/boards/${root.dataset.console}/console`
const region = () => document.getElementById("console-now")
const clock = new Countdown(region, Number(root.dataset.now))
const keys = /** @type {HTMLDialogElement} */ (document.getElementById("keys"))
/** @type {any} */
let fading = null
let phase = region()?.dataset.phase

/** @param {string} words @param {boolean} [atOnce] */
function say(words, atOnce = false) {
  const place = document.getElementById(atOnce ? "say-now" : "say")
  if (place) place.textContent = words
}

/** @param {string} html @param {string} [answered] the region of the form that it answers, if it chooses somebody */
function put(html, answered) {
  putRegions(html, answered)
  clock.draw()
  countPicked()
  const now = region()?.dataset.phase
  if (now !== phase) say(`Now: ${document.getElementById("now-title")?.textContent?.trim()}`)
  phase = now
}

function countPicked() {
  const picked = document.querySelectorAll('.loose input[type="checkbox"]:checked').length
  const place = document.querySelector("[data-picked]")
  if (place) place.textContent = picked ? String(picked) : "Chosen"
}

/** @param {string} state @param {string} words */
function showState(state, words) {
  const place = /** @type {HTMLElement} */ (document.getElementById("saved"))
  place.dataset.state = state
  if (place.textContent !== words) place.textContent = words
}

const line = new ScreenLine(`/boards/${root.dataset.console}/live`, "stage:console", {
  frame: (html, now) => {
    put(html)
    clock.set(now)
  },
  progress: (progress) => putProgress(region(), progress),
  state: showState,
})

const ask = async () => {
  if (document.visibilityState !== "visible") return
  const answer = await send(path, "GET")
  if (answer.ok) put(withoutNext(answer.html))
}

/** Nobody asked for the form anew: it stays as it is. @param {string} html */
function withoutNext(html) {
  return html.replaceAll('id="console-next"', "").replaceAll('id="flash"', "")
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
async function post(form, submitter) {
  const data = new FormData(form, submitter)
  const choosing = regionOfChoice(form)
  const takes = form.dataset.takes && document.getElementById(form.dataset.takes)
  if (takes instanceof HTMLFormElement)
    for (const card of new FormData(takes).getAll("cards")) data.append("cards", card)
  // Emptied before it is sent: news of the same deed may put this region anew before the answer is here.
  const putBack = empty(takes instanceof HTMLFormElement ? [form, takes] : [form])
  const answer = await send(form.action, "POST", data)
  if (answer.to) return location.assign(answer.to)
  if (!answer.ok) putBack()
  if (!answer.html) return say(answer.say, true)
  put(answer.html, choosing)
  const flash = document.querySelector("#flash p")?.textContent ?? ""
  if (flash) say(flash, !answer.ok)
  clearTimeout(fading)
  fading = setTimeout(clearFlash, FLASH)
  if (document.getElementById("seen-prompt") && form.action.endsWith("/next")) focus("seen-prompt")
  else if (form.action.endsWith("/next")) focus("next-prompt")
  else if (document.activeElement === document.body) focus("now-title")
  return undefined
}

/** @param {HTMLFormElement[]} forms @returns {() => void} puts back what stood there, should it be refused */
function empty(forms) {
  const fields = forms.flatMap((form) => [...form.elements]).filter((one) => one.id)
  const left = fields.map((one) => {
    const { id, value, checked } = /** @type {HTMLInputElement} */ (one)
    return { id, value, checked }
  })
  for (const form of forms) form.reset()
  return () => {
    for (const { id, value, checked } of left) {
      const field = /** @type {any} */ (document.getElementById(id))
      if (field && field.type === "checkbox") field.checked = checked
      else if (field && field.type !== "submit") field.value = value
    }
  }
}

/** @param {string} id */
function focus(id) {
  document.getElementById(id)?.focus({ preventScroll: false })
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target)
  if (form.method !== "post" || "plain" in form.dataset || !root.contains(form)) return
  event.preventDefault()
  post(form, event.submitter).catch(() => say("That could not be done just now.", true))
})
document.addEventListener("click", async (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest("a[data-region]")
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  const answer = await send(link.href, "GET")
  if (answer.ok) put(answer.html)
  focus("next-prompt")
})
document.addEventListener("change", countPicked)
document.addEventListener("keydown", (event) => {
  if (keys.open) return
  const button = buttonFor(event)
  if (!button) return
  event.preventDefault()
  button.click()
})
for (const button of document.querySelectorAll(".keys-button")) {
  button.toggleAttribute("hidden", false)
  button.addEventListener("click", () => keys.showModal())
}
setInterval(() => ask().catch(() => {}), ASK)
countPicked()
line.start()
