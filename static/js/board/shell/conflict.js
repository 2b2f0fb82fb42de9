// Two people's texts for one field that could not be merged: both are kept, and the person chooses (T2).

import { choose } from "app/board/text/choice.js"
import { h } from "app/lib/dom.js"
import { dialog } from "./dialog.js"

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("app/board/text/choice.js").Versions & { id: string, field: string }} Clash */

/**
 * @param {BoardContext} context
 * @param {import("app/board/commands.js").Commands} commands
 */
export function conflicts(context, commands) {
  context.sync.on("conflict", (/** @type {import("app/board/schema.js").Conflict} */ clash) =>
    tell({ ...clash, shown: "theirs" }),
  )
  context.outbox.on("answered", ({ entry, ack }) => {
    if (ack.conflict) tell({ id: entry.op?.id, ...ack.conflict, shown: "yours" })
    if (ack.skipped) context.announcer.say("Undone, except for what others have changed since")
  })

  /** @param {Clash} clash */
  function tell(clash) {
    const act = () => compare("Two versions of the same words", clash)
    context.announcer.warn("Somebody else has changed the same words. Both are kept.", {
      word: "Compare",
      act,
    })
  }

  /** @param {string} title @param {Clash} clash */
  function compare(title, clash) {
    const button = (/** @type {string} */ text, /** @type {"yours" | "theirs" | "both"} */ choice) =>
      h("button", { type: "button", text, onclick: () => chosen(choice) })
    const side = (/** @type {string} */ name, /** @type {string} */ text) =>
      h("section", {}, h("h3", { text: name }), h("p", { class: "words", dir: "auto", text }))
    const open = dialog(
      title,
      h("div", { class: "both" }, side("Yours", clash.yours), side("Theirs", clash.theirs)),
      h(
        "div",
        { class: "acts" },
        button("Use mine", "yours"),
        button("Use theirs", "theirs"),
        button("Keep both", "both"),
      ),
    )

    /** @param {"yours" | "theirs" | "both"} choice */
    function chosen(choice) {
      const item = context.get(clash.id)
      if (!item)
        return context.announcer.warn("That is no longer here. Your words are still in the dialog to copy.")
      open.close()
      return change(item, choice)
    }

    /** @param {import("app/board/schema.js").Item} item @param {"yours" | "theirs" | "both"} choice */
    function change(item, choice) {
      const now = item.fields[clash.field] ?? ""
      const text = choose(clash, choice, now)
      if (text === null) {
        const wanted = choice === "theirs" ? clash.theirs : clash.yours
        return compare("These words have changed again", {
          ...clash,
          yours: wanted,
          theirs: now,
          shown: "theirs",
        })
      }
      if (text !== now)
        commands.setText(item, clash.field, text, { text: now, seq: item.seq }, `choose ${clash.id}`)
      return context.announcer.say("Saved as you chose")
    }
  }
}
