// The list of keys, made from the same table as the keys themselves, with its settings.

import { h } from "app/lib/dom.js"
import { store } from "app/lib/storage.js"
import { dialog } from "./dialog.js"
import { KEYS } from "./keymap.js"
import { singles } from "./keys.js"
import { setWheelChoice, wheelChoice } from "./wheel.js"

/** @param {() => string} newsLevel @param {(value: string) => void} setNewsLevel */
export function help(newsLevel, setNewsLevel) {
  const rows = KEYS.flatMap(({ show, does }) => [
    h("dt", {}, h("kbd", { text: show })),
    h("dd", { text: does }),
  ])
  const letters = h("input", { type: "checkbox", id: "letters" })
  letters.checked = singles()
  letters.addEventListener("change", () =>
    store(localStorage, "throughline letters", letters.checked ? "on" : "off"),
  )
  const news = choice("saying", newsLevel(), setNewsLevel, [
    ["off", "Never"],
    ["summary", "In short"],
    ["all", "Each one"],
  ])
  const wheel = choice("wheel", wheelChoice(), setWheelChoice, [
    ["zoom", "Mouse: it zooms"],
    ["pan", "Touchpad: it pans"],
  ])
  dialog(
    "Shortcuts and settings",
    h("p", { class: "setting" }, h("label", { for: "wheel", text: "What the wheel does" }), wheel),
    h("p", { class: "setting" }, h("label", { for: "saying", text: "Read out what others change" }), news),
    h(
      "p",
      { class: "choice" },
      letters,
      h("label", { for: "letters", text: "Use single letters and signs as shortcuts" }),
    ),
    h("p", {
      text: "These shortcuts work while the canvas has the focus; undo works everywhere on the page. You can also do everything by clicking, and in the outline.",
    }),
    h("dl", {}, ...rows),
  )
}

/**
 * @param {string} id
 * @param {string} value
 * @param {(value: string) => void} chosen
 * @param {[string, string][]} choices
 */
function choice(id, value, chosen, choices) {
  const select = h("select", { id, onchange: () => chosen(select.value) })
  select.append(...choices.map(([each, text]) => h("option", { value: each, text })))
  select.value = value
  return select
}
