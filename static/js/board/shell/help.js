// The list of keys, made from the same table as the keys themselves, with its settings.

import { h } from "app/lib/dom.js"
import { dialog } from "./dialog.js"
import { KEYS } from "./keymap.js"
import { singles } from "./keys.js"

/** @param {() => string} newsLevel @param {(value: string) => void} setNewsLevel */
export function help(newsLevel, setNewsLevel) {
  const rows = KEYS.flatMap(({ show, does }) => [
    h("dt", {}, h("kbd", { text: show })),
    h("dd", { text: does }),
  ])
  const letters = h("input", { type: "checkbox", id: "letters" })
  letters.checked = singles()
  letters.addEventListener("change", () =>
    localStorage.setItem("throughline letters", letters.checked ? "on" : "off"),
  )
  const news = h("select", { id: "saying", onchange: () => setNewsLevel(news.value) })
  for (const [value, text] of [
    ["off", "Never"],
    ["summary", "In short"],
    ["all", "Each one"],
  ])
    news.append(h("option", { value, text }))
  news.value = newsLevel()
  dialog(
    "Keyboard shortcuts",
    h("p", {
      text: "These work while the canvas has the focus; undo works everywhere on the page. You can also do everything by clicking, and in the outline.",
    }),
    h("dl", {}, ...rows),
    h(
      "p",
      { class: "choice" },
      letters,
      h("label", { for: "letters", text: "Use single letters and signs as shortcuts" }),
    ),
    h("p", {}, h("label", { for: "saying", text: "Read out what others change" }), news),
  )
}
