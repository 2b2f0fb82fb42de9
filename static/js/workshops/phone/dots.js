// One's own dots, and "I have finished": drawn at once, sent by the outbox, which keeps them while the line is away.

/** @typedef {Record<string, string>} Slots what was chosen, by slot; slot 0 is "I have finished" */

/** The first free slot; null where none is left. @param {Slots} own @param {number} dots */
export function freeSlot(own, dots) {
  for (let slot = 1; slot <= dots; slot++) if (own[slot] === undefined) return slot
  return null
}

/** The slot whose dot is taken back from a thing. @param {Slots} own @param {string} thing */
export function slotOn(own, thing) {
  const there = Object.keys(own).filter((slot) => slot !== "0" && own[slot] === thing)
  return there.length ? Number(there[there.length - 1]) : null
}

/** Draws one's own dots on the things, and how many are left. @param {Slots} own */
export function drawDots(own) {
  const left = /** @type {HTMLElement | null} */ (document.querySelector("#stage-body .left"))
  const list = document.querySelector("#stage-body .things")
  if (left && list) {
    const dots = Number(left.dataset.dots)
    const placed = Object.keys(own).filter((slot) => slot !== "0").length
    for (const row of list.querySelectorAll("[data-thing]"))
      drawRow(/** @type {HTMLElement} */ (row), own, dots ? Number(left.dataset.most) : 0)
    list.toggleAttribute("data-none-left", dots > 0 && placed >= dots)
    if (dots) drawLeft(left, dots - placed, dots)
  }
  drawFinished("0" in own)
}

/** @param {HTMLElement} row @param {Slots} own @param {number} most on one thing; 0 for a choice */
function drawRow(row, own, most) {
  const thing = row.dataset.thing ?? ""
  const on = Object.keys(own).filter((slot) => slot !== "0" && own[slot] === thing).length
  row.dataset.on = String(on)
  row.classList.toggle("chosen", on > 0)
  row.toggleAttribute("data-full", most > 0 && on >= most)
  row
    .querySelector(".dots")
    ?.replaceChildren(...Array.from({ length: on }, () => document.createElement("i")))
}

/** @param {HTMLElement} left @param {number} number @param {number} dots */
function drawLeft(left, number, dots) {
  left.querySelectorAll(".pips i").forEach((pip, at) => {
    pip.classList.toggle("full", at < number)
  })
  const words = left.querySelector("b")
  if (words) words.textContent = `${number} of your ${dots === 1 ? "1 dot" : `${dots} dots`}`
}

/** @param {boolean} finished */
function drawFinished(finished) {
  const button = /** @type {HTMLButtonElement | null} */ (
    document.querySelector("#stage-foot .finish button")
  )
  if (!button) return
  button.setAttribute("aria-pressed", String(finished))
  button.value = finished ? "go_on" : "finish"
}
