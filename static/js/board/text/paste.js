// A paste on the canvas that is longer than fits: what is left goes into further cards, or is copied.
import { sayRest } from "app/behaviours/pastes.js"
import { LEFT_OUT, pieces } from "app/lib/characters.js"

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/commands.js").Commands} commands
 * @param {{ id: string | null }} editor which names the card that is written in place
 */
export function offerRest(context, commands, editor) {
  document.addEventListener("text:cleaned", (event) => {
    event.preventDefault()
    context.announcer.warn(LEFT_OUT)
  })
  document.addEventListener("text:rest", (event) => {
    event.preventDefault()
    const rest = /** @type {CustomEvent<string>} */ (event).detail
    const card = cardOf(event.target)
    const copy = { word: "Copy the rest", act: () => navigator.clipboard?.writeText(rest) }
    const split = {
      word: "Split into cards",
      act: () => commands.splitOff(card, pieces(rest, context.sync.limits.text)),
    }
    const offers = card && context.may("add_card") ? [split, copy] : [copy]
    context.announcer.warn(sayRest(rest), ...offers)
  })

  /** The card whose words a box holds; null for a comment, a title and the like. @param {EventTarget | null} box */
  function cardOf(box) {
    if (!(box instanceof HTMLElement)) return null
    if (box.closest(".writer")) return editor.id
    return context.selectedItem?.item === "card" && box.matches(".big") ? context.selected : null
  }
}
