// Two people's texts for one field that could not be merged: both are kept, and the person chooses (T2).

import { h } from "app/lib/dom.js"
import { dialog } from "./dialog.js"

/** @typedef {import("app/board/schema.js").Conflict} Conflict */
/** @typedef {import("app/board/context.js").BoardContext} BoardContext */

/**
 * @param {BoardContext} context
 * @param {import("app/board/commands.js").Commands} commands
 */
export function conflicts(context, commands) {
  context.sync.on("conflict", (/** @type {Conflict} */ clash) =>
    tell(clash, "Somebody else has changed the same words"),
  )
  context.outbox.on("answered", ({ entry, ack }) => {
    if (ack.conflict) tell({ id: entry.op?.id, ...ack.conflict }, "Somebody else has changed the same words")
    else if (ack.merged?.length) context.announcer.say("Your words and somebody else's were merged")
    if (ack.skipped) context.announcer.say("Undone, except for what others have changed since")
  })

  /** @param {Conflict} clash @param {string} what */
  function tell(clash, what) {
    context.announcer.warn(`${what}. Both are kept.`, { word: "Compare", act: () => compare(clash) })
  }

  /** @param {Conflict} clash */
  function compare(clash) {
    const choose = (/** @type {string} */ text) => () => {
      keep(clash, text)
      open.close()
    }
    const side = (/** @type {string} */ title, /** @type {string} */ text) =>
      h("section", {}, h("h3", { text: title }), h("p", { class: "words", dir: "auto", text }))
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
    const item = context.get(id)
    if (!item)
      return context.announcer.warn("That is no longer here. Your words are still in the dialog to copy.")
    commands.setText(item, field, text, item.seq, `choose ${id}`)
    return context.announcer.say("Saved as you chose")
  }
}
