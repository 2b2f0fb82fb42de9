// Draws the two axes of a free section: a line for each that has labels, and the labels at its ends.
import { isGrid } from "app/board/sync/arrangement.js"
import { h } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Item} Item */

const ENDS = ["left", "right", "top", "bottom"]

/** @param {HTMLElement} frame @param {Item} section */
export function drawAxes(frame, section) {
  const labels = isGrid(section) ? [] : ENDS.map((end) => [end, section.fields[`axis_${end}`] ?? ""])
  const shown = JSON.stringify(labels)
  frame.classList.toggle("grid", isGrid(section))
  if (frame.dataset.axes === shown) return
  frame.dataset.axes = shown
  frame.querySelector(":scope > .axes")?.remove()
  const words = labels.filter(([, text]) => text).map(([end, text]) => label(end, text))
  if (words.length)
    frame.querySelector(":scope > .frame-box")?.after(h("div", { class: "axes" }, ...lines(labels), ...words))
}

/** @param {string[][]} labels */
function lines(labels) {
  const [left, right, top, bottom] = labels.map(([, text]) => text)
  const across = left || right ? [h("i", { class: "across" })] : []
  return [...across, ...(top || bottom ? [h("i", { class: "down" })] : [])]
}

/** @param {string} end @param {string} text */
function label(end, text) {
  return h("p", { class: `axis-${end}`, dir: "auto", text })
}
