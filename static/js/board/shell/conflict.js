// Two people's words for one field that could not be joined: both are kept, and the person chooses (T2).

import { h } from "app/lib/dom.js"
import { dialog } from "./dialog.js"

/** @typedef {import("app/board/schema.js").Conflict} Conflict */
/** @typedef {import("app/board/context.js").Desk} Desk */

/**
 * @param {Desk} desk
 * @param {import("app/board/commands.js").Acts} acts
 */
export function conflicts(desk, acts) {
  desk.sync.on("conflict", (/** @type {Conflict} */ clash) =>
    tell(clash, "Somebody else has changed the same words"),
  )
  desk.outbox.on("answered", ({ entry, ack }) => {
    if (ack.conflict) tell({ id: entry.op?.id, ...ack.conflict }, "Somebody else has changed the same words")
    else if (ack.merged?.length) desk.notes.say("Your words and somebody else's were merged")
    if (ack.skipped) desk.notes.say("Undone, except for what others have changed since")
  })

  /** @param {Conflict} clash @param {string} what */
  function tell(clash, what) {
    desk.notes.warn(`${what}. Both are kept.`, { word: "Compare", act: () => compare(clash) })
  }

  /** @param {Conflict} clash */
  function compare(clash) {
    const choose = (/** @type {string} */ text) => () => {
      keep(clash, text)
      open.close()
    }
    const side = (/** @type {string} */ title, /** @type {string} */ text) =>
      h("section", {}, h("h3", { text: title }), h("p", { class: "words", text }))
    const open = dialog(
      "Two versions of the same words",
      h("div", { class: "both" }, side("Yours", clash.yours), side("Theirs", clash.theirs)),
      h(
        "div",
        { class: "acts" },
        h("button", { type: "button", text: "Use mine", onclick: choose(clash.yours) }),
        h("button", { type: "button", text: "Use theirs", onclick: choose(clash.theirs) }),
        h("button", {
          type: "button",
          text: "Keep both",
          onclick: choose(`${clash.theirs}\n${clash.yours}`),
        }),
      ),
    )
  }

  /** @param {Conflict} clash @param {string} text */
  function keep({ id, field }, text) {
    const item = desk.get(id)
    if (!item) return desk.notes.warn("That is no longer here. Your words are still in the dialog to copy.")
    acts.write(item, field, text, item.seq, `choose ${id}`)
    return desk.notes.say("Saved as you chose")
  }
}
