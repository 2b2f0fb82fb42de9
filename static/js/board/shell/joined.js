// Says for a while, on the card and in the box, that one's words were joined with somebody else's (T2).

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */

const STAY = 8000 // ms

/**
 * @param {BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 */
export function joinedNotes(context, renderer) {
  /** @type {Map<string, any>} */
  const timers = new Map()
  context.outbox.on("answered", ({ entry, ack }) => {
    if (ack.merged?.length && entry.op) show(entry.op.id, `Joined with ${whose(ack.merged_with)}`)
  })
  context.on("redrawn", mark)

  /** @param {string} id @param {string} text */
  function show(id, text) {
    clearTimeout(timers.get(id))
    timers.set(
      id,
      setTimeout(() => put(id, null), STAY),
    )
    if (context.joined.get(id) === text) return
    context.announcer.speak(text)
    put(id, text)
  }

  /** @param {string} id @param {string | null} text */
  function put(id, text) {
    if (text === null) context.joined.delete(id)
    else context.joined.set(id, text)
    mark()
    context.emit("joined", id)
  }

  function mark() {
    for (const [id, card] of renderer.cards.elements) {
      const text = context.joined.get(id)
      if (text) card.dataset.joined = text
      else delete card.dataset.joined
    }
  }

  /** @param {string | undefined} person */
  function whose(person) {
    if (person === context.about.me) return "your words from another device"
    return person ? `${context.people.name(person)}'s words` : "somebody else's words"
  }
}
