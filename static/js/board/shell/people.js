// The people by id: who takes part, and who did. Loaded again when an unknown id appears.
import { Emitter } from "app/board/sync/events.js"

/** @typedef {{ id: string, name: string, organisation: string, colour: number, initials: string, role: string, former: boolean }} Person */

const AGAIN = 5000 // ms between two times that all are asked for

export class People extends Emitter {
  /** @type {Map<string, Person>} */
  #known = new Map()
  #asked = 0
  /** Unknown ids that were met since people were last asked for. @type {Set<string>} */
  #wanted = new Set()
  /** Those that the server does not know either. @type {Set<string>} */
  #nobody = new Set()

  /** @param {import("app/board/sync/http/transport.js").HttpTransport} http */
  constructor(http) {
    super()
    this.http = http
  }

  get all() {
    return [...this.#known.values()]
  }

  /** @param {Person[]} people */
  set(people) {
    this.#known = new Map(people.map((person) => [person.id, person]))
    this.emit("changed")
  }

  /** @param {string | undefined} id @returns {Person | undefined} */
  get(id) {
    const person = this.#known.get(id ?? "")
    if (id && !person && !this.#nobody.has(id)) this.#want(id)
    return person
  }

  /** @param {string | undefined} id */
  name(id) {
    return this.get(id)?.name ?? "Somebody"
  }

  /** @param {string | undefined} id */
  organisation(id) {
    return this.get(id)?.organisation ?? ""
  }

  /** What stands after a card's author where somebody else has worded it; else empty. @param {{ reworded?: string }} fields */
  reworded({ reworded }) {
    if (!reworded) return ""
    return `, reworded by ${[this.name(reworded), this.organisation(reworded)].filter(Boolean).join(", ")}`
  }

  /** The CSS class for the colour of somebody's organisation. @param {string | undefined} id */
  colour(id) {
    return `org-${this.get(id)?.colour ?? 12}`
  }

  async load() {
    const wanted = this.#wanted
    this.#wanted = new Set()
    this.#asked = Date.now()
    try {
      const people = await this.http.list("people")
      for (const id of wanted) this.#nobody.add(id)
      this.set(people)
    } catch {
      // without a network the known names must do; the next unknown id tries again
    }
  }

  /** Asks for all once it is time to, unless the answer to an earlier question has the name meanwhile. @param {string} id */
  #want(id) {
    if (this.#wanted.size === 0) {
      const pause = Math.max(0, this.#asked + AGAIN - Date.now())
      setTimeout(
        () => ([...this.#wanted].every((one) => this.#known.has(one)) ? this.#wanted.clear() : this.load()),
        pause,
      )
    }
    this.#wanted.add(id)
  }
}
