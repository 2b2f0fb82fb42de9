// Puts the part of the screen that is the same for everyone into the page, region by region; what did not change stays.
import { leftIn } from "app/workshops/left.js"

const REGIONS = ["stage-top", "stage-ask", "stage-body", "stage-late", "stage-foot"]

/** Of each region the HTML as it last came. @type {Map<string, string>} */
const latest = new Map()

/**
 * @param {Document} fresh holds the regions
 * @returns {boolean} whether the question or its box was drawn again
 */
export function putRegions(fresh) {
  const restore = rememberFocus()
  let asked = false
  for (const id of REGIONS) {
    const old = document.getElementById(id)
    const next = fresh.getElementById(id)
    if (!old || !next || !isOther(id, old, next)) continue
    latest.set(id, next.outerHTML)
    const left = next.dataset.key === undefined ? leftIn(old) : []
    old.replaceWith(next)
    for (const [one, put] of left) put(document.getElementById(one))
    asked ||= id === "stage-ask"
  }
  restore()
  return asked
}

/** @param {string} id @param {HTMLElement} old @param {HTMLElement} next */
function isOther(id, old, next) {
  const key = next.dataset.key
  return key === undefined ? latest.get(id) !== next.outerHTML : old.dataset.key !== key
}

/** The focus stays on the same thing where that is still there, else it goes to the question (rule K2). */
function rememberFocus() {
  const focused = document.activeElement
  const region = focused?.closest(REGIONS.map((id) => `#${id}`).join())
  if (!focused || !region) return () => {}
  const thing = focused.closest("[data-thing]")?.getAttribute("data-thing")
  return () => {
    if (focused.isConnected) return
    const same = focused.id ? document.getElementById(focused.id) : null
    const there = thing && document.querySelector(`[data-thing="${CSS.escape(thing)}"]`)
    const button = there && [...there.querySelectorAll("button")].find((one) => one.offsetParent !== null)
    const foot = region.id === "stage-foot" && document.querySelector("#stage-foot button")
    const next = same ?? button ?? foot ?? document.getElementById("prompt")
    if (next instanceof HTMLElement) next.focus({ preventScroll: true })
  }
}

/** @param {Document} from @returns {Record<string, string>} */
export function dotsIn(from) {
  return JSON.parse(from.getElementById("own")?.dataset.dots || "{}")
}

/**
 * The box and the dots are there with what all are shown; whether one person may not is known a little later.
 *
 * @param {HTMLElement} root
 * @param {DOMStringMap} top of the frame
 */
export function takeWhatAllMay(root, { mayWrite, mayCast }) {
  if (mayWrite) root.dataset.writes = mayWrite
  if (mayCast) root.dataset.casts = mayCast
}

/** What is new with a phase, for who hears the page. @param {string | undefined} kind */
export function wordsOfMove(kind) {
  const count = Number(document.getElementById("stage-body")?.dataset.count)
  const shown = count === 1 ? "1 note is shown." : `${count} notes are shown.`
  const words = { read: count ? shown : "", vote: "Voting is open.", result: "Voting is closed." }
  return words[/** @type {keyof typeof words} */ (kind)] ?? ""
}

/** @param {string} say */
export function flash(say) {
  const words = document.createElement("p")
  words.className = "flash bad"
  words.textContent = say
  document.getElementById("flash")?.replaceChildren(words)
}

/** @param {string} html */
export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html")
}

/** @param {Element} element */
export function idOf(element) {
  return element.getAttribute("data-own") ?? element.getAttribute("data-note") ?? ""
}

/** @param {string | undefined} text */
export function number(text) {
  return text === undefined ? null : Number(text)
}
