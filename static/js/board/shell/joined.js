// Says for a while, on the card and in the box, that one's words were joined with somebody else's (T2).

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */

const STAY = 8000 // ms

/**
 * @param {BoardContext} context
 * @param {import("app/board/canvas/renderer.js").Renderer} renderer
 */
export function joinedNotes(context, renderer) {
  /** @type {Map<string, { person: string | undefined, timer: any }>} */
  const shown = new Map()
  context.outbox.on("answered", ({ entry, ack }) => {
    if (ack.merged?.length && entry.op) show(entry.op.id, ack.merged_with)
  })
  context.people.on("changed", () => {
    for (const [id, { person }] of shown) put(id, sentence(person)) // a name may have come late
  })
  context.on("redrawn", mark)

  /** @param {string} id @param {string | undefined} person */
  function show(id, person) {
    const text = sentence(person)
    clearTimeout(shown.get(id)?.timer)
    shown.set(id, { person, timer: setTimeout(() => put(id, null), STAY) })
    if (context.joined.get(id) === text) return
    context.announcer.speak(text)
    put(id, text)
  }

  /** @param {string} id @param {string | null} text */
  function put(id, text) {
    if (text === null) {
      context.joined.delete(id)
      shown.delete(id)
    } else context.joined.set(id, text)
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
  function sentence(person) {
    if (person === context.about.me) return "Joined with your words from another device"
    return `Joined with ${person ? `${context.people.name(person)}'s` : "somebody else's"} words`
  }
}
