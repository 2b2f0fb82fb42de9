// Draws one section: a frame, its title above, its cards as a list inside.
import { setLinked } from "app/lib/addresses.js"
import { h, setText, svg } from "app/lib/dom.js"

/** @typedef {import("app/board/schema.js").Item} Item */

/** @param {string} id */
export function newFrame(id) {
  const pick = h("button", { type: "button", class: "frame-pick", dir: "auto", data: { drag: "frame" } })
  return h(
    "section",
    { class: "frame", id: `section-${id}`, "aria-labelledby": `title-${id}`, data: { id } },
    h("div", { class: "frame-box" }),
    h(
      "header",
      {},
      h(
        "div",
        { class: "frame-title" },
        h("h2", { id: `title-${id}` }, pick),
        lockSign(),
        h("span", { class: "frame-count" }, h("span", {}), h("span", { class: "unseen" })),
      ),
      h("p", { dir: "auto" }),
    ),
    h("ul"),
    h("span", { class: "grip", "aria-hidden": "true", data: { drag: "frame-size" } }),
  )
}

/** Says that a section is locked. */
function lockSign() {
  const drawing = svg(
    "svg",
    { viewBox: "0 0 20 20", "aria-hidden": "true" },
    svg("path", { d: "M4 9h12v8H4zM7 9V6a3 3 0 016 0v3" }),
  )
  const sign = h(
    "span",
    { class: "frame-lock", hidden: true },
    h("span", { class: "unseen", text: "Locked" }),
  )
  sign.append(drawing)
  return sign
}

/** The cards outside all sections; a section too, so that they have a name and a place in the order. */
export function newLoose() {
  const title = h("h2", { id: "title-loose", class: "unseen", text: "Outside the sections" })
  return h("section", { class: "frame loose", "aria-labelledby": "title-loose" }, title, h("ul"))
}

/**
 * @param {HTMLElement} element
 * @param {Item} section
 */
export function drawFrame(element, section) {
  setText(/** @type {Element} */ (element.querySelector("button")), section.fields.title ?? "Section")
  const lock = /** @type {HTMLElement} */ (element.querySelector(".frame-lock"))
  lock.hidden = !section.fields.locked
  setLinked(/** @type {Element} */ (element.querySelector("header > p")), section.fields.prompt ?? "")
}

/**
 * By `left` and `top`, not by a transform, which would put its background above the links (canvas.css).
 * @param {HTMLElement} element
 * @param {import("./geometry.js").Box} box
 */
export function putFrame(element, { x, y, w, h: height }) {
  Object.assign(element.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${height}px` })
}

/** The list element that holds a frame's cards. @param {HTMLElement} element */
export function listOf(element) {
  return /** @type {HTMLElement} */ (element.querySelector(":scope > ul"))
}
