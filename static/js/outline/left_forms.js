// "Not saved": words that were typed in this tab into a form of this outline that is not on the page any more.
import { typedInForms } from "app/board/device/left_words.js"
import { h } from "app/lib/dom.js"
import { leftList } from "app/lib/left_list.js"

const CLOSED = "You had not sent this. Open its form again to go on, or copy it."
const GONE = "What this was written for is no longer here, or can no longer be changed."

/** Shows them above the parts, or nothing where there are none. @param {Element} root */
export function showLeftForms(root) {
  const left = leftForms()
  const shown = document.getElementById("left-words")
  const key = JSON.stringify(left.map(({ words, say }) => [words, say]))
  if ((shown?.dataset.key ?? "[]") === key) return
  shown?.remove()
  if (!left.length) return
  const list = leftList(left, (count) => count || section.remove())
  const section = h(
    "section",
    { id: "left-words", class: "notice kept", "aria-labelledby": "left-words-title", "data-key": key },
    h("h2", { id: "left-words-title", text: "Not saved" }),
    h("p", { text: "These words are only in this tab." }),
    list,
  )
  root.querySelector("#parts")?.before(section)
}

/** Words of a form that is gone were saved by another, as a new card: they are not kept any more. @param {Element} form */
export function dropSaved(form) {
  const saved = /** @type {HTMLTextAreaElement | null} */ (form.querySelector("#kept-text"))?.value
  if (saved === undefined) return
  for (const { place, words, drop } of typedInForms(sessionStorage, document.body.dataset.me ?? ""))
    if (!isOpen(place) && saved.includes(words.trim())) drop()
}

/** @returns {import("app/lib/left_list.js").Left[]} */
function leftForms() {
  if (document.body.dataset.shared !== undefined) return []
  return typedInForms(sessionStorage, document.body.dataset.me ?? "")
    .filter(({ path, place }) => path === location.pathname && !isOpen(place))
    .map(({ place, ...left }) => ({ ...left, say: isThere(place) ? CLOSED : GONE }))
}

/** @param {string} place */
function isOpen(place) {
  return document.querySelector(`[data-keep-words="${CSS.escape(place)}"]`) !== null
}

/** Whether a form for it can be opened. @param {string} place as `edit-<id>` */
function isThere(place) {
  if (!document.querySelector(".add")) return false // nobody may write here now
  if (place.endsWith("-new")) return true
  const names = ["card", "part", "remark"].map((name) =>
    place.replace(/^(edit|add|comment|remark|section-[a-z]+)-/, `${name}-`),
  )
  return names.some((id) => document.getElementById(id))
}
