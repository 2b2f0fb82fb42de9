// The list of one's own notes: those the server has, with Change, and those that still wait on this phone.
import { h } from "app/lib/dom.js"
import { wordsOf } from "./outbox.js"

/** @typedef {import("./outbox.js").Entry} Entry */

/**
 * A note that was just taken by the server, or changed there.
 * @param {{ id: string, text: string, kind?: string, seq: number, phase: string }} note
 */
export function putOwn(note) {
  const list = document.getElementById("own-notes")
  const old = list?.querySelector(`[data-own="${CSS.escape(note.id)}"]`)
  const row = ownRow({ ...note, kind: note.kind ?? old?.className.replace("kind-", "") ?? "note" })
  if (old) old.replaceWith(row)
  else list?.append(row)
  showOwn()
}

/** @param {string} id */
export function removeOwn(id) {
  document.querySelector(`#own-notes [data-own="${CSS.escape(id)}"]`)?.remove()
  showOwn()
}

/**
 * Draws what waits, or was refused, after the notes that the server has.
 * @param {Entry[]} entries of this phase
 * @param {{ retry: (entry: Entry) => void, drop: (entry: Entry) => void, turn: (entry: Entry) => void }} acts
 */
export function drawWaiting(entries, acts) {
  const list = document.getElementById("own-notes")
  if (!list) return
  for (const row of list.querySelectorAll("[data-waiting]")) row.remove()
  list.append(...entries.filter(isShown).map((entry) => row(entry, acts)))
  showOwn()
}

/** Words of notes, and titles of themes once they were refused. @param {Entry} entry */
function isShown({ op, say }) {
  return op?.text !== undefined || (op?.title !== undefined && say !== undefined)
}

/** @param {Entry} entry @param {Parameters<typeof drawWaiting>[1]} acts */
function row(entry, acts) {
  const { op, say } = entry
  const isNoQuestion = say?.includes("question mark")
  /** @param {string} text @param {(entry: Entry) => void} act @param {string} [look] */
  const button = (text, act, look = "") =>
    h("button", { type: "button", class: `small ${look}`, text, onclick: () => act(entry) })
  return h(
    "li",
    { class: `kind-${op.kind ?? "note"}`, data: { waiting: entry.client } },
    h("p", { class: "words", dir: "auto", text: wordsOf(entry) }),
    say === undefined
      ? h("small", { text: "Kept on this phone, on its way" })
      : h("p", { class: "error", text: `Not saved. ${say}` }),
    say !== undefined &&
      h(
        "div",
        { class: "acts" },
        isNoQuestion && button("Add a question mark", acts.turn),
        button("Try again", acts.retry),
        button("Delete it", acts.drop, "quiet"),
      ),
  )
}

/** As templates/workshops/_phone_own_note.html. @param {{ id: string, text: string, kind: string, seq: number, phase: string }} note */
function ownRow(note) {
  const box = h("textarea", {
    id: `change-${note.id}`,
    name: "text",
    rows: 2,
    required: true,
    value: note.text,
  })
  const hidden = (/** @type {string} */ name, /** @type {string | number} */ value) =>
    h("input", { type: "hidden", name, value: String(value) })
  return h(
    "li",
    { class: `kind-${note.kind}`, data: { own: note.id, seq: String(note.seq) } },
    h(
      "details",
      {},
      h(
        "summary",
        {},
        h("span", { class: "words", dir: "auto", text: note.text }),
        " ",
        h("span", { class: "button small", text: "Change" }),
      ),
      h(
        "form",
        { method: "post", action: "take-part", class: "change" },
        hidden("id", note.id),
        hidden("phase", note.phase),
        hidden("base", note.seq),
        h("label", { class: "unseen", for: box.id, text: "Your words" }),
        box,
        h(
          "div",
          { class: "acts" },
          h("button", { class: "primary", name: "do", value: "edit_card", text: "Save" }),
          h("button", {
            class: "quiet",
            name: "do",
            value: "remove_card",
            formnovalidate: true,
            text: "Take it away",
          }),
        ),
      ),
    ),
  )
}

/** What the list is called: who reads it changes with a reveal. @param {boolean} isPrivate */
export function nameOwn(isPrivate) {
  const title = document.getElementById("own-title")
  const words = isPrivate ? "What you wrote · only you see it" : "What you wrote"
  if (title && title.textContent !== words) title.textContent = words
}

function showOwn() {
  const own = document.getElementById("own")
  if (own) own.hidden = !own.querySelector("li")
}
